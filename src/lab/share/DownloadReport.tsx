/** Hands the finished experiment's report to the visitor as a JSON file. */
import type { ReactNode } from "react";
import type { Report } from "../../experiment/report";
import { fileStem } from "../format/file-names";
import { reportJson, saveFile } from "./save-file";

export function DownloadReport({ report }: { readonly report: Report }): ReactNode {
  return (
    <button
      type="button"
      className="quiet"
      onClick={() => {
        const json = new Blob([reportJson(report)], { type: "application/json" });
        saveFile(`${fileStem(report.spec)}.json`, json);
      }}
    >
      Download report
    </button>
  );
}
