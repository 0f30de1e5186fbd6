/** A report as CSV, for spreadsheets and data frames: one row a curve and site. RFC 4180. */
import { measures } from "../../../core/similarity/measures";
import type { MeasureNull } from "../../../core/similarity/null";
import {
  errorOfBottom,
  type CurveReport,
  type Report,
  type SiteFailure,
  type SiteResult,
} from "../../../experiment/report";
import { usualDataSet } from "../../../experiment/data-sets";
import { penaltyInterval, type Interval } from "../../../core/scoring/bootstrap";
import { objectiveOf } from "../../../experiment/objective";
import { curvesOf, type CurveSpec } from "../../../experiment/spec";

/** Errors and penalties are fractions, as in the report. Empty where there is no value. */
type Value = string | number | null | undefined;

/** What every row of a curve says. */
interface CurveColumns {
  readonly number: number;
  readonly spec: CurveSpec;
  readonly report: CurveReport;
}

interface Column {
  readonly name: string;
  /** Of a site that has no stitch, only what is in both is known. */
  readonly value: (site: Partial<SiteResult> & Partial<SiteFailure>, curve: CurveColumns) => Value;
}

const columns: readonly Column[] = [
  { name: "curve", value: (_, { number }) => number },
  { name: "bottom", value: (_, { spec }) => spec.bottom },
  { name: "top", value: (_, { spec }) => spec.top },
  { name: "data", value: (_, { spec }) => spec.data ?? usualDataSet },
  // What errors and penalties are counted by: the images' labels, or the top's answers.
  { name: "target", value: (_, { spec }) => spec.target ?? "labels" },
  { name: "protocol", value: (_, { spec }) => spec.protocol },
  { name: "seed", value: (_, { spec }) => spec.seed },
  { name: "family", value: (_, { spec }) => spec.family },
  { name: "perturbation", value: (_, { spec }) => spec.perturbation },
  { name: "objective", value: (_, { spec }) => objectiveOf(spec) },
  { name: "site", value: ({ site }) => site },
  { name: "bottom_layer", value: ({ name }) => layersOf(name ?? "").bottom },
  { name: "top_layer", value: ({ name }) => layersOf(name ?? "").top },
  { name: "penalty", value: ({ penalty }) => penalty },
  { name: "penalty_standard_error", value: (site) => site.penaltyStandardError },
  { name: "penalty_low", value: (site, { spec }) => intervalOf(site, spec)?.low },
  { name: "penalty_high", value: (site, { spec }) => intervalOf(site, spec)?.high },
  { name: "stitched_test_error", value: ({ testError }) => testError },
  { name: "top_test_error", value: (_, { report }) => report.top.testError },
  { name: "bottom_test_error", value: (_, { report }) => errorOfBottom(report.bottom)?.testError },
  { name: "least_squares_test_error", value: (site) => site.leastSquaresTestError },
  { name: "least_squares_penalty_standard_error", value: leastSquaresDeviation },
  { name: "least_squares_r2", value: (site) => site.leastSquaresR2 },
  { name: "similarity_images", value: (_, { spec }) => spec.similarityImages ?? "test" },
  ...Object.keys(measures).map((measure) => ({
    name: `similarity_${snakeCase(measure)}`,
    value: ({ similarity }: Partial<SiteResult>) => similarity?.[measure],
  })),
  { name: "permutations", value: (_, { spec }) => spec.permutations },
  ...Object.entries(measures).flatMap(([measure, { readsGramsAlone }]) =>
    readsGramsAlone ? nullColumns(measure) : [],
  ),
  { name: "steps", value: ({ steps }) => steps },
  { name: "train_loss", value: (site) => site.finalTrainLoss },
  { name: "failure", value: ({ reason }) => reason },
];

/** With a line of names first; lines end in CR LF, the last one too. */
export function csvOf(report: Report): string {
  const rows = curvesOf(report.spec).flatMap((spec, number) => {
    const curve = report.curves[number];
    if (curve === undefined) return [];
    const sites = [...curve.sites, ...(curve.failures ?? [])].sort((a, b) => a.site - b.site);
    return sites.map((site) =>
      columns.map(({ value }) => field(value(site, { number, spec, report: curve }))),
    );
  });
  return [columns.map(({ name }) => name), ...rows]
    .map((fields) => `${fields.join(",")}\r\n`)
    .join("");
}

/** What a measure gives by chance; empty without permutations. */
function nullColumns(measure: string): Column[] {
  const column = (name: string, field: keyof MeasureNull): Column => ({
    name: `similarity_${snakeCase(measure)}_${name}`,
    value: ({ similarityNull }) => similarityNull?.[measure]?.[field],
  });
  return [
    column("null_mean", "mean"),
    column("null_high", "high"),
    column("p_value", "pValue"),
    column("calibrated", "calibrated"),
  ];
}

/** The middle 95% of the penalties of resampled test images. */
function intervalOf(
  { penalty, penaltyStandardError }: Partial<SiteResult>,
  { testImages }: CurveSpec,
): Interval | undefined {
  if (penalty === undefined || penaltyStandardError === undefined) return undefined;
  return penaltyInterval({ value: penalty, standardError: penaltyStandardError }, testImages);
}

function leastSquaresDeviation(site: Partial<SiteResult>): Value {
  return site.leastSquaresPenaltyStandardError;
}

/** A place's name says both layers where they differ, see `sitesOf`. */
function layersOf(name: string): { bottom: string; top: string } {
  const [bottom = name, top = bottom] = name.split(" into ");
  return { bottom, top };
}

function field(value: Value): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** linearCka → linear_cka */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
