/** Waiting, but not for ever. */

/** Whether something happens within some time; how it ends, well or not, makes no difference. */
export function settlesWithin(event: Promise<unknown>, ms: number): Promise<boolean> {
  const happened = (): boolean => true;
  return Promise.race([
    event.then(happened, happened),
    new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), ms);
    }),
  ]);
}
