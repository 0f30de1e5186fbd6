/** Everything that is known of one stitch, in a drawer next to the page. */
import { useCallback, useState, type ReactNode } from "react";
import type { Inspection, StitchRef } from "../../engine/host/inspect";
import { tapsOf } from "../../core/nets/taps";
import { curvesOf, type Spec } from "../../experiment/spec";
import { hasCrossEntropy, objectiveOf } from "../../experiment/objective";
import type { ErrorByEpoch, Recorded, SiteResult } from "../../experiment/report";
import type { LabModel } from "../engine/models";
import { curveIn, recordedInspection } from "../engine/recorded-stitch";
import { withStitchAlone } from "./one-stitch";
import { curveResults, type Results } from "../session/results/results";
import { effectiveBackend, type Loaded } from "../session/state";
import "./inspector.css";
import { useLabState, useStitchSource } from "../view/services";
import { stitchName } from "../view/result-contexts";
import { modelName } from "../session/experiment/model-names";
import { comparedImages } from "../format/labels";
import { percent } from "../format/numbers";
import { Drawer } from "./Drawer";
import { SeeStitchDialog } from "../see-stitch/SeeStitchDialog";
import { SeeImageContext, type OpenedImage } from "../see-stitch/see-image";
import { targetWords, type TargetWords } from "../format/target-words";
import { InspectorBody } from "./InspectorBody";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { Numbers } from "./sections/Numbers";
import { RankPart } from "./sections/RankPart";
import { SetUp, TrainHere } from "./SetUp";
import { SharePart } from "./sections/SharePart";
import { TravelPart } from "./sections/TravelPart";
import { layersFrom, travelsAt } from "./sections/travels";
import { rankSweep, sharesSwept, type RankSweep } from "./sections/sweeps";
import { useOnce } from "../ui/use-once";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly results: Results;
  /** The figure that the curve was recorded for; null where it was computed here. */
  readonly recorded: Recorded | null;
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
  const sweep = result ? sweepAt(props, result) : null;
  const move = (step: number): (() => void) | undefined => {
    const next = scored[at + step];
    return next && (() => onMove({ curve, site: next.site }));
  };
  const [attempt, setAttempt] = useState(0);
  const [seen, setSeen] = useState<OpenedImage | "any" | null>(null);
  const [first] = useState(stitchName(stitch));
  const here = stitchName(stitch);
  const returnTo = useCallback(
    () => (here === first ? null : document.querySelector<HTMLElement>(`[data-stitch="${here}"]`)),
    [first, here],
  );
  return (
    <Drawer
      returnTo={returnTo}
      title={`Inside the stitch at ${result?.name ?? `site ${site}`}`}
      controls={
        <div className="inspector-moves">
          <button
            type="button"
            className="quiet"
            aria-haspopup="dialog"
            onClick={() => setSeen("any")}
          >
            See the stitch
          </button>
          <Move sign="‹" label="Previous layer" onClick={move(-1)} />
          <Move sign="›" label="Next layer" onClick={move(1)} />
        </div>
      }
      onClose={onClose}
    >
      <div className="inspector">
        {result ? (
          <SeeImageContext value={setSeen}>
            <Stored
              key={attempt}
              onRetry={() => setAttempt(attempt + 1)}
              {...{ spec, recorded, stitch, result }}
              topLearned={found.top?.errorByEpoch}
              network={models.find(({ id }) => id === own.top)}
              summary={
                <Summary
                  result={result}
                  top={name(own.top)}
                  bottom={name(own.bottom)}
                  words={targetWords(spec)}
                />
              }
              onChange={onClose}
            />
            {sweep && (
              <RankPart {...{ spec, models, stitch, sweep, onMove }} words={targetWords(spec)} />
            )}
            {result.departure && (
              <TravelPart
                departure={result.departure}
                travels={travelsAt(spec, models, results, stitch)}
                layers={layersFrom(own.top, models, result)}
              />
            )}
            <SharePart swept={sharesSwept(spec, results, stitch)} words={targetWords(spec)} />
            {curve === 0 && <TrainHere spec={spec} site={site} onChange={onClose} />}
            <Numbers
              result={result}
              isTask={hasCrossEntropy(objectiveOf(own))}
              testImages={spec.testImages}
              images={comparedImages(spec)}
            />
          </SeeImageContext>
        ) : (
          <p>No results for this stitch yet.</p>
        )}
      </div>
      {seen !== null && (
        <SeeStitchDialog
          {...{ spec, models, curve, site, recorded, results }}
          {...(seen !== "any" && { image: seen })}
          onClose={() => setSeen(null)}
        />
      )}
    </Drawer>
  );
}

