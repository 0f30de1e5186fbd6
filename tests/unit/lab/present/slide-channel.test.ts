import { expect, test } from "vitest";
import { readSlideMessage, type SlideNews } from "../../../../src/lab/present/slide-channel";

const news: SlideNews = {
  type: "slide",
  figure: "seeds",
  step: "question",
  stepNumber: 1,
  steps: 5,
  nextStep: null,
  nextFigure: "deep",
};

test("messages between slide and notes are read back", () => {
  for (const message of [news, { type: "ask" }, { type: "move", by: -1 }]) {
    expect(readSlideMessage(message)).toEqual(message);
  }
});

test("what another version of the page may send is ignored", () => {
  for (const other of [
    null,
    "slide",
    {},
    { type: "move", by: 3 },
    { ...news, figure: "rome" },
    { ...news, step: 4 },
    { ...news, steps: "5" },
  ]) {
    expect(readSlideMessage(other)).toBeNull();
  }
});
