/** "Can this be believed?" for a terminal. */
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

/** Returns what every check finds of a report's first curve, two lines each. */
export function checksText({ spec, curves }: Report, zoo: readonly ZooModel[]): string {
  const top = zoo.find(({ id }) => id === spec.curves[0].top);
  const subject = {
    spec,
    curves: curves.map(({ sites }) => sites),
    curve: 0,
    isUntrained: (curve: { top: string; bottom: string }) =>
      [curve.top, curve.bottom].some((id) => isUntrained(id, zoo)),
    classes: top && classesOf(top.architecture),
  };
  const lines = Object.values(checks).map((check: Check) => {
    const { outcome, measured } = check.find(subject);
    return `${marks[outcome]} ${check.title}\n  ${measured}`;
  });
  return ["Can this be believed? Thresholds and sources: docs/reading-a-result.md", ...lines].join(
    "\n",
  );
}
