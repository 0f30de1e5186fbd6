/** The picture from left to right: the image, the channels at the site, the answers. */
import { useMemo, type ReactNode } from "react";
import { namesOfClasses, type Classes } from "../../core/data/form";
import type { ImageSet } from "../../core/data/image-set";
import type { PassageQuestion } from "../../engine/host/passage";
import type { Seen } from "../../engine/passage";
import type { TargetWords } from "../format/target-words";
import { AnswerBars } from "./AnswerBars";
import { answerOf, comparedWith, labelOf, share } from "./answers";
import { shownChannels, type ShownChannels } from "./channels/channels";
import { pixelsOf } from "./ImagePicker";
import { Photo } from "../ui/Photo";
import { PictureLegend } from "./channels/PictureLegend";
import { PictureTable } from "./channels/PictureTable";
import { placeInWords, type Place } from "./places";
import { PassageSentence } from "./PassageSentence";
import type { ChosenImage } from "./see-image";
import { StitchPicture } from "./channels/StitchPicture";
import type { PassageView } from "./use-passages";

interface Props {
  readonly view: PassageView;
  /** In the order of the sites. */
  readonly places: readonly Place[];
  /** The site that is chosen, whose picture may not be there yet. */
  readonly site: number;
  readonly images: ImageSet;
  readonly image: ChosenImage;
  readonly picker: ReactNode;
  /** The classes that name the answers. */
  readonly naming: Classes;
  /** What the penalty is a share of. */
  readonly words: TargetWords;
  /** What the chart has of this stitch; empty where it has nothing else. */
  readonly chart: string;
}

export function Passage(props: Props): ReactNode {
  const { view, places, site, images, image, picker, naming, words, chart } = props;
  const { shown, fitting } = view;
  const { classes } = images;
  const label = labelOf(image, images.labels);
  const place = places[shown?.question.site ?? site];
  const pixels = image.type === "test" ? pixelsOf(images, image.index) : image.pixels;
  return (
    <>
      <PassageSentence {...{ view, places, images, naming, words, chart }} />
      <div className="passage">
        <div className="passage-image">
          <div className="passage-photo">
            <Photo pixels={pixels} height={images.height} width={images.width} />
            <p>
              {label === null ? "your image" : (classes.names[label] ?? "a test image")}
              {place && (
                <span className="of-bottom">
                  <span aria-hidden="true">→ </span>through B up to {place.bottom}
                </span>
              )}
            </p>
          </div>
          {picker}
        </div>
        {shown && place ? (
          <Shown {...shown} place={placeInWords(place)} {...{ images, naming, words }} />
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
}

interface ShownProps {
  readonly seen: Seen;
  readonly question: PassageQuestion;
  readonly place: string;
  readonly images: ImageSet;
  readonly naming: Classes;
  readonly words: TargetWords;
}

function Shown({ seen, question, place, images, naming, words }: ShownProps): ReactNode {
  const { classes } = images;
  const channels = useMemo(() => shownChannels(seen), [seen]);
  const label = labelOf(question.image, images.labels);
  const { bottom, stitched, top } = seen.probabilities;
  // A network with other classes answers no label, even where two have the same name.
  const isAsked = namesOfClasses(classes, top.length) !== null;
  const ofTop = answerOf(top, label, classes, naming);
  const answer = (of: Float32Array) => {
    const own = answerOf(of, label, classes, naming);
    return words.isAgreement ? comparedWith(ofTop, own) : own;
  };
  return (
    <>
      <StitchPicture seen={seen} shown={channels} place={place} />
      <div className="passage-answers">
        <AnswerBars
          words={words}
          label={label !== null && isAsked ? (classes.names[label] ?? null) : null}
          bottom={bottom && answer(bottom)}
          stitched={answer(stitched)}
          top={ofTop}
        />
        <PictureLegend scale={channels.topScale} />
        <p className="hint">
          {shownInWords(seen, channels)}
          {seen.fittedTo !== null && ` Fitted to ${seen.fittedTo} training images.`}
        </p>
      </div>
      <PictureTable seen={seen} shown={channels} place={place} />
    </>
  );
}

function shownInWords({ own, bottom }: Seen, { sources, targets, covered }: ShownChannels): string {
  const ofTop =
    targets.length < own.channels
      ? `The ${targets.length} most active of A’s ${own.channels} channels`
      : `All ${own.channels} channels of A`;
  const ofBottom =
    sources.length < bottom.channels
      ? `the ${sources.length} of B’s ${bottom.channels} that contribute most to them (${share(covered)})`
      : `all ${bottom.channels} of B`;
  return `${ofTop}, and ${ofBottom}.`;
}
