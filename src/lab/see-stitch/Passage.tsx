/** The picture from left to right: the image, the channels at the site, the answers. */
import type { ReactNode } from "react";
import { imageSide } from "../../core/nets/architecture";
import type { LabelledImages } from "../engine/engine-types";
import { answerOf, penaltyInWords, sentenceOf } from "./answers";
import { AnswerBars } from "./AnswerBars";
import { pixelsOf, type ChosenImage } from "./ImagePicker";
import { Photo } from "./MapImage";
import { StitchPicture } from "./StitchPicture";
import type { PassageView } from "./use-passages";

interface Props {
  readonly view: PassageView;
  /** Names of the sites. */
  readonly places: readonly string[];
  readonly images: LabelledImages;
  readonly image: ChosenImage;
  readonly picker: ReactNode;
}

export function Passage({ view, places, images, image, picker }: Props): ReactNode {
  const { shown, penalty, fitting, error } = view;
  const { classNames, labels } = images;
  const label = image.type === "test" ? (labels[image.index] ?? null) : null;
  const pixels = image.type === "test" ? pixelsOf(images, image.index) : image.pixels;
  const place = places[shown?.question.site ?? 0] ?? "";
  const sentence = shown && sentenceFor();
  const settled = penalty !== null && penalty.scored === penalty.of;
  return (
    <>
      <p className="see-sentence" aria-hidden={sentence ? "true" : undefined}>
        {sentence ?? "Loading both networks…"} {sentence && <b>{penaltyInWords(penalty)}</b>}
      </p>
      <p className="visually-hidden" role="status">
        {sentence && settled ? `${sentence} ${penaltyInWords(penalty)}` : ""}
      </p>
      {error && (
        <p className="notice notice-problems" role="alert">
          No picture for this stitch. {error.input}: expected {error.expected}; found {error.found}.
        </p>
      )}
      <div className="passage">
        <div className="passage-image">
          <Photo pixels={pixels} height={imageSide} width={imageSide} />
          <p>{label === null ? "your image" : classNames[label]}</p>
          {picker}
        </div>
        {shown ? (
          <>
            <StitchPicture seen={shown.seen} place={place} />
            <div className="passage-answers">
              <AnswerBars {...answersOf()} />
              <p className="hint">
                {fittedInWords(shown.seen.fittedTo)}
                {fitting !== null && ` Comparing activations: ${Math.round(100 * fitting)}%.`}
              </p>
            </div>
          </>
        ) : (
          <p className="passage-waiting" role="status">
            {fitting === null
              ? "Loading both networks…"
              : `Comparing activations on training images: ${Math.round(100 * fitting)}%`}
          </p>
        )}
      </div>
    </>
  );

  /** Of the picture on the screen, which may be of the question before. */
  function sentenceFor(): string {
    if (!shown) return "";
    const { seen, question } = shown;
    return sentenceOf({ place, stitch: question.stitch, seen, label: labelShown(), classNames });
  }

  function labelShown(): number | null {
    const of = shown?.question.image;
    return of?.type === "test" ? (labels[of.index] ?? null) : null;
  }

  function answersOf() {
    const none = new Float32Array(10).fill(NaN);
    const { bottom, stitched, top } = shown?.seen.probabilities ?? {
      bottom: none,
      stitched: none,
      top: none,
    };
    const answer = (of: Float32Array) => answerOf(of, labelShown(), classNames);
    return { bottom: answer(bottom), stitched: answer(stitched), top: answer(top) };
  }
}

function fittedInWords(images: number | null): string {
  return images === null ? "" : `Fitted to ${images} training images, scored on others.`;
}
