/** A choice among a few values of a training. */
import { useId, type ReactNode } from "react";

interface Props<Value> {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly name: string }[];
  readonly onChoose: (value: Value) => void;
}

export function SelectField<Value>({
  label,
  hint,
  value,
  choices,
  onChoose,
}: Props<Value>): ReactNode {
  const id = useId();
  const chosen = choices.findIndex((choice) => choice.value === value);
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={chosen}
        onChange={({ target }) => {
          const choice = choices[Number(target.value)];
          if (choice) onChoose(choice.value);
        }}
      >
        {choices.map(({ name }, index) => (
          <option key={name} value={index}>
            {name}
          </option>
        ))}
      </select>
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}
