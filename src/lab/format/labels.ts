/** Numbers and codes as people read them. Percentage points exist only from here on. */
import type { LabErrorCode } from "../../core/errors";
import type { BackendName, TapFailure } from "../../experiment/report";
import type { ProtocolName } from "../../experiment/protocol";
import type { MeasureName } from "../../core/similarity/measures";
import { noiseChannels, type Perturbation } from "../../experiment/perturbation";
import { kernelSide, type Family } from "../../experiment/family";
import type { Curve, Spec } from "../../experiment/spec";
import { isUserModel, type LabModel } from "../engine/models";
import type { Training } from "../session/rows";

/** 0.0983 → "9.8%" */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** A difference of errors in percentage points, always with its sign: −0.004 → "−0.4". */
export function signedPoints(fraction: number): string {
  const text = Math.abs(100 * fraction).toFixed(1);
  if (Number(text) === 0) return "0.0";
  return `${fraction < 0 ? "−" : "+"}${text}`;
}

/** 0.0063 → "0.6" */
export function points(fraction: number): string {
  return (100 * fraction).toFixed(1);
}

/** A similarity with a real minus sign. */
export function similarityText(value: number): string {
  return value.toFixed(3).replace("-", "−");
}

export function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}

/** What a network is, in a sentence: how it was trained and how well it does. */
export function networkSentence(model: LabModel): string {
  if (isUserModel(model)) return "Your file; a run measures how well it does.";
  const { summary, testError, robust } = model;
  const attacked = robust ? `, ${percent(1 - robust.testError)} under attack` : "";
  return `${summary.replace(/\.$/, "")}, ${percent(1 - testError)} correct${attacked}.`;
}

/** A file's path as people read it: of a visitor's own file, its name alone. */
export function fileName(path: string): string {
  return path.replace(/^(own-file:|blob:.*?#)/, "");
}

export function count(value: number): string {
  // Not by Intl, whose first use takes a phone a quarter of a second.
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "about 2 min left": coarse, since it is a guess. */
export function timeLeft(remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `about ${String(5 * Math.round(seconds / 5))} s left`;
  if (seconds < 55 * 60) return `about ${String(Math.max(1, Math.round(seconds / 60)))} min left`;
  return `about ${(seconds / 3600).toFixed(1)} h left`;
}

export const backendLabels = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
} as const satisfies Record<BackendName, string>;

/** What a visitor may expect before pressing Run. */
export const durations = {
  glance: "About a minute on a processor with two cores; less with more, or on a graphics card.",
  quick: "About two minutes on a processor with two cores; less with more, or on a graphics card.",
  paper:
    "Hours on a processor, even a fast one. You can cancel at any time: finished layers are kept.",
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
} as const satisfies Record<MeasureName, string>;

/** Stitch families as people call them. */
export function familyLabel(family: Family): string {
  if (family === "affine") return "affine, 1 × 1";
  const side = kernelSide(family);
  return side === undefined ? family.replace("-", " ") : `kernel ${String(side)} × ${String(side)}`;
}

/** What was done to a bottom's representations, as people call it. */
export function alterationLabel(altered: Perturbation): string {
  switch (altered) {
    case "none":
      return "as it is";
    case "shuffled":
      return "positions shuffled";
    default:
      return `${String(noiseChannels(altered))} channels of noise`;
  }
}

/**
 * What tells a curve from the first one: its bottom, and everything else where it differs. The first one's own label
 * says what the others differ in.
 *
 * @param name what a network is called
 */
export function curveLabel(
  curve: Curve,
  first: Spec,
  name: (id: string) => string = (id) => id,
): string {
  const { bottom, top, seed, family, altered } = curve;
  const all = [first, ...first.also];
  const differ = (field: "family" | "altered"): boolean =>
    all.some((other) => other[field] !== first[field]);
  return [
    top === first.top ? name(bottom) : `${name(bottom)} into ${name(top)}`,
    ...(seed === first.seed ? [] : [`seed ${String(seed)}`]),
    ...(differ("family") || family !== "affine" ? [familyLabel(family)] : []),
    ...(altered === "none" ? [] : [alterationLabel(altered)]),
  ].join(", ");
}

/** How long a stitch was trained, and why no longer. */
export function trainingText({ steps, stop, closedForm }: Training): string {
  if (closedForm) return "closed form";
  const taken = `${count(steps)} steps`;
  switch (stop) {
    case "settled":
      return `${taken}, until settled`;
    case "budget":
      return `${taken}, the most allowed`;
    case "least-squares":
      return "least squares is best";
    case "too-few-images":
      return "too few images to train on";
    case null:
      return taken;
    default:
      return stop satisfies never;
  }
}

/** Why a layer has no stitch. */
export function failureText({ reason, step, seed, found }: TapFailure): string {
  switch (reason) {
    case "diverged":
      return `Training diverged at step ${String(step)} (${found}); seed ${String(seed)} repeats it.`;
    case "singular":
      return `The bottom’s representation does not vary here (${found}), so nothing can be fitted to it.`;
    case "no-such-stitch":
      return `There is no stitch of this family here: ${found}.`;
    default:
      return reason satisfies never;
  }
}

interface ErrorWords {
  readonly title: string;
  readonly advice: string;
}

export const errorWords = {
  network: {
    title: "A file could not be fetched",
    advice: "Check the connection, then try again. What was finished is kept.",
  },
  "not-found": {
    title: "A file is missing",
    advice: "It is not where it was looked for. What was finished is kept.",
  },
  "hash-mismatch": {
    title: "A file is not the one it should be",
    advice:
      "It was changed or cut short on its way, so it was not used. Trying again fetches it anew.",
  },
  "bad-file": {
    title: "A file could not be read",
    advice: "It was not used. Trying again fetches it anew.",
  },
  "bad-shape": {
    title: "A file does not fit the network",
    advice: "It was not used.",
  },
  "bad-input": {
    title: "This experiment cannot be done as it is set up",
    advice: "Change what is named below.",
  },
  storage: {
    title: "The browser's storage refused",
    advice: "Results may not be kept. Free some space, or leave private browsing, then try again.",
  },
  backend: {
    title: "The computation stopped",
    advice: "Try again, or choose another backend. What was finished is kept.",
  },
  numerics: {
    title: "The numbers ran away",
    advice: "A value was no longer finite. Another seed or backend may do.",
  },
  cancelled: {
    title: "The run was cancelled",
    advice: "What was finished is kept.",
  },
} as const satisfies Record<LabErrorCode, ErrorWords>;
