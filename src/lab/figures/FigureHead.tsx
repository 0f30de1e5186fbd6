/** What the open figure claims, above its picture, and what to ask and to look for, below it. */
import { useSyncExternalStore, type ReactNode } from "react";
import { lazyPart } from "../ui/lazy-part";
import { presets, type PresetName } from "../../experiment/figures";

// Its place is kept meanwhile: nothing below may move.
const noVerdict = <p className="verdict" />;
const VerdictLine = lazyPart("the verdict", () => import("./VerdictLine"), { fallback: noVerdict });

interface Props {
  readonly name: PresetName;
  /** The result must not be shown yet. */
  readonly covered: boolean;
}

/** Letters of which a phone has room for in three lines of its largest size. */
const shortHeading = 105;

export function FigureHead({ name, covered }: Props): ReactNode {
  const { title, figure, claim, question } = presets[name];
  const heading = covered ? question : claim;
  return (
    <section className="figure-head" aria-labelledby="figure-title">
      <h2 id="figure-title" className={heading.length > shortHeading ? "long" : undefined}>
        {heading}
      </h2>
      <p className="hint">
        {title} ·{" "}
        {figure === null ? "not in the paper" : `Bansal, Nakkiran & Barak 2021, ${figure}`}
      </p>
      {!covered && <VerdictPlace key={name} name={name} />}
    </section>
  );
}

/** The verdict’s place, which the build leaves empty: its file is not part of the first screen. */
function VerdictPlace({ name }: Pick<Props, "name">): ReactNode {
  const drawn = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  return drawn ? <VerdictLine name={name} /> : noVerdict;
}

export function FigureNotes({ name }: Pick<Props, "name">): ReactNode {
  const { scale, lookFor, question } = presets[name];
  return (
    <dl className="figure-notes">
      <dt>Discuss</dt>
      <dd>{question}</dd>
      <dt>Look for</dt>
      <dd>{lookFor}</dd>
      <dt>Setup</dt>
      <dd>{scale}</dd>
    </dl>
  );
}
