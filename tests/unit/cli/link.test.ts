import { expect, test } from "vitest";
import { readLink } from "../../../src/cli/link";
import type { ModelEntry } from "../../../src/experiment/default-pair";
import { defaultSpec } from "../../../src/experiment/spec";

const models = ["a", "b"].map((id): ModelEntry => ({
  id,
  architecture: { family: "resnet", blocks: [2, 2, 2, 2], width: 16 },
}));

test.each(["#v=3&bottom=a&top=b", "https://example.com/lab/?present#v=3&bottom=a&top=b"])(
  "the experiment of %s is read",
  (link) => {
    expect(readLink(link, models).spec).toEqual(defaultSpec("b", "a"));
  },
);

test.each(["#v=1&bottom=a&top=b", "#v=2&bottom=a&top=b", "#v=3&bottom=a&top=b&similarity=train"])(
  "%s is of training images",
  (link) => {
    const { spec } = readLink(link, models);
    expect(spec).toEqual({ ...defaultSpec("b", "a"), similarityImages: "train" });
  },
);

test.each([
  ["", "nothing"],
  ["#", "#"],
  ["https://example.com/page", "https://example.com/page"],
  ["x", "x"],
  ["#&", "#&"],
  ["https://example.com/lab/#v=3", "https://example.com/lab/#v=3"],
])("%j has no experiment in it and is refused", (link, found) => {
  const expected = "an address of the page, with its part from # on: #v=3&bottom=…";
  expect(() => readLink(link, models)).toThrow(`--link: expected ${expected}, found ${found}`);
});

test("another page's address is refused", () => {
  expect(() => readLink("https://example.com/#section", models)).toThrow(/^--link: section: /);
});
