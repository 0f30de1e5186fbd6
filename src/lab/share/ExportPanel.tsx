/** What a finished experiment can be taken away as: data, charts, citation, command line. */
import { useState, type ReactNode } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import { writeAddress } from "../../experiment/address";
import type { Report } from "../../experiment/report";
import { pngOf } from "./chart-png";
import { chartSvg, type SvgPicture } from "./chart-svg";
import { gridMaps, heatSvg, heatTitles } from "./heat-svg";
import { bibtexOf } from "./citation";
import { commandLineOf } from "./RepeatNote";
import { csvOf } from "./report-csv";
import { fileStem } from "../format/labels";
import { reportJson, saveFile } from "./save-file";
import type { LabModel } from "../engine/models";
import type { PictureModel } from "../picture/picture-model";
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
  /** Null for a grid, which has no curves. */
  readonly picture: PictureModel | null;
}

export default function ExportPanel(props: Props): ReactNode {
  const { report, models, recorded } = props;
  const { spec, backend } = report;
  const stem = fileStem(spec);
  const address = new URL(writeAddress({ spec, backend }), document.baseURI).href;
  const charts = chartsOf(props, address);
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
        {charts.length === 0 ? (
          <p>
            The layers of this grid’s networks are not known here: open the networks’ files to save
            its maps. The data above has the numbers.
          </p>
        ) : (
          <>
            <p>
              Light colours, with title and names. SVG scales to any size; PNG is 2× resolution.
            </p>
            <ul className="export-charts">
              {charts.map((chart) => (
                <li key={chart.title}>
                  <ChartButtons {...chart} stem={stem} />
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      <section aria-labelledby="export-network">
        <h3 id="export-network">Stitched network</h3>
        {recorded ? (
          <p>
            Saved results have no stitches. Press Run here; when it is done, you can save the
            stitched network of any layer.
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

/** In CSS pixels. */
const plotHeight = 320;

interface Chart {
  readonly title: string;
  readonly svg: () => SvgPicture;
}

/** Curves, or a grid's heat maps; none where a grid's networks are not here. */
function chartsOf({ report, models, picture }: Props, source: string): readonly Chart[] {
  if (picture === null) {
    return (gridMaps(report, models) ?? []).map((map) => ({
      title: heatTitles[map.kind],
      svg: () => heatSvg(map, source),
    }));
  }
  return [picture.penalty, picture.similarity].map((plot) => ({
    title: plot.title,
    svg: () => chartSvg(plot, picture.axis, plotHeight, source),
  }));
}

function ChartButtons({ title, svg, stem }: Chart & { readonly stem: string }): ReactNode {
  const name = `${stem}--${fileWords(title)}`;
  return (
    <div className="buttons" role="group" aria-label={title}>
      <span className="export-chart-title">{title}</span>
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
