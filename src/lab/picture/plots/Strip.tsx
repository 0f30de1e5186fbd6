/**
 * Controls that are far off a plot's scale, above it: curves on a scale of their own, and on a narrow
 * screen triangles with values. The style sheet shows one of the two, so that the build can write
 * both.
 */
import type { ReactNode } from "react";
import { cssColour, wordsColour } from "../../format/colour-roles";
import { CurveLabels } from "./CurveLabels";
import { slotPercent, stripRows, stripValues, stripWords, type PlotStrip } from "./layer-plot";
import type { SharedProps } from "./PlotArea";
import { PlotCurves } from "./PlotCurves";
import { Whiskers } from "./Whiskers";

interface Props extends SharedProps {
  readonly strip: PlotStrip;
}

export function Strip({ strip, ...shared }: Props): ReactNode {
  const { axis, layer, raised, actions } = shared;
  const { domain, curves, labels } = strip;
  return (
    <>
      <div className="plot plot-strip">
        <div className="plot-inner">
          <span className="plot-tick plot-strip-tick" aria-hidden="true">
            {stripWords(strip).map((line) => (
              <span key={line}>{line}</span>
            ))}
          </span>
          <PlotCurves {...{ axis, domain, curves, raised }} ticks={[]} levels={[]} ranges={[]} />
          <Whiskers {...{ axis, domain, curves, layer }} />
          {stripValues(strip).map(({ at, value }) => (
            <span
              key={at}
              className="plot-strip-value"
              style={{ left: `${slotPercent(at, axis)}%` }}
            >
              {Math.round(value)}
            </span>
          ))}
          <CurveLabels {...{ labels, domain, layer, actions }} lineShare={48} />
        </div>
      </div>
      <div className="strip-triangles">
        {stripRows(strip).map(({ index, name, look, values }) => (
          <div key={name} style={{ color: cssColour(wordsColour(look.colour)) }}>
            <span className="strip-name">{name}, off the scale</span>
            <div className="plot strip-row" data-row-of={index}>
              <div className="plot-inner">
                {values.map(({ at, value }) => (
                  <span
                    key={at}
                    className="strip-triangle"
                    style={{ left: `${slotPercent(at, axis)}%` }}
                  >
                    <span aria-hidden="true">▲</span>
                    {Math.round(value)}
                  </span>
                ))}
              </div>
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
