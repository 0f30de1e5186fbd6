import { expect, test } from "vitest";
import { csvOf } from "../../../../../src/lab/share/export/report-csv";
import { recordedReport } from "../../recorded-report";

const report = recordedReport("random");
const [first, ...others] = report.curves;

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

test("every curve and site is a row with the report's exact numbers", () => {
  const rows = parsed(csvOf(report));
  const { curves } = report;
  expect(curves.length).toBeGreaterThan(1);
  expect(rows).toHaveLength(curves.reduce((sum, { sites }) => sum + sites.length, 0));
  const inOrder = curves.flatMap((curve, number) =>
    curve.sites.map((site) => ({ site, number, curve })),
  );
  for (const [k, { site, number, curve }] of inOrder.entries()) {
    const row = rows[k] ?? {};
    expect(row).toMatchObject({
      curve: String(number),
      bottom: curve.bottom.id,
      top: curve.top.id,
      site: String(site.site),
      top_layer: site.name,
      bottom_layer: site.name,
    });
    expect(Number(row.penalty)).toBe(site.penalty);
    expect(Number(row.penalty_standard_error)).toBe(site.penaltyStandardError);
    expect(Number(row.stitched_test_error)).toBe(site.testError);
    expect(Number(row.similarity_linear_cka)).toBe(site.similarity.linearCka);
    expect(Number(row.similarity_mutual_neighbours)).toBe(site.similarity.mutualNeighbours);
  }
});

test("a site without a stitch has a row that says why, and no numbers", () => {
  const [gone, ...sites] = first.sites;
  if (!gone) throw new Error("no sites");
  const { site, name } = gone;
  const failure = { site, name, reason: "diverged", step: 3, seed: 0, found: "NaN" } as const;
  const [row] = parsed(
    csvOf({ ...report, curves: [{ ...first, sites, failures: [failure] }, ...others] }),
  );
  expect(row).toMatchObject({ site: "0", failure: "diverged", penalty: "", similarity_svcca: "" });
});

test("undefined values are empty, and the two layers have separate columns", () => {
  const sites = first.sites.map((site) => ({
    ...site,
    name: 'stage "1" into block 2, wide',
    similarity: { ...site.similarity, linearCka: null },
  }));
  const [row] = parsed(csvOf({ ...report, curves: [{ ...first, sites }, ...others] }));
  expect(row).toMatchObject({
    bottom_layer: 'stage "1"',
    top_layer: "block 2, wide",
    similarity_linear_cka: "",
  });
});

test("a null by permutation has columns for the measures from Gram matrices, empty without one", () => {
  const linearCka = { mean: 0.01, high: 0.02, pValue: 1 / 201, calibrated: 0.5 };
  const sites = first.sites.map((site) => ({
    ...site,
    similarityNull: { linearCka, rbfCka: null },
  }));
  const spec = { ...report.spec, permutations: 200 };
  const [row = {}] = parsed(csvOf({ ...report, spec, curves: [{ ...first, sites }, ...others] }));
  expect(row).toMatchObject({ permutations: "200", similarity_rbf_cka_p_value: "" });
  expect(Number(row.similarity_linear_cka_null_mean)).toBe(0.01);
  expect(Number(row.similarity_linear_cka_null_high)).toBe(0.02);
  expect(Number(row.similarity_linear_cka_p_value)).toBe(1 / 201);
  expect(Number(row.similarity_linear_cka_calibrated)).toBe(0.5);
  expect(Object.keys(row).some((name) => /svcca_.*p_value/.test(name))).toBe(false);
  expect(parsed(csvOf(report))[0]).toMatchObject({
    permutations: "",
    similarity_linear_cka_p_value: "",
  });
});
