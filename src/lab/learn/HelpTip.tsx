/** A button that explains a term. */
import { useId, useRef, type ReactNode } from "react";
import { glossary, type Term } from "./glossary";

/** Room between the button, the explanation and the window's edge, in CSS pixels. */
const gap = 8;

export function HelpTip({ term }: { readonly term: Term }): ReactNode {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const { title, text } = glossary[term];

  /** Places the explanation below the button, or above it where there is no room. */
  function place(): void {
    const [from, box] = [button.current?.getBoundingClientRect(), bubble.current];
    if (!from || !box) return;
    const { width, height } = box.getBoundingClientRect();
    const left = Math.min(from.left, window.innerWidth - width - gap);
    const below = from.bottom + gap;
    const top = below + height > window.innerHeight ? from.top - gap - height : below;
    box.style.left = `${Math.max(gap, left)}px`;
    box.style.top = `${Math.max(gap, top)}px`;
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        className="explain"
        popoverTarget={id}
        aria-label={`Help: ${title}`}
      >
        ?
      </button>
      <span
        ref={bubble}
        id={id}
        popover="auto"
        className="explanation"
        onToggle={({ newState }) => {
          if (newState === "open") place();
        }}
      >
        <strong>{title}.</strong> {text}
      </span>
    </>
  );
}
