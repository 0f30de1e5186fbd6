import { expect, test } from "vitest";
import { chosenImages, droppedImages } from "../../../../src/lab/engine/own-images/given-images";

/** A file as a chooser hands it over. */
function file(path: string, isInFolder: boolean): File {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return Object.assign(new File([name], name), { webkitRelativePath: isInFolder ? path : "" });
}

test("a chosen folder gives its name, and paths inside of it, as on the command line", () => {
  const { name, files } = chosenImages([file("pets/cat/1.png", true), file("pets/2.png", true)]);
  expect(name).toBe("pets");
  expect(files.map(({ path }) => path)).toEqual(["cat/1.png", "2.png"]);
});

test("one chosen file gives its name; several have none together", () => {
  expect(chosenImages([file("a.zip", false)]).name).toBe("a.zip");
  expect(chosenImages([file("train-images", false), file("train-labels", false)])).toMatchObject({
    name: "images",
    files: [{ path: "train-images" }, { path: "train-labels" }],
  });
});

interface Entry {
  readonly name: string;
  readonly isFile: boolean;
  readonly isDirectory: boolean;
}

const ofFile = (name: string): Entry & { file: (found: (file: File) => void) => void } => ({
  name,
  isFile: true,
  isDirectory: false,
  file: (found) => found(new File([name], name)),
});

/** A folder whose entries come one at a time, as a browser may hand them over. */
function ofFolder(name: string, entries: readonly Entry[]): Entry {
  const createReader = () => {
    const left = [...entries];
    return { readEntries: (found: (part: Entry[]) => void) => found(left.splice(0, 1)) };
  };
  return Object.assign({ name, isFile: false, isDirectory: true }, { createReader });
}

function dropOf(...entries: readonly Entry[]): DataTransfer {
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  return { items, files: [] } as unknown as DataTransfer;
}

test("a dropped folder is read to its end, however deep, and its name is no part of the paths", async () => {
  const pets = ofFolder("pets", [
    ofFolder("cat", [ofFile("1.png"), ofFile("2.png"), ofFolder("kittens", [ofFile("3.png")])]),
    ofFolder("dog", [ofFile("1.png")]),
  ]);
  const { name, files } = await droppedImages(dropOf(pets));
  expect(name).toBe("pets");
  expect(files.map(({ path }) => path)).toEqual([
    "cat/1.png",
    "cat/2.png",
    "cat/kittens/3.png",
    "dog/1.png",
  ]);
});

test("folders that are dropped together keep their names, which may be classes", async () => {
  const { files } = await droppedImages(
    dropOf(ofFolder("cat", [ofFile("1.png")]), ofFolder("dog", [ofFile("1.png")])),
  );
  expect(files.map(({ path }) => path)).toEqual(["cat/1.png", "dog/1.png"]);
});
