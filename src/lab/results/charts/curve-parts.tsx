/** How a legend shows a line. */
import type { ReactNode } from "react";
import { cssColour } from "../../format/colour-roles";
import type { Look } from "./description";

export function LegendKey({ colour, width, dashes }: Look): ReactNode {
  return (
    <svg className="key-curve" viewBox="-13 -6 26 12" aria-hidden="true">
      <path d="M-13 0H13" stroke={cssColour(colour)} strokeWidth={width} strokeDasharray={dashes} />
    </svg>
  );
}
