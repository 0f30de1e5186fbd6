/** What the images are, before anything is kept, and how they are to be read. */
import { useId, type ReactNode } from "react";
import { inputOf } from "../../core/nets/architecture";
import { count, size } from "../format/numbers";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import type { Preview } from "../engine/own-images/messages";
import { leastTrainImages } from "../session/experiment/data-choice";
import { networkTitle, shortHash } from "../session/experiment/model-names";
import type { ModelPair } from "../session/experiment/pair";
import { CopyText } from "../ui/CopyText";
import { NumberField } from "../ui/NumberField";
import { Photo } from "../ui/Photo";
import { DataFit } from "./DataFit";
import {
  asksSize,
  bytesTaken,
  commandOptions,
  misreads,
  normalisationLabel,
  normalisationNames,
  oneSize,
  previewedChoice,
  type ImageAnswers,
} from "./image-options";

interface Props {
  readonly name: string;
  readonly preview: Preview;
  readonly answers: ImageAnswers;
  readonly pair: ModelPair | null;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** What names the data set that is asked for. */
  readonly wanted: string | null;
  readonly onChange: (answers: ImageAnswers) => void;
  readonly onRead: () => void;
  readonly onOther: () => void;
}

export function PreviewForm(props: Props): ReactNode {
  const { name, preview, answers, pair, spec, models, wanted, onChange, onRead, onOther } = props;
  const reads = pair && inputOf(pair.top.architecture);
  const tooFew = preview.train < leastTrainImages;
  const channels = answers.isGrey ? 1 : preview.channels;
  const misreading =
    pair &&
    [pair.top, pair.bottom].find(({ architecture }) => misreads(architecture, preview, answers));
  return (
    <>
      <div className="samples">
        {preview.samples.map((sample, k) => (
          <Photo key={k} {...sample} />
        ))}
      </div>
      <Facts preview={preview} />
      {tooFew ? (
        <p className="notice notice-problems">
          An experiment needs {leastTrainImages} training images or more. These are{" "}
          {count(preview.train)}.
        </p>
      ) : (
        <>
          {asksSize(preview, reads) && (
            <SizeFields {...{ preview, answers, onChange }} reads={reads} />
          )}
          {preview.channels === 3 && (reads?.channels === 1 || answers.isGrey) && (
            <label className="choice">
              <input
                type="checkbox"
                checked={answers.isGrey}
                onChange={({ target }) =>
                  onChange({ ...answers, isGrey: target.checked, normalisation: "usual" })
                }
              />
              <span>Make them grey</span>
            </label>
          )}
          <NormalisationField {...{ answers, channels, onChange }} />
          {misreading ? (
            <p className="notice notice-problems">
              {networkTitle(misreading)} does not read such images: it reads{" "}
              {shapeText(inputOf(misreading.architecture))}.
            </p>
          ) : (
            <DataFit choice={previewedChoice(name, preview, answers)} {...{ spec, models }} />
          )}
          {wanted !== null && (
            <p className="hint">
              The link needs the images with SHA-256 {shortHash(wanted.replace("sha256:", ""))}.
              They are compared once they are read.
            </p>
          )}
          <details>
            <summary>The same on the command line</summary>
            <CopyText label="options" text={commandOptions(name, answers)} />
          </details>
        </>
      )}
      <div className="buttons">
        {!tooFew && (
          <button type="button" className="primary" autoFocus onClick={onRead}>
            Read {count(preview.train + preview.test)} images
          </button>
        )}
        <button type="button" onClick={onOther}>
          Choose others
        </button>
        {!tooFew && (
          <span className="hint">
            They take about {size(bytesTaken(preview, answers))} in this browser.
          </span>
        )}
      </div>
    </>
  );
}

/** Names of classes that are shown; the others are counted. */
const mostNames = 12;

