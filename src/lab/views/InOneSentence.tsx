/** What the lab is. */
import type { ReactNode } from "react";

export function InOneSentence(): ReactNode {
  return (
    <p>
      Take the <span className="role-bottom">bottom</span> layers of one trained network and the{" "}
      <span className="role-top">top</span> layers of another, join them by a small trained{" "}
      <span className="role-stitch">stitch</span>, and see, layer by layer, what that costs. It all
      runs on your own machine.
    </p>
  );
}
