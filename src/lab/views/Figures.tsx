/** The paper's experiments, one click each, and what the one that is open says. */
import type { ReactNode } from "react";
import type { LabModel } from "../session/models";
import { presets, type PresetName } from "../../experiment/presets";
import { presetsHere } from "../session/preset";
import { useSession } from "./session-context";

interface Props {
  readonly models: readonly LabModel[];
  readonly current: PresetName | null;
  /** While a run is under way its experiment stands still. */
  readonly running: boolean;
}

export function Figures({ models, current, running }: Props): ReactNode {
  const { change } = useSession();
  return (
    <nav className="figures" aria-labelledby="figures-title">
      <h2 id="figures-title">Figures</h2>
      <ul>
        {presetsHere(models).map((name) => {
          const { title, figure, spec } = presets[name];
          return (
            <li key={name}>
              <button
                type="button"
                aria-current={name === current ? "true" : undefined}
                disabled={running}
                onClick={() => {
                  change(() => spec);
                }}
              >
                {title}
                {figure !== null && <span className="hint">{figure}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

export function FigureCard({ name }: { readonly name: PresetName }): ReactNode {
  const { title, figure, claim, scale, lookFor, question } = presets[name];
  return (
    <section className="figure-card" aria-labelledby="figure-title">
      <h2 id="figure-title">
        {title}
        {figure !== null && (
          <span className="hint"> Bansal, Nakkiran &amp; Barak 2021, {figure}</span>
        )}
      </h2>
      <p>{claim}</p>
      <dl>
        <dt>Here</dt>
        <dd>{scale}</dd>
        <dt>Look for</dt>
        <dd>{lookFor}</dd>
        <dt>A question first</dt>
        <dd>{question}</dd>
      </dl>
    </section>
  );
}
