/** The table behind both directions of the address: one entry a parameter, in the order written. */
import { familySchema } from "../../family";
import { perturbationSchema } from "../../perturbation";
import { alsoParameter, modelParameter, objectiveParameter, wordParameter } from "./curves";
import { figureParameter, fittedFigure } from "./figure";
import { backendParameter, digestParameter } from "./outside-spec";
import { accepted, type Parameter } from "./parameter";
import {
  dataParameter,
  departureParameter,
  layoutParameter,
  numberParameter,
  permutationsParameter,
  probesParameter,
  protocolParameter,
  similarityParameter,
  sitesParameter,
  targetParameter,
} from "./setting";

/** Comes before all that it gives another meaning. */
const versionParameter: Parameter = {
  name: "v",
  write: ({ spec }) => String(spec.version),
  read(text, address) {
    if (text === "3") return { address, problem: null };
    // Until then, similarity was measured on the training images.
    if (text === "1" || text === "2") return accepted(address, { similarityImages: "train" });
    const problem = { expected: "1, 2 or 3", instead: "read the rest as version 3" };
    return { address, problem };
  },
};

export const parameters: readonly Parameter[] = [
  versionParameter,
  modelParameter("bottom"),
  modelParameter("top"),
  dataParameter,
  targetParameter,
  protocolParameter,
  layoutParameter,
  sitesParameter,
  numberParameter("train", "trainImages"),
  numberParameter("test", "testImages"),
  similarityParameter,
  permutationsParameter,
  probesParameter,
  departureParameter,
  numberParameter("epochs", "epochs"),
  numberParameter("seed", "seed"),
  wordParameter("family", familySchema, "affine"),
  wordParameter("perturbation", perturbationSchema, "none", "altered"),
  objectiveParameter,
  alsoParameter,
  backendParameter,
  digestParameter,
  figureParameter,
];

/** Parameters in the order in which they are read, each after those that it depends on. */
export const readingOrder: readonly Pick<Parameter, "name" | "oldName" | "read">[] = [
  versionParameter,
  figureParameter,
  ...parameters.filter(
    (parameter) =>
      parameter !== versionParameter &&
      parameter !== sitesParameter &&
      parameter !== digestParameter &&
      parameter !== figureParameter,
  ),
  { name: "figure", read: (_, address, models) => fittedFigure(address, models) },
  sitesParameter,
  digestParameter,
];
