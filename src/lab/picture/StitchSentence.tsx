/** What the stitched network at the layer in view is, and what it costs, in one sentence. */
import type { ReactNode } from "react";
import { tapsOf } from "../../core/nets/taps";
import type { NamedSite } from "../../experiment/sites";
import type { Perturbation } from "../../experiment/perturbation";
import { perturbationLabel } from "../format/labels";
import { networkTitle } from "../session/experiment/model-names";
import type { TargetWords } from "../format/target-words";
import { deviation, points, signedPoints, similarityText } from "../format/numbers";
import type { ModelPair } from "../session/experiment/pair";
import type { Penalty, Row } from "../session/results/rows";
import { shapeText } from "./drawing-geometry";

interface Props {
  readonly pair: ModelPair;
  readonly place: NamedSite;
  /** What is done to the bottom's representations. */
  readonly perturbation: Perturbation;
  /** What is known there. */
  readonly row: Row | undefined;
  /** What the numbers are a share of. */
  readonly words: TargetWords;
  /** On one line with what it costs. */
  readonly children?: ReactNode;
}

export function StitchSentence(props: Props): ReactNode {
  const { pair, place, perturbation, row, words, children } = props;
  const from = tapsOf(pair.bottom.architecture)[place.bottomTap];
  const topTaps = tapsOf(pair.top.architecture);
  const next = topTaps[place.topTap + 1];
  if (!from) return null;
  const known = knownText(row, words);
  return (
    <>
      An image goes through <strong className="of-bottom">{networkTitle(pair.bottom)}</strong> up to{" "}
      {from.name} ({shapeText(from)}), {changeText(perturbation)}the{" "}
      <strong className="of-stitch">stitch</strong>, then{" "}
      <strong className="of-top">{networkTitle(pair.top)}</strong>
      {next ? ` from ${next.name} on. ` : "’s classifier. "}
      <span className="unbroken">
        {known !== null && <strong>{known}</strong>} {children}
      </span>
    </>
  );
}

function changeText(perturbation: Perturbation): string {
  switch (perturbation) {
    case "none":
      return "";
    case "shuffled":
      return "its positions shuffled, ";
    case "class-noise":
      return "where noise that only knows the label takes the place of what it represents, ";
    default:
      return `with ${perturbationLabel(perturbation)}, `;
  }
}

/** Penalty at a layer, or what stands for it; null where nothing is known. */
export function knownText(row: Row | undefined, words: TargetWords): string | null {
  if (row?.failure) return "No stitch here.";
  if (!row) return null;
  if (!row.penalty) return row.leastSquares && untrainedText(row.leastSquares);
  const { value, standardError } = row.penalty;
  // A difference that may be none is not called a gain.
  return value < -(standardError ?? 0)
    ? `Error drops by ${points(-value)}${deviation(standardError)} points.`
    : words.sentence(`${signedPoints(value)}${deviation(standardError)}`);
}

/** A trained stitch may cost far less. */
function untrainedText({ value, standardError }: Penalty): string {
  return `Least squares: ${signedPoints(value)}${deviation(standardError)} points; not trained yet.`;
}

/** The same for a slider's value, which has no colours. */
export function valueText(
  name: string,
  row: Row | undefined,
  words: TargetWords,
  perturbation: Perturbation = "none",
): string {
  const known = knownText(row, words);
  const similarity =
    row?.similarity.status === "known"
      ? ` Similarity ${similarityText(row.similarity.value)}.`
      : "";
  const changed = perturbation === "none" ? "" : `, ${perturbationLabel(perturbation)}`;
  return `${name}${changed}.${known === null ? "" : ` ${known}`}${similarity}`;
}
