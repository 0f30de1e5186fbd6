import { expect, test } from "vitest";
import { namesLike } from "../../../src/experiment/names-like";

test("few names are all told, in their order", () => {
  expect(namesLike("c", ["a", "b", "c"])).toBe("one of a, b, c");
});

test("of many names those are told that share the longest beginning with what was found", () => {
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

test("where nothing is alike the first names stand for all", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  expect(namesLike("zoo", names)).toBe("one of 6 names, such as a, b, c, d, e");
  expect(namesLike("", names)).toBe("one of 6 names, such as a, b, c, d, e");
});
