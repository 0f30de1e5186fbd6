/** Formats reports for a terminal. */
import type { ProbeResult } from "../experiment/probes";
import {
  errorOfBottom,
  type CurveReport,
  type ModelResult,
  type Report,
  type SiteFailure,
  type SiteResult,
} from "../experiment/report";

/** Returns a table for each curve: errors in per cent, penalties in percentage points. */
export function reportTable({ spec, backend, adapter, curves }: Report): string {
  const agrees = spec.target === "top";
  return [
    `backend     ${backend}${adapter === null ? "" : ` (${adapter})`}`,
    ...curves.map((curve) => curveTable(curve, agrees ? "disagreement" : "error")),
    agrees
      ? "Disagreement: test images answered differently from the top (A); ±: one standard error."
      : "Penalty and least squares: points of error above the top's own; ±: one standard error.",
    `CKA: linear, debiased, on the ${spec.similarityImages === "train" ? "training" : "test"} images.`,
    ...(spec.permutations === undefined
      ? []
      : [
          `p, calibrated: CKA among ${spec.permutations} permutations of one network's images, and from their ` +
            "95% level (0) to 1. For the other measures see the report (--out).",
        ]),
  ].join("\n\n");
}

/** @param measured what the numbers are a share of */
function curveTable(
  { top, bottom, sites, failures, probes }: CurveReport,
  measured: "error" | "disagreement",
): string {
  const isPermuted = sites.some(({ similarityNull }) => similarityNull !== undefined);
  const rows = [
    [
      "site",
      "name",
      `${measured} %`,
      "penalty",
      "±",
      "CKA",
      ...(isPermuted ? ["p", "calibrated"] : []),
      "least sq.",
      "steps",
      "ended",
      "seconds",
    ],
    ...sites.map((site) => [
      String(site.site),
      site.name,
      (100 * site.testError).toFixed(2),
      signed(100 * site.penalty),
      (100 * site.penaltyStandardError).toFixed(2),
      site.cka === null ? "undefined" : site.cka.toFixed(3),
      ...(isPermuted ? nullCells(site) : []),
      signed(100 * (site.leastSquaresTestError - top.testError)),
      String(site.steps),
      site.refinement?.stop ?? "",
      site.seconds?.toFixed(1) ?? "",
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  const error = ({ testError, testErrorStandardError }: ModelResult): string =>
    `test ${measured} ${(100 * testError).toFixed(2)} ± ${(100 * testErrorStandardError).toFixed(2)} %`;
  const ofBottom = errorOfBottom(bottom);
  return [
    `top (A)     ${top.id}  ${error(top)}`,
    `bottom (B)  ${bottom.id}  ${ofBottom ? error(ofBottom) : "has no head"}`,
    "",
    ...lines,
    ...(failures ?? []).map(failureLine),
    ...(probes ? ["", ...probeLines(probes)] : []),
  ].join("\n");
}

/** The p-value and the calibrated score of debiased linear CKA; empty where they are undefined. */
function nullCells({ similarityNull }: SiteResult): string[] {
  const { pValue, calibrated } = similarityNull?.linearCka ?? {};
  return [pValue?.toPrecision(2) ?? "", calibrated?.toFixed(3) ?? ""];
}

/** One line for each layer of each network, with the error of every probe. */
function probeLines(probes: readonly ProbeResult[]): string[] {
  const layers = [...new Set(probes.map(({ role, tap }) => `${role} ${tap}`))];
  return layers.flatMap((layer) => {
    const here = probes.filter(({ role, tap }) => `${role} ${tap}` === layer);
    const errors = here.map(
      ({ representation, testError, testErrorStandardError }) =>
        `${representation} ${(100 * testError).toFixed(2)} ± ${(100 * testErrorStandardError).toFixed(2)} %`,
    );
    return here[0] ? [`probe of ${here[0].role} ${here[0].name}: ${errors.join(", ")}`] : [];
  });
}

function failureLine({ site, name, reason, step, seed, found }: SiteFailure): string {
  return `${site}  ${name}  no stitch; ${why(reason, step, seed)}: ${found}`;
}

function why(reason: SiteFailure["reason"], step: number | null, seed: number): string {
  switch (reason) {
    case "diverged":
      return step === null
        ? "numbers overflow"
        : `training diverged at step ${step} with seed ${seed}`;
    case "singular":
      return "the bottom's representation does not vary";
    case "no-such-stitch":
      return "the family has no stitch between these representations";
    default:
      return reason satisfies never;
  }
}

/** Points with their sign. */
export function signed(points: number): string {
  return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(2)}`;
}
