import { count } from "../../format/numbers";
import type { Training } from "../../session/rows";

/** How long a stitch was trained, and why no longer. */
export function trainingText({ steps, stop, closedForm }: Training): string {
  if (closedForm) return "closed form";
  const taken = `${count(steps)} steps`;
  switch (stop) {
    case "settled":
      return `${taken}, converged`;
    case "budget":
      return `${taken}, step limit`;
    case "least-squares":
      return "least squares is best";
    case "too-few-images":
      return "too few training images";
    case null:
      return taken;
    default:
      return stop satisfies never;
  }
}
