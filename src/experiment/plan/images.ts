/** Names the images of a task, and divides them into the ranges of tasks that are shared out. */
import { cifar10Form } from "../../core/data/cifar10";
import { sameForm } from "../../core/data/form";
import {
  formOf,
  imagesIn,
  shardsFor,
  type DataManifest,
  type Split,
} from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import { batchSize } from "../protocol";
import type { ImagesRef } from "./task";

/**
 * Names the first `count` images of a split.
 *
 * @throws LabError `bad-input` where the data set has fewer
 */
export function imagesOf(data: DataManifest, split: Split, count: number): ImagesRef {
  const held = imagesIn(data[split]);
  if (count > held) {
    throw new LabError({
      code: "bad-input",
      input: split === "train" ? "training images" : "test images",
      expected: `at most ${held}, as many as ${data.name} has`,
      found: String(count),
    });
  }
  const shards = shardsFor(data[split], count).map(({ sha256 }) => sha256);
  const form = formOf(data);
  return { split, count, shards, ...(!sameForm(form, cifar10Form) && { form }) };
}

/**
 * Images in one task of a pass that is shared out. Fixed: the sums, and with them every number
 * after, must not depend on how many workers there are.
 */
const partImages = 8 * batchSize;

/** Images 0 up to `count` in ranges of a fixed size, the last of which may be shorter. */
export function partsOf(count: number): { first: number; end: number }[] {
  return Array.from({ length: Math.ceil(count / partImages) }, (_, part) => ({
    first: part * partImages,
    end: Math.min(count, (part + 1) * partImages),
  }));
}
