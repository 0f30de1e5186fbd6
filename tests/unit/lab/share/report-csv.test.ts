import { expect, test } from "vitest";
import { csvOf } from "../../../../src/lab/share/report-csv";
import { recordedReport } from "./recorded-report";

const report = recordedReport("random");

/** RFC 4180, read back by its own grammar. */
function parsed(csv: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let rest = csv;
  while (rest !== "") {
    const [whole, quoted, plain, end] =
      /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no field at ${rest.slice(0, 40)}`);
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    rest = rest.slice(whole.length);
  }
  expect(rows.pop()).toEqual([]);
  const [names = [], ...records] = rows;
  return records.map((record) => {
    expect(record).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, k) => [name, record[k] ?? ""]));
  });
}

test("every curve and tap is a row, and every number is the report's to the last digit", () => {
  const rows = parsed(csvOf(report));
  const curves = [report, ...(report.also ?? [])];
  expect(curves.length).toBeGreaterThan(1);
  expect(rows).toHaveLength(curves.reduce((sum, { taps }) => sum + taps.length, 0));
  const inOrder = curves.flatMap((curve, number) =>
    curve.taps.map((tap) => ({ tap, number, curve })),
  );
  for (const [k, { tap, number, curve }] of inOrder.entries()) {
    const row = rows[k] ?? {};
    expect(row).toMatchObject({
      curve: String(number),
      bottom: curve.bottom.id,
      top: curve.top.id,
      tap: String(tap.tap),
      top_layer: tap.name,
      bottom_layer: tap.name,
    });
    expect(Number(row.penalty)).toBe(tap.penalty);
    expect(Number(row.penalty_standard_error)).toBe(tap.penaltyStandardError);
    expect(Number(row.stitched_test_error)).toBe(tap.testError);
    expect(Number(row.similarity_linear_cka)).toBe(tap.similarity.linearCka);
    expect(Number(row.similarity_mutual_neighbours)).toBe(tap.similarity.mutualNeighbours);
  }
});

test("a tap without a stitch has a row that says why, and no numbers", () => {
  const [first, ...taps] = report.taps;
  if (!first) throw new Error("no taps");
  const { tap, name } = first;
  const failure = { tap, name, reason: "diverged", step: 3, seed: 0, found: "NaN" } as const;
  const [row] = parsed(csvOf({ ...report, taps, failures: [failure] }));
  expect(row).toMatchObject({ tap: "0", failure: "diverged", penalty: "", similarity_svcca: "" });
});

test("what is undefined is empty, and two layers that meet are told apart", () => {
  const taps = report.taps.map((tap) => ({
    ...tap,
    name: 'stage "1" into block 2, wide',
    similarity: { ...tap.similarity, linearCka: null },
  }));
  const [row] = parsed(csvOf({ ...report, taps }));
  expect(row).toMatchObject({
    bottom_layer: 'stage "1"',
    top_layer: "block 2, wide",
    similarity_linear_cka: "",
  });
});
