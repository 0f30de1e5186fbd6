/** Some of the test images that a network gets wrong, with what it takes them for. */
import { useEffect, useState, type ReactNode } from "react";
import type { TestLabels } from "../../engine/host/inspect";
import type { ScoredPart } from "../../engine/network-training";
import { count } from "../format/numbers";
import { PicturesNotice } from "../inspector/sections/PicturesNotice";
import { Thumbnail } from "../inspector/sections/Thumbnail";
import { usePictures } from "../inspector/sections/use-pictures";
import { useStitchSource } from "../view/services";

interface Props {
  readonly answers: ScoredPart;
  /** The data set, as in a spec. */
  readonly data: string | undefined;
}

const portion = 12;

export function Mistakes({ answers, data }: Props): ReactNode {
  const { wrong, predicted } = answers;
  const [shown, setShown] = useState(portion);
  const source = useStitchSource();
  const [known, setKnown] = useState<TestLabels | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    source.testLabels(wrong.length, data).then(
      (labels) => {
        if (wanted) setKnown(labels);
      },
      // The pictures, which are in the same files, say why.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [source, wrong.length, data, attempt]);
  const all = [...wrong.keys()].filter((image) => wrong[image] === 1);
  const images = all.slice(0, shown);
  const pictures = usePictures(images, data);
  const nameOf = (index: number | undefined): string =>
    (index === undefined ? undefined : known?.classes.names[index]) ?? "no answer";
  return (
    <div className="mistakes">
      <h4>
        What it gets wrong: {count(all.length)} of {count(wrong.length)} test images
      </h4>
      <PicturesNotice
        {...pictures}
        retry={() => {
          setAttempt(attempt + 1);
          pictures.retry();
        }}
      />
      <ul>
        {images.map((image) => {
          const label = known ? nameOf(known.labels[image]) : "";
          return (
            <li key={image}>
              <Thumbnail {...{ pictures, image }} alt={`Test image ${image + 1}`} />
              {known && (
                <div>
                  <strong>{label}</strong>
                  <p className="hint">taken for {nameOf(predicted[image])}</p>
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {shown < all.length && (
        <button type="button" className="quiet" onClick={() => setShown(shown + portion)}>
          Show {count(Math.min(portion, all.length - shown))} more
        </button>
      )}
    </div>
  );
}
