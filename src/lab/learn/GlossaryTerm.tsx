/** A term within a text, underlined; hover, focus or a press shows what it means. */
import { useEffect, useId, useRef, type ReactNode, type SyntheticEvent } from "react";
import { glossary, type Term } from "./glossary";

/** Room between the term, the explanation and the window's edge, in CSS pixels. */
const gap = 8;
/** How long a pointer rests before it shows an explanation, or is gone before it hides one. */
const hoverMs = 200;

const stop = (event: SyntheticEvent): void => event.stopPropagation();

interface Props {
  readonly term: Term;
  /** The words of the text. */
  readonly children: ReactNode;
}

export function GlossaryTerm({ term, children }: Props): ReactNode {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const explanation = useRef<HTMLSpanElement>(null);
  const timer = useRef(0);
  const { title, text } = glossary[term];
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(open: boolean): void {
    clearTimeout(timer.current);
    explanation.current?.togglePopover(open);
  }

  function showSoon(open: boolean): void {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => show(open), hoverMs);
  }

  /** Places the explanation below the term, or above it where there is no room. */
  function place(): void {
    const [from, box] = [button.current?.getBoundingClientRect(), explanation.current];
    if (!from || !box) return;
    const { width, height } = box.getBoundingClientRect();
    const left = Math.min(from.left, window.innerWidth - width - gap);
    const below = from.bottom + gap;
    const top = below + height > window.innerHeight ? from.top - gap - height : below;
    box.style.left = `${Math.max(gap, left)}px`;
    box.style.top = `${Math.max(gap, top)}px`;
  }

  return (
    // The explanation is within it, so that a pointer can move onto it.
    <span
      onPointerEnter={() => {
        if (explanation.current?.matches(":popover-open")) clearTimeout(timer.current);
      }}
      // Entered without a move, it has come to lie under a resting pointer: nobody has asked.
      onPointerMove={({ pointerType }) => {
        if (pointerType === "mouse") showSoon(true);
      }}
      onPointerLeave={({ pointerType }) => {
        if (pointerType !== "mouse") return;
        // While it has the focus, the explanation stays as it is.
        if (document.activeElement === button.current) clearTimeout(timer.current);
        else showSoon(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="term"
        popoverTarget={id}
        popoverTargetAction="show"
        onFocus={({ currentTarget }) => {
          if (currentTarget.matches(":focus-visible")) show(true);
        }}
        onBlur={() => show(false)}
      >
        {children}
      </button>
      <span
        ref={explanation}
        id={id}
        popover="auto"
        className="explanation"
        // What lies below it must not follow the pointer.
        onClick={stop}
        onPointerDown={stop}
        onPointerMove={stop}
        onToggle={({ newState }) => {
          if (newState === "open") place();
          // Escape has closed it before the pointer, still on the term, has rested long enough.
          else clearTimeout(timer.current);
        }}
      >
        <strong>{title}.</strong> {text}
      </span>
    </span>
  );
}
