/** The network that a spec names. */
import { LabError } from "../../core/errors";
import type { ModelFile } from "../messages";

/** @throws LabError `not-found` when it is not among the models */
export function namedModel(models: readonly ModelFile[], id: string): ModelFile {
  const model = models.find((other) => other.id === id);
  if (model) return model;
  const expected = `one of ${models.map((other) => other.id).join(", ")}`;
  throw new LabError({ code: "not-found", input: "network", expected, found: id });
}
