/** Buttons that save a finished experiment: its report at once, everything else in a dialog. */
import { useEffect, useState, type ReactNode } from "react";
import type { MeasureName } from "../../../core/similarity/measures";
import type { Report } from "../../../experiment/report";
import type { LabModel } from "../../engine/models";
import type { PictureModel } from "../../picture/model/picture-model";
import { fileStem } from "../../format/labels";
import { DialogFrame } from "../../ui/DialogFrame";
import { lazyPart } from "../../ui/lazy-part";
import { useViewStore } from "../../view/services";
import { reportJson } from "../save-file";
import { SaveButtons } from "../SaveButtons";

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
  const { offerExport } = useViewStore();
  const [open, setOpen] = useState(false);
  // The page's header opens it, too.
  useEffect(() => offerExport(() => setOpen(true)), [offerExport]);
  return (
    <div className="buttons">
      <SaveButtons
        buttonClass="quiet"
        files={[
          {
            label: "Download report",
            name: `${fileStem(report.spec)}.json`,
            content: () => new Blob([reportJson(report)], { type: "application/json" }),
          },
        ]}
      />
      <button type="button" className="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Export
      </button>
      {open && (
        <DialogFrame title="Export this experiment" onClose={() => setOpen(false)}>
          <ExportPanel {...props} />
        </DialogFrame>
      )}
    </div>
  );
}
