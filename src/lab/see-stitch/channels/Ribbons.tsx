/** The stitch's weights as ribbons from B's channels to the stitch's. */
import type { ReactNode } from "react";
import type { Ribbon, ShownChannels } from "./channels";
import type { Highlight } from "./weights-in-words";

interface Props {
  readonly shown: ShownChannels;
  readonly highlight: Highlight | null;
}

export function Ribbons({ shown, highlight }: Props): ReactNode {
  const { sources, targets, ribbons } = shown;
  const y = (at: number, count: number): number => (100 * (at + 0.5)) / count;
  return (
    <svg
      className={highlight ? "ribbons has-highlight" : "ribbons"}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {ribbons.map((ribbon) => {
        const from = y(ribbon.source, sources.length);
        const to = y(ribbon.target, targets.length);
        return (
          <path
            key={`${ribbon.source} ${ribbon.target}`}
            className={classOf(ribbon, highlight)}
            d={`M0 ${from} C50 ${from} 50 ${to} 100 ${to}`}
            style={{ strokeWidth: `max(0.75px, ${ribbon.share} * var(--widest))` }}
            strokeOpacity={isLit(ribbon, highlight) ? 0.95 : 0.2 + 0.6 * ribbon.share}
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
    </svg>
  );
}

function classOf(ribbon: Ribbon, highlight: Highlight | null): string {
  const sign = ribbon.weight < 0 ? "ribbon is-negative" : "ribbon";
  return isLit(ribbon, highlight) ? `${sign} is-lit` : sign;
}

function isLit(ribbon: Ribbon, highlight: Highlight | null): boolean {
  return highlight !== null && ribbon[highlight.side] === highlight.at;
}
