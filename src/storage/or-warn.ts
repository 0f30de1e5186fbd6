/**
 * Does work whose failure must not end anything: a failure is logged.
 *
 * @param what could not be done, for the log
 * @param otherwise returned on failure
 */
export async function orWarn<T>(what: string, otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    console.warn(`storage: could not ${what}`, thrown);
    return otherwise;
  }
}
