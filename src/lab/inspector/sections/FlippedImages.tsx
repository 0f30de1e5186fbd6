/** The images that the stitch flipped to wrong, and those that it flipped to right, as pictures. */
import { useState, type ReactNode } from "react";
import { changedImages } from "../../../core/scoring/changes";
import type { Inspection, TestLabels } from "../../../engine/host/inspect";
import { count, points, signedPoints } from "../../format/numbers";
import { penaltyOf } from "../../../core/scoring/penalty";
import { answerNames } from "../../format/labels";
import type { TargetWords } from "../../format/target-words";
import { GlossaryTerm } from "../../learn/GlossaryTerm";
import type { CorrectAnswers } from "./correct-answers";
import { PicturesNotice } from "./PicturesNotice";
import { PressedThumbnail } from "./PressedThumbnail";
import { Section } from "./Section";
import { usePictures, type Pictures } from "./use-pictures";

/** Pictures shown at first, and more at a time. */
const [atFirst, portion] = [6, 24];

/** How the flipped images add up to the penalty. */
export function Arithmetic({ inspection, words }: Omit<Props, "labels" | "correct">): ReactNode {
  const { top, stitched } = inspection;
  const { rightToWrong, wrongToRight } = changedImages(stitched.wrong, top.wrong);
  const { value, standardError } = penaltyOf(stitched.wrong, top.wrong);
  const all = count(top.wrong.length);
  return (
    <div className="arithmetic">
      <p className="sum">
        (<span className="of-worse">{count(rightToWrong.length)}</span> −{" "}
        <span className="of-better">{count(wrongToRight.length)}</span>) / {all} ={" "}
        <strong>{signedPoints(value)} points</strong>
      </p>
      <p className="hint">
        {words.isAgreement
          ? `${count(rightToWrong.length)} of ${all} test images answered unlike the top.`
          : `${count(rightToWrong.length)} flipped to wrong, ${count(wrongToRight.length)} flipped to right, of ${all} test images, compared with the top alone.`}{" "}
        <GlossaryTerm term="standardError">Standard error</GlossaryTerm>: {points(standardError)}{" "}
        points.
      </p>
    </div>
  );
}

interface Props {
  readonly inspection: Inspection;
  readonly labels: TestLabels;
  readonly correct: CorrectAnswers;
  /** What is correct. */
  readonly words: TargetWords;
}

interface FlippedProps extends Props {
  /** The data set, as in a spec. */
  readonly data: string | undefined;
}

export function FlippedImages(props: FlippedProps): ReactNode {
  const { inspection, labels, correct, words, data } = props;
  const { top, stitched } = inspection;
  const [more, setMore] = useState({ worse: atFirst, better: atFirst });
  const flipped = changedImages(stitched.wrong, top.wrong);
  const worse = flipped.rightToWrong.slice(0, more.worse);
  const better = flipped.wrongToRight.slice(0, more.better);
  const pictures = usePictures([...worse, ...better], data);
  const common = { inspection, labels, correct, words, pictures };
  return (
    <Section title={words.isAgreement ? "Images answered unlike the top" : "Flipped images"}>
      {!stitched.predicted && (
        <p className="hint">
          Stored by an earlier version, which did not keep the predicted classes.
        </p>
      )}
      <PicturesNotice {...pictures} />
      <div className="flips">
        <Flips
          {...common}
          title={words.isAgreement ? "Unlike the top" : "Flipped to wrong"}
          images={worse}
          all={flipped.rightToWrong.length}
          onMore={() => setMore({ ...more, worse: more.worse + portion })}
        />
        {!words.isAgreement && (
          <Flips
            {...common}
            title="Flipped to right"
            images={better}
            all={flipped.wrongToRight.length}
            onMore={() => setMore({ ...more, better: more.better + portion })}
          />
        )}
      </div>
      <p className="hint">
        Press an image to see what the stitch does to it. Bold: label. Below it: the answers of the{" "}
        <span className="of-top">top</span> alone → <span className="of-stitch">stitched</span>,
        then that of the <span className="of-bottom">bottom</span> alone.
      </p>
    </Section>
  );
}

interface FlipsProps extends Props {
  readonly pictures: Pictures;
  readonly title: string;
  /** Those that are shown. */
  readonly images: readonly number[];
  readonly all: number;
  readonly onMore: () => void;
}

function Flips({ title, images, all, onMore, ...common }: FlipsProps): ReactNode {
  const left = all - images.length;
  return (
    <div>
      <h4>
        {title}: {count(all)}
      </h4>
      {all === 0 ? (
        <p className="hint">None.</p>
      ) : (
        <ul aria-label={title}>
          {images.map((image) => (
            <Flip key={image} {...common} image={image} />
          ))}
        </ul>
      )}
      {left > 0 && (
        <button type="button" className="quiet" onClick={onMore}>
          {left <= portion
            ? `Show ${count(left)} more`
            : `Show ${count(portion)} more (${count(left)} left)`}
        </button>
      )}
    </div>
  );
}

interface FlipProps extends Props {
  readonly pictures: Pictures;
  readonly image: number;
}

function Flip({ inspection, labels, correct, words, pictures, image }: FlipProps): ReactNode {
  const { top, bottom, stitched } = inspection;
  const label = correct.labelOf(image);
  const said = (of: typeof top): string => {
    const predicted = of.predicted?.[image];
    if (predicted === undefined) return of.wrong[image] === 1 ? words.wrong : words.right;
    return answerNames(correct.naming, of.classes)[predicted] ?? "no answer";
  };
  return (
    <li>
      <PressedThumbnail
        {...{ pictures, image }}
        label={labels.labels[image]}
        alt={`Test image ${image + 1}: ${label}`}
      />
      <div>
        {label !== "" && (
          <strong>
            <span className="visually-hidden">Label: </span>
            {label}
          </strong>
        )}
        <p>
          <span className="visually-hidden">Top alone: </span>
          {said(top)} <span aria-hidden="true">→</span>
          <span className="visually-hidden">. Stitched: </span> {said(stitched)}
        </p>
        {bottom && (
          <p className="hint">
            <span className="of-bottom">bottom</span>: {said(bottom)}
          </p>
        )}
      </div>
    </li>
  );
}
