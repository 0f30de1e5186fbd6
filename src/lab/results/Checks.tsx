/** "Can this be believed?": what a curve's penalties alone do not show, check by check. */
import { useMemo, type ReactNode } from "react";
import { classesOf } from "../../core/nets/architecture";
import { checks } from "../../experiment/checks";
import type { Check, Finding, Remedy, Subject } from "../../experiment/checks/check";
import { withDeparture, type Curve, type Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { useEstimates } from "../run-time/use-run-time";
import { curvesLeft, withCurve } from "../session/experiment/curves";
import { withLayout } from "../session/experiment/edits";
import { isUntrained } from "../../experiment/model-ref";
import { curveResults, type Results } from "../session/results/results";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly results: Results;
  /** The curve in front. */
  readonly curve: { readonly index: number; readonly name: string };
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

export function Checks({ spec, models, results, curve, open, onOpen }: Props): ReactNode {
  const { index, name } = curve;
  const found = useMemo(() => {
    const subject = subjectOf(spec, models, results, index);
    return Object.values(checks).map((check: Check) => ({ check, finding: check.find(subject) }));
  }, [spec, models, results, index]);
  return (
    <details
      className="checks"
      open={open}
      onToggle={({ currentTarget }) => onOpen(currentTarget.open)}
    >
      <summary>
        <h3>Can this be believed?</h3> <span className="hint">{summaryOf(found)}</span>
      </summary>
      <ul>
        {found.map(({ check, finding }) => (
          <li key={check.title} data-outcome={finding.outcome}>
            <h4>
              <Mark outcome={finding.outcome} /> {check.title}
            </h4>
            <p>
              {finding.measured}{" "}
              {finding.remedy && (
                <Fix {...{ spec, models }} curve={index} remedy={finding.remedy} />
              )}
            </p>
            <p className="hint">
              {check.threshold} {check.meaning} <cite>{check.source}.</cite>
            </p>
          </li>
        ))}
      </ul>
      <p className="hint">About “{name}”. Differences count beyond twice their standard error.</p>
    </details>
  );
}

function subjectOf(
  spec: Spec,
  models: readonly LabModel[],
  results: Results,
  curve: number,
): Subject {
  const top = models.find(({ id }) => id === (spec.curves[curve] ?? spec.curves[0]).top);
  return {
    spec,
    curve,
    curves: spec.curves.map((_, index) =>
      [...curveResults(results, index).sites.values()].flatMap(({ result }) => result ?? []),
    ),
    isUntrained: (curve) => [curve.top, curve.bottom].some((id) => isUntrained(id, models)),
    classes: top && classesOf(top.architecture),
  };
}

/** "3 passed, 1 not, 2 not measured" */
function summaryOf(found: readonly { readonly finding: Finding }[]): string {
  const count = (outcome: Finding["outcome"]): number =>
    found.filter(({ finding }) => finding.outcome === outcome).length;
  const parts = [
    [count("passed"), "passed"],
    [count("failed"), "failed"],
    [count("unknown"), "not measured"],
  ] as const;
  return parts.flatMap(([number, word]) => (number > 0 ? [`${number} ${word}`] : [])).join(", ");
}

const marks = {
  passed: ["✓", "Passed:"],
  failed: ["✗", "Failed:"],
  noted: ["–", "Noted:"],
  unknown: ["?", "Not measured:"],
} as const satisfies Record<Finding["outcome"], readonly [sign: string, words: string]>;

function Mark({ outcome }: Pick<Finding, "outcome">): ReactNode {
  const [sign, words] = marks[outcome];
  return (
    <>
      <span className="check-mark" aria-hidden="true">
        {sign}
      </span>
      <span className="visually-hidden">{words}</span>
    </>
  );
}

interface FixProps {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly curve: number;
  readonly remedy: Remedy;
}

/** Sets up what has to be measured and, unless it takes a decision first, runs it. */
function Fix({ spec, models, curve, remedy }: FixProps): ReactNode {
  const { change, run } = useSession();
  const estimates = useEstimates();
  const bench = workbenchOf(useLabState());
  const fix = fixOf(remedy, spec, models, spec.curves[curve] ?? spec.curves[0]);
  if (fix === null) return null;
  const next = fix.edit(spec, models);
  const time = fix.runs ? estimates.run(next) : null;
  return (
    <button
      type="button"
      className="quiet"
      disabled={bench === null || underWay(bench.activity) !== null}
      onClick={() => {
        change(fix.edit);
        if (fix.runs) run();
      }}
    >
      {fix.label}
      {time !== null && `, ${time}`}
    </button>
  );
}

interface Edit {
  readonly label: string;
  readonly edit: (spec: Spec, models: readonly LabModel[]) => Spec;
  readonly runs: boolean;
}

/** Null where there is nothing to press. */
function fixOf(remedy: Remedy, spec: Spec, models: readonly LabModel[], own: Curve): Edit | null {
  switch (remedy) {
    case "run":
      return { label: "Run", edit: (same) => same, runs: true };
    case "other way":
      return {
        label: "Run the other way, too",
        edit: (current, all) =>
          withCurve(current, { ...own, top: own.bottom, bottom: own.top }, all),
        runs: true,
      };
    case "departure":
      return { label: "Measure it", edit: (current) => withDeparture(current, true), runs: true };
    case "controls": {
      const control = curvesLeft(spec, models).controls.find(({ id }) => isUntrained(id, models));
      if (!control) return null;
      const bottom = control.id;
      return {
        label: "Add an untrained bottom and run",
        edit: (current, all) => withCurve(current, { bottom }, all),
        runs: true,
      };
    }
    case "seeds": {
      const taken = spec.curves.map(({ seed }) => seed);
      return {
        label: "Train from two more seeds",
        edit: (current, all) =>
          [1, 2].reduce(
            (next, step) => withCurve(next, { ...own, seed: Math.max(...taken) + step }, all),
            current,
          ),
        runs: true,
      };
    }
    case "grid":
      return {
        label: "Set up the grid",
        edit: (current) => withLayout(current, "grid"),
        runs: false,
      };
    case "ranks":
      return null;
    default:
      return remedy satisfies never;
  }
}
