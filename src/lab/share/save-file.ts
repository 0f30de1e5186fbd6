/** Hands a file to the visitor, and says what it is called. */
import type { Spec } from "../../experiment/spec";

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** What files of an experiment begin with. */
export function fileStem({ bottom, top, protocol, seed }: Spec): string {
  const [below, above] = [bottom, top].map(fileLabel);
  return `${String(below)}--${String(above)}--${protocol}-seed${String(seed)}`;
}

/** The report as people and programs read it. */
export function reportJson(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** A model's id as part of a file's name: the beginning of a hash tells enough, and has no colon. */
function fileLabel(id: string): string {
  return id.replace(/^sha256:(.{12}).*$/, "$1");
}
