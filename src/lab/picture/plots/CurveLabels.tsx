/**
 * Names at the right edge of a plot, each with its value at the layer in view. A name of a curve is
 * a button that puts the curve in front; the cross next to it hides the curve.
 */
import type { ReactNode } from "react";
import { cssColour, wordsColour } from "../../format/colour-roles";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import type { LayerPlot, PlotLabel } from "./layer-plot";
import { placeLabels } from "./place-labels";

export interface CurveActions {
  /** Index of the curve that drawing and sentence speak of. */
  readonly main: number;
  readonly choose: (curve: number) => void;
  readonly hide: (curve: number) => void;
  /** Null when nothing is pointed at any more. */
  readonly raise: (curve: number | null) => void;
}

interface Props extends Pick<LayerPlot, "labels" | "domain"> {
  /** Layer in view; null where none is. */
  readonly layer: number | null;
  /** Height of a line of text, in percent of the plot's. */
  readonly lineShare: number;
  readonly actions: CurveActions;
}

export function CurveLabels({ labels, domain, layer, lineShare, actions }: Props): ReactNode {
  const placed = placeLabels(labels, domain, lineShare);
  return (
    <div className="plot-labels">
      <svg viewBox="0 0 10 100" preserveAspectRatio="none" aria-hidden="true">
        {placed.map(
          ({ label, from, at }) =>
            from !== null && (
              <path key={label.name} d={`M0 ${from}L10 ${at}`} stroke={cssColour(label.colour)} />
            ),
        )}
      </svg>
      {placed.map(({ label, at }) => (
        <div
          key={label.name}
          className={labelClass(label, actions.main)}
          style={{ top: `${at}%`, color: cssColour(wordsColour(label.colour)) }}
        >
          <Label label={label} layer={layer} actions={actions} />
        </div>
      ))}
    </div>
  );
}

function labelClass({ curve, value }: PlotLabel, main: number): string {
  if (curve === null) return "plot-label reference";
  if (value === null) return "plot-label unknown";
  return curve === main ? "plot-label main" : "plot-label";
}

/** The names with their values, where a narrow screen has no room for them at the plot. */
export function CurveList({
  labels,
  layer,
  actions,
}: Pick<Props, "labels" | "layer" | "actions">): ReactNode {
  return (
    <div className="curve-list">
      {labels
        // Reference lines have no value at a layer.
        .filter(({ valueAt }) => valueAt !== null)
        .map((label) => (
          <div
            key={label.name}
            className={label.curve === null ? "reference" : ""}
            style={{ color: cssColour(wordsColour(label.colour)) }}
          >
            <Label label={label} layer={layer} actions={actions} />
          </div>
        ))}
    </div>
  );
}

interface LabelProps extends Pick<Props, "layer" | "actions"> {
  readonly label: PlotLabel;
}

function Label({ label, layer, actions }: LabelProps): ReactNode {
  const { name, title, curve, valueAt, layerAt, term } = label;
  const value = layer === null ? undefined : valueAt?.get(layer);
  const ownLayer = layer === null ? undefined : layerAt?.get(layer);
  const words = (
    <>
      <span className="plot-label-name">
        {term === undefined ? name : <GlossaryTerm term={term}>{name}</GlossaryTerm>}
      </span>
      {ownLayer !== undefined && <span className="plot-label-layer">{ownLayer}</span>}
      {value !== undefined && <span className="plot-label-value">{value}</span>}
    </>
  );
  if (curve === null) {
    return (
      <span className="plot-label-words" title={term === undefined ? title : undefined}>
        {words}
      </span>
    );
  }
  const point = {
    onPointerEnter: () => actions.raise(curve),
    onPointerLeave: () => actions.raise(null),
    onFocus: () => actions.raise(curve),
    onBlur: () => actions.raise(null),
  };
  return (
    <>
      <button
        type="button"
        className="plot-label-words"
        title={`${title}. Click to show its networks in the drawing.`}
        aria-pressed={curve === actions.main}
        onClick={() => actions.choose(curve)}
        {...point}
      >
        {words}
      </button>
      {curve !== actions.main && (
        <button
          type="button"
          className="plot-label-hide"
          aria-label={`Hide ${name}`}
          title="Hide this curve"
          onClick={() => actions.hide(curve)}
          {...point}
        >
          ×
        </button>
      )}
    </>
  );
}
