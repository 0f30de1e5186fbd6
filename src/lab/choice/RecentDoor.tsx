/** The door of a choice that leads to what was used last. */
import { useState, type ReactNode } from "react";
import { inShort } from "../session/experiment/model-names";
import { recent, recentAmong, type Recent } from "./recent";

interface Props<T> {
  readonly kind: keyof Recent;
  readonly all: readonly T[];
  readonly idOf: (item: T) => string;
  readonly nameOf: (item: T) => string;
  /** Left out: it is chosen already. */
  readonly inUse: string;
  readonly onChoose: (item: T) => void;
}

export function RecentDoor<T>(props: Props<T>): ReactNode {
  const { kind, all, idOf, nameOf, inUse, onChoose } = props;
  // As it was when the dialog opened: pressing one would move the others.
  const [used] = useState(() => recent()[kind]);
  const shown = recentAmong(all, used, idOf, inUse);
  if (shown.length === 0) return <p>Nothing yet: no other {kind} were used in this browser.</p>;
  return (
    <ul className="recent-list" aria-label="Used last">
      {shown.map((item) => (
        <li key={idOf(item)}>
          <button type="button" onClick={() => onChoose(item)}>
            {inShort(nameOf(item))}
          </button>
        </li>
      ))}
    </ul>
  );
}
