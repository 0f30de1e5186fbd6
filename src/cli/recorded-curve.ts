/** Puts a curve into a recorded report without computing the others again. */
import { isDeepStrictEqual } from "node:util";
import { LabError } from "../core/errors";
import type { Recorded } from "../experiment/recorded";
import type { Report } from "../experiment/report";
import { curvesOf, type Spec } from "../experiment/spec";

/**
 * @param recorded with or without that curve
 * @param spec the preset's, which the result has
 * @param place of the curve among the spec's; the first one, 0, is what a report stands on and is never put in
 * @param report of that curve alone
 * @param date when it was computed, ISO 8601
 * @throws LabError `bad-input` where the curve is not the spec's, or the report's other curves are not
 */
export function withCurve(
  recorded: Recorded,
  spec: Spec,
  place: number,
  report: Report,
  date: string,
): Recorded {
  const wanted = curvesOf(spec);
  const curve = wanted[place];
  if (curve === undefined || place === 0) {
    throw badInput("curve", `a place from 1 to ${String(wanted.length - 1)}`, String(place));
  }
  const there = curvesOf(recorded.report.spec);
  const replaced = there.length === wanted.length ? 1 : 0;
  mustBe("the curve’s report", curve, report.spec);
  mustBe("the recorded report", wanted.toSpliced(place, 1), there.toSpliced(place, replaced));

  const { top, bottom, taps, failures } = report;
  const put = { top, bottom, taps, ...(failures && { failures }) };
  const also = (recorded.report.also ?? []).toSpliced(place - 1, replaced, put);
  const others = (recorded.apart ?? []).filter((other) => other.curve !== place);
  const apart = [...others, { curve: place, backend: report.backend, date }];
  return {
    ...recorded,
    report: { ...recorded.report, spec, also },
    apart: apart.sort((a, b) => a.curve - b.curve),
  };
}

/** @throws LabError `bad-input` */
function mustBe(input: string, expected: unknown, found: unknown): void {
  if (!isDeepStrictEqual(expected, found)) {
    throw badInput(input, JSON.stringify(expected), JSON.stringify(found));
  }
}

function badInput(input: string, expected: string, found: string): LabError {
  return new LabError({ code: "bad-input", input, expected, found });
}
