/** What most visitors leave as it is in a network's training. */
import type { ReactNode } from "react";
import { optimizerNames } from "../../core/training/optimizers";
import { scheduleNames } from "../../core/training/schedules";
import type { TrainingSpec } from "../../experiment/training/spec";
import { count, percent } from "../format/numbers";
import type { DataChoice } from "../session/experiment/data-choice";
import { SelectField } from "./SelectField";

/** Undefined removes a field. */
export type TrainingChange = {
  [Field in keyof TrainingSpec]?: TrainingSpec[Field] | undefined;
};

interface Props {
  readonly spec: TrainingSpec;
  readonly data: DataChoice;
  readonly onChange: (part: TrainingChange) => void;
}

const rates = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3] as const;
const randomShares = [0.1, 0.5, 1] as const;

const scheduleLabels = {
  "one-cycle": "up, then down",
  steps: "down in two steps",
  cosine: "down along a cosine",
} as const satisfies Record<(typeof scheduleNames)[number], string>;

const optimizerLabels = {
  sgd: "SGD with Nesterov momentum",
  adamw: "AdamW",
} as const satisfies Record<(typeof optimizerNames)[number], string>;

export function MoreTraining({ spec, data, onChange }: Props): ReactNode {
  const { trainImages, skip } = spec;
  const { names, groupings } = data.form.classes;
  const hasOthers = 2 * trainImages <= data.train;
  return (
    <div className="train-fields">
      <SelectField
        label="Which images"
        hint="Networks trained on different ones share no image."
        value={skip}
        choices={[
          { value: undefined, name: `the first ${count(trainImages)}` },
          ...(hasOthers ? [{ value: trainImages, name: `the next ${count(trainImages)}` }] : []),
        ]}
        onChoose={(value) => onChange({ skip: value })}
      />
      <SelectField
        label="Random labels"
        hint="Drawn from all classes; test images keep theirs."
        value={spec.randomLabels}
        choices={[
          { value: undefined, name: "none" },
          ...randomShares.map((share) => ({ value: share, name: percent(share) })),
        ]}
        onChoose={(randomLabels) => onChange({ randomLabels })}
      />
      {groupings.length > 0 && (
        <SelectField
          label="Classes"
          value={spec.classes}
          choices={[
            { value: undefined, name: `all ${count(names.length)}` },
            ...groupings.map((grouping) => ({
              value: grouping.names.length,
              name: grouping.names.join(", "),
            })),
          ]}
          onChoose={(classes) => onChange({ classes })}
        />
      )}
      <SelectField
        label="Optimizer"
        value={spec.optimizer}
        choices={optimizerNames.map((name) => ({
          value: name === "sgd" ? undefined : name,
          name: optimizerLabels[name],
        }))}
        onChoose={(optimizer) =>
          // Their rates have nothing in common.
          onChange({ optimizer, peakRate: optimizer === undefined ? 0.1 : 0.001 })
        }
      />
      <SelectField
        label="Highest learning rate"
        value={spec.peakRate}
        choices={rates.map((value) => ({ value, name: String(value) }))}
        onChoose={(peakRate) => onChange({ peakRate })}
      />
      <SelectField
        label="Learning rate over time"
        value={spec.schedule}
        choices={scheduleNames.map((value) => ({ value, name: scheduleLabels[value] }))}
        onChoose={(schedule) => onChange({ schedule })}
      />
      <label className="choice-line">
        <input
          type="checkbox"
          checked={spec.augmented}
          onChange={({ target }) => onChange({ augmented: target.checked })}
        />
        Crop and mirror the images at random
      </label>
    </div>
  );
}
