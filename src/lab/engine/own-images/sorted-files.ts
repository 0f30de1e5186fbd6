/** Which of a visitor's files are networks, and which are images, by their content. */
import { contentsOf } from "../../../core/data/import/contents";
import { givenFile, named } from "./given-images";
import type { GivenImages } from "./messages";

export interface SortedFiles {
  readonly networks: readonly File[];
  /** Null where there are none. */
  readonly images: GivenImages | null;
}

/** What is neither goes with the images, where there are some, else with the networks. */
export async function sortedFiles(files: readonly File[]): Promise<SortedFiles> {
  const contents = await Promise.all(
    files.map((file) =>
      // What cannot be read is refused by whatever reads it next.
      contentsOf(givenFile({ path: file.name, file })).catch(() => null),
    ),
  );
  if (!contents.includes("images")) return { networks: files, images: null };
  const images = files.filter((_, at) => contents[at] !== "network");
  return {
    networks: files.filter((_, at) => contents[at] === "network"),
    images: named(images.map((file) => ({ path: file.name, file }))),
  };
}

/** Whether all files are networks, without a doubt. */
export async function areNetworks(files: GivenImages["files"]): Promise<boolean> {
  for (const given of files) {
    // A folder of images has too many to look at.
    if ((await contentsOf(givenFile(given)).catch(() => null)) !== "network") return false;
  }
  return files.length > 0;
}
