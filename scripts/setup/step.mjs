/** What every step of setting up takes, and how it fails. */

/**
 * How a step tells what it does.
 *
 * @typedef {object} Voice
 * @property {(line: string) => void} say what it is doing, one line
 * @property {(line: string) => void} ready that its part is in place, one line
 * @property {boolean} quiet true when programs that a step runs must leave standard output alone
 */

/** A step that could not be done; the message is for people, and ends the program. */
export class SetupError extends Error {}

/**
 * Runs `main`, turning a {@link SetupError} into one clear line and a failing status.
 *
 * @param {() => Promise<void>} main
 */
export async function orExplain(main) {
  try {
    await main();
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    console.error(thrown.message);
    process.exitCode = 1;
  }
}
