/** What is seen, in one sentence, and the penalty of the stitch as it becomes known. */
import type { ReactNode } from "react";
import type { Classes } from "../../core/data/form";
import type { ImageSet } from "../../core/data/image-set";
import type { TargetWords } from "../format/target-words";
import { answerOf, labelOf, penaltyInWords, shareOfAnswer, type Answer } from "./answers";
import { placeInWords, type Place } from "./places";
import { stitchInWords } from "./stitch-kinds";
import type { PassageView } from "./use-passages";

interface Props {
  readonly view: PassageView;
  /** In the order of the sites. */
  readonly places: readonly Place[];
  readonly images: ImageSet;
  /** The classes that name the answers. */
  readonly naming: Classes;
  /** What the penalty is a share of. */
  readonly words: TargetWords;
  /** What the chart has of this stitch; empty where it has nothing else. */
  readonly chart: string;
}

export function PassageSentence({ view, places, images, naming, words, chart }: Props): ReactNode {
  const { shown, penalty, fitting } = view;
  const { classes, labels } = images;
  if (!shown) return <p className="see-sentence">Loading both networks…</p>;
  const { seen, question } = shown;
  const { image, stitch, site } = question;
  const place = places[site];
  const label = labelOf(image, labels);
  const answer = (of: Float32Array): Answer => answerOf(of, label, classes, naming);
  const sentence = (
    <>
      Stitched {place && placeInWords(place)} with {stitchInWords(stitch)}, the network says{" "}
      <Said answer={answer(seen.probabilities.stitched)} /> for{" "}
      {label === null ? "your image" : `this ${classes.names[label] ?? "image"}`}; A alone says{" "}
      <Said answer={answer(seen.probabilities.top)} />.
    </>
  );
  const settled = penalty !== null && penalty.scored === penalty.of;
  return (
    <>
      <p className="see-sentence" aria-hidden="true">
        <span>{sentence}</span>{" "}
        <span className="see-penalty">
          <b className="of-stitch">
            {penalty === null && fitting !== null
              ? `Fitting the stitch: ${Math.round(100 * fitting)}%`
              : penaltyInWords(penalty, words)}
          </b>{" "}
          {penalty !== null && chart}
        </span>
      </p>
      {/* Read out once it is complete, not with every step. */}
      <p className="visually-hidden" role="status">
        {settled && (
          <>
            {sentence} {penaltyInWords(penalty, words)} {chart}
          </>
        )}
      </p>
    </>
  );
}

function Said({ answer }: { readonly answer: Answer }): ReactNode {
  const { names, predicted } = answer;
  if (predicted === null) return "nothing (its numbers overflow)";
  return (
    <>
      <b>{names[predicted]}</b> ({shareOfAnswer(answer)})
    </>
  );
}
