/** Compares what was computed here with an author's results, as text for a terminal. */
import { comparison, tolerance, type Comparison, type Found } from "../experiment/comparison";
import type { Digest } from "../experiment/address/digest";
import type { CurveReport, Report } from "../experiment/report";
import { signed } from "./table";

interface Line {
  readonly name: string;
  readonly author: number | null;
  readonly found: Found;
  readonly verdict: Comparison;
}

/**
 * @param author of the same spec as the report
 * @param whose the author's results, as the sentence names them
 */
export function comparisonText({ curves }: Report, author: Digest, whose: string): string {
  const lines = curves.flatMap((curve, index) =>
    linesOf(curve, author[index] ?? [], curves.length > 1 ? `curve ${index + 1}, ` : ""),
  );
  const same = lines.filter(({ verdict }) => verdict.status === "same");
  const rounding = (100 * tolerance.rounding).toFixed(1);
  return [
    `Compared with ${whose}: the same at ${same.length} of ${lines.length} layers, within ` +
      `${rounding} points and one standard error; the largest difference is ${furthest(lines)} points.`,
    ...lines
      .filter(({ verdict }) => verdict.status !== "same")
      .map(
        ({ name, author, found }) =>
          `${name}: ${penaltyText(found.penalty?.value ?? null)} here, ${penaltyText(author)} there`,
      ),
  ].join("\n");
}

function linesOf(curve: CurveReport, author: Digest[number], prefix: string): readonly Line[] {
  const found = [
    ...curve.sites.map(({ site, name, penalty, penaltyStandardError }) => ({
      site,
      name,
      found: { penalty: { value: penalty, standardError: penaltyStandardError }, failure: null },
    })),
    ...(curve.failures ?? []).map((failure) => ({
      site: failure.site,
      name: failure.name,
      found: { penalty: null, failure },
    })),
  ];
  return found
    .sort((a, b) => a.site - b.site)
    .map(({ name, found }, place) => {
      const theirs = author[place]?.penalty ?? null;
      return {
        name: prefix + name,
        author: theirs,
        found,
        verdict: comparison(theirs, found),
      };
    });
}

/** In points, where both have a stitch. */
function furthest(lines: readonly Line[]): string {
  const distances = lines.map(({ author, found: { penalty } }) =>
    author === null || penalty === null ? 0 : Math.abs(penalty.value - author),
  );
  return (100 * Math.max(...distances)).toFixed(2);
}

function penaltyText(penalty: number | null): string {
  return penalty === null ? "no stitch" : signed(100 * penalty);
}
