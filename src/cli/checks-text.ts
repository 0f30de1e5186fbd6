/** "Can this be believed?" for a terminal and for docs/reproduction.md. */
import { classesOf } from "../core/nets/architecture";
import type { ZooModel } from "../core/nets/zoo-manifest";
import { checks } from "../experiment/checks";
import type { Check, Finding } from "../experiment/checks/check";
import { isUntrained } from "../experiment/model-ref";
import type { Report } from "../experiment/report";

const marks = { passed: "✓", failed: "✗", noted: "–", unknown: "?" } as const satisfies Record<
  Finding["outcome"],
  string
>;

interface Found {
  readonly title: string;
  /** "✓" */
  readonly mark: string;
  readonly measured: string;
}

/** Returns what every check finds of one curve of a report. */
export function checksOf(
  { spec, curves }: Report,
  curve: number,
  zoo: readonly ZooModel[],
): readonly Found[] {
  const top = zoo.find(({ id }) => id === (spec.curves[curve] ?? spec.curves[0]).top);
  const subject = {
    spec,
    curves: curves.map(({ sites }) => sites),
    curve,
    isUntrained: (one: { top: string; bottom: string }) =>
      [one.top, one.bottom].some((id) => isUntrained(id, zoo)),
    classes: top && classesOf(top.architecture),
  };
  return Object.values(checks).map((check: Check) => {
    const { outcome, measured } = check.find(subject);
    return { title: check.title, mark: marks[outcome], measured };
  });
}

/** Returns what every check finds of a report's first curve, two lines each. */
export function checksText(report: Report, zoo: readonly ZooModel[]): string {
  return [
    "Can this be believed? Thresholds and sources: docs/reading-a-result.md",
    ...checksOf(report, 0, zoo).map(
      ({ title, mark, measured }) => `${mark} ${title}\n  ${measured}`,
    ),
  ].join("\n");
}
