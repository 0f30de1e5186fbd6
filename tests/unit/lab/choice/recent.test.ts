import { expect, test } from "vitest";
import { recentAmong } from "../../../../src/lab/choice/recent";

const all = ["a", "b", "c", "d", "e", "f"].map((id) => ({ id }));
const among = (ids: string[], inUse = ""): string[] =>
  recentAmong(all, ids, ({ id }) => id, inUse).map(({ id }) => id);

test("the latest come first, without what is in use or was removed", () => {
  expect(among(["c", "removed", "a", "b"], "a")).toEqual(["c", "b"]);
});

test("a few are shown", () => {
  expect(among(["f", "e", "d", "c", "b", "a"])).toEqual(["f", "e", "d", "c"]);
});
