/** The file that a report is written to: checked before the work, written after it. */
import { access, constants, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { LabError } from "../core/errors";

/**
 * Checks that a report can be written to a file, and returns the function that writes it. A file
 * that exists keeps its contents until the new report is complete.
 *
 * @throws LabError `storage` when it is a folder or cannot be written; so does the function, as on a
 *   full device
 */
export async function reportFile(path: string): Promise<(text: string) => Promise<void>> {
  const target = await targetOf(path);
  // A device or a pipe is written to directly; a file is replaced by its complete successor.
  if (!target.isFile) return (text) => orRefuse(path, () => writeFile(target.path, text));
  const partial = `${target.path}.${process.pid}.partial`;
  const write = (text: string): Promise<void> =>
    orRefuse(path, async () => {
      try {
        await writeFile(partial, text);
        await rename(partial, target.path);
      } finally {
        await rm(partial, { force: true });
      }
    });
  await orRefuse(path, async () => {
    await writeFile(partial, "");
    await rm(partial);
  });
  return write;
}

interface Target {
  /** With symbolic links resolved. */
  readonly path: string;
  /** False for devices and pipes. */
  readonly isFile: boolean;
}

async function targetOf(path: string): Promise<Target> {
  let found;
  try {
    found = await stat(path);
  } catch {
    return { path, isFile: true };
  }
  if (found.isDirectory()) throw refused(path, "a folder");
  await orRefuse(path, () => access(path, constants.W_OK));
  return { path: await realpath(path), isFile: found.isFile() };
}

async function orRefuse<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw refused(path, thrown instanceof Error ? thrown.message : String(thrown), thrown);
  }
}

function refused(path: string, found: string, cause?: unknown): LabError {
  return new LabError(
    { code: "storage", input: `--out ${path}`, expected: "a writable file", found },
    { cause },
  );
}
