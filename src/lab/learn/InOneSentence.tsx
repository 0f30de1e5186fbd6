/** What the lab is. */
import type { ReactNode } from "react";

export function InOneSentence(): ReactNode {
  return (
    <p>
      Feed one network’s <span className="role-bottom">lower layers</span> into another’s{" "}
      <span className="role-top">upper layers</span> through a small trained{" "}
      <span className="role-stitch">stitch</span>. How much accuracy does it cost at each layer?
    </p>
  );
}
