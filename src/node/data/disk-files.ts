/** Files and folders of images on disk. */
import { open, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { LabError } from "../../core/errors";
import { fileOf, type ImportFile } from "../../core/data/import/files/file";

/**
 * Returns a file, or all files in a folder, in order of their paths. Links in the folder are not
 * followed.
 *
 * @throws LabError `not-found` where there is neither
 */
export async function filesAt(path: string): Promise<ImportFile[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (thrown) {
    const expected = "a file or a folder";
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError({ code: "not-found", input: path, expected, found }, { cause: thrown });
  }
  if (!isFolder) return [await diskFile(path, basename(path))];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(path.length));
  const files: ImportFile[] = [];
  for (const inside of paths.sort()) {
    files.push(
      await diskFile(join(path, inside), inside.replace(/^[\\/]/, "").replaceAll("\\", "/")),
    );
  }
  return files;
}

async function diskFile(path: string, name: string): Promise<ImportFile> {
  const { size } = await stat(path);
  return fileOf(name, size, async (start, end) => {
    // Opened for each part: an experiment has more images than a process may have open files.
    const file = await open(path);
    try {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await file.read(bytes, 0, end - start, start);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}
