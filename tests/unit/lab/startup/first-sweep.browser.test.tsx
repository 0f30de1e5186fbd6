/** The sweep of the cursor needs a browser's animations. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { sweepOnFirstVisit } from "../../../../src/lab/startup/first-sweep";
import { wantNoMotion } from "../motion";
import "../../../../src/lab/app/styles";

let root: HTMLElement;
beforeEach(() => {
  window.localStorage.clear();
  root = document.body.appendChild(document.createElement("div"));
  root.innerHTML =
    '<div class="picture" style="position: relative; width: 900px; height: 100px; --left: 0px; --right: 0px"><div class="picture-cursor"><span style="left: 50%; width: 10%"></span></div></div>';
});
afterEach(() => root.remove());

const sweeps = (): Animation[] =>
  document.getAnimations().filter((animation) => !(animation instanceof CSSTransition));

/** Of the cursor, in the root. */
function left(): number {
  const cursor = root.querySelector("span")?.getBoundingClientRect();
  return (cursor?.left ?? NaN) - root.getBoundingClientRect().left;
}

test("nothing moves for a visitor who wants no motion", async () => {
  await wantNoMotion(true);
  try {
    await sweepOnFirstVisit(root, false);
    expect(sweeps()).toHaveLength(0);
  } finally {
    await wantNoMotion(false);
  }
});

// The first use of a page is seen once: here it ends this test.
test("a first visit sees the cursor at the first layer, at the last and back, until a key is pressed", async () => {
  await sweepOnFirstVisit(root, false);
  const [sweep] = sweeps();
  if (!sweep) throw new Error("nothing moves");
  sweep.pause();
  const placeAt = (ms: number): number => {
    sweep.currentTime = ms;
    return Math.round(left());
  };
  expect([0, 400, 1500, 1999.99].map(placeAt)).toEqual([405, 0, 810, 405]);
  await userEvent.keyboard("{Shift}");
  await expect.poll(() => sweeps()).toHaveLength(0);
  expect(Math.round(left())).toBe(405);
});

test("nothing moves on a later visit, or once the page is used", async () => {
  await sweepOnFirstVisit(root, true);
  expect(sweeps()).toHaveLength(0);
  await sweepOnFirstVisit(root, false);
  expect(sweeps()).toHaveLength(0);
});
