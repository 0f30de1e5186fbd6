/** The paper's experiments in groups, one click each, with small drawings of what was found. */
import { Fragment, type ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/figures";
import { sketchesSchema, type Sketch, type Sketches } from "../../experiment/sketch";
import type { LabModel } from "../engine/models";
import { unbroken } from "../format/numbers";
import { presetsHere } from "../session/experiment/preset";
import type { Loaded } from "../session/state";
import { CurveSketch } from "./CurveSketch";
import { ImageNetCard } from "./ImageNetCard";
import { stitchCard } from "./stitch-card";
import { StitchSketch } from "./StitchSketch";
import { TableOne } from "./TableOne";
import { useSession, useViewState, useViewStore } from "../view/services";
import { useFetched } from "../ui/use-fetched";
import type { FigureGroup, Preset } from "../../experiment/figures/figure";
import { sketchRange, sketchRoles } from "./sketch-scale";
import { Verdict } from "./VerdictLine";

interface Props {
  readonly models: readonly LabModel[];
  readonly current: PresetName | null;
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  readonly onOpened: () => void;
}

/**
 * In the order of the gallery. They ask and do not answer, since a class may have to predict the
 * figures first.
 */
const groups: Readonly<Record<FigureGroup, readonly [title: string, words: string]>> = {
  roads: [
    "Do all roads lead to Rome?",
    "Other seeds, other images, no labels: can networks that were trained in different ways use each other’s layers?",
  ],
  more: [
    "Is more better?",
    "Is a bottom of more width, data or training better than the top’s own, and at which layers?",
  ],
  cka: [
    "Do similarity and stitching agree?",
    "CKA says how alike two representations are. Does that say whether one network can use the other’s?",
  ],
  beyond: [
    "Does it hold beyond the paper?",
    "Networks that the paper does not have: robust to attacks, or without convolutions.",
  ],
};

export default function Gallery({ models, current, running, onOpened }: Props): ReactNode {
  const { change } = useSession();
  const { show } = useViewStore();
  const { predict } = useViewState().view;
  const here = presetsHere(models);
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
      {(Object.keys(groups) as FigureGroup[]).map((group) => (
        <GalleryGroup key={group} group={group}>
          {here
            .filter((name) => presets[name].group === group)
            .map((name) => (
              <Fragment key={name}>
                <li>
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
                {name === "simclr" && !predict && (
                  <li>
                    <ImageNetCard models={models} disabled={running} onOpened={onOpened} />
                  </li>
                )}
                {name === stitchCard.figure && !predict && (
                  <li>
                    <StitchButton
                      disabled={running && name !== current}
                      onOpen={() => {
                        if (name !== current) change(() => presets[name].spec);
                        show({ seesStitch: true });
                        onOpened();
                      }}
                    />
                  </li>
                )}
              </Fragment>
            ))}
        </GalleryGroup>
      ))}
      {!predict && (
        <p className="hint">
          Curves: stitching penalty in percentage points, from input to output, each drawing at its
          own scale. Thick: the figure’s curve. Dashed: a control, such as an untrained bottom, cut
          off where it is far above the others. Figure numbers refer to Bansal, Nakkiran &amp; Barak
          2021; ± is one standard error.
        </p>
      )}
      {!predict && sketches?.status === "ready" && <TableOne sketches={sketches.value} />}
    </>
  );
}

interface GroupProps {
  readonly group: FigureGroup;
  readonly children: readonly ReactNode[];
}

function GalleryGroup({ group, children }: GroupProps): ReactNode {
  const [title, words] = groups[group];
  if (children.length === 0) return null;
  return (
    <section className="gallery-group" aria-labelledby={`gallery-${group}`}>
      <h3 id={`gallery-${group}`}>{title}</h3>
      <p className="hint">{words}</p>
      <ul className="gallery">{children}</ul>
    </section>
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
  const preset: Preset = presets[name];
  const { title, figure, claim, question } = preset;
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
            <CurveSketch
              curves={sketch.penalty}
              roles={sketchRoles(preset)}
              range={sketchRange(sketch.penalty, preset)}
              height={88}
            />
          )}
          {sketch === null && <span className="hint">No saved result</span>}
        </span>
      )}
      <span className="figure-title">
        {title} {figure !== null && <span className="hint">{figure}</span>}
      </span>
      <span className="figure-claim">{unbroken(covered ? question : claim)}</span>
      {!covered && sketch?.judged && (
        <span className="verdict">
          <Verdict judged={sketch.judged} />
        </span>
      )}
    </button>
  );
}

interface StitchButtonProps {
  readonly disabled: boolean;
  readonly onOpen: () => void;
}

function StitchButton({ disabled, onOpen }: StitchButtonProps): ReactNode {
  const { title, figure, claim } = stitchCard;
  return (
    <button type="button" className="figure-button" disabled={disabled} onClick={onOpen}>
      <span className="sketch">
        <StitchSketch />
      </span>
      <span className="figure-title">
        {title} <span className="hint">at “{presets[figure].title}”</span>
      </span>
      <span className="figure-claim">{claim}</span>
    </button>
  );
}
