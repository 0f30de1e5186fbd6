/** What a finished experiment can be taken away as: data, charts, citation, command line. */
import { useState, type ReactNode } from "react";
import type { MeasureName } from "../../../core/similarity/measures";
import { writeAddress } from "../../../experiment/address/address";
import type { Report } from "../../../experiment/report";
import { bibtexOf } from "./citation";
import { ExportFigures } from "../charts/ExportFigures";
import { commandLineOf } from "./RepeatNote";
import { csvOf } from "./report-csv";
import { fileStem } from "../../format/labels";
import { SaveButtons } from "../SaveButtons";
import { reportJson } from "../save-file";
import type { LabModel } from "../../engine/models";
import type { PictureModel } from "../../picture/model/picture-model";
import { CopyText } from "../../ui/CopyText";
import { modelName } from "../../session/experiment/model-names";
import { SaveNetwork } from "./SaveNetwork";
import "./export.css";

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
  /** Whether it was computed for everybody, and not here. */
  readonly recorded: boolean;
  /** Null for a grid, which has no curves. */
  readonly picture: PictureModel | null;
  /** The measure of similarity that the page shows. */
  readonly measure: MeasureName;
}

export default function ExportPanel(props: Props): ReactNode {
  const { report, models, recorded } = props;
  const { spec, backend } = report;
  const stem = fileStem(spec);
  const address = new URL(writeAddress({ spec, backend }), document.baseURI).href;
  const [opened] = useState(() => new Date());
  const bibtex = bibtexOf(report, address, (id) => modelName(id, models), opened);
  return (
    <div className="export">
      <section aria-labelledby="export-data">
        <h3 id="export-data">Data</h3>
        <p>
          CSV: one row per curve and layer, with penalty, standard error, test errors and
          similarities as fractions. JSON: the full report.
        </p>
        <div className="buttons">
          <SaveButtons
            files={[
              {
                label: "Save CSV",
                name: `${stem}.csv`,
                content: () => new Blob([csvOf(report)], { type: "text/csv;charset=utf-8" }),
              },
              {
                label: "Save JSON",
                name: `${stem}.json`,
                content: () => new Blob([reportJson(report)], { type: "application/json" }),
              },
            ]}
          />
        </div>
      </section>
      <ExportFigures {...props} source={address} stem={stem} />
      <section aria-labelledby="export-network">
        <h3 id="export-network">Stitched network</h3>
        {recorded ? (
          <p>
            The stitches of a saved result are rounded: enough for “See the stitch”, not for a file.
            Press Run here; when it is done, you can save the stitched network of any layer.
          </p>
        ) : (
          <SaveNetwork report={report} models={models} />
        )}
      </section>
      <section aria-labelledby="export-cite">
        <h3 id="export-cite">Cite</h3>
        <p>BibTeX for the paper and for this experiment.</p>
        <CopyText label="BibTeX" text={bibtex} />
      </section>
      <section aria-labelledby="export-command">
        <h3 id="export-command">Run in a terminal</h3>
        <p>
          In a clone of the Stitch Lab repository, with Node.js. Your own networks are read from the
          current folder.
        </p>
        <CopyText label="command line" text={commandLineOf(report, models)} />
      </section>
    </div>
  );
}
