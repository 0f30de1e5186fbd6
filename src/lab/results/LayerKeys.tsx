/** In a presentation ↑ and ↓ go from layer to layer, wherever the focus is. */
import type { ReactNode } from "react";
import { presentAction } from "../present/present-keys";
import type { Row } from "../session/results/rows";
import type { LayerChoice } from "../view/result-contexts";
import { usePageKey } from "../ui/use-page-key";

interface Props {
  readonly rows: readonly Row[];
  readonly layers: LayerChoice;
}

export default function LayerKeys({ rows, layers }: Props): ReactNode {
  usePageKey((event) => {
    const action = presentAction(event, false);
    if (action?.type !== "layer") return false;
    const at = rows.findIndex(({ site }) => site === layers.layer);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + action.by))];
    if (next === undefined) return false;
    // What the pointer happens to lie on gives way.
    layers.pointAt(null);
    layers.choose(next.site);
    return true;
  });
  return null;
}
