/** The paper's experiments, one click each, with small drawings of what was found. */
import type { ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/presets";
import { sketchesSchema, type Sketch, type Sketches } from "../../experiment/sketch";
import type { LabModel } from "../session/models";
import { presetOf, presetsHere } from "../session/preset";
import { underWay, type Loaded } from "../session/state";
import { CurveSketch } from "./CurveSketch";
import { PageDialog } from "./PageDialog";
import { useLabState, useSession } from "./session-context";
import { useFetched } from "./use-fetched";

/** Nothing while there are no networks to choose figures by. */
export function FigureGallery(): ReactNode {
  const { workbench } = useLabState();
  if (workbench.status !== "ready") return null;
  const { models, address, activity } = workbench.value;
  return (
    <PageDialog
      label="Figures"
      title="Figures: the paper’s experiments, and some it left for later"
    >
      {(close) => (
        <Gallery
          models={models}
          current={presetOf(address.spec)}
          running={underWay(activity) !== null}
          onOpened={close}
        />
      )}
    </PageDialog>
  );
}

interface Props {
  readonly models: readonly LabModel[];
  readonly current: PresetName | null;
  /** While a run is under way its experiment stands still. */
  readonly running: boolean;
  readonly onOpened: () => void;
}

function Gallery({ models, current, running, onOpened }: Props): ReactNode {
  const { change } = useSession();
  const sketches = useFetched("recorded/sketches.json", sketchesSchema, "the drawings");
  return (
    <>
      <p className="gallery-intro">
        {running
          ? "A run is under way. Cancel it to open another figure; what is finished is kept."
          : "What is drawn was recorded and opens at once; Run computes any of them on your machine."}
      </p>
      <ul className="gallery">
        {presetsHere(models).map((name) => (
          <li key={name}>
            <FigureButton
              name={name}
              sketch={sketchIn(sketches, name)}
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
      <p className="hint">
        Drawn above: the stitching penalty, from the input’s layers to the output’s; the line is no
        penalty at all. Beneath it: CKA from 0 to 1. Figures are those of Bansal, Nakkiran &amp;
        Barak 2021.
      </p>
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
  readonly isCurrent: boolean;
  readonly disabled: boolean;
  readonly onOpen: () => void;
}

function FigureButton(props: FigureButtonProps): ReactNode {
  const { name, sketch, isCurrent, disabled, onOpen } = props;
  const { title, figure, claim } = presets[name];
  return (
    <button
      type="button"
      className="figure-button"
      aria-current={isCurrent ? "true" : undefined}
      disabled={disabled}
      onClick={onOpen}
    >
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
        {sketch === null && <span className="hint">Nothing recorded yet</span>}
      </span>
      <span className="figure-title">
        {title} <span className="hint">{figure ?? "beyond the paper"}</span>
      </span>
      <span className="figure-claim">{claim}</span>
    </button>
  );
}
