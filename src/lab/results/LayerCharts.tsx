/** Penalty and similarity as two charts on one layer axis. */
import { useState, type ReactNode } from "react";
import type { Tap } from "../../core/nets/architecture";
import type { Row } from "../session/rows";
import { HelpTip } from "../learn/HelpTip";
import { Deferred } from "../startup/Deferred";
import { lazyPart } from "../ui/lazy-part";
import { failureText } from "../format/errors";
import { percent, signedPoints } from "../format/numbers";
import {
  chartPoints,
  otherSimilarities,
  otherPenalties,
  type OtherRows,
} from "./charts/chart-data";
import { chartsClass, commonWord } from "./charts/layer-axis";
import { CurveKey } from "./charts/CurveMarker";
import { ChartPlace } from "./ChartPlace";
import { useChartSizes } from "./charts/chart-sizes";
import type { PenaltyChartProps } from "./charts/PenaltyChart";
import { penaltyPicture, similarityPicture } from "./pictures";
import type { SimilarityChartProps } from "./charts/SimilarityChart";

export const loadCharts = () => import("./charts/drawn");
export const PenaltyChart = lazyPart(
  "the chart",
  async () => ({ default: (await loadCharts()).PenaltyChart }),
  { suspends: true },
);
const SimilarityChart = lazyPart(
  "the chart",
  async () => ({ default: (await loadCharts()).SimilarityChart }),
  { suspends: true },
);

interface Props {
  /** The layer axis: the first curve's. */
  readonly sites: readonly Tap[];
  readonly rows: readonly Row[];
  /** What the first curve is called where there are others; null where there are none. */
  readonly label: string | null;
  readonly others: readonly OtherRows[];
  readonly trained: boolean;
  /** Fractions; null until they are known. */
  readonly topError: number | null;
  readonly bottomError: number | null;
  /** The measure of similarity that the rows have, for people. */
  readonly measure: string;
  /** By layer, what the measure gives representations that have nothing in common; null where it is not known. */
  readonly chance: readonly (number | null)[];
  /** Chooses the measure. */
  readonly measurePicker: ReactNode;
  /** The chart of similarity may be hidden; the layers' names then stand under the penalty's. */
  readonly withSimilarity: boolean;
}

export function LayerCharts(props: Props): ReactNode {
  const { sites, rows, label, others, trained, topError, bottomError, measure, chance } = props;
  const { withSimilarity } = props;
  const points = chartPoints(rows, sites.length, chance);
  const difference = topError === null || bottomError === null ? null : bottomError - topError;
  const undefinedAt = points
    .filter(({ similarityUndefined }) => similarityUndefined)
    .map(({ name }) => name);
  const failures = rows.flatMap(({ failure }) => failure ?? []);
  // By name: a control's penalties may squeeze all others into a tenth of the scale.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const stays = (curve: { readonly label: string }): boolean => !left.has(curve.label);
  const penalty: PenaltyChartProps = {
    ...{ sites, points, label, trained },
    others: otherPenalties(others, sites.length).filter(stays),
    errorDifference: difference === null ? null : 100 * difference,
  };
  const similarity: SimilarityChartProps = {
    ...{ sites, points, label },
    others: otherSimilarities(others, sites.length).filter(stays),
  };
  const measures = useChartSizes();
  const word = commonWord(sites);
  const axisTitle = (
    <p className="axis-title">
      Layer at which the stitch stands, from input to output
      {word !== null && <span className="short-names"> (numbers are {word}s)</span>}
    </p>
  );
  return (
    <div className={chartsClass(points)}>
      <figure aria-labelledby="penalty-title">
        <figcaption>
          <div className="chart-head">
            <h3 id="penalty-title">Stitching penalty, in percentage points</h3>
            <HelpTip term="penalty" />
          </div>
          {failures.map((failure) => (
            <p className="hint" key={failure.site}>
              No stitch at {failure.name}, left as a gap. {failureText(failure)}
            </p>
          ))}
        </figcaption>
        <ChartPlace height={measures.penaltyHeight} picture={penaltyPicture(penalty)}>
          <PenaltyChart {...penalty} />
        </ChartPlace>
        {axisTitle}
        {others.length > 0 && (
          <p className="hint switch-hint">Press a curve’s name to take it out of the scale.</p>
        )}
        <ul className="legend">
          <li>
            <i className="key key-penalty" />
            {label !== null && `${label}: `}
            {trained ? "trained stitch" : "least-squares stitch"}, bars ± 1 standard error
            <HelpTip term="standardError" />
          </li>
          {others.map((other, index) => (
            <CurveKey
              key={other.label}
              label={other.label}
              index={index}
              shown={stays(other)}
              onSwitch={() => {
                setLeft(switched(left, other.label));
              }}
            />
          ))}
          {trained && (
            <li>
              <i className="key key-least-squares" />
              least-squares stitch, before training
              <HelpTip term="leastSquares" />
            </li>
          )}
          <li>
            <i className="key key-top" />
            top network’s own error{topError !== null && ` (${percent(topError)})`}
          </li>
          {difference !== null && (
            <li>
              <i className="key key-bottom" />
              bottom network’s own error ({signedPoints(difference)} against the top’s)
            </li>
          )}
        </ul>
      </figure>
      {withSimilarity && (
        <Deferred>
          <figure aria-labelledby="similarity-title">
            <figcaption>
              <div className="section-head">
                <div className="chart-head">
                  <h3 id="similarity-title">Similarity: {measure}</h3>
                  <HelpTip term="similarity" />
                </div>
                {props.measurePicker}
              </div>
              {(label !== null || chance.some((value) => value !== null)) && (
                <ul className="legend">
                  {label !== null && (
                    <li>
                      <i className="key key-similarity" />
                      {label}
                    </li>
                  )}
                  {chance.some((value) => value !== null) && (
                    <li>
                      <i className="key key-chance" />
                      by chance: what unrelated representations would have
                      <HelpTip term="chance" />
                    </li>
                  )}
                </ul>
              )}
              {undefinedAt.length > 0 && (
                <p className="hint">
                  Undefined at {undefinedAt.join(", ")}, where a representation is the same for
                  every image: left as a gap.
                </p>
              )}
            </figcaption>
            <ChartPlace height={measures.similarityHeight} picture={similarityPicture(similarity)}>
              <SimilarityChart {...similarity} />
            </ChartPlace>
          </figure>
        </Deferred>
      )}
    </div>
  );
}

/** With the name, or without it where it was there. */
function switched(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return names.has(name)
    ? new Set([...names].filter((other) => other !== name))
    : new Set([...names, name]);
}
