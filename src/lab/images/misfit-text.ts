/** Why networks and images do not go together, in words. */
import { imageShapeText } from "../../core/nets/architecture";
import type { LabModel } from "../engine/models";
import { count } from "../format/numbers";
import type { DataChoice, DataMisfit } from "../session/experiment/data-choice";
import { inShort, titleOf } from "../session/experiment/model-names";

export function misfitText(
  misfit: DataMisfit,
  { name, form }: DataChoice,
  models: readonly LabModel[],
): string {
  const images = inShort(name);
  switch (misfit.type) {
    case "no-head":
      return `${titleOf(misfit.network, models)} has no head, so it can only be the bottom network.`;
    case "size":
      return `${titleOf(misfit.network, models)} reads images of ${misfit.reads}; ${images} has ${imageShapeText(form)}.`;
    case "classes": {
      const { names, groupings } = form.classes;
      const counts = [names, ...groupings.map((grouping) => grouping.names)];
      const has = counts.map(({ length }) => count(length)).join(" or ");
      return `${titleOf(misfit.network, models)} answers with ${count(misfit.count)} classes; ${images} has ${has}.`;
    }
    case "unlabelled":
      return `${images} has no labels: no answer is correct.`;
    case "top":
      return `${titleOf(misfit.network, models)} answers with ${count(misfit.count)} classes, and the top with others. Agreement counts equal answers, so both networks need the same classes.`;
    default:
      return misfit satisfies never;
  }
}
