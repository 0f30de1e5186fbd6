/** Penalty and similarity as two charts on one layer axis. */
import type { ReactNode } from "react";
import type { Row } from "../session/rows";
import { HelpTip } from "../learn/HelpTip";
import { Deferred } from "../startup/Deferred";
import { failureText } from "../format/errors";
import { chartsClass } from "./charts/axes";
import { ChartPlace } from "./ChartPlace";
import { useChartSizes } from "./charts/chart-sizes";
import { Legend } from "./Legend";
import type { LayerCharts as Charts } from "./use-layer-charts";

interface Props {
  readonly charts: Charts;
  /** The first curve's. */
  readonly rows: readonly Row[];
  /** Chooses the measure of similarity. */
  readonly measurePicker: ReactNode;
}

export function LayerCharts({ charts, rows, measurePicker }: Props): ReactNode {
  const { penalty, similarity, toggle } = charts;
  const { penaltyHeight, similarityHeight } = useChartSizes();
  const failures = rows.flatMap(({ failure }) => failure ?? []);
  const undefinedAt = rows
    .filter((row) => row.similarity.status === "undefined")
    .map(({ name }) => name);
  // The other curves are in the penalty's legend.
  const legend = similarity?.legend.filter((entry) => !entry.toggle) ?? [];
  const note = penalty.x.shortNames?.note;
  return (
    <div className={chartsClass(penalty.x)}>
      <figure aria-labelledby="penalty-title">
        <figcaption>
          <div className="chart-head">
            <h3 id="penalty-title">{penalty.title}</h3>
            <HelpTip term="penalty" />
          </div>
          {failures.map((failure) => (
            <p className="hint" key={failure.site}>
              No stitch at {failure.name}, left as a gap. {failureText(failure)}
            </p>
          ))}
        </figcaption>
        <ChartPlace chart={penalty} height={penaltyHeight} />
        <p className="axis-title">
          {penalty.x.title}
          {note && <span className="short-names"> {note}</span>}
        </p>
        {penalty.legend.some((entry) => entry.toggle) && (
          <p className="hint switch-hint">Click a name to hide its curve.</p>
        )}
        <Legend entries={penalty.legend} onToggle={toggle} />
      </figure>
      {similarity && (
        <Deferred>
          <figure aria-labelledby="similarity-title">
            <figcaption>
              <div className="section-head">
                <div className="chart-head">
                  <h3 id="similarity-title">{similarity.title}</h3>
                  <HelpTip term="similarity" />
                </div>
                {measurePicker}
              </div>
              {legend.length > 0 && <Legend entries={legend} />}
              {undefinedAt.length > 0 && (
                <p className="hint">
                  Undefined at {undefinedAt.join(", ")}, where a representation is the same for
                  every image: left as a gap.
                </p>
              )}
            </figcaption>
            <ChartPlace chart={similarity} height={similarityHeight} />
          </figure>
        </Deferred>
      )}
    </div>
  );
}
