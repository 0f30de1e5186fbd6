/** Whether two networks and a data set can be stitched as a spec asks. */
import type { DataManifest } from "../../core/data/manifest";
import { namesOfClasses } from "../../core/data/form";
import { LabError } from "../../core/errors";
import { classesOf, hasHead, imageShapeText, inputOf } from "../../core/nets/architecture";
import type { Architecture } from "../../core/nets/architecture-schema";
import { hasFreshTop } from "../family";
import type { ErrorByEpoch } from "../report";
import type { CurveSpec } from "../spec";

/** A network as a plan needs it. */
export interface ModelIdentity {
  readonly id: string;
  readonly sha256: string;
  readonly architecture: Architecture;
  /** How it learned, where it was trained here and that is known. */
  readonly errorByEpoch?: ErrorByEpoch;
}

/**
 * @throws LabError `bad-input` naming a network whose images or classes are not those of the data
 *   set or, where the stitched network is to agree with its top, not those of the top; or a top that
 *   has no head, or that cannot be trained from scratch and has to be; or images without the labels
 *   that class-clustered noise knows
 */
export function checkNetworks(
  { target, family, perturbation }: Pick<CurveSpec, "target" | "family" | "perturbation">,
  top: ModelIdentity,
  bottom: ModelIdentity,
  data: DataManifest,
): void {
  if (family === "fresh-top" && !hasFreshTop(top.architecture)) {
    throw new LabError({
      code: "bad-input",
      input: `${top.id}, whose upper layers are to be trained from scratch`,
      expected: "parameters with PyTorch’s names, for images of at most 32 × 32 pixels",
      found: `${top.architecture.family}, for ${imageShapeText(inputOf(top.architecture))}`,
    });
  }
  if (!hasHead(top.architecture)) {
    throw new LabError({
      code: "bad-input",
      input: `${top.id}, the top`,
      expected: "a network with a head, which gives the answers",
      found: "a trunk without one; fit a linear head to it, or add its own",
    });
  }
  if (perturbation === "class-noise" && data.classes.names.length === 0) {
    throw new LabError({
      code: "bad-input",
      input: "perturbation class-noise",
      expected: "images with labels",
      found: `${data.name}, which has none`,
    });
  }
  const has = imageShapeText(data);
  for (const { id, architecture } of [top, bottom]) {
    const refused = (expected: string, found: string): LabError =>
      new LabError({ code: "bad-input", input: id, expected, found });
    const reads = imageShapeText(inputOf(architecture));
    if (reads !== has) {
      throw refused(`a network for ${data.name}’s images of ${has}`, `one for ${reads}`);
    }
    // It answers nothing, and only its lower layers are used.
    if (id === bottom.id && !hasHead(architecture)) continue;
    const classes = classesOf(architecture);
    if (target === "top") {
      const wanted = classesOf(top.architecture);
      if (classes !== wanted) throw refused(`the top’s ${wanted} classes`, String(classes));
    } else if (namesOfClasses(data.classes, classes) === null) {
      const known = [data.classes.names, ...data.classes.groupings.map(({ names }) => names)];
      const counts = known.map(({ length }) => length).join(" or ");
      throw refused(`a network for ${data.name}’s ${counts} classes`, `one for ${classes}`);
    }
  }
}
