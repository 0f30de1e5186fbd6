/** A view that lies over the page: closed by Escape, by its button, or by a click outside it. */
import { useEffect, useId, useRef, type ReactNode } from "react";

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
    >
      <div className="page-dialog-body">
        <div className="page-dialog-head">
          <h2 id={titleId}>{title}</h2>
          {controls}
          <button type="button" className="quiet" onClick={onClose}>
            Close
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
