/** Looks at images before they are read: what they are, and the first few of them. */
import type { Codecs } from "./pictures/decode";
import { refused, type ImportFile } from "./files/file";
import { fitted } from "./pictures/fit";
import { classNamesOf } from "./import-images";
import { openSource } from "./containers/registry";
import type { Picture } from "./pictures/picture";
import { splitsOf } from "./split";

export interface Preview {
  /** Number of images in each split. */
  readonly train: number;
  readonly test: number;
  /** Whether the files divide them; otherwise they are divided at random. */
  readonly areSplit: boolean;
  /** Empty for images without labels. */
  readonly classNames: readonly string[];
  /** Of the images looked at; 3 where any has colours. */
  readonly channels: 1 | 3;
  /** Of the images looked at: their one size, or the smallest and the largest. */
  readonly sizes: readonly Pick<Picture, "height" | "width">[];
  /** Some of them, at most `sampleSide` pixels high and wide. */
  readonly samples: readonly Picture[];
}

const mostLookedAt = 24;
const mostSamples = 12;
const sampleSide = 64;

/**
 * Reads how many images there are, their classes and splits, and the first few images.
 *
 * @param input what errors call the files together
 * @throws LabError naming the file that is wrong, what was expected and what was found
 */
export async function previewOf(
  files: readonly ImportFile[],
  input: string,
  codecs: Codecs,
): Promise<Preview> {
  const { parts, classNames } = await openSource(files, input, codecs);
  classNamesOf({ parts, classNames }, { name: input });
  const splits = splitsOf(parts, classNames).flat();
  const pictures: Picture[] = [];
  for await (const picture of parts[0]?.pictures() ?? []) {
    // Arrays hand out parts of what they read.
    pictures.push({ ...picture, pixels: picture.pixels.slice() });
    if (pictures.length === mostLookedAt) break;
  }
  if (pictures.length === 0) throw refused(input, "images", "none");
  return {
    train: splits.filter((split) => split === "train").length,
    test: splits.filter((split) => split === "test").length,
    areSplit: parts.length > 1,
    classNames,
    channels: pictures.some(({ channels }) => channels === 3) ? 3 : 1,
    sizes: sizesOf(pictures),
    samples: pictures.slice(0, mostSamples).map(sampleOf),
  };
}

function sizesOf(pictures: readonly Picture[]): Preview["sizes"] {
  const bySize = pictures
    .map(({ height, width }) => ({ height, width }))
    .sort((a, b) => a.height * a.width - b.height * b.width || a.height - b.height);
  const ends = [bySize[0], bySize.at(-1)].filter((size) => size !== undefined);
  const isOne = bySize.every(
    ({ height, width }) => height === ends[0]?.height && width === ends[0].width,
  );
  return isOne ? ends.slice(0, 1) : ends;
}

function sampleOf(picture: Picture): Picture {
  const { height, width } = picture;
  if (Math.max(height, width) <= sampleSide) return picture;
  return fitted(picture, { height: sampleSide, width: sampleSide });
}
