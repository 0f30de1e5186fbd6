/**
 * Decomposes a stitch's matrix away from the page's thread, which a large one would hold up for
 * seconds.
 */
import { errorData, type LabErrorData } from "../../../core/errors";
import { singularValues } from "../../../core/stitch/spectrum";
import type { StitchMatrix } from "../../../engine/host/inspect";

export type SpectrumRequest = Pick<StitchMatrix, "values" | "rows" | "columns">;
export type SpectrumAnswer = { readonly values: Float64Array } | { readonly error: LabErrorData };

self.onmessage = ({ data }: MessageEvent<SpectrumRequest>) => {
  let answer: SpectrumAnswer;
  try {
    answer = { values: singularValues(data.values, data.rows, data.columns) };
  } catch (thrown) {
    answer = { error: errorData(thrown, "matrix of a stitch") };
  }
  self.postMessage(answer);
};
