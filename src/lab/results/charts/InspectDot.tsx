/** The point that is pointed at; a click on it opens the inspector. */
import type { ReactElement } from "react";
import { useInspect } from "../../view/inspect-context";

/** What recharts tells of it. */
export interface ActiveDot {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
  readonly payload?: { readonly site: number } | undefined;
}

interface Props extends ActiveDot {
  readonly fill: string;
}

export function InspectDot({ cx, cy, fill, payload }: Props): ReactElement {
  const inspect = useInspect();
  return (
    <circle
      className="chart-point"
      {...{ cx, cy, fill }}
      r={6}
      onClick={() => {
        if (payload) inspect?.({ curve: 0, site: payload.site });
      }}
    />
  );
}
