/**
 * Decomposes a stitch's matrix away from the page's thread, which a large one would hold up for
 * seconds.
 */
import { errorData } from "../../core/errors";
import { singularValues } from "../../core/stitch/spectrum";
import type { SpectrumAnswer, SpectrumRequest } from "./spectrum";

self.onmessage = ({ data }: MessageEvent<SpectrumRequest>) => {
  let answer: SpectrumAnswer;
  try {
    answer = { values: singularValues(data.values, data.rows, data.columns) };
  } catch (thrown) {
    answer = { error: errorData(thrown, "matrix of a stitch") };
  }
  self.postMessage(answer);
};
