/** Everything that is known of one stitch, over the page. */
import { useCallback, useState, type ReactNode } from "react";
import type { StitchRef } from "../../engine/host/inspect";
import { curvesOf, type Spec } from "../../experiment/spec";
import type { SiteResult } from "../../experiment/report";
import type { LabModel } from "../engine/models";
import { withStitchAlone } from "./one-stitch";
import { curveResults, type Results } from "../session/results";
import { effectiveBackend } from "../session/state";
import "./inspector.css";
import { DialogFrame } from "../ui/DialogFrame";
import { useLabState, useStitchSource } from "../view/services";
import { stitchName } from "../view/result-contexts";
import { modelName } from "../session/model-names";
import { SeeStitchButton } from "../see-stitch/SeeStitchButton";
import { percent, points, signedPoints } from "../format/numbers";
import { InspectorBody } from "./InspectorBody";
import { Numbers } from "./Numbers";
import { SetUp, TrainHere } from "./SetUp";
import { useOnce } from "../session/use-once";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly results: Results;
  /** Whether the results were computed for everybody and not here. */
  readonly recorded: boolean;
  readonly stitch: StitchRef;
  readonly onMove: (stitch: StitchRef) => void;
  readonly onClose: () => void;
}

export default function Inspector(props: Props): ReactNode {
  const { spec, models, results, recorded, stitch, onMove, onClose } = props;
  const { curve, site } = stitch;
  const found = curveResults(results, curve);
  const scored = [...found.sites.values()]
    .flatMap(({ result }) => result ?? [])
    .sort((a, b) => a.site - b.site);
  const at = scored.findIndex((result) => result.site === site);
  const result = scored[at];
  const own = curvesOf(spec)[curve] ?? curvesOf(spec)[0];
  const name = (id: string): string => modelName(id, models);
  const move = (step: number): (() => void) | undefined => {
    const next = scored[at + step];
    return next && (() => onMove({ curve, site: next.site }));
  };
  const [first] = useState(stitchName(stitch));
  const here = stitchName(stitch);
  const returnTo = useCallback(
    () => (here === first ? null : document.querySelector<HTMLElement>(`[data-stitch="${here}"]`)),
    [first, here],
  );
  return (
    <DialogFrame
      returnTo={returnTo}
      title={`Inside the stitch at ${result?.name ?? `site ${site}`}`}
      controls={
        <div className="inspector-moves">
          <SeeStitchButton
            label="See what it does to an image"
            buttonClass="quiet"
            {...{ spec, models, curve, site }}
          />
          <Move sign="‹" label="Previous layer" onClick={move(-1)} />
          <Move sign="›" label="Next layer" onClick={move(1)} />
        </div>
      }
      onClose={onClose}
    >
      <div className="inspector">
        {result ? (
          <>
            <Summary result={result} top={name(own.top)} bottom={name(own.bottom)} />
            <Stored {...{ spec, recorded, stitch, result }} onChange={onClose} />
            {curve === 0 && <TrainHere spec={spec} site={site} onChange={onClose} />}
            <Numbers result={result} />
          </>
        ) : (
          <p>No results for this stitch yet.</p>
        )}
      </div>
    </DialogFrame>
  );
}

interface MoveProps {
  readonly sign: string;
  readonly label: string;
  readonly onClick: (() => void) | undefined;
}

function Move({ sign, label, onClick }: MoveProps): ReactNode {
  return (
    <button
      type="button"
      className="quiet"
      aria-label={label}
      title={label}
      disabled={!onClick}
      onClick={onClick}
    >
      {sign}
    </button>
  );
}

interface SummaryProps {
  readonly result: SiteResult;
  readonly top: string;
  readonly bottom: string;
}

function Summary({ result, top, bottom }: SummaryProps): ReactNode {
  const { penalty, penaltyStandardError, testError, leastSquaresR2 } = result;
  return (
    <p className="inspector-summary">
      <strong className="of-bottom">{bottom}</strong> up to here, the{" "}
      <strong className="of-stitch">stitch</strong>, then <strong className="of-top">{top}</strong>:{" "}
      {percent(testError)} test error, penalty <strong>{signedPoints(penalty)}</strong> ±{" "}
      {points(penaltyStandardError)} percentage points.
      {leastSquaresR2 !== null &&
        ` The best affine map explains ${percent(leastSquaresR2)} of the variance in the top’s activations.`}
    </p>
  );
}

interface StoredProps {
  readonly spec: Spec;
  readonly recorded: boolean;
  readonly stitch: StitchRef;
  readonly result: SiteResult;
  /** The experiment is another one now. */
  readonly onChange: () => void;
}

function Stored({ spec, recorded, stitch, result, onChange }: StoredProps): ReactNode {
  const source = useStitchSource();
  const backend = effectiveBackend(useLabState());
  const { curve, site } = stitch;
  const ask = useCallback(
    () =>
      backend === null ? Promise.resolve(null) : source.inspect(spec, { curve, site }, backend),
    [source, spec, curve, site, backend],
  );
  const inspection = useOnce(ask, "the stored stitch");
  if (recorded) {
    return (
      <p className="notice">
        This saved result has no images, matrix or losses. To compute them, close this and press{" "}
        <strong>Run here</strong>, or{" "}
        <SetUp
          words="Set up this stitch alone"
          edit={(current, all) => withStitchAlone(current, stitch, all)}
          onChange={onChange}
        />
      </p>
    );
  }
  switch (inspection.status) {
    case "loading":
      return <p role="status">Loading…</p>;
    case "failed": {
      const { input, expected, found } = inspection.error;
      return (
        <p className="notice notice-problems" role="alert">
          {input}: expected {expected}; found {found}.
        </p>
      );
    }
    case "ready":
      return inspection.value ? (
        <InspectorBody inspection={inspection.value} result={result} />
      ) : (
        <p className="notice">
          The data behind this number is no longer stored in this browser. Run the experiment to
          recompute it.
        </p>
      );
    default:
      return inspection satisfies never;
  }
}
