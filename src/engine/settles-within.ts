/** Whether a promise settles within some time, by resolving or by rejecting. */
export function settlesWithin(event: Promise<unknown>, ms: number): Promise<boolean> {
  const happened = (): boolean => true;
  return Promise.race([
    event.then(happened, happened),
    new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), ms);
    }),
  ]);
}
