/** Saves the stitched network of one layer as a file, once its logits agree. */
import { useId, useState, type ReactNode } from "react";
import { errorData, type LabErrorData } from "../../../core/errors";
import type { Report } from "../../../experiment/report";
import { curvesOf } from "../../../experiment/spec";
import type { WrittenNetwork } from "../../engine/engine-types";
import { saveFile } from "../save-file";
import type { LabModel } from "../../engine/models";
import { ErrorAlert } from "../../ui/ErrorAlert";
import { modelName } from "../../session/experiment/model-names";
import { count, megabytes } from "../../format/numbers";
import { curveLabel } from "../../format/labels";
import { useWriter } from "../../view/services";

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
}

type Saving =
  | { readonly status: "idle" }
  | { readonly status: "working" }
  | { readonly status: "saved"; readonly network: WrittenNetwork }
  | { readonly status: "failed"; readonly error: LabErrorData };

export function SaveNetwork({ report, models }: Props): ReactNode {
  const writer = useWriter();
  const [curveId, layerId] = [useId(), useId()];
  const { curves } = report;
  const [curve, setCurve] = useState(0);
  const sites = curves[curve]?.sites ?? [];
  const [chosen, setSite] = useState<number | null>(null);
  const site = sites.find((other) => other.site === chosen)?.site ?? sites[0]?.site ?? null;
  const [saving, setSaving] = useState<Saving>({ status: "idle" });

  if (site === null) return <p>This experiment has no stitches.</p>;

  async function save(at: number): Promise<void> {
    setSaving({ status: "working" });
    try {
      const network = await writer.writeNetwork(report, curve, at);
      saveFile(network.name, new Blob([new Uint8Array(network.bytes)]));
      setSaving({ status: "saved", network });
    } catch (thrown) {
      setSaving({ status: "failed", error: errorData(thrown, "the stitched network") });
    }
  }

  return (
    <>
      <p>
        Bottom, stitch and top as one network: a safetensors file with PyTorch’s names. The stitch’s
        BatchNorms are folded into one layer, <code>stitch</code>; after the last layer of a CNN it
        is merged into <code>fc</code>. The file is read back and saved only if its logits match the
        stitched network’s.
      </p>
      <div className="export-fields">
        {curves.length > 1 && (
          <>
            <label htmlFor={curveId}>Curve</label>
            <select
              id={curveId}
              value={curve}
              onChange={({ target }) => {
                setCurve(Number(target.value));
                setSaving({ status: "idle" });
              }}
            >
              {curvesOf(report.spec).map((spec, index) => (
                <option key={index} value={index}>
                  {curveLabel(spec, report.spec, (id) => modelName(id, models))}
                </option>
              ))}
            </select>
          </>
        )}
        <label htmlFor={layerId}>Layer</label>
        <select
          id={layerId}
          value={site}
          onChange={({ target }) => {
            setSite(Number(target.value));
            setSaving({ status: "idle" });
          }}
        >
          {sites.map((other) => (
            <option key={other.site} value={other.site}>
              {other.name}
            </option>
          ))}
        </select>
      </div>
      <div className="buttons">
        <button
          type="button"
          disabled={saving.status === "working"}
          onClick={() => void save(site)}
        >
          Check and save network
        </button>
      </div>
      <p role="status">{statusOf(saving)}</p>
      {saving.status === "failed" && (
        <ErrorAlert error={saving.error} onRetry={() => void save(site)} />
      )}
    </>
  );
}

function statusOf(saving: Saving): string {
  switch (saving.status) {
    case "working":
      return "Writing and checking the file…";
    case "saved": {
      const { name, bytes, images, largestDifference, largestLogit, tolerance } = saving.network;
      return `Saved ${name}, ${megabytes(bytes.byteLength)}. Largest logit difference on ${count(images)} test images: ${scientific(largestDifference)} (tolerance ${scientific(tolerance)}; largest logit ${largestLogit.toFixed(1)}).`;
    }
    case "idle":
    case "failed":
      return "";
    default:
      return saving satisfies never;
  }
}

/** 0.0000031 → "3.1 × 10⁻⁶" */
function scientific(value: number): string {
  if (value === 0) return "0";
  const [digits = "", exponent = "0"] = value.toExponential(1).split("e");
  const raised = exponent.replace("+", "").replace(/[-\d]/g, (sign) => superscripts[sign] ?? sign);
  return `${digits} × 10${raised}`;
}

const superscripts: Readonly<Record<string, string>> = {
  "-": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};
