import { expect, test } from "vitest";
import type { Inspection, TestLabels } from "../../../../src/engine/host/inspect";
import { targetWords } from "../../../../src/lab/format/target-words";
import { correctAnswers } from "../../../../src/lab/inspector/sections/correct-answers";
import { model } from "../fakes";

/** What is stored of a stitch whose top answers so, among three classes. */
function inspection(predicted: Uint8Array | null): Inspection {
  const top = { classes: 3, wrong: new Uint8Array(2), predicted };
  return { top } as unknown as Inspection;
}

function labels(names: string[], values: number[]): TestLabels {
  return { labels: Uint8Array.from(values), classes: { names, groupings: [] } };
}

const byLabel = targetWords({});
const byTop = targetWords({ target: "top" });

test("labels count, and are named", () => {
  const found = correctAnswers(
    inspection(null),
    labels(["a", "b", "c"], [2, 0]),
    byLabel,
    undefined,
  );
  expect([...(found?.answers ?? [])]).toEqual([2, 0]);
  expect(found?.labelOf(0)).toBe("c");
});

test("the top's answers count where agreement is asked for, on images of other classes, too", () => {
  const of = inspection(Uint8Array.of(1, 2));
  const found = correctAnswers(of, labels(["cat", "dog"], [1, 0]), byTop, undefined);
  expect([...(found?.answers ?? [])]).toEqual([1, 2]);
  expect(found?.labelOf(0)).toBe("dog");
  expect(found?.names).toEqual(["class 0", "class 1", "class 2"]);
  expect(correctAnswers(of, labels([], [0, 0]), byTop, undefined)?.labelOf(0)).toBe("");
  const ofTen = { top: { ...of.top, classes: 10 } } as unknown as Inspection;
  const named = correctAnswers(ofTen, labels(["cat", "dog"], [1, 0]), byTop, model("resnet18-s0"));
  expect(named?.names.slice(0, 2)).toEqual(["airplane", "automobile"]);
});

test("nothing is shown of answers that an older version did not store", () => {
  expect(
    correctAnswers(inspection(null), labels(["cat", "dog"], [1, 0]), byTop, undefined),
  ).toBeNull();
});
