/** The legend of a chart, in the words of its description. */
import type { ReactNode } from "react";
import { HelpTip } from "../learn/HelpTip";
import { LegendKey } from "./charts/curve-parts";
import type { LegendEntry } from "./charts/description";

interface Props {
  readonly entries: readonly LegendEntry[];
  /** Takes a curve out of the charts, or puts it back; absent where none can be. */
  readonly onToggle?: (label: string) => void;
}

export function Legend({ entries, onToggle }: Props): ReactNode {
  return (
    <ul className="legend">
      {entries.map(({ name, look, term, toggle }) => {
        const words = (
          <>
            <LegendKey {...look} />
            <span>{name}</span>
          </>
        );
        return (
          <li key={name}>
            {toggle && onToggle ? (
              <button
                type="button"
                className="curve-switch"
                aria-pressed={toggle.shown}
                title={toggle.shown ? "Hide this curve" : "Show this curve"}
                onClick={() => onToggle(toggle.label)}
              >
                {words}
              </button>
            ) : (
              words
            )}
            {term && <HelpTip term={term} />}
          </li>
        );
      })}
    </ul>
  );
}
