/** The images that the stitch made wrong, and those that it put right, as pictures. */
import { useState, type ReactNode, useEffect, useRef } from "react";
import { answersFor } from "../../core/data/labels";
import { changedImages } from "../../core/scoring/changes";
import type { Answers, Inspection } from "../../engine/host/inspect";
import type { LabelledImages } from "../engine/engine-types";
import { answerNames } from "../format/class-names";
import { count } from "../format/numbers";
import { Section } from "./Section";

/** Pictures shown at first, and more at a time. */
const portion = 24;

interface Props {
  readonly inspection: Inspection;
  readonly images: LabelledImages;
}

export function ChangedImages({ inspection, images }: Props): ReactNode {
  const { top, stitched } = inspection;
  const { rightToWrong, wrongToRight } = changedImages(stitched.wrong, top.wrong);
  const all = top.wrong.length;
  const unchanged = all - rightToWrong.length - wrongToRight.length;
  return (
    <Section title="Flipped images" wide>
      <p>
        Compared with the top alone, {count(rightToWrong.length)} of {count(all)} test images went
        from right to wrong, {count(wrongToRight.length)} from wrong to right, and{" "}
        {count(unchanged)} did not change. Penalty: first number minus second, divided by all.
      </p>
      {!stitched.predicted && (
        <p className="hint">
          Stored by an earlier version, which did not keep the predicted classes.
        </p>
      )}
      <div className="changed-lists">
        <Changed
          {...{ inspection, images }}
          title="Right to wrong"
          none="None."
          list={rightToWrong}
        />
        <Changed
          {...{ inspection, images }}
          title="Wrong to right"
          none="None."
          list={wrongToRight}
        />
      </div>
    </Section>
  );
}

interface ChangedProps extends Props {
  readonly title: string;
  readonly none: string;
  readonly list: readonly number[];
}

function Changed({ inspection, images, title, none, list }: ChangedProps): ReactNode {
  const [shown, setShown] = useState(portion);
  const left = list.length - shown;
  return (
    <div className="changed">
      <h4>
        {title}: {count(list.length)}
      </h4>
      {list.length === 0 ? (
        <p className="hint">{none}</p>
      ) : (
        <ul aria-label={title}>
          {list.slice(0, shown).map((image) => (
            <ChangedImage key={image} {...{ inspection, images, image }} />
          ))}
        </ul>
      )}
      {left > 0 && (
        <button type="button" className="quiet" onClick={() => setShown(shown + portion)}>
          {left <= portion
            ? `Show ${count(left)} more`
            : `Show ${count(portion)} more (${count(left)} left)`}
        </button>
      )}
    </div>
  );
}

interface ChangedImageProps extends Props {
  readonly image: number;
}

function ChangedImage({ inspection, images, image }: ChangedImageProps): ReactNode {
  const { top, bottom, stitched } = inspection;
  const names = answerNames(top.classes, images.classNames);
  const answer = answersFor(images.labels, top.classes)[image] ?? 0;
  const given = (of: Answers | null): string => answerText(of, image, images.classNames);
  return (
    <li>
      <Thumbnail {...{ images, image }} alt={`Test image ${image + 1}: ${names[answer] ?? ""}`} />
      <dl>
        <div className="is-answer">
          <dt>label</dt>
          <dd>{names[answer]}</dd>
        </div>
        <div>
          <dt className="of-top">top</dt>
          <dd>{given(top)}</dd>
        </div>
        <div>
          <dt className="of-bottom">bottom</dt>
          <dd>{given(bottom)}</dd>
        </div>
        <div>
          <dt className="of-stitch">stitched</dt>
          <dd>{given(stitched)}</dd>
        </div>
      </dl>
    </li>
  );
}

interface ThumbnailProps {
  readonly images: LabelledImages;
  readonly image: number;
  readonly alt: string;
}

function Thumbnail({ images, image, alt }: ThumbnailProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, pixels } = images;
  useEffect(() => {
    const size = width * height;
    const rgba = new Uint8ClampedArray(4 * size).fill(255);
    for (let k = 0; k < size; k++) {
      const from = 3 * (image * size + k);
      rgba.set(pixels.subarray(from, from + 3), 4 * k);
    }
    canvas.current?.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [image, pixels, width, height]);
  return (
    <canvas ref={canvas} className="thumbnail" role="img" aria-label={alt} {...{ width, height }} />
  );
}

/** The answer with a mark, so that neither colour nor memory is needed to tell right from wrong. */
function answerText(answers: Answers | null, image: number, classNames: readonly string[]): string {
  if (!answers) return "not yet";
  const wrong = answers.wrong[image] === 1;
  const predicted = answers.predicted?.[image];
  const said =
    predicted === undefined
      ? wrong
        ? "wrong"
        : "right"
      : (answerNames(answers.classes, classNames)[predicted] ?? "");
  return `${wrong ? "✗" : "✓"} ${said}`;
}
