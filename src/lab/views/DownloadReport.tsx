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
  link.download = `${bottom}--${top}--${protocol}-seed${String(seed)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
