/** What is asked before images are read, and the answers that suit the experiment's networks. */
import type { DataForm } from "../../core/data/form";
import { inputOf } from "../../core/nets/architecture";
import type { Architecture, ImageShape } from "../../core/nets/architecture-schema";
import { labDataSets, usualDataSet } from "../../experiment/data-sets";
import type { DataChoice } from "../session/experiment/data-choice";
import type { ModelPair } from "../session/experiment/pair";
import { isToTrain, isUserModel } from "../engine/models";
import type { Preview, ReadOptions } from "../engine/own-images/messages";

/** Whose means and deviations the images are normalised with. */
export type NormalisationName = "usual" | keyof typeof labDataSets;

export interface ImageAnswers {
  /** Null where images keep their size. */
  readonly size: { readonly height: number; readonly width: number } | null;
  /** Length of the shorter side before the crop; null where the image just covers the crop. */
  readonly shorterSide: number | null;
  readonly isGrey: boolean;
  readonly normalisation: NormalisationName;
}

/** Returns the one size that all images have, as far as they were looked at; null for several. */
export function oneSize({ sizes }: Preview): ImageAnswers["size"] {
  return sizes.length === 1 ? (sizes[0] ?? null) : null;
}

/** Whether the images have to be resized, or might be. */
export function asksSize(preview: Preview, reads: ImageShape | null): boolean {
  const own = oneSize(preview);
  return own === null || own.height !== reads?.height || own.width !== reads.width;
}

/** Returns the answers that make the images fit the networks. */
export function firstAnswers(preview: Preview, pair: ModelPair | null): ImageAnswers {
  const reads = pair && inputOf(pair.top.architecture);
  const size = reads && { height: reads.height, width: reads.width };
  const own = oneSize(preview);
  const isGrey = preview.channels === 3 && reads?.channels === 1;
  return {
    size: asksSize(preview, reads) ? (size ?? own) : null,
    shorterSide: null,
    isGrey,
    normalisation: trainedWith(pair, isGrey ? 1 : preview.channels),
  };
}

/** A network answers well only on images that are normalised as in its training. */
function trainedWith(pair: ModelPair | null, channels: 1 | 3): NormalisationName {
  const { top } = pair ?? {};
  if (!top || isUserModel(top)) return "usual";
  const trainedOn = (isToTrain(top) ? top.toTrain : top).data ?? usualDataSet;
  return normalisationNames(channels).find((name) => name === trainedOn) ?? "usual";
}

/** Those for images of that many channels. */
export function normalisationNames(channels: 1 | 3): readonly NormalisationName[] {
  const ofLab = (Object.keys(labDataSets) as (keyof typeof labDataSets)[]).filter(
    (id) => labDataSets[id].form.channels === channels,
  );
  return ["usual", ...ofLab];
}

export function normalisationLabel(name: NormalisationName, channels: 1 | 3): string {
  if (name !== "usual") return `${labDataSets[name].name}’s`;
  return channels === 3 ? "ImageNet’s" : "that of these training images";
}

export function readOptionsOf({
  size,
  shorterSide,
  isGrey,
  normalisation,
}: ImageAnswers): ReadOptions {
  return {
    ...(size && { fit: { ...size, ...(shorterSide !== null && { shorterSide }) } }),
    isGrey,
    ...(normalisation !== "usual" && {
      normalisation: [...labDataSets[normalisation].form.normalisation],
    }),
  };
}

/** The options of the command line that make the same data set. */
export function commandOptions(
  name: string,
  { size, shorterSide, isGrey, normalisation }: ImageAnswers,
): string {
  const quoted = /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
  const sizeText =
    size && (size.height === size.width ? `${size.height}` : `${size.height}x${size.width}`);
  return [
    `--data ${quoted}`,
    ...(sizeText === null ? [] : [`--image-size ${sizeText}`]),
    ...(sizeText === null || shorterSide === null ? [] : [`--resize ${shorterSide}`]),
    ...(isGrey ? ["--grey"] : []),
    ...(normalisation === "usual" ? [] : [`--normalisation ${normalisation}`]),
  ].join(" ");
}

/** Returns the data set that the images would be. */
export function previewedChoice(
  name: string,
  preview: Preview,
  { size, isGrey }: ImageAnswers,
): DataChoice {
  const { height, width } = size ?? preview.sizes[0] ?? { height: 1, width: 1 };
  const { train, test, classNames } = preview;
  const form: DataForm = {
    ...{ height, width, channels: isGrey ? 1 : preview.channels, normalisation: [] },
    classes: { names: [...classNames], groupings: [] },
  };
  // Its hash is known once it is read.
  return { ref: "sha256:", name, form, train, test, own: null };
}

/** About how much room the images take. */
export function bytesTaken(preview: Preview, { size, isGrey }: ImageAnswers): number {
  const { height, width } = size ?? preview.sizes[0] ?? { height: 0, width: 0 };
  return (preview.train + preview.test) * height * width * (isGrey ? 1 : preview.channels);
}

/** What a network reads, with the images as they would be; null where it reads them. */
export function misreads(
  architecture: Architecture,
  preview: Preview,
  { size, isGrey }: ImageAnswers,
): ImageShape | null {
  const reads = inputOf(architecture);
  const { height, width } = size ?? preview.sizes[0] ?? { height: 0, width: 0 };
  const channels = isGrey ? 1 : preview.channels;
  const fits = reads.height === height && reads.width === width && reads.channels === channels;
  return fits ? null : reads;
}
