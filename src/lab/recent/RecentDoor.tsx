/** The door of a choice that leads to what was used last. */
import { useId, useState, type ReactNode } from "react";
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

/** Nothing where nothing else was used. */
export function RecentDoor<T>(props: Props<T>): ReactNode {
  const { kind, all, idOf, nameOf, inUse, onChoose } = props;
  const id = useId();
  // As it was when the dialog opened: pressing one would move the others.
  const [used] = useState(() => recent()[kind]);
  const shown = recentAmong(all, used, idOf, inUse);
  if (shown.length === 0) return null;
  return (
    <section className="recent-door" aria-labelledby={id}>
      <h3 id={id}>Recent</h3>
      <div className="buttons">
        {shown.map((item) => (
          <button key={idOf(item)} type="button" onClick={() => onChoose(item)}>
            {inShort(nameOf(item))}
          </button>
        ))}
      </div>
    </section>
  );
}
