/** The paper's experiments, one click each, with small drawings of what was found. */
import type { ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/figures";
import { sketchesSchema, type Sketch, type Sketches } from "../../experiment/sketch";
import type { LabModel } from "../engine/models";
import { presetsHere } from "../session/preset";
import type { Loaded } from "../session/state";
import { CurveSketch } from "./CurveSketch";
import { TableOne } from "./TableOne";
import { useSession, useViewState } from "../view/services";
import { useFetched } from "../session/use-fetched";

interface Props {
  readonly models: readonly LabModel[];
  readonly current: PresetName | null;
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  readonly onOpened: () => void;
}

export default function Gallery({ models, current, running, onOpened }: Props): ReactNode {
  const { change } = useSession();
  const { predict } = useViewState().view;
  const sketches = useFetched("recorded/sketches.json", sketchesSchema, "the sketches");
  return (
    <>
      <p className="gallery-intro">
        {running
          ? "Cancel the run to open another figure. Finished layers are kept."
          : predict
            ? "Each opens with an empty chart to draw on. Results stay hidden until you reveal them."
            : "Saved results open at once. Run recomputes any figure on your machine."}
      </p>
      <ul className="gallery">
        {presetsHere(models).map((name) => (
          <li key={name}>
            <FigureButton
              name={name}
              sketch={sketchIn(sketches, name)}
              covered={predict}
              isCurrent={name === current}
              disabled={running}
              onOpen={() => {
                change(() => presets[name].spec);
                onOpened();
              }}
            />
          </li>
        ))}
      </ul>
      {!predict && (
        <p className="hint">
          Upper curves: stitching penalty from input to output; the line is zero. Lower curves: CKA
          from 0 to 1. Figure numbers refer to Bansal, Nakkiran &amp; Barak 2021.
        </p>
      )}
      {!predict && sketches?.status === "ready" && <TableOne sketches={sketches.value} />}
    </>
  );
}

/** Null where nothing is recorded; undefined until that is known. */
function sketchIn(sketches: Loaded<Sketches> | null, name: PresetName): Sketch | null | undefined {
  switch (sketches?.status) {
    case "ready":
      return sketches.value[name] ?? null;
    case "failed":
      return null;
    case "loading":
    case undefined:
      return undefined;
    default:
      return sketches satisfies never;
  }
}

interface FigureButtonProps {
  readonly name: PresetName;
  readonly sketch: Sketch | null | undefined;
  /** The result must not be shown yet. */
  readonly covered: boolean;
  readonly isCurrent: boolean;
  readonly disabled: boolean;
  readonly onOpen: () => void;
}

function FigureButton(props: FigureButtonProps): ReactNode {
  const { name, sketch, covered, isCurrent, disabled, onOpen } = props;
  const { title, figure, claim, question } = presets[name];
  return (
    <button
      type="button"
      className="figure-button"
      aria-current={isCurrent ? "true" : undefined}
      disabled={disabled}
      onClick={onOpen}
    >
      {!covered && (
        <span className="sketch">
          {sketch && (
            <>
              <CurveSketch
                curves={sketch.penalty}
                atLeast={[0, 0.05]}
                height={72}
                colour="var(--stitch)"
              />
              <CurveSketch
                curves={sketch.similarity}
                atLeast={[0, 1]}
                height={40}
                colour="var(--similarity)"
              />
            </>
          )}
          {sketch === null && <span className="hint">No saved result</span>}
        </span>
      )}
      <span className="figure-title">
        {title} <span className="hint">{figure ?? "not in the paper"}</span>
      </span>
      <span className="figure-claim">{covered ? question : claim}</span>
    </button>
  );
}
