/** Image files in one folder for each class, with or without folders for training and testing. */
import { seeded, shuffled } from "../../../random/generator";
import type { Split } from "../../manifest";
import { decodeImage, type Codecs } from "../pictures/decode";
import { readRange, refused, type ImportFile } from "../files/file";
import type { Kind } from "./kind";
import { checkCount, mostImageFileBytes } from "../files/limits";
import { splitNamed, withoutSpareSplit } from "./names";
import type { Part, Source } from "./source";

export const folder: Kind = {
  name: "PNG, JPEG or WebP images in one folder for each class",
  recognises: (files) => Promise.resolve(files.some(isImage)),
  open: (files, codecs) => Promise.resolve(sourceOf(files.filter(isImage), codecs)),
};

function isImage({ path }: ImportFile): boolean {
  return /\.(png|jpe?g|webp)$/i.test(path);
}

interface Placed {
  readonly file: ImportFile;
  /** The folders that it is in, from the first in which images differ. */
  readonly folders: readonly string[];
}

function sourceOf(files: readonly ImportFile[], codecs: Codecs): Source {
  const placed = withoutSharedFolders(files);
  const isSplit = placed.every(({ folders: [first] }) => splitOf(first) !== null);
  const used = isSplit ? withoutSpareSplit(placed, ({ folders: [first] }) => first ?? "") : placed;
  const items = used.map(({ file, folders }) => ({
    file,
    split: isSplit ? splitOf(folders[0]) : null,
    className: folders[isSplit ? 1 : 0],
  }));
  const classNames = [...new Set(items.map(({ className }) => className))]
    .filter((name) => name !== undefined)
    .sort();
  const without = items.find(({ className }) => className === undefined);
  if (classNames.length > 0 && without) {
    const path = without.file.path;
    throw refused(path, "an image in the folder of its class, as the others", "one outside");
  }
  const placeOf = new Map(classNames.map((name, place) => [name, place]));
  const splits: readonly (Split | null)[] = isSplit ? ["train", "test"] : [null];
  const parts = splits
    .map((split) => ({ split, of: items.filter((item) => item.split === split) }))
    .filter(({ of }) => of.length > 0)
    .map(({ split, of }): Part => {
      const path =
        split === null ? "images" : `images for ${split === "train" ? "training" : "testing"}`;
      checkCount(path, of.length);
      // Fits read the first images of a split, which should have all classes.
      const order = Array.from(shuffled(of.length, seeded(0, split === "test" ? 1 : 0)));
      const inOrder = order.flatMap((place) => of[place] ?? []);
      return {
        split,
        path,
        count: of.length,
        labels:
          classNames.length === 0
            ? null
            : Uint32Array.from(inOrder, ({ className = "" }) => placeOf.get(className) ?? 0),
        async *pictures() {
          for (const { file } of inOrder) yield decodeImage(file.path, await whole(file), codecs);
        },
      };
    });
  return { classNames, parts };
}

function splitOf(name: string | undefined): Split | null {
  return name === undefined ? null : splitNamed(name);
}

/** Leaves out the folders that all images are in, but for the last: that one is a class. */
function withoutSharedFolders(files: readonly ImportFile[]): Placed[] {
  let placed = files.map((file): Placed => ({ file, folders: file.path.split("/").slice(0, -1) }));
  for (;;) {
    const first = placed[0]?.folders[0];
    const isShared =
      first !== undefined &&
      placed.every(({ folders }) => folders.length > 1 && folders[0] === first);
    if (!isShared) return placed;
    placed = placed.map(({ file, folders }) => ({ file, folders: folders.slice(1) }));
  }
}

async function whole(file: ImportFile): Promise<Uint8Array<ArrayBuffer>> {
  if (file.sizeBytes <= mostImageFileBytes) return readRange(file, 0, file.sizeBytes);
  const inBytes = (size: number): string => `${size.toLocaleString("en")} bytes`;
  throw refused(file.path, `at most ${inBytes(mostImageFileBytes)}`, inBytes(file.sizeBytes));
}
