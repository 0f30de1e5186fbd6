import { expect, test } from "vitest";
import { answerOf, shownClasses, type Answer } from "../../../../src/lab/see-stitch/answers";

const classes = { names: [], groupings: [] };

/** An answer of many classes, certain about as much as is given. */
function answer(count: number, certain: Readonly<Record<number, number>>): Answer {
  const probabilities = new Float32Array(count);
  for (const [k, probability] of Object.entries(certain)) probabilities[Number(k)] = probability;
  return answerOf(probabilities, null, classes);
}

test("a few classes are all shown, in their order", () => {
  expect(shownClasses([answer(3, { 2: 1 })], -1)).toEqual([0, 1, 2]);
});

test("of many classes, the five that any network finds most probable, by A’s probability", () => {
  const bottom = answer(1_000, { 7: 0.9, 8: 0.01 });
  const stitched = answer(1_000, { 500: 0.4, 501: 0.3 });
  const top = answer(1_000, { 500: 0.2, 3: 0.5, 999: 0.02 });
  expect(shownClasses([bottom, stitched, top], -1)).toEqual([3, 500, 999, 7, 501]);
});

test("the label and every answer are shown, however improbable they are to the others", () => {
  const answers = [answer(100, { 1: 0.1 }), answer(100, { 2: 1 }), answer(100, { 3: 0.9, 4: 0.1 })];
  expect(shownClasses(answers, 50)).toEqual([3, 4, 1, 2, 50]);
});
