/** The stitched network's error by the rank of its stitch, next to that of linear probes. */
import type { ReactNode } from "react";
import { useEstimates } from "../../run-time/use-run-time";
import type { StitchRef } from "../../../engine/host/inspect";
import type { Spec } from "../../../experiment/spec";
import { protocols } from "../../../experiment/protocol";
import type { LabModel } from "../../engine/models";
import { percent } from "../../format/numbers";
import type { TargetWords } from "../../format/target-words";
import { underWay, workbenchOf } from "../../session/state";
import { useLabState, useSession } from "../../view/services";
import { rankChart } from "./sweep-charts";
import { StepChart } from "../charts/StepChart";
import { Section } from "./Section";
import { ranksToSweep, withRankSweep, type RankSweep } from "./sweeps";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly stitch: StitchRef;
  readonly sweep: RankSweep;
  readonly words: TargetWords;
  readonly onMove: (stitch: StitchRef) => void;
}

export function RankPart(props: Props): ReactNode {
  const { spec, models, stitch, sweep, words, onMove } = props;
  const { closest, trained, probes, most, top } = sweep;
  const isTrained = protocols[spec.protocol].training !== "none";
  const own = isTrained ? trained : closest;
  const isSwept = ranksToSweep(most).every((rank) => own.some((each) => each.rank === rank));
  const isDrawn = [trained, closest, probes.top].some(({ length }) => length > 1);
  return (
    <Section title={`Test ${words.measured} by rank`}>
      {isDrawn && (
        <>
          <StepChart chart={rankChart(sweep, words.measured)} />
          <p>
            Test {words.measured} by the rank of the <strong className="of-stitch">stitch</strong>
            {isTrained ? ", trained and, dashed, in closed form: " : " in closed form: "}
            the map closest to the top’s activations, least squares at rank {most}. Level line: the
            top’s own {percent(top)}.{" "}
            {probes.bottom.length > 0 && (
              <>
                Thin: linear probes of the <strong className="of-bottom">bottom</strong>’s layer and
                of the <strong className="of-top">top</strong>’s, cut down to each rank.
              </>
            )}
          </p>
          <p className="hint">
            {[
              listed("Trained", trained),
              listed("Closest map", closest),
              listed("Probe of the bottom", probes.bottom),
              listed("Probe of the top", probes.top),
            ]
              .filter((text) => text !== null)
              .join("; ")}
            .
          </p>
        </>
      )}
      {!isSwept && <SweepRanks {...{ spec, models, stitch, most, onMove }} />}
    </Section>
  );
}

/** "Trained: 80.1% at 1, 60.0% at 2" */
function listed(name: string, errors: RankSweep["closest"]): string | null {
  if (errors.length === 0) return null;
  return `${name}: ${errors.map(({ rank, error }) => `${percent(error)} at ${rank}`).join(", ")}`;
}

type SweepProps = Pick<Props, "spec" | "models" | "stitch" | "onMove"> & { readonly most: number };

/** Sets up the experiment of this layer alone with a curve for each rank, and runs it. */
function SweepRanks({ spec, models, stitch, most, onMove }: SweepProps): ReactNode {
  const { change, run } = useSession();
  const estimates = useEstimates();
  const bench = workbenchOf(useLabState());
  const time = estimates.run(withRankSweep(spec, stitch, models, most));
  return (
    <p>
      <button
        type="button"
        className="quiet"
        disabled={bench === null || underWay(bench.activity) !== null}
        onClick={() => {
          change((current, all) => withRankSweep(current, stitch, all, most));
          run();
          onMove({ curve: 0, site: stitch.site });
        }}
      >
        Sweep ranks{time !== null && `, ${time}`}
      </button>{" "}
      <span className="hint">
        How few directions of the bottom does the top need here? Sets up this layer alone, with a
        curve for each rank and linear probes, and runs it.
      </span>
    </p>
  );
}
