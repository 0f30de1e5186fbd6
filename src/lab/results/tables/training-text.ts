import { count } from "../../format/numbers";
import type { Training } from "../../session/rows";

/** How long a stitch was trained, and why no longer. */
export function trainingText({ steps, stop, closedForm }: Training): string {
  if (closedForm) return "closed form";
  const taken = `${count(steps)} steps`;
  switch (stop) {
    case "settled":
      return `${taken}, until settled`;
    case "budget":
      return `${taken}, the most allowed`;
    case "least-squares":
      return "least squares is best";
    case "too-few-images":
      return "too few images to train on";
    case null:
      return taken;
    default:
      return stop satisfies never;
  }
}
