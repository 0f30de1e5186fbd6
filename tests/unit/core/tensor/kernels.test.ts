/** tests/e2e/kernels.spec.ts has the backends of a browser. */
import { beforeAll, expect, test } from "vitest";
import { disagreements, ourResults, plainResults, type CaseResult } from "../../../kernels/parity";
import { describeOnEachBackend, useBackend } from "../../backend";

let expected: readonly CaseResult[] = [];
beforeAll(async () => {
  await useBackend("cpu");
  expected = await plainResults();
});

describeOnEachBackend("our kernels", () => {
  test("compute what tfjs's operators compute on plain JavaScript", async () => {
    expect(disagreements(await ourResults(), expected)).toEqual([]);
  });
});
