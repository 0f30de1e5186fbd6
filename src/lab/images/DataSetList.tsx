/** The choice of a data set: all with what is known of them, files, or one used last. */
import { useState, type ReactNode } from "react";
import { imagesIn } from "../../core/data/manifest";
import { usualDataSet } from "../../experiment/data-sets";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { count, size } from "../format/numbers";
import { dataChoices, type DataChoice } from "../session/experiment/data-choice";
import { inShort, shortHash } from "../session/experiment/model-names";
import { ChoiceDoors } from "../choice/ChoiceDoors";
import { RecentDoor } from "../choice/RecentDoor";
import { useLabState, useSession } from "../view/services";
import { DataFit } from "./DataFit";
import { ImageImport } from "./ImageImport";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly onChosen: () => void;
}

export default function DataSetList({ spec, models, onChosen }: Props): ReactNode {
  const { chooseData, endImages } = useSession();
  const choices = dataChoices(useLabState().dataSets ?? []);
  return (
    <ChoiceDoors
      label="Where the images are"
      doors={[
        {
          title: "Lab’s and yours",
          content: (
            <ul className="network-list">
              {choices.map((choice) => (
                <DataSetEntry key={choice.ref ?? ""} {...{ choice, spec, models, onChosen }} />
              ))}
            </ul>
          ),
        },
        {
          title: "File",
          content: (
            <ImageImport
              {...{ spec, models }}
              given={null}
              onEnd={(taken) => {
                onChosen();
                endImages(taken);
              }}
            />
          ),
        },
        {
          title: "Recent",
          content: (
            <RecentDoor
              kind="images"
              all={choices}
              idOf={({ ref }) => ref ?? usualDataSet}
              nameOf={({ name }) => name}
              inUse={spec.data ?? usualDataSet}
              onChoose={(choice) => {
                chooseData(choice);
                onChosen();
              }}
            />
          ),
        },
      ]}
    />
  );
}

function DataSetEntry({
  choice,
  spec,
  models,
  onChosen,
}: Props & { readonly choice: DataChoice }): ReactNode {
  const { chooseData } = useSession();
  const inUse = spec.data === choice.ref;
  const { name, form, train, test, own: set } = choice;
  const classes = form.classes.names.length;
  return (
    <li className={inUse ? "network in-use" : "network"} aria-current={inUse ? "true" : undefined}>
      <h3>{inShort(name)}</h3>
      <p>
        {count(train)} training and {count(test)} test images of {form.height} × {form.width} pixels
        in {form.channels === 3 ? "colour" : "grey"},{" "}
        {classes === 0 ? "without labels" : `${count(classes)} classes`}.
      </p>
      <DataFit {...{ choice, spec, models }} />
      {set && (
        <p className="hint">
          {set.stored
            ? `${size(bytesOf(choice))}, stored in this browser until you remove them.`
            : "Not stored: lost when you close the page."}{" "}
          SHA-256 <code title={set.ref}>{shortHash(set.ref.replace("sha256:", ""))}</code>
        </p>
      )}
      <div className="buttons">
        {inUse ? (
          <strong className="in-use-word">In use</strong>
        ) : (
          <button
            type="button"
            className="quiet"
            onClick={() => {
              chooseData(choice);
              onChosen();
            }}
          >
            Use<span className="visually-hidden"> {inShort(name)}</span>
          </button>
        )}
        {set && <RemoveDataSet name={name} dataRef={set.ref} />}
      </div>
    </li>
  );
}

function bytesOf({ form, own }: DataChoice): number {
  const { height, width, channels } = form;
  const images = own ? imagesIn(own.manifest.train) + imagesIn(own.manifest.test) : 0;
  return images * height * width * channels;
}

/** Asks once more before it removes. */
function RemoveDataSet({
  name,
  dataRef,
}: {
  readonly name: string;
  readonly dataRef: string;
}): ReactNode {
  const { removeDataSet } = useSession();
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className="quiet" onClick={() => setAsking(true)}>
        Remove…<span className="visually-hidden"> {inShort(name)}</span>
      </button>
    );
  }
  return (
    <div className="buttons" role="group" aria-label={`Remove ${inShort(name)}`}>
      <span>Remove these images from this browser? Your original files are not deleted.</span>
      <button type="button" className="quiet" onClick={() => removeDataSet(dataRef)}>
        Remove
      </button>
      <button type="button" className="quiet" autoFocus onClick={() => setAsking(false)}>
        Cancel
      </button>
    </div>
  );
}
