/**
 * The mathematics of Stitch Lab: measures of similarity, closed-form stitches, penalties. Nothing
 * here needs a DOM, a file system or a network.
 *
 * @packageDocumentation
 */
export { LabError } from "./errors";
export { architectureName } from "./nets/architecture";
export type { Architecture } from "./nets/architecture-schema";
export { tapsOf, type Tap } from "./nets/taps";
export { errorOf, penaltyOf, type Estimate } from "./scoring/penalty";
export { compareRepresentations, type Representation } from "./similarity/compare";
export { chanceLevel } from "./similarity/cka";
export { measures, similarityOf, type MeasureName } from "./similarity/measures";
export { type Invariances, type Measure } from "./similarity/measure";
export { stitchFamilies } from "./stitch/families/registry";
export { leastSquares, type LeastSquaresFit } from "./stitch/families/least-squares";
export { mergeMoments, type Moments } from "./stitch/moments";
export { effectiveRank, singularValues } from "./stitch/spectrum";
export { withLinearHead } from "./nets/linear-head";
export { plainNames } from "./nets/recognise/published-names";
export { recogniseArchitecture } from "./nets/recognise/recognise";
export { parseSafetensors } from "./weights/safetensors";
export { writeSafetensors } from "./weights/write-safetensors";