function Facts({ preview }: { readonly preview: Preview }): ReactNode {
  const { train, test, areSplit, classNames, channels, sizes } = preview;
  const more = classNames.length - mostNames;
  const sizeTexts = sizes.map(({ height, width }) => `${height} × ${width}`);
  return (
    <dl className="facts">
      <dt>Images</dt>
      <dd>
        {count(train)} for training, {count(test)} for testing,{" "}
        {areSplit ? "as the files divide them" : "divided at random, always in the same way"}
      </dd>
      <dt>Classes</dt>
      <dd>
        {classNames.length === 0
          ? "none: no labels"
          : `${count(classNames.length)}: ${classNames.slice(0, mostNames).join(", ")}`}
        {more > 0 && ` and ${count(more)} more`}
      </dd>
      <dt>Size</dt>
      <dd>
        {sizeTexts.length === 1 ? sizeTexts[0] : `from ${sizeTexts.join(" to ")}`} pixels,{" "}
        {channels === 3 ? "colour" : "grey"}
      </dd>
    </dl>
  );
}

interface FieldProps {
  readonly preview: Preview;
  readonly answers: ImageAnswers;
  readonly onChange: (answers: ImageAnswers) => void;
}

const sideLimits = { min: 1, max: 1_024 };

function SizeFields({
  preview,
  answers,
  reads,
  onChange,
}: FieldProps & { readonly reads: ReturnType<typeof inputOf> | null }): ReactNode {
  const group = useId();
  const own = oneSize(preview);
  const { size } = answers;
  const fallback = {
    height: reads?.height ?? own?.height ?? 32,
    width: reads?.width ?? own?.width ?? 32,
  };
  const cropped = size && Math.max(size.height, size.width);
  return (
    <fieldset className="size-fields">
      <legend>Size</legend>
      {own && (
        <>
          <label className="choice">
            <input
              type="radio"
              name={group}
              checked={size === null}
              onChange={() => onChange({ ...answers, size: null, shorterSide: null })}
            />
            <span>
              As they are, {own.height} × {own.width}
            </span>
          </label>
          <label className="choice">
            <input
              type="radio"
              name={group}
              checked={size !== null}
              onChange={() => onChange({ ...answers, size: fallback })}
            />
            <span>Resized, and cropped to the middle</span>
          </label>
        </>
      )}
      <p className="hint">
        {own ? "" : "Images of several sizes are resized, and cropped to the middle. "}
        {reads ? `The networks read ${shapeText(reads)}.` : "Choose a size that the networks read."}
      </p>
      {size && cropped !== null && (
        <div className="side-fields">
          <NumberField
            label="Height"
            hint=""
            value={size.height}
            limits={sideLimits}
            onCommit={(height) =>
              onChange({ ...answers, size: { ...size, height }, shorterSide: null })
            }
          />
          <NumberField
            label="Width"
            hint=""
            value={size.width}
            limits={sideLimits}
            onCommit={(width) =>
              onChange({ ...answers, size: { ...size, width }, shorterSide: null })
            }
          />
          <NumberField
            label="Resize the shorter side to"
            hint="Before the crop; ImageNet’s recipe is 256 for 224."
            value={answers.shorterSide ?? cropped}
            limits={{ min: cropped, max: 9_999 }}
            onCommit={(side) =>
              onChange({ ...answers, shorterSide: side === cropped ? null : side })
            }
          />
        </div>
      )}
    </fieldset>
  );
}

function NormalisationField({
  answers,
  channels,
  onChange,
}: Omit<FieldProps, "preview"> & { readonly channels: 1 | 3 }): ReactNode {
  const id = useId();
  return (
    <div className="word-field">
      <label htmlFor={id}>Normalisation</label>
      <select
        id={id}
        aria-describedby={`${id}-hint`}
        value={answers.normalisation}
        onChange={({ target }) => {
          const name = normalisationNames(channels).find((other) => other === target.value);
          onChange({ ...answers, normalisation: name ?? "usual" });
        }}
      >
        {normalisationNames(channels).map((name) => (
          <option key={name} value={name}>
            {normalisationLabel(name, channels)}
          </option>
        ))}
      </select>
      <p id={`${id}-hint`} className="hint">
        The means and deviations that the networks were trained with.
      </p>
    </div>
  );
}

function shapeText({ height, width, channels }: ReturnType<typeof inputOf>): string {
  return `${height} × ${width} pixels in ${channels === 3 ? "colour" : "grey"}`;
}
