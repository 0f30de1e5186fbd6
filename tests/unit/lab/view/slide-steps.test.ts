import { describe, expect, test } from "vitest";
import type { Spec } from "../../../../src/experiment/spec";
import { presets } from "../../../../src/experiment/figures";
import { slideSteps, stepAmong, stepsFor } from "../../../../src/lab/view/slide-steps";
import { model, zoo } from "../fakes";

const untrained = model("resnet18-w16-random");
const models = [
  ...zoo.models,
  { ...untrained, training: { ...untrained.training, kind: "untrained" as const } },
];
const { spec } = presets.seeds;

describe("the steps of a slide", () => {
  test("go from the question over the control to the claim", () => {
    expect(stepsFor(spec, "seeds", models, false)).toEqual([
      "question",
      "control",
      "curves",
      "similarity",
      "claim",
    ]);
  });

  test("ask for a prediction, and reveal it, only where the address asks for it", () => {
    expect(stepsFor(spec, "seeds", models, true)).toEqual(slideSteps);
  });

  test("have no control where no curve is one", () => {
    const [first] = spec.curves;
    const alone: Spec = { ...spec, curves: [first] };
    expect(stepsFor(alone, "seeds", models, false)).not.toContain("control");
  });

  test("are one with everything for an experiment that is no figure", () => {
    expect(stepsFor(spec, null, models, false)).toEqual(["similarity"]);
  });

  test("go on after a step that the slide no longer has", () => {
    const steps = stepsFor(spec, "seeds", models, false);
    expect(stepAmong(steps, "reveal")).toBe("control");
    expect(stepAmong(steps, "curves")).toBe("curves");
    expect(stepAmong(["similarity"], "claim")).toBe("similarity");
    expect(stepAmong(steps, null)).toBe("question");
  });
});
