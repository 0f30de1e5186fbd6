/** What a network's training is to be, and what it costs. */
import { useState, type ReactNode } from "react";
import { limits } from "../../experiment/limits";
import { trainingRef } from "../../experiment/training/ref";
import {
  trainingBackend,
  trainingLimits,
  trainingSpecSchema,
  usualTrainingOf,
  type TrainingSpec,
} from "../../experiment/training/spec";
import { workerCount } from "../engine/worker-count";
import { count } from "../format/numbers";
import { trainingTime } from "../run-time/training-time";
import type { DataChoice } from "../session/experiment/data-choice";
import { NumberField } from "../ui/NumberField";
import { LazyDetails } from "../ui/lazy-part";
import { MoreTraining, type TrainingChange } from "./MoreTraining";
import { SelectField } from "./SelectField";
import { architectureOf } from "../session/experiment/training-architecture";

interface Props {
  readonly data: DataChoice;
  /** What the form begins with. */
  readonly first: TrainingSpec;
  readonly onStart: (spec: TrainingSpec) => void;
}

/** Networks to choose from: their families, and the stages of a ResNet. */
const networks = [
  { name: "ResNet-8", family: undefined, blocks: [1, 1, 1] },
  { name: "ResNet-18", family: undefined, blocks: [2, 2, 2, 2] },
  { name: "ResNet-20", family: undefined, blocks: [3, 3, 3] },
  { name: "Five-layer CNN", family: "myrtle", blocks: undefined },
  { name: "Vision Transformer", family: "vit", blocks: undefined },
] as const;

const filterCounts: readonly number[] = [4, 8, 16];
const tokenSizes: readonly number[] = [24, 48, 96];
const imageCounts = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 60_000] as const;

/** What a change to another family leaves. */
const kept = ["seed", "data", "trainImages", "skip", "randomLabels", "classes", "epochs"] as const;

/** A spec has no field whose value is undefined. */
function changed(spec: TrainingSpec, change: TrainingChange): TrainingSpec {
  const fields = Object.entries({ ...spec, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields) as TrainingSpec;
}

export function TrainForm({ data, first, onStart }: Props): ReactNode {
  const [own, setSpec] = useState(first);
  // A seed that is taken by now gives way to the next one.
  const spec = { ...own, seed: Math.max(own.seed, first.seed) };
  const change = (part: TrainingChange): void => setSpec(changed(spec, part));
  const counts = imageCounts.filter((images) => images < data.train);
  const parsed = trainingSpecSchema.safeParse(spec);
  const architecture = architectureOf(spec, data.form);
  const isTransformer = spec.family === "vit";
  const network = networks.find(
    ({ family, blocks }) => family === spec.family && blocks?.join() === spec.blocks?.join(),
  );
  return (
    <form
      className="train-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.success) onStart(parsed.data);
      }}
    >
      <div className="train-fields">
        <SelectField
          label="Network"
          value={network}
          choices={networks.map((value) => ({ value, name: value.name }))}
          onChoose={(chosen) => {
            const { family, blocks } = chosen ?? networks[1];
            const stages = blocks && { blocks: [...blocks] };
            if (family === spec.family) {
              change({ ...stages });
            } else {
              const same = Object.fromEntries(kept.map((field) => [field, spec[field]]));
              setSpec(changed(usualTrainingOf(family), { ...same, ...stages }));
            }
          }}
        />
        <SelectField
          label={isTransformer ? "Numbers in a token" : "Filters"}
          hint={`${isTransformer ? "" : "In the first stage. "}More of them: more accurate and slower.`}
          value={spec.width}
          choices={(isTransformer ? tokenSizes : filterCounts).map((value) => ({
            value,
            name: String(value),
          }))}
          onChoose={(width) => change({ width })}
        />
        <SelectField
          label="Training images"
          hint={`Of ${data.name}.`}
          value={spec.trainImages}
          choices={[...new Set<number>([...counts, data.train])].map((value) => ({
            value,
            name: value === data.train ? `${count(value)}, all` : count(value),
          }))}
          onChoose={(trainImages) => change({ trainImages, skip: undefined })}
        />
        <NumberField
          label="Epochs"
          hint="Passes over the images; 0 leaves it untrained."
          value={spec.epochs}
          limits={trainingLimits.epochs}
          onCommit={(epochs) => change({ epochs })}
        />
        <NumberField
          label="Seed"
          hint="Decides the first weights and the order of the images."
          value={spec.seed}
          limits={limits.seed}
          onCommit={(seed) => change({ seed })}
        />
      </div>
      <LazyDetails summary="More">
        <MoreTraining spec={spec} data={data} onChange={change} />
      </LazyDetails>
      <div className="train-start">
        <button type="submit" className="primary" disabled={!parsed.success || !architecture}>
          Train
        </button>
        <p>
          {parsed.success && architecture ? (
            <>
              Takes{" "}
              <strong>{trainingTime(spec, architecture, workerCount(trainingBackend))}</strong> on
              this machine. You can close this view meanwhile.
            </>
          ) : (
            `Cannot be trained: expected ${parsed.error?.issues[0]?.message ?? "images with classes"}.`
          )}
        </p>
      </div>
      {parsed.success && (
        <p className="hint">
          Its name in links and on the command line: <code>{trainingRef(parsed.data)}</code>
        </p>
      )}
    </form>
  );
}
