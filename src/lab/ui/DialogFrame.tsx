/** A view that lies over the page: closed by Escape, by its button, or by a click outside it. */
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";

interface Props {
  readonly title: ReactNode;
  /** Whether it is as large as the screen allows, whatever is in it. */
  readonly large?: boolean;
  /** Next to the close button. */
  readonly controls?: ReactNode;
  readonly onClose: () => void;
  /** Where focus goes when it is closed; null where it goes back to where it was. */
  readonly returnTo?: () => HTMLElement | null;
  readonly children: ReactNode;
}

/** Open as long as it is drawn. */
export function DialogFrame(props: Props): ReactNode {
  const { title, large = false, controls, onClose, returnTo, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const target = useRef(returnTo);
  const before = useRef<Element | null>(null);
  const titleId = useId();
  useEffect(() => {
    target.current = returnTo;
  }, [returnTo]);
  useEffect(() => {
    // Kept: where effects run twice, the second one finds the focus in the view.
    before.current ??= document.activeElement;
    dialog.current?.showModal();
    // Opened by an address, not by a control: its first button would show a ring that nobody asked for.
    if (before.current === document.body) dialog.current?.focus();
    return () => {
      const next = target.current?.() ?? before.current;
      if (next instanceof HTMLElement || next instanceof SVGElement) next.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={large ? "page-dialog is-large" : "page-dialog"}
      tabIndex={-1}
      aria-labelledby={titleId}
      onClose={(event) => {
        // React passes on the end of a view that lies over this one.
        if (event.target === event.currentTarget) onClose();
      }}
      onClick={(event) => {
        // A click whose target is the dialog itself is outside the view.
        if (event.target === event.currentTarget) onClose();
      }}
      onKeyDown={(event) => scroll(event, body.current)}
    >
      <div className="page-dialog-head">
        <h2 id={titleId}>{title}</h2>
        {controls}
        <button type="button" className="quiet" onClick={onClose}>
          Close
        </button>
      </div>
      {/* A stop of the Tab key, so that whatever is in it can be scrolled by keys. */}
      <div
        ref={body}
        className="page-dialog-body"
        role="group"
        aria-labelledby={titleId}
        tabIndex={0}
      >
        {children}
      </div>
    </dialog>
  );
}

/** Of the contents' height; an arrow moves them by less. */
const scrolls: Readonly<Record<string, number>> = {
  ArrowDown: 0.1,
  ArrowUp: -0.1,
  PageDown: 0.9,
  PageUp: -0.9,
  End: Infinity,
  Home: -Infinity,
};

/** Scrolls the contents by the keys that scroll a page while the focus is above them, on a button. */
function scroll(event: KeyboardEvent, body: HTMLElement | null): void {
  const { key, target, currentTarget, nativeEvent } = event;
  const share = scrolls[key];
  if (share === undefined || !body) return;
  const onButton = target instanceof HTMLButtonElement && !body.contains(target);
  if (target !== currentTarget && !onButton) return;
  // A default action: whatever handles the key on the page comes first.
  setTimeout(() => {
    if (nativeEvent.defaultPrevented) return;
    const top = body.scrollTop + share * body.clientHeight;
    body.scrollTo({ top: Math.max(0, Math.min(body.scrollHeight, top)) });
  });
}
