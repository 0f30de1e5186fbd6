/** A view that lies over the page, behind a button. */
import { useState, type ReactNode } from "react";
import { DialogFrame } from "./DialogFrame";

interface Props {
  /** On the button. */
  readonly label: string;
  /** Above the view; where absent, the label. */
  readonly title?: string;
  readonly buttonClass?: string;
  readonly disabled?: boolean;
  /** Drawn only while it is open. @param close as its cross does */
  readonly children: (close: () => void) => ReactNode;
}

export function PageDialog({ label, title, buttonClass, disabled, children }: Props): ReactNode {
  const [open, setOpen] = useState(false);
  const close = (): void => {
    setOpen(false);
  };
  return (
    <>
      <button
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
        <DialogFrame title={title ?? label} onClose={close}>
          {children(close)}
        </DialogFrame>
      )}
    </>
  );
}
