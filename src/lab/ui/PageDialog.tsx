/** A view that lies over the page, behind a button. */
import { useState, type ReactNode, type Ref } from "react";
import { DialogFrame } from "./DialogFrame";

interface Props {
  /** On the button, and above the view. */
  readonly label: string;
  /** On the button instead of the label. */
  readonly words?: ReactNode;
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
  words,
  title,
  buttonClass,
  disabled,
  opener,
  children,
}: Props): ReactNode {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={buttonClass}
        aria-haspopup="dialog"
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        {words ?? label}
      </button>
      {open && (
        <DialogFrame title={title ?? label} onClose={close}>
          {children(close)}
        </DialogFrame>
      )}
    </>
  );
}
