/** Buttons that save a finished experiment: its report at once, everything else in a dialog. */
import type { ReactNode } from "react";
import type { MeasureName } from "../../core/similarity/measures";
import type { Report } from "../../experiment/report";
import type { LabModel } from "../engine/models";
import type { PictureModel } from "../picture/picture-model";
import { fileStem } from "../format/labels";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import { reportJson, saveFile } from "./save-file";

const ExportPanel = lazyPart("the export options", () => import("./ExportPanel"));

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
  /** Whether the report was computed in advance and not here. */
  readonly recorded: boolean;
  /** Null for a grid, which has no curves. */
  readonly picture: PictureModel | null;
  /** The measure of similarity that the page shows. */
  readonly measure: MeasureName;
}

export function ExportButtons(props: Props): ReactNode {
  const { report } = props;
  return (
    <div className="buttons">
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
      <PageDialog label="Export" title="Export this experiment" buttonClass="quiet">
        {() => <ExportPanel {...props} />}
      </PageDialog>
    </div>
  );
}
