/** Hands a file to the visitor. */

export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The report as people and programs read it. */
export function reportJson(report: object): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
