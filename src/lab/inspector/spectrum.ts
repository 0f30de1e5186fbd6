/** Singular values of a stitch's matrix, found by a worker of its own. */
import { LabError, type LabErrorData } from "../../core/errors";
import type { StitchMatrix } from "../../engine/host/inspect";

export type SpectrumRequest = Pick<StitchMatrix, "values" | "rows" | "columns">;
export type SpectrumAnswer = { readonly values: Float64Array } | { readonly error: LabErrorData };

/** @throws LabError when the matrix cannot be decomposed, or the worker cannot be started */
export function spectrumOf({ values, rows, columns }: StitchMatrix): Promise<Float64Array> {
  const worker = new Worker(new URL("./spectrum-worker.ts", import.meta.url), { type: "module" });
  return new Promise<Float64Array>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<SpectrumAnswer>) => {
      if ("values" in data) resolve(data.values);
      else reject(new LabError(data.error));
    };
    worker.onerror = ({ message }) => {
      const expected = "a worker";
      const found = message || "none";
      reject(new LabError({ code: "backend", input: "matrix of a stitch", expected, found }));
    };
    worker.postMessage({ values, rows, columns } satisfies SpectrumRequest);
  }).finally(() => worker.terminate());
}
