/** A figure’s name, and where in the paper it stands. */
import type { ReactNode } from "react";
import type { Preset } from "../../experiment/figures/figure";

interface Props {
  readonly id: string;
  readonly preset: Preset;
}

export function FigureHeading({ id, preset }: Props): ReactNode {
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
