/** A reporter of Vitest's: errors outside every test, which its JSON report does not have. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportsFolder } from "../setup/paths.mjs";

/** Where the errors are written, as a JSON list of texts. */
export const outsidePath = join(reportsFolder, "unit-outside.json");

export default class OutsideTests {
  /**
   * @param {unknown} _modules
   * @param {readonly { message: string, stack?: string }[]} errors
   */
  onTestRunEnd(_modules, errors) {
    const texts = errors.map(({ message, stack }) => stack ?? message);
    mkdirSync(reportsFolder, { recursive: true });
    writeFileSync(outsidePath, JSON.stringify(texts));
  }
}
