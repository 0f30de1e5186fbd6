/** A part of the page that an address may hide. */
import type { ReactNode } from "react";
import type { Part } from "./parts";
import { usePartVisible } from "./view-context";

interface Props {
  readonly part: Part;
  readonly children: ReactNode;
}

export function IfVisible({ part, children }: Props): ReactNode {
  return usePartVisible(part) ? children : null;
}
