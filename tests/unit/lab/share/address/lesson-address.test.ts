import { expect, test } from "vitest";
import { defaultSpec } from "../../../../../src/experiment/spec";
import { embedCode, sharedUrl } from "../../../../../src/lab/share/address/lesson-address";
import { plainView } from "../../../../../src/lab/view/view";

const site = (penalty: number) => ({ penalty, standardError: null });
const address = { spec: defaultSpec("top", "bottom"), backend: null, digest: [[site(0.5)]] };
const view = {
  ...plainView,
  mode: "embed",
  hidden: ["table"],
} as const;

test("a shared address has the view in its query, and the author's results only on request", () => {
  const page = "https://lab.example/sub/?present&hide=#v=1";
  expect(sharedUrl(page, { address, digest: null, view })).toBe(
    "https://lab.example/sub/?embed&hide=table#v=3&bottom=bottom&top=top&protocol=quick",
  );
  expect(sharedUrl(page, { address, digest: [[site(0.01)]], view: plainView })).toBe(
    "https://lab.example/sub/#v=3&bottom=bottom&top=top&protocol=quick&digest=1:100",
  );
});

test("the embed code escapes the address and the title", () => {
  const code = embedCode('https://lab.example/?embed#a=1&b="', "“x” & <b>", 500);
  expect(code).toContain('height="500"');
  expect(code).toContain('src="https://lab.example/?embed#a=1&amp;b=&quot;"');
  expect(code).toContain('title="“x” &amp; &lt;b&gt;"');
});
