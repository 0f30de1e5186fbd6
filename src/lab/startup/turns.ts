/**
 * Pieces of the page that are put on it one after the other, so that between two of them it can
 * answer.
 */

/** A place in the queue. */
interface Turn {
  /** Resolves when all before it are done. */
  readonly come: Promise<void>;
  /**
   * Lets the next one come; to be called in any case, once the piece is there or is no longer
   * wanted.
   */
  readonly done: () => void;
}

let last: Promise<void> = Promise.resolve();

export function takeTurn(): Turn {
  const come = last.then(breath);
  let done = (): void => undefined;
  const own = new Promise<void>((resolve) => {
    done = resolve;
  });
  last = last.then(() => own);
  return { come, done };
}

/**
 * A task of its own, so that what was put there is painted and what was asked meanwhile is
 * answered.
 */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
