/** Figures of a finished experiment as files, at the width of a paper's column, page or a slide. */
import { useId, useState, type ReactNode } from "react";
import type { MeasureName } from "../../../core/similarity/measures";
import { presets } from "../../../experiment/figures";
import type { Report } from "../../../experiment/report";
import type { LabModel } from "../../engine/models";
import { targetWords } from "../../format/target-words";
import type { PictureModel } from "../../picture/model/picture-model";
import { presetOf } from "../../session/experiment/preset";
import { pngOf } from "./chart-png";
import { chartSvg } from "./svg/chart-svg";
import { figureSizes, type FigureSizeName, type SvgPicture } from "./figure-size";
import { heatFigures, heatSvg } from "./svg/heat-svg";
import { SaveButtons } from "../SaveButtons";

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
  /** Null for a grid, which has no curves. */
  readonly picture: PictureModel | null;
  readonly measure: MeasureName;
  /** Where the figures can be had again. */
  readonly source: string;
  /** Beginning of the files' names. */
  readonly stem: string;
}

const sizeNames: readonly FigureSizeName[] = ["slide", "column", "page"];

export function ExportFigures(props: Props): ReactNode {
  const { report, picture, stem } = props;
  const [sizeName, setSize] = useState<FigureSizeName>("slide");
  const [captioned, setCaptioned] = useState(false);
  const id = useId();
  const preset = picture === null ? null : presetOf(report.spec);
  const claim = preset === null ? "" : presets[preset].claim;
  const figures = figuresOf(props, sizeName, captioned ? claim : "");
  return (
    <section aria-labelledby="export-charts">
      <h3 id="export-charts">Figures</h3>
      {figures.length === 0 ? (
        <p>
          The layers of this grid’s networks are not known here: open the networks’ files to save
          its maps. The data above has the numbers.
        </p>
      ) : (
        <>
          <p>
            Always in light colours. SVG and PDF scale to any size; PNG has 600 dots per inch for a
            paper and 2× resolution for a slide.
          </p>
          <div className="buttons export-choices">
            <label htmlFor={id}>Width</label>
            <select
              id={id}
              value={sizeName}
              onChange={({ target }) =>
                setSize(sizeNames.find((name) => name === target.value) ?? sizeName)
              }
            >
              {sizeNames.map((name) => (
                <option key={name} value={name}>
                  {figureSizes[name].label}
                </option>
              ))}
            </select>
            {claim !== "" && (
              <label>
                <input
                  type="checkbox"
                  checked={captioned}
                  onChange={({ target }) => setCaptioned(target.checked)}
                />{" "}
                With the claim
              </label>
            )}
          </div>
          <ul className="export-charts">
            {figures.map((figure) => (
              <li key={figure.title}>
                <FigureButtons {...figure} stem={stem} suffix={figureSizes[sizeName].suffix} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface Figure {
  readonly title: string;
  readonly svg: () => SvgPicture;
}

/** Curves, or a grid's heat maps; none where a grid's networks are not here. */
function figuresOf(
  { report, models, picture, measure, source }: Props,
  sizeName: FigureSizeName,
  caption: string,
): readonly Figure[] {
  const size = figureSizes[sizeName];
  if (picture === null) {
    return (heatFigures(report, models, measure) ?? []).map((figure) => ({
      title: figure.title,
      svg: () => heatSvg(figure, source, size),
    }));
  }
  const { axis, penalty, similarity, probes } = picture;
  const figure = (title: string, plots: readonly (typeof penalty)[]): Figure => ({
    title,
    svg: () => chartSvg({ plots, axis, caption, source }, size),
  });
  return [
    figure(`${targetWords(report.spec).name} and similarity`, [penalty, similarity]),
    figure(penalty.title, [penalty]),
    figure(similarity.title, [similarity]),
    ...(probes ? [figure(probes.title, [probes])] : []),
  ];
}

interface FigureProps extends Figure {
  readonly stem: string;
  readonly suffix: string;
}

function FigureButtons({ title, svg, stem, suffix }: FigureProps): ReactNode {
  const name = `${stem}--${fileWords(title)}-${suffix}`;
  return (
    <div className="buttons" role="group" aria-label={title}>
      <span className="export-chart-title">{title}</span>
      <SaveButtons
        files={[
          {
            label: "SVG",
            name: `${name}.svg`,
            content: () => new Blob([svg().text], { type: "image/svg+xml" }),
          },
          { label: "PDF", name: `${name}.pdf`, content: () => pdfOf(svg()) },
          { label: "PNG", name: `${name}.png`, content: () => pngOf(svg()) },
        ]}
      />
    </div>
  );
}

async function pdfOf(picture: SvgPicture): Promise<Blob> {
  const pdf = await import("./chart-pdf");
  return pdf.pdfOf(picture);
}

/** "Stitching penalty, in percentage points" → "stitching-penalty-in-percentage-points" */
function fileWords(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
