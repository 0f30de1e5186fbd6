import { describe, expect, test } from "vitest";
import { presetNames } from "../../../../src/experiment/figures";
import {
  isPresentKey,
  presentAction,
  type KeyPress,
} from "../../../../src/lab/present/present-keys";
import { figureAfter, presetsHere } from "../../../../src/lab/session/preset";
import { model, zoo } from "../fakes";

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  const none = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
  return { key, ...none, isComposing: false, ...held };
}

describe("keys of a presentation", () => {
  test("a remote's keys and N open the next figure, Shift+N the previous one", () => {
    const next = { type: "figure", by: 1 };
    const before = { type: "figure", by: -1 };
    expect(presentAction(press("PageDown"), true)).toEqual(next);
    expect(presentAction(press("n"), true)).toEqual(next);
    expect(presentAction(press("N"), true)).toEqual(next);
    expect(presentAction(press("N", { shiftKey: true }), true)).toEqual(before);
    expect(presentAction(press("PageUp"), true)).toEqual(before);
  });

  test("D asks for a prediction", () => {
    expect(presentAction(press("d"), true)).toEqual({ type: "predict" });
    expect(presentAction(press("D", { shiftKey: true }), true)).toBeNull();
  });

  test("keys with Control, Alt or Meta are left to the browser", () => {
    for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing"] as const) {
      for (const key of ["r", "n", "?", "Escape", "ArrowRight", "PageDown"]) {
        expect(presentAction(press(key, { [held]: true }), true)).toBeNull();
      }
      expect(isPresentKey(press("p", { [held]: true }))).toBe(false);
    }
    expect(isPresentKey(press("P"))).toBe(true);
  });

  test("single-letter keys can be off while the others work", () => {
    for (const key of ["r", "N", "d", "?"]) expect(presentAction(press(key), false)).toBeNull();
    expect(presentAction(press("Escape"), false)).toEqual({ type: "leave" });
    expect(presentAction(press("ArrowLeft"), false)).toEqual({ type: "layer", by: -1 });
  });
});

describe("the next figure", () => {
  // Figures have an untrained bottom beside.
  const models = [...zoo.models, model("resnet18-w16-random")];
  const here = presetsHere(models);

  test("wraps around", () => {
    expect(here.length).toBeGreaterThan(1);
    const last = here.at(-1) ?? null;
    expect(figureAfter(last, 1, models)).toBe(here[0]);
    expect(figureAfter(here[0] ?? null, -1, models)).toBe(last);
    expect(presetNames).toContain(last);
  });

  test("is the first or last if no figure is open, and none if its networks are missing", () => {
    expect(figureAfter(null, 1, models)).toBe(here[0]);
    expect(figureAfter(null, -1, models)).toBe(here.at(-1));
    expect(figureAfter(null, 1, [])).toBeNull();
  });
});
