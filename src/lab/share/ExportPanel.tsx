/** What a finished experiment can be taken away as: data, charts, citation, command line. */
import { useState, type ReactNode } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import { writeAddress } from "../../experiment/address";
import type { Report } from "../../experiment/report";
import { pngOf } from "./chart-png";
import { chartSvg } from "./chart-svg";
import { bibtexOf } from "./citation";
import { commandLineOf } from "./command-line";
import { csvOf } from "./report-csv";
import { fileStem } from "../format/file-names";
import { reportJson, saveFile } from "./save-file";
import type { LabModel } from "../engine/models";
import type { ChartDescription } from "../results/charts/description";
import { CopyText } from "../ui/CopyText";
import { ErrorAlert } from "../ui/ErrorAlert";
import { modelName } from "../session/model-names";
import { SaveNetwork } from "./SaveNetwork";
import "./export.css";

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
  /** Whether it was computed for everybody, and not here. */
  readonly recorded: boolean;
  /** Null for one that is hidden. */
  readonly charts: readonly (ChartDescription | null)[];
}

export default function ExportPanel({ report, models, recorded, charts }: Props): ReactNode {
  const { spec, backend } = report;
  const stem = fileStem(spec);
  const address = new URL(writeAddress({ spec, backend }), document.baseURI).href;
  const shown = charts.filter((chart) => chart !== null);
  const [opened] = useState(() => new Date());
  const bibtex = bibtexOf(report, address, (id) => modelName(id, models), opened);
  return (
    <div className="export">
      <section aria-labelledby="export-data">
        <h3 id="export-data">Data</h3>
        <p>
          CSV has one row for every curve and layer: penalty, standard error, test errors and every
          measure of similarity, as fractions. JSON is the whole report.
        </p>
        <div className="buttons">
          <SaveButton
            label="Save CSV"
            name={`${stem}.csv`}
            content={() => new Blob([csvOf(report)], { type: "text/csv;charset=utf-8" })}
          />
          <SaveButton
            label="Save JSON"
            name={`${stem}.json`}
            content={() => new Blob([reportJson(report)], { type: "application/json" })}
          />
        </div>
      </section>
      <section aria-labelledby="export-charts">
        <h3 id="export-charts">Charts</h3>
        {shown.length === 0 ? (
          <p>A grid has no charts. Its numbers are in the data above.</p>
        ) : (
          <>
            <p>
              In light colours, with title and legend. SVG stays sharp at any size; PNG has twice as
              many pixels.
            </p>
            <ul className="export-charts">
              {shown.map((chart) => (
                <li key={chart.title}>
                  <ChartButtons chart={chart} stem={stem} source={address} />
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-labelledby="export-network">
        <h3 id="export-network">The stitched network</h3>
        {recorded ? (
          <p>
            This recorded result keeps no stitches. Press Run it here; once it has finished, the
            stitched network of each layer can be saved.
          </p>
        ) : (
          <SaveNetwork report={report} models={models} />
        )}
      </section>
      <section aria-labelledby="export-cite">
        <h3 id="export-cite">Cite</h3>
        <p>BibTeX of the paper whose method this is, and of this very experiment.</p>
        <CopyText label="BibTeX" text={bibtex} />
      </section>
      <section aria-labelledby="export-command">
        <h3 id="export-command">Repeat it in a terminal</h3>
        <p>
          In a copy of Stitch Lab’s repository, on any machine with Node. Networks of your own are
          read from the folder where you run it.
        </p>
        <CopyText label="command line" text={commandLineOf(report, models)} />
      </section>
    </div>
  );
}

interface ChartProps {
  readonly chart: ChartDescription;
  readonly stem: string;
  readonly source: string;
}

function ChartButtons({ chart, stem, source }: ChartProps): ReactNode {
  const name = `${stem}--${fileWords(chart.title)}`;
  const svg = () => chartSvg(chart, source);
  return (
    <div className="buttons" role="group" aria-label={chart.title}>
      <span className="export-chart-title">{chart.title}</span>
      <SaveButton
        label="SVG"
        name={`${name}.svg`}
        content={() => new Blob([svg().text], { type: "image/svg+xml" })}
      />
      <SaveButton label="PNG" name={`${name}.png`} content={() => pngOf(svg())} />
    </div>
  );
}

interface SaveProps {
  readonly label: string;
  readonly name: string;
  readonly content: () => Blob | Promise<Blob>;
}

function SaveButton({ label, name, content }: SaveProps): ReactNode {
  const [error, setError] = useState<LabErrorData | null>(null);
  async function save(): Promise<void> {
    try {
      saveFile(name, await content());
      setError(null);
    } catch (thrown) {
      setError(errorData(thrown, name));
    }
  }
  return (
    <>
      <button type="button" onClick={() => void save()}>
        {label}
      </button>
      {error && <ErrorAlert error={error} onRetry={() => void save()} />}
    </>
  );
}

/** "Stitching penalty, in percentage points" → "stitching-penalty-in-percentage-points" */
function fileWords(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
