/** Remembers what is used and given, for the next choice. */
import { useEffect } from "react";
import type { Spec } from "../../experiment/spec";
import { noteExperiment, noteNetworks } from "./recent";

/**
 * @param isFigure what a figure of the gallery uses was not chosen by the visitor
 * @param taken networks that were just given
 */
export function useNoteRecent(spec: Spec, isFigure: boolean, taken: readonly string[]): void {
  useEffect(() => {
    if (!isFigure) noteExperiment(spec);
  }, [spec, isFigure]);
  useEffect(() => {
    noteNetworks(taken);
  }, [taken]);
}
