/** Opens the view of what a stitch does, whose script is fetched then. */
import { useState, type ReactNode } from "react";
import { DialogFrame } from "../ui/DialogFrame";
import { lazyPart } from "../ui/lazy-part";
import type { SeeStitchProps } from "./SeeStitch";

const SeeStitch = lazyPart("the view of the stitch", () => import("./SeeStitch"), {
  elsewhere: true,
});

type Props = Omit<SeeStitchProps, "site" | "onSite"> & {
  readonly label?: string;
  readonly buttonClass?: string;
  /** The site that it opens at. */
  readonly site: number;
  /** Called when the stitch is moved; what is behind the dialog may follow. */
  readonly onSite?: (site: number) => void;
};

export function SeeStitchButton({ label, buttonClass, site, onSite, ...rest }: Props): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  return (
    <>
      <button
        type="button"
        className={buttonClass}
        aria-haspopup="dialog"
        onClick={() => setAt(site)}
      >
        {label ?? "See the stitch"}
      </button>
      {at !== null && (
        <DialogFrame title="What the stitch does" onClose={() => setAt(null)}>
          <SeeStitch
            {...rest}
            site={at}
            onSite={(next) => {
              setAt(next);
              onSite?.(next);
            }}
          />
        </DialogFrame>
      )}
    </>
  );
}
