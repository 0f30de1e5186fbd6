/** Opens the view of what a stitch does. */
import { useState, type ReactNode } from "react";
import { SeeStitchDialog, type SeenStitch } from "./SeeStitchDialog";

type Props = SeenStitch & {
  readonly label: string;
  readonly buttonClass: string;
};

export function SeeStitchButton({ label, buttonClass, ...stitch }: Props): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={buttonClass}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      {open && <SeeStitchDialog {...stitch} onClose={() => setOpen(false)} />}
    </>
  );
}
