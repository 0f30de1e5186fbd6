import { expect, test } from "vitest";
import { namesLike } from "../../../src/experiment/names-like";

test("few names are all listed, in order", () => {
  expect(namesLike("c", ["a", "b", "c"])).toBe("one of a, b, c");
});

test("of many names, those with the longest common prefix are listed", () => {
  const names = [
    "myrtle-s0",
    "resnet18-w16-s0",
    "resnet18-w4-s0",
    "resnet18-w16-simclr",
    "vit",
    "x",
  ];
  expect(namesLike("resnet18-w16-s7", names)).toBe(
    "one of 6 names, such as resnet18-w16-s0, resnet18-w16-simclr",
  );
});

test("if no name is similar, the first names are listed", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  expect(namesLike("zoo", names)).toBe("one of 6 names, such as a, b, c, d, e");
  expect(namesLike("", names)).toBe("one of 6 names, such as a, b, c, d, e");
});
