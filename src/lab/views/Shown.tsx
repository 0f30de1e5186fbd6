/** A part of the page that an address may hide. */
import type { ReactNode } from "react";
import type { Part } from "../session/parts";
import { useShown } from "./view-context";

interface Props {
  readonly part: Part;
  readonly children: ReactNode;
}

export function Shown({ part, children }: Props): ReactNode {
  return useShown(part) ? children : null;
}
