import { describe, expect, test } from "vitest";
import {
  defaultSpec,
  withOtherCurves,
  type Curve,
  type Spec,
} from "../../../../src/experiment/spec";
import { userLabModel, type LabModel } from "../../../../src/lab/engine/models";
import { networkTitle } from "../../../../src/lab/session/experiment/model-names";
import { curveNames } from "../../../../src/lab/picture/model/curve-names";
import { curveViews } from "../../../../src/lab/picture/model/curve-views";
import { emptyResults, withEvent } from "../../../../src/lab/session/results/results";
import { found, ownNetwork } from "../fakes";
import { zooModels } from "./figure-pictures";

const own = userLabModel(ownNetwork("my-network.safetensors", "a"));
const twin = userLabModel(ownNetwork("my-network.safetensors", "b"));
const models: readonly LabModel[] = [...zooModels, own, twin];

/** Of an experiment with these curves next to seed 1 into seed 0. */
function names(...others: readonly Partial<Curve>[]): readonly string[] {
  const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "quick");
  const [first] = spec.curves;
  return curveNames(
    withOtherCurves(
      spec,
      others.map((curve) => ({ ...first, ...curve })),
    ),
    models,
  );
}

test("every network of the zoo has a title of its own, in at most 45 letters", () => {
  const titles = zooModels.map(networkTitle);
  expect(titles.filter((title, k) => titles.indexOf(title) !== k)).toEqual([]);
  for (const title of titles) expect(title.length).toBeLessThanOrEqual(45);
});

test.each([
  ["resnet18-w16-s1", "ResNet-18, seed 1"],
  ["resnet18-w16-random", "ResNet-18, untrained"],
])("%s is called “%s”", (id, title) => {
  expect(zooModels.filter((model) => model.id === id).map(networkTitle)).toEqual([title]);
});

test("a visitor's network is called by its file", () => {
  expect(networkTitle(own)).toBe("my-network.safetensors");
});

describe("a curve is called", () => {
  test("by how its bottom was trained, where its architecture is the first one's", () => {
    expect(names({ bottom: "resnet18-w16-s2" }, { bottom: "resnet18-w16-random" })).toEqual([
      "seed 1",
      "seed 2",
      "untrained",
    ]);
  });

  test("by both networks, where the top is another one", () => {
    expect(names({ top: "myrtle-w16-s0", bottom: "myrtle-w16-s1" })[1]).toMatch(
      /.+, seed 1 → seed 0$/,
    );
  });

  test("by the direction, or by being its own bottom", () => {
    expect(
      names(
        { top: "resnet18-w16-s1", bottom: "resnet18-w16-s0" },
        { bottom: "resnet18-w16-s0" },
      ).slice(1),
    ).toEqual(["reverse direction", "the top’s own bottom"]);
  });

  test("by what else differs, where the networks are the same", () => {
    expect(names({ family: "kernel-3" })).toEqual(["affine, 1 × 1", "3 × 3 kernel"]);
    expect(names({ perturbation: "shuffled" })).toEqual(["unchanged", "positions shuffled"]);
    expect(names({ seed: 5 })).toEqual(["stitch seed 0", "stitch seed 5"]);
  });

  test("by ids, where two files have one name", () => {
    const found = names({ bottom: own.id }, { bottom: twin.id });
    expect(new Set(found).size).toBe(3);
    expect(found[1]).toContain("aaaaaaaaaaaa…");
  });
});

test("a figure's names are used, and ids are in the title", () => {
  const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "quick");
  const [view] = curveViews(spec, models, emptyResults, {
    names: ["another seed"],
    main: 0,
    measure: "linearCka",
  });
  expect(view).toMatchObject({ name: "another seed", title: "resnet18-w16-s1" });
});

test.each([
  ["glance", "affine", 0.2],
  ["glance", "rank-4", null],
  ["quick", "affine", null],
] as const)(
  "before its result is there, a curve of %s and %s has the penalty %s",
  (protocol, family, penalty) => {
    const spec = defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", protocol);
    const curves: Spec["curves"] = [{ ...spec.curves[0], family }];
    const scored = { testError: 0.3, penalty: 0.2, penaltyStandardError: 0.03 };
    const results = withEvent(emptyResults, found({ type: "least-squares", site: 2, ...scored }));
    const [view] = curveViews({ ...spec, curves }, models, results, {
      names: null,
      main: 0,
      measure: "linearCka",
    });
    expect(view?.rows[2]?.penalty?.value ?? null).toBe(penalty);
    expect(view?.rows[2]?.leastSquares?.value).toBe(0.2);
    expect(view?.rows[3]?.penalty).toBeNull();
  },
);

test("a curve whose networks are not here is left out, and the others keep their numbers", () => {
  const spec = withOtherCurves(defaultSpec("resnet18-w16-s0", "gone", "quick"), [
    { ...defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "quick").curves[0] },
  ]);
  const views = curveViews(spec, models, emptyResults, {
    names: null,
    main: 0,
    measure: "linearCka",
  });
  expect(views).toMatchObject([{ index: 1, look: { width: 2 } }]);
});
