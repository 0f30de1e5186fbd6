/** What files are called. */
import type { Spec } from "../../experiment/spec";

/** A file's path as people read it: of a visitor's own file, its name alone. */
export function fileName(path: string): string {
  return path.replace(/^(own-file:|blob:.*?#)/, "");
}

/** What files of an experiment begin with. */
export function fileStem({ curves, protocol }: Pick<Spec, "curves" | "protocol">): string {
  const [{ bottom, top, seed }] = curves;
  const [below, above] = [bottom, top].map(fileLabel);
  return `${String(below)}--${String(above)}--${protocol}-seed${seed}`;
}

/**
 * A model's id as part of a file's name: the beginning of a hash tells enough, and has no colon.
 */
function fileLabel(id: string): string {
  return id.replace(/^sha256:(.{12}).*$/, "$1");
}
