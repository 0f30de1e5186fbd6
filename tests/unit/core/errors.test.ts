import { describe, expect, test } from "vitest";
import { errorData, LabError, namesLike } from "../../../src/core/errors";

const data = {
  code: "bad-shape",
  input: "layer1.0.conv1.weight",
  expected: "[16,16,3,3]",
  found: "[32,16,3,3]",
} as const;

describe("a LabError", () => {
  test("says the input and both sides", () => {
    expect(new LabError(data).message).toBe(
      "layer1.0.conv1.weight: expected [16,16,3,3], found [32,16,3,3]",
    );
  });

  test("comes back from plain data as it was", () => {
    const sent = structuredClone(new LabError(data).toData());
    expect(sent).toEqual(data);
    expect(new LabError(sent).toData()).toEqual(data);
  });

  test("keeps what caused it", () => {
    const cause = new Error("the disk is full");
    expect(new LabError(data, { cause }).cause).toBe(cause);
  });
});

describe("anything thrown becomes plain data", () => {
  test("a LabError its own", () => {
    expect(errorData(new LabError(data), "ignored")).toEqual(data);
  });

  test.each([
    { thrown: new TypeError("x is not a function"), found: "x is not a function" },
    { thrown: "a string", found: "a string" },
    { thrown: undefined, found: "undefined" },
  ])("$found as what was found", ({ thrown, found }) => {
    const code = "unexpected";
    expect(errorData(thrown, "block 3")).toMatchObject({ code, input: "block 3", found });
  });
});

test("few names are all listed, in their order", () => {
  expect(namesLike("c", ["a", "b", "c"])).toBe("one of a, b, c");
});

test("of many names those are listed that share the longest prefix with what was found", () => {
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

test("where no name is similar the first ones are listed", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  expect(namesLike("zoo", names)).toBe("one of 6 names, such as a, b, c, d, e");
  expect(namesLike("", names)).toBe("one of 6 names, such as a, b, c, d, e");
});
