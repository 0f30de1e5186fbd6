/** Some of the test images that a network gets wrong, with what it takes them for. */
import { useEffect, useState, type ReactNode } from "react";
import type { TestLabels } from "../../engine/host/inspect";
import { count } from "../format/numbers";
import { PicturesNotice } from "../inspector/sections/PicturesNotice";
import { Thumbnail } from "../inspector/sections/Thumbnail";
import { usePictures } from "../inspector/sections/use-pictures";
import type { Mistake } from "../session/trainings/training-job";
import { useStitchSource } from "../view/services";

interface Props {
  readonly mistakes: readonly Mistake[];
  /** Images that the network was tested on. */
  readonly testImages: number;
  /** The data set, as in a spec. */
  readonly data: string | undefined;
}

const portion = 12;

export function Mistakes({ mistakes, testImages, data }: Props): ReactNode {
  const [shown, setShown] = useState(portion);
  const source = useStitchSource();
  const [known, setKnown] = useState<TestLabels | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    source.testLabels(testImages, data).then(
      (labels) => {
        if (wanted) setKnown(labels);
      },
      // The pictures, which are in the same files, say why.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [source, testImages, data, attempt]);
  const some = mistakes.slice(0, shown);
  const pictures = usePictures(
    some.map(({ image }) => image),
    data,
  );
  const nameOf = (index: number | undefined): string =>
    (index === undefined ? undefined : known?.classes.names[index]) ?? "no answer";
  return (
    <div className="mistakes">
      <h4>
        What it gets wrong: {count(mistakes.length)} of {count(testImages)} test images
      </h4>
      <PicturesNotice
        {...pictures}
        retry={() => {
          setAttempt(attempt + 1);
          pictures.retry();
        }}
      />
      <ul>
        {some.map(({ image, predicted }) => {
          const label = known ? nameOf(known.labels[image]) : "";
          return (
            <li key={image}>
              <Thumbnail {...{ pictures, image }} alt={`Test image ${image + 1}`} />
              {known && (
                <div>
                  <strong>{label}</strong>
                  <p className="hint">taken for {nameOf(predicted)}</p>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {shown < mistakes.length && (
        <button type="button" className="quiet" onClick={() => setShown(shown + portion)}>
          Show {count(Math.min(portion, mistakes.length - shown))} more
        </button>
      )}
    </div>
  );
}