/** Null where a network is not here, or where there is no stitch. */
function sweepAt({ spec, models, results, stitch }: Props, result: SiteResult): RankSweep | null {
  const own = spec.curves[stitch.curve];
  const [bottomTap, topTap] = result.taps ?? [result.site, result.site];
  const channels = (id: string | undefined, tap: number): number => {
    const architecture = models.find((model) => model.id === id)?.architecture;
    return (architecture && tapsOf(architecture)[tap]?.channels) ?? 0;
  };
  const most = Math.min(channels(own?.bottom, bottomTap), channels(own?.top, topTap));
  return most > 1 && !result.errorByEpoch ? rankSweep(spec, results, stitch, most) : null;
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
  readonly words: TargetWords;
}

function Summary({ result, top, bottom, words }: SummaryProps): ReactNode {
  const { testError, leastSquaresR2 } = result;
  return (
    <p className="inspector-summary">
      <strong className="of-bottom">{bottom}</strong> up to here, the{" "}
      <strong className="of-stitch">
        <GlossaryTerm term="stitch">stitch</GlossaryTerm>
      </strong>
      , then <strong className="of-top">{top}</strong>: {percent(testError)} test {words.measured}.
      {leastSquaresR2 !== null &&
        ` The best affine map explains ${percent(leastSquaresR2)} of the variance in the top’s activations.`}
    </p>
  );
}

interface StoredProps {
  readonly spec: Spec;
  /** The top, as far as it is here. */
  readonly network: LabModel | undefined;
  readonly recorded: Recorded | null;
  readonly stitch: StitchRef;
  readonly result: SiteResult;
  /** Test errors of the top in its own training, where they are known. */
  readonly topLearned: ErrorByEpoch | undefined;
  readonly summary: ReactNode;
  /** The experiment is another one now. */
  readonly onChange: () => void;
  /** Asks again for what could not be read. */
  readonly onRetry: () => void;
}

interface Shown {
  readonly of: Loaded<Inspection | null>;
  readonly inspection: Inspection;
  readonly result: SiteResult;
  readonly name: string;
}

function Stored(props: StoredProps): ReactNode {
  const { spec, network, recorded, stitch, result, topLearned, summary, onChange, onRetry } = props;
  const source = useStitchSource();
  const chosen = effectiveBackend(useLabState());
  // What is recorded does not depend on it.
  const backend = recorded ? null : chosen;
  const { curve, site } = stitch;
  const ask = useCallback(async () => {
    if (recorded) {
      const own = spec.curves[curve] ?? spec.curves[0];
      return recordedInspection(source, recorded, curveIn(recorded, own), site);
    }
    return backend === null ? null : source.inspect(spec, { curve, site }, backend);
  }, [source, recorded, spec, curve, site, backend]);
  const asked = useOnce(ask, "the stored stitch");
  // What was shown before stays until the next is here, so that nothing jumps from layer to layer.
  const [shown, setShown] = useState<Shown | null>(null);
  const name = stitchName(stitch);
  if (asked.status === "ready" && asked.value && shown?.of !== asked) {
    setShown({ of: asked, inspection: asked.value, result, name });
  }
  const body = (busy: boolean) =>
    shown && (
      <div className="inspector-parts" aria-busy={busy}>
        <InspectorBody
          inspection={shown.inspection}
          data={spec.data}
          result={shown.result}
          objective={objectiveOf(spec.curves[curve] ?? spec.curves[0])}
          topLearned={topLearned}
          stitch={shown.name}
          network={network}
          words={targetWords(spec)}
          summary={summary}
        />
      </div>
    );
  switch (asked.status) {
    case "loading":
      return (
        body(true) ?? (
          <>
            {summary}
            <p role="status">Loading…</p>
          </>
        )
      );
    case "failed": {
      const { input, expected, found } = asked.error;
      return (
        <>
          {summary}
          <p className="notice notice-problems" role="alert">
            {input}: expected {expected}; found {found}.{" "}
            <button type="button" onClick={onRetry}>
              Try again
            </button>
          </p>
        </>
      );
    }
    case "ready":
      if (asked.value) return body(false);
      return (
        <>
          {summary}
          {recorded ? (
            <p className="notice">
              Only the numbers of this stitch are saved. To see its images, matrix and losses, run
              the experiment here, or{" "}
              <SetUp
                words="Set up this stitch alone"
                edit={(current, all) => withStitchAlone(current, stitch, all)}
                onChange={onChange}
              />
            </p>
          ) : (
            <p className="notice">
              The data behind this number is no longer stored in this browser. Run the experiment to
              recompute it.
            </p>
          )}
        </>
      );
    default:
      return asked satisfies never;
  }
}
