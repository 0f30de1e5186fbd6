/** What the figure that is open says, and the way to the next one. */
import type { ReactNode } from "react";
import { presets, type PresetName } from "../../experiment/figures";
import type { LabModel } from "../engine/models";
import { figureAfter, presetsHere } from "../session/preset";
import { IfVisible, useSession } from "../view/services";
import type { Preset } from "../../experiment/figures/figure";

interface Props {
  readonly name: PresetName;
  readonly models: readonly LabModel[];
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  /** The result must not be shown yet. */
  readonly covered: boolean;
}

export function FigureCard({ name, models, running, covered }: Props): ReactNode {
  const { claim, scale, lookFor, question } = presets[name];
  return (
    <section className="figure-card" aria-labelledby="figure-title">
      <div className="section-head">
        <FigureHeading id="figure-title" preset={presets[name]} />
        <IfVisible part="figures">
          <Neighbours name={name} models={models} running={running} />
        </IfVisible>
      </div>
      <p>{covered ? question : claim}</p>
      {!covered && (
        <details>
          <summary>Discussion question and what to look for</summary>
          <dl>
            <dt>Discussion question</dt>
            <dd>{question}</dd>
            <dt>Look for</dt>
            <dd>{lookFor}</dd>
            <dt>Setup</dt>
            <dd>{scale}</dd>
          </dl>
        </details>
      )}
    </section>
  );
}

interface HeadingProps {
  readonly id: string;
  readonly preset: Preset;
}

function FigureHeading({ id, preset }: HeadingProps): ReactNode {
  const { title, figure } = preset;
  return (
    <h2 id={id}>
      {title}
      {figure !== null && (
        <span className="hint"> Bansal, Nakkiran &amp; Barak 2021, {figure}</span>
      )}
    </h2>
  );
}

/** The figures before and after this one, round and round. */
function Neighbours({ name, models, running }: Omit<Props, "covered">): ReactNode {
  const { change } = useSession();
  const here = presetsHere(models);
  if (here.length < 2 || !here.includes(name)) return null;
  const step = (by: number): PresetName => figureAfter(name, by, models) ?? name;
  const button = (other: PresetName, sign: string, word: string): ReactNode => (
    <button
      type="button"
      className="quiet"
      disabled={running}
      aria-label={`${word} figure: ${presets[other].title}`}
      title={presets[other].title}
      onClick={() => change(() => presets[other].spec)}
    >
      {sign}
    </button>
  );
  return (
    <div className="buttons">
      {button(step(-1), "‹", "Previous")}
      {button(step(1), "›", "Next")}
    </div>
  );
}
