/** Folders and files as the browser hands them over, dropped or chosen. */
import { fileOf as importFile, type ImportFile } from "../../../core/data/import/files/file";
import { LabError } from "../../../core/errors";
import type { GivenImages } from "./messages";

/** A file with its place in what was given. */
type Placed = GivenImages["files"][number];

/** What is needed of the data of a drop, after the drop too. */
export interface Dropped {
  readonly files: Iterable<File>;
  readonly items: Iterable<Pick<DataTransferItem, "webkitGetAsEntry">>;
}

/** Files of a file chooser; those of a chosen folder know their place in it. */
export function chosenImages(files: readonly File[]): GivenImages {
  const [first] = files;
  const folder = first?.webkitRelativePath.split("/")[0] ?? "";
  if (folder === "") return named(files.map((file) => ({ path: file.name, file })));
  return {
    name: folder,
    files: files.map((file) => ({
      path: file.webkitRelativePath.slice(folder.length + 1),
      file,
    })),
  };
}

/**
 * Everything that is dropped, folders with all that is in them. Must be called while the drop is
 * handled, where `transfer` is the browser's: afterwards it takes the files back.
 */
export function droppedImages(transfer: Dropped): Promise<GivenImages> {
  // A drop that a script makes has files without entries.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) {
    return Promise.resolve(named([...transfer.files].map((file) => ({ path: file.name, file }))));
  }
  return readEntries(entries);
}

/** A file that is read in parts. */
export function givenFile({ path, file }: Placed): ImportFile {
  return importFile(path, file.size, async (start, end) => {
    try {
      return new Uint8Array(await file.slice(start, end).arrayBuffer());
    } catch (thrown) {
      // Deleted or changed since it was given.
      const found = thrown instanceof Error ? thrown.message : String(thrown);
      throw new LabError(
        { code: "bad-file", input: path, expected: "a readable file", found },
        { cause: thrown },
      );
    }
  });
}

/** Whether a folder is among what is dropped. */
export function hasFolder(transfer: Dropped): boolean {
  return [...transfer.items].some((item) => item.webkitGetAsEntry()?.isDirectory === true);
}

async function readEntries(entries: readonly FileSystemEntry[]): Promise<GivenImages> {
  const [only, second] = entries;
  if (only && !second && isFolder(only)) {
    // Paths are relative to the folder, as on the command line.
    const inside = await entriesIn(only);
    return { name: only.name, files: await placed(inside, "") };
  }
  return named(await placed(entries, ""));
}

/** Files without a folder around them. */
export function named(files: readonly Placed[]): GivenImages {
  const [first, second] = files;
  return { name: second ? "images" : (first?.path ?? "images"), files };
}

async function placed(entries: readonly FileSystemEntry[], folder: string): Promise<Placed[]> {
  const files: Placed[] = [];
  for (const entry of entries) {
    const path = folder + entry.name;
    if (isFolder(entry)) {
      // One after another: a folder may have more files than can be open. Not spread: nor does a call take as many.
      for (const file of await placed(await entriesIn(entry), `${path}/`)) files.push(file);
    } else if (isFile(entry)) files.push({ path, file: await fileOf(entry) });
  }
  return files;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A browser hands them over in parts, the last of which is empty.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return entries;
    entries.push(...part);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
