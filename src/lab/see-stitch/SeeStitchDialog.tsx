/** The view of what a stitch does, over the page or a slide; its script is fetched then. */
import { useState, type ReactNode } from "react";
import { DialogFrame } from "../ui/DialogFrame";
import { lazyPart } from "../ui/lazy-part";
import type { SeeStitchProps } from "./SeeStitch";

const SeeStitch = lazyPart("the view of the stitch", () => import("./SeeStitch"), {
  elsewhere: true,
});

export type SeenStitch = Omit<SeeStitchProps, "site" | "onSite" | "onClose"> & {
  /** The site that it opens at. */
  readonly site: number;
  /** Called when the stitch is moved; what is behind the dialog may follow. */
  readonly onSite?: (site: number) => void;
};

type Props = SeenStitch & { readonly onClose: () => void };

export function SeeStitchDialog({ site, onSite, onClose, ...rest }: Props): ReactNode {
  const [at, setAt] = useState(site);
  return (
    <DialogFrame large title="What the stitch does" onClose={onClose}>
      <SeeStitch
        {...rest}
        site={at}
        onSite={(next) => {
          setAt(next);
          onSite?.(next);
        }}
        onClose={onClose}
      />
    </DialogFrame>
  );
}
