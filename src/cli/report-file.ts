/** The file that a report is written to: checked before the work, written after it. */
import { access, chmod, constants, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
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
  const overwrite = (text: string): Promise<void> =>
    orRefuse(path, () => writeFile(target.path, text));
  if (!target.isFile) return overwrite;
  const partial = `${target.path}.${process.pid}.partial`;
  const write = (text: string): Promise<void> =>
    orRefuse(path, async () => {
      try {
        await writeFile(partial, text);
        if (target.mode !== undefined) await chmod(partial, target.mode);
        await rename(partial, target.path);
      } finally {
        await rm(partial, { force: true });
      }
    });
  try {
    await writeFile(partial, "");
    await rm(partial);
  } catch (thrown) {
    // A writable file may be in a folder that takes no other.
    if (target.mode !== undefined) return overwrite;
    throw refused(path, messageOf(thrown), thrown);
  }
  return write;
}

interface Target {
  /** With symbolic links resolved. */
  readonly path: string;
  /** False for devices and pipes. */
  readonly isFile: boolean;
  /** Permissions of a file that exists; its successor gets them too. */
  readonly mode?: number;
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
  return { path: await realpath(path), isFile: found.isFile(), mode: found.mode & 0o7777 };
}

async function orRefuse<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw refused(path, messageOf(thrown), thrown);
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function refused(path: string, found: string, cause?: unknown): LabError {
  return new LabError(
    { code: "storage", input: `--out ${path}`, expected: "a writable file", found },
    { cause },
  );
}
