/** Hands the finished experiment's report to the visitor as a JSON file. */
import type { ReactNode } from "react";
import type { Report } from "../../experiment/report";

export function DownloadReport({ report }: { readonly report: Report }): ReactNode {
  return (
    <button
      type="button"
      onClick={() => {
        download(report);
      }}
    >
      Download report
    </button>
  );
}

function download(report: Report): void {
  const { bottom, top, protocol, seed } = report.spec;
  const json = `${JSON.stringify(report, null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  const [below, above] = [bottom, top].map(fileLabel);
  link.download = `${String(below)}--${String(above)}--${protocol}-seed${String(seed)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

/** A model's id as part of a file's name: the beginning of a hash tells enough, and has no colon. */
function fileLabel(id: string): string {
  return id.replace(/^sha256:(.{12}).*$/, "$1");
}
