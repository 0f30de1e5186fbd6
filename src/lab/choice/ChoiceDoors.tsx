/** The ways to what can be chosen, as tabs: what is here, a file, what was used last. */
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

interface Door {
  /** On the tab. */
  readonly title: string;
  readonly content: ReactNode;
}

interface Props {
  /** What is chosen, for screen readers. */
  readonly label: string;
  /** The first one is open. */
  readonly doors: readonly [Door, ...Door[]];
}

export function ChoiceDoors({ label, doors }: Props): ReactNode {
  const id = useId();
  const [open, setOpen] = useState(0);
  /** What was opened once stays, with what the visitor has done there. */
  const [visited, setVisited] = useState<readonly number[]>([0]);
  const tabs = useRef(new Map<number, HTMLButtonElement>());

  function show(index: number): void {
    setOpen(index);
    setVisited((before) => (before.includes(index) ? before : [...before, index]));
    tabs.current.get(index)?.focus();
  }

  function onKey(event: KeyboardEvent): void {
    const next = neighbour(event.key, open, doors.length);
    if (next === null) return;
    event.preventDefault();
    show(next);
  }

  return (
    <div className="choice-doors">
      <div role="tablist" aria-label={label} className="choice-tabs">
        {doors.map(({ title }, index) => (
          <button
            key={title}
            ref={(element) => {
              if (element) tabs.current.set(index, element);
            }}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-selected={index === open}
            aria-controls={`${id}-door-${index}`}
            tabIndex={index === open ? 0 : -1}
            onClick={() => show(index)}
            onKeyDown={onKey}
          >
            {title}
          </button>
        ))}
      </div>
      {doors.map(({ title, content }, index) => (
        <div
          key={title}
          role="tabpanel"
          id={`${id}-door-${index}`}
          aria-labelledby={`${id}-tab-${index}`}
          hidden={index !== open}
        >
          {visited.includes(index) && content}
        </div>
      ))}
    </div>
  );
}

/** The tab that a key leads to; null for other keys. */
function neighbour(key: string, from: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return (from + 1) % count;
    case "ArrowLeft":
      return (from + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
