import { expect, test } from "vitest";
import { takeTurn } from "../../../../src/lab/startup/Deferred";

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 20));

test("a piece appears only after the piece before it", async () => {
  const came: string[] = [];
  const first = takeTurn();
  const second = takeTurn();
  void first.come.then(() => came.push("first"));
  void second.come.then(() => came.push("second"));
  await aWhile();
  expect(came).toEqual(["first"]);
  first.done();
  await aWhile();
  expect(came).toEqual(["first", "second"]);
  second.done();
});

test("a cancelled piece blocks no other, and the order stays the same", async () => {
  let came = false;
  const first = takeTurn();
  const second = takeTurn();
  const third = takeTurn();
  void third.come.then(() => (came = true));
  second.done();
  await aWhile();
  expect(came).toBe(false);
  first.done();
  await aWhile();
  expect(came).toBe(true);
  third.done();
});
