/** What the lab is. */
import type { ReactNode } from "react";

export function InOneSentence(): ReactNode {
  return (
    <p>
      Join one network’s <span className="role-bottom">bottom</span> to another’s{" "}
      <span className="role-top">top</span> by a small <span className="role-stitch">stitch</span>,
      trained on your machine. What does each layer cost?
    </p>
  );
}
