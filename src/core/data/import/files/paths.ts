/** The paths of files in folders and archives. */
import { refused, type ImportFile } from "./file";

/**
 * Returns the files that a person put there, without those that systems add.
 *
 * @throws LabError `bad-file` for a path that leads out of its folder, or that two files have
 */
export function checkPaths(files: readonly ImportFile[]): ImportFile[] {
  const known = new Set<string>();
  for (const { path } of files) {
    const parts = path.split(/[\\/]/);
    if (/^([\\/]|[a-z]:)/i.test(path) || parts.includes("..") || path.includes("\0")) {
      throw refused(JSON.stringify(path), "a path inside its folder", "one that leads out of it");
    }
    if (known.has(path)) throw refused(path, "one file of this name", "two");
    known.add(path);
  }
  return files.filter(({ path }) => !isHidden(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");
}
