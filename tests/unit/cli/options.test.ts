import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readOptions } from "../../../src/cli/options";
import { presetNames } from "../../../src/experiment/figures";

test("sites and a perturbation are read", () => {
  const { setting, curve } = readOptions(["--sites", "0,3,8", "--perturbation", "noise-16"]);
  expect(setting).toEqual({ sites: [0, 3, 8] });
  expect(curve).toEqual({ perturbation: "noise-16" });
});

test.each(["test", "train"])("similarity is measured on %s images if asked to be", (images) => {
  expect(readOptions(["--similarity-images", images]).similarityImages).toBe(images);
  expect(readOptions([]).similarityImages).toBeUndefined();
  expect(() => readOptions(["--similarity-images", "all"])).toThrow(
    expect.objectContaining({
      code: "bad-input",
      input: "--similarity-images",
      expected: "test or train",
    }),
  );
});

test("permutations are a number within limits, or none", () => {
  expect(readOptions(["--permutations", "200"]).permutations).toBe(200);
  expect(readOptions(["--permutations", "none"]).permutations).toBeNull();
  expect(readOptions([]).permutations).toBeUndefined();
  for (const found of ["199", "1001", "2e2", ""]) {
    expect(() => readOptions(["--permutations", found])).toThrow(
      expect.objectContaining({ code: "bad-input", input: "--permutations", found }),
    );
  }
});

test.each([
  [["--taps", "0,3,8", "--altered", "noise-16"]],
  [["--taps=0,3,8", "--altered=noise-16"]],
])("the first version's options are still read: %j", (old) => {
  const now = ["--sites", "0,3,8", "--perturbation", "noise-16"];
  expect(readOptions(old)).toEqual(readOptions(now));
});

test("all sites is one word, by either name", () => {
  expect(readOptions(["--taps", "all"]).setting).toEqual({ sites: "all" });
  expect(readOptions(["--sites", "all"]).setting).toEqual({ sites: "all" });
});

test.each(["3,0", "0,0", "stem", ""])("sites %j are refused, by their current name", (text) => {
  for (const name of ["--taps", "--sites"]) {
    expect(() => readOptions([name, text])).toThrow(
      expect.objectContaining({ code: "bad-input", input: "--sites", found: text }),
    );
  }
});

test("an option's value may contain an old name", () => {
  const link = "#v=1&taps=1&altered=shuffled";
  expect(readOptions(["--link", link]).link).toBe(link);
  expect(readOptions([`--out=--taps=1`]).out).toBe("--taps=1");
});

test("what counts as correct is labels or the top's answers", () => {
  expect(readOptions(["--target", "top"]).target).toBe("top");
  expect(readOptions([]).target).toBeUndefined();
  expect(() => readOptions(["--target", "bottom"])).toThrow(
    expect.objectContaining({ code: "bad-input", input: "--target", found: "bottom" }),
  );
});

test.each([
  [["--train-images", "4"], "a whole number from 128 to 2,000,000"],
  [["--train-images", "many"], "a whole number from 128 to 2,000,000"],
  [["--test-images", "0"], "a whole number from 1 to 2,000,000"],
  [["--epochs", "1001"], "a whole number from 0 to 1,000"],
  [["--seed", "2147483648"], "a whole number from 0 to 2,147,483,647"],
  [["--workers", "0"], "a whole number from 1 to 256"],
  [["--image-size", "32", "--resize", "0"], "a whole number from 1 to 9,999"],
  [["--sites", "0,12345"], "a whole number from 0 to 9,999"],
])("%j is refused with the numbers that it may have", (options, expected) => {
  expect(() => readOptions(options)).toThrow(`expected ${expected}`);
});

test("probes are read in their order, or left out", () => {
  expect(readOptions(["--probes", "pooled,flattened"]).probes).toEqual(["pooled", "flattened"]);
  expect(readOptions(["--probes", "none"]).probes).toEqual([]);
  expect(readOptions([]).probes).toBeUndefined();
  for (const wrong of ["flattened,pooled", "pooled,pooled", "deep", ""]) {
    expect(() => readOptions(["--probes", wrong])).toThrow(
      expect.objectContaining({ code: "bad-input", input: "--probes", found: wrong }),
    );
  }
});

test("docs/command-line.md names every preset, in the order of the gallery", () => {
  const text = readFileSync("docs/command-line.md", "utf8");
  const [, list = ""] = /^`--preset` takes (.*?)\. /ms.exec(text) ?? [];
  expect(Array.from(list.matchAll(/`([^`]+)`/g), ([, name]) => name)).toEqual(presetNames);
});
