/** What a network's training is to be, and what it costs. */
import { useId, useState, type ReactNode } from "react";
import { scheduleNames } from "../../core/training/schedules";
import { limits } from "../../experiment/limits";
import { trainingRef } from "../../experiment/training-ref";
import {
  trainingBackend,
  trainingLimits,
  trainingSpecSchema,
  usualTraining,
  type TrainingSpec,
} from "../../experiment/training-spec";
import { workerCount } from "../engine/worker-count";
import { count } from "../format/numbers";
import { trainingTime } from "../run-time/training-time";
import type { DataChoice } from "../session/experiment/data-choice";
import { NumberField } from "../ui/NumberField";
import { LazyDetails } from "../ui/lazy-part";
import { architectureOf } from "./training-architecture";

interface Props {
  readonly data: DataChoice;
  /** What the form begins with. */
  readonly first: TrainingSpec;
  readonly onStart: (spec: TrainingSpec) => void;
}

const widths = [4, 8, 16] as const;
const shapes = [
  { name: "ResNet-8", blocks: [1, 1, 1] },
  { name: "ResNet-18", blocks: [2, 2, 2, 2] },
  { name: "ResNet-20", blocks: [3, 3, 3] },
] as const;
const imageCounts = [1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 60_000] as const;

export function TrainForm({ data, first, onStart }: Props): ReactNode {
  const id = useId();
  const [changed, setSpec] = useState(first);
  // A seed that is taken by now gives way to the next one.
  const spec = { ...changed, seed: Math.max(changed.seed, first.seed) };
  const change = (part: Partial<TrainingSpec>): void => setSpec({ ...spec, ...part });
  const counts = imageCounts.filter((images) => images < data.train);
  const parsed = trainingSpecSchema.safeParse(spec);
  const architecture = architectureOf(spec, data.form);
  const shape = spec.blocks.join("-");
  return (
    <form
      className="train-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed.success) onStart(parsed.data);
      }}
    >
      <div className="train-fields">
        <div>
          <label htmlFor={`${id}-width`}>Filters</label>
          <select
            id={`${id}-width`}
            value={spec.width}
            onChange={({ target }) => change({ width: Number(target.value) })}
          >
            {widths.map((width) => (
              <option key={width} value={width}>
                {width}
                {width === usualTraining.width && ", the quickest"}
              </option>
            ))}
          </select>
          <p className="hint">In the first stage. More filters: more accurate and slower.</p>
        </div>
        <div>
          <label htmlFor={`${id}-images`}>Training images</label>
          <select
            id={`${id}-images`}
            value={spec.trainImages}
            onChange={({ target }) => change({ trainImages: Number(target.value) })}
          >
            {[...new Set([...counts, data.train])].map((images) => (
              <option key={images} value={images}>
                {count(images)}
                {images === data.train && ", all"}
              </option>
            ))}
          </select>
          <p className="hint">Of {data.name}.</p>
        </div>
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
        <div className="train-fields">
          <div>
            <label htmlFor={`${id}-shape`}>Network</label>
            <select
              id={`${id}-shape`}
              value={shape}
              onChange={({ target }) => change({ blocks: target.value.split("-").map(Number) })}
            >
              {shapes.map(({ name, blocks }) => (
                <option key={name} value={blocks.join("-")}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label htmlFor={`${id}-schedule`}>Learning rate over time</label>
            <select
              id={`${id}-schedule`}
              value={spec.schedule}
              onChange={({ target }) => {
                const schedule = scheduleNames.find((name) => name === target.value);
                if (schedule) change({ schedule });
              }}
            >
              {scheduleNames.map((name) => (
                <option key={name} value={name}>
                  {scheduleLabels[name]}
                </option>
              ))}
            </select>
          </div>
          <div>
            <label htmlFor={`${id}-rate`}>Highest learning rate</label>
            <select
              id={`${id}-rate`}
              value={spec.peakRate}
              onChange={({ target }) => change({ peakRate: Number(target.value) })}
            >
              {[0.01, 0.03, 0.1, 0.3].map((rate) => (
                <option key={rate}>{rate}</option>
              ))}
            </select>
          </div>
          <label className="choice-line">
            <input
              type="checkbox"
              checked={spec.augmented}
              onChange={({ target }) => change({ augmented: target.checked })}
            />
            Crop and mirror the images at random
          </label>
        </div>
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

const scheduleLabels = {
  "one-cycle": "up, then down",
  steps: "down in two steps",
  cosine: "down along a cosine",
} as const satisfies Record<(typeof scheduleNames)[number], string>;
