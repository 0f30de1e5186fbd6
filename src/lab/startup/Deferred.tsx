/**
 * Pieces of the page that are drawn one after the other, so that the page can answer between two of
 * them.
 */
import { startTransition, useEffect, useRef, useState, type ReactNode } from "react";
import { useOpening } from "../view/services";

/** Draws its children after the pieces before it; at once if the build has drawn them. */
export function Deferred({ children }: { readonly children: ReactNode }): ReactNode {
  const [come, setCome] = useState(useOpening() !== null);
  const drawn = useRef<() => void>(null);
  useEffect(() => {
    const turn = takeTurn();
    drawn.current = turn.done;
    void turn.come.then(() => {
      startTransition(() => setCome(true));
    });
    return turn.done;
  }, []);
  useEffect(() => {
    if (come) drawn.current?.();
  }, [come]);
  return come ? children : null;
}

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
