/** A view that lies over the page, behind a button: closed by Escape, by its cross, or by a click beside it. */
import { useEffect, useId, useRef, useState, type ReactNode, type Ref } from "react";

interface Props {
  /** On the button. */
  readonly label: string;
  /** Above the view; where absent, the label. */
  readonly title?: string;
  readonly buttonClass?: string;
  readonly disabled?: boolean;
  /** Gets the button, for whatever else opens the view. */
  readonly opener?: Ref<HTMLButtonElement>;
  /** Drawn only while it is open. @param close as its cross does */
  readonly children: (close: () => void) => ReactNode;
}

export function PageDialog({
  label,
  title,
  buttonClass,
  disabled,
  opener,
  children,
}: Props): ReactNode {
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = (): void => {
    setOpen(false);
  };
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={buttonClass}
        aria-haspopup="dialog"
        disabled={disabled}
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </button>
      {open && (
        <dialog
          ref={dialog}
          className="page-dialog"
          aria-labelledby={titleId}
          onClose={close}
          onClick={(event) => {
            // Only what lies beside the view is the dialog itself.
            if (event.target === event.currentTarget) close();
          }}
        >
          <div className="page-dialog-body">
            <div className="page-dialog-head">
              <h2 id={titleId}>{title ?? label}</h2>
              <button type="button" className="quiet" onClick={close}>
                Close
              </button>
            </div>
            {children(close)}
          </div>
        </dialog>
      )}
    </>
  );
}
