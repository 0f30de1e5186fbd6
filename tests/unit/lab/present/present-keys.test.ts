import { describe, expect, test } from "vitest";
import { recordedNames } from "../../../../src/experiment/figures";
import { pageAction, presentAction, type KeyPress } from "../../../../src/lab/present/present-keys";
import {
  figureAfter,
  figuresInOrder,
  presetsHere,
} from "../../../../src/lab/session/experiment/preset";
import { model, zoo } from "../fakes";

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  return { key, ...none, isComposing: false, ...held };
}

describe("keys of a presentation", () => {
  test("→, Space, a remote's keys and N go from step to step, Shift+→ from figure to figure", () => {
    for (const key of ["ArrowRight", " ", "PageDown", "n", "N"]) {
      expect(presentAction(press(key), true)).toEqual({ type: "step", by: 1 });
    }
    for (const key of ["ArrowLeft", "PageUp"]) {
      expect(presentAction(press(key), true)).toEqual({ type: "step", by: -1 });
    }
    const shift = { shiftKey: true };
    expect(presentAction(press("N", shift), true)).toEqual({ type: "step", by: -1 });
    expect(presentAction(press("ArrowRight", shift), true)).toEqual({ type: "figure", by: 1 });
    expect(presentAction(press("ArrowLeft", shift), true)).toEqual({ type: "figure", by: -1 });
  });

  test("↓ and ↑ move the stitch, End and Home go to a slide's ends", () => {
    expect(presentAction(press("ArrowDown"), true)).toEqual({ type: "layer", by: 1 });
    expect(presentAction(press("ArrowUp"), true)).toEqual({ type: "layer", by: -1 });
    expect(presentAction(press("End"), true)).toEqual({ type: "end", by: 1 });
    expect(presentAction(press("Home"), true)).toEqual({ type: "end", by: -1 });
  });

  test("D asks for a prediction, Q for the question, S for the speaker's notes", () => {
    expect(presentAction(press("d"), true)).toEqual({ type: "predict" });
    expect(presentAction(press("q"), true)).toEqual({ type: "question" });
    expect(presentAction(press("s"), true)).toEqual({ type: "notes" });
    for (const key of ["D", "Q", "S"]) {
      expect(presentAction(press(key, { shiftKey: true }), true)).toBeNull();
    }
  });

  test("P and Z work on every page", () => {
    for (const presented of [false, true]) {
      expect(pageAction(press("P"), presented)).toBe("present");
      expect(pageAction(press("z"), presented)).toBe("scale");
      expect(pageAction(press("Z", { shiftKey: true }), presented)).toBeNull();
      expect(pageAction(press("x"), presented)).toBeNull();
    }
  });

  test("S shows the stitch; over a slide, where it opens the notes, Shift+S does", () => {
    const shifted = press("S", { shiftKey: true });
    expect(pageAction(press("s"), false)).toBe("see-stitch");
    expect(pageAction(shifted, false)).toBeNull();
    expect(pageAction(shifted, true)).toBe("see-stitch");
    expect(pageAction(press("s"), true)).toBeNull();
    expect(presentAction(shifted, true)).toBeNull();
  });

  test("keys with Control, Alt or Meta are left to the browser", () => {
    for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing"] as const) {
      for (const key of ["r", "n", "?", "Escape", "ArrowRight", "PageDown"]) {
        expect(presentAction(press(key, { [held]: true }), true)).toBeNull();
      }
      for (const key of ["p", "z", "s"]) {
        expect(pageAction(press(key, { [held]: true }), false)).toBeNull();
      }
    }
  });

  test("single-letter keys can be off while the others work", () => {
    for (const key of ["r", "N", "d", "q", "s", "?"]) {
      expect(presentAction(press(key), false)).toBeNull();
    }
    expect(presentAction(press("Escape"), false)).toEqual({ type: "leave" });
    expect(presentAction(press("ArrowUp"), false)).toEqual({ type: "layer", by: -1 });
    expect(presentAction(press("PageDown"), false)).toEqual({ type: "step", by: 1 });
  });
});

describe("the next figure", () => {
  // Figures have an untrained bottom beside.
  const models = [...zoo.models, model("resnet18-w16-random")];
  const here = presetsHere(models);

  test("wraps around", () => {
    expect(here.length).toBeGreaterThan(1);
    const last = here.at(-1) ?? null;
    expect(figureAfter(last, 1, models, null)).toBe(here[0]);
    expect(figureAfter(here[0] ?? null, -1, models, null)).toBe(last);
    expect(recordedNames).toContain(last);
  });

  test("in a lesson is the lesson's next, in its order, and each figure once", () => {
    const [first, second, third] = here;
    if (!first || !second || !third) throw new Error("expected three figures");
    const lesson = [third, first, third];
    expect(figuresInOrder(models, lesson)).toEqual([third, first]);
    expect(figureAfter(third, 1, models, lesson)).toBe(first);
    // It ends with its last figure.
    expect(figureAfter(first, 1, models, lesson)).toBeNull();
    expect(figureAfter(third, -1, models, lesson)).toBeNull();
    // From a figure outside of it, the lesson begins.
    expect(figureAfter(second, 1, models, lesson)).toBe(third);
  });

  test("is one of all if none of a lesson's networks are here", () => {
    expect(figuresInOrder(zoo.models, ["transformer"])).toEqual(presetsHere(zoo.models));
  });

  test("is the first or last if no figure is open; without a zoo, the one that trains its networks", () => {
    expect(figureAfter(null, 1, models, null)).toBe(here[0]);
    expect(figureAfter(null, -1, models, null)).toBe(here.at(-1));
    expect(figureAfter(null, 1, [], null)).toBe("trained");
  });
});
