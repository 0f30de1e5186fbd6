/** What settings, curves and files are called. */
import { namesOfClasses, type Classes } from "../../core/data/form";
import type { BackendName } from "../../experiment/report";
import type { MeasureName } from "../../core/similarity/measures";
import type { ProtocolName } from "../../experiment/protocol";
import type { ObjectiveName } from "../../experiment/objective";
import { noiseChannels, type Perturbation } from "../../experiment/perturbation";
import { kernelSide, shareOf, trainedRankOf, type Family } from "../../experiment/family";
import { shareText } from "./numbers";
import type { Curve, Spec } from "../../experiment/spec";

export const backendLabels = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
} as const satisfies Record<BackendName, string>;

/** What a protocol does with stitches. */
export const trainingWords = {
  glance: "solved in closed form",
  quick: "trained quickly",
  paper: "trained as in the paper",
} as const satisfies Record<ProtocolName, string>;

/** Measures of similarity as the field calls them; 1 is "the same" for all of them. */
export const measureLabels = {
  linearCka: "linear CKA, debiased",
  biasedLinearCka: "linear CKA, biased",
  rbfCka: "RBF CKA, debiased",
  svcca: "SVCCA",
  pwcca: "PWCCA",
  procrustes: "orthogonal Procrustes",
  mutualNeighbours: "mutual 10 nearest neighbours",
  cknna: "CKNNA of 10 neighbours",
} as const satisfies Record<MeasureName, string>;

/** The images that a spec's measures of similarity are taken on. */
export function comparedImages({ similarityImages }: Pick<Spec, "similarityImages">): string {
  return similarityImages === "train" ? "training images" : "test images";
}

/** Stitch families as people call them. */
export function familyLabel(family: Family): string {
  if (family === "affine") return "affine, 1 × 1";
  if (family === "fresh-top") return "no stitch, fresh top";
  const share = shareOf(family);
  if (share !== undefined) return `sparse, ${shareText(share)} of connections`;
  const rank = trainedRankOf(family);
  if (rank !== undefined) return `rank ${rank}, trained`;
  const side = kernelSide(family);
  return side === undefined ? family.replace("-", " ") : `${side} × ${side} kernel`;
}

/** What was done to a bottom's representations, as people call it. */
export function perturbationLabel(perturbation: Perturbation): string {
  switch (perturbation) {
    case "none":
      return "unchanged";
    case "shuffled":
      return "positions shuffled";
    case "class-noise":
      return "class-clustered noise";
    default:
      return `${noiseChannels(perturbation)} noise channels`;
  }
}

/** What a stitch may be fitted to, as a choice. */
export function objectiveChoice(objective: ObjectiveName): string {
  switch (objective) {
    case "task":
      return "the task: right answers";
    case "match":
      return "the top’s own representation at the layer (least squares)";
    case "functional":
      return "the top’s own at the layer and all later ones (FuLA)";
    case "penultimate":
      return "the top’s own at its last layer";
    case "shuffled-labels":
      return "shuffled labels: right answers to other images (a control)";
    default:
      return objective satisfies never;
  }
}

/** What a curve's stitches are fitted to, in a few words. */
export function objectiveLabel(objective: ObjectiveName): string {
  switch (objective) {
    case "task":
      return "fitted to the task";
    case "match":
      return "matched at the layer";
    case "functional":
      return "matched at all later layers";
    case "penultimate":
      return "matched at the last layer";
    case "shuffled-labels":
      return "fitted to shuffled labels";
    default:
      return objective satisfies never;
  }
}

/**
 * What tells a curve from the first one: its bottom, and everything else where it differs. The
 * first one's own label says what the others differ in.
 *
 * @param name what a network is called
 */
export function curveLabel(
  curve: Curve,
  { curves }: Pick<Spec, "curves">,
  name: (id: string) => string = (id) => id,
): string {
  const { bottom, top, seed, family, perturbation, objective } = curve;
  const [first] = curves;
  const differ = (field: "family" | "perturbation"): boolean =>
    curves.some((other) => other[field] !== first[field]);
  return [
    top === first.top ? name(bottom) : `${name(bottom)} into ${name(top)}`,
    ...(seed === first.seed ? [] : [`seed ${seed}`]),
    ...(differ("family") || family !== "affine" ? [familyLabel(family)] : []),
    ...(objective ? [objectiveLabel(objective)] : []),
    ...(perturbation === "none" ? [] : [perturbationLabel(perturbation)]),
  ].join(", ");
}

/** A file's path as people read it: of a visitor's own file, its name alone. */
export function fileName(path: string): string {
  return path.replace(/^(own-file:|blob:.*?#)/, "");
}

/** What files of an experiment begin with. */
export function fileStem({ curves, protocol }: Pick<Spec, "curves" | "protocol">): string {
  const [{ bottom, top, seed }] = curves;
  const [below, above] = [bottom, top].map(fileLabel);
  return `${String(below)}--${String(above)}--${protocol}-seed${seed}`;
}

/**
 * A model's id as part of a file's name: the beginning of a hash tells enough, and has no colon.
 */
function fileLabel(id: string): string {
  return id.replace(/^sha256:(.{12}).*$/, "$1");
}

/** What a network's classes are called: numbered where the data set has no names for them. */
export function answerNames(classes: Classes, count: number): readonly string[] {
  return (
    namesOfClasses(classes, count) ??
    Array.from({ length: count }, (_, number) => `class ${number}`)
  );
}
