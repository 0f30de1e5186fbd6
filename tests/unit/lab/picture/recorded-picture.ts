/** The picture of a recorded figure as the page makes it, for tests in Node and in a browser. */
import type { MeasureName } from "../../../../src/core/similarity/measures";
import { presets, type PresetName } from "../../../../src/experiment/figures";
import type { Preset } from "../../../../src/experiment/figures/figure";
import type { Report } from "../../../../src/experiment/report";
import type { LabModel } from "../../../../src/lab/engine/models";
import { curveViews, type CurveView } from "../../../../src/lab/picture/model/curve-views";
import { pictureModel, type PictureModel } from "../../../../src/lab/picture/model/picture-model";
import { emptyResults, withEvent } from "../../../../src/lab/session/results/results";

export interface RecordedPicture extends PictureModel {
  readonly curves: readonly CurveView[];
}

export interface PictureChoices {
  readonly hidden?: ReadonlySet<number>;
  /** The figure's own by default. */
  readonly oneScale?: boolean;
  /** The figure's own by default. */
  readonly main?: number;
  readonly measure?: MeasureName;
  /** Penalties by default. */
  readonly path?: boolean;
}

export function recordedPicture(
  name: PresetName,
  report: Report,
  models: readonly LabModel[],
  choices: PictureChoices = {},
): RecordedPicture {
  const { names, main: own, oneScale, highest = null, paper = [] } = presetOf(name);
  const { main: wanted = own ?? 0, measure = "linearCka", hidden = new Set() } = choices;
  const results = withEvent(emptyResults, { type: "finished", report });
  const curves = curveViews(report.spec, models, results, { names, main: wanted, measure });
  const main = curves.find(({ index }) => index === wanted);
  if (!main) throw new RangeError(`${name}: expected a curve ${wanted}`);
  const model = pictureModel(report.spec, curves, results, {
    main,
    measure,
    hidden,
    oneScale: choices.oneScale ?? oneScale === true,
    path: choices.path === true,
    highest: choices.oneScale === true ? null : highest,
    paper,
  });
  return { ...model, curves };
}

function presetOf(name: PresetName): Preset {
  return presets[name];
}
