/** A whole number within limits. What is typed counts once the field is left, or with Enter. */
import { useId, useState, type ReactNode } from "react";
import { limitsInWords, type Limits } from "../../experiment/limits";
import { numberWithin } from "../../experiment/numbers";
import { count } from "../format/numbers";

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly limits: Limits;
  readonly onCommit: (value: number) => void;
  /** By which links to this setting find it. */
  readonly setting?: string;
}

export function NumberField({ label, hint, value, limits, onCommit, setting }: Props): ReactNode {
  const id = useId();
  const [text, setText] = useState(String(value));
  const [refused, setRefused] = useState<string | null>(null);
  const [known, setKnown] = useState(value);
  // A value from elsewhere, such as another protocol's, replaces what was typed.
  if (value !== known) {
    setKnown(value);
    setText(String(value));
    setRefused(null);
  }
  const fixed = limits.min === limits.max;

  function commit(): void {
    const typed = numberWithin(text.trim().replaceAll(",", ""), limits);
    if (typed === null) {
      setRefused(`“${text}” is not ${limitsInWords(limits)}: kept ${count(value)}.`);
      setText(String(value));
      return;
    }
    setRefused(null);
    setText(String(typed));
    if (typed !== value) onCommit(typed);
  }

  return (
    <div className="number-field" data-setting={setting}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={text}
        disabled={fixed}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === "Enter") commit();
        }}
      />
      <p id={`${id}-hint`} className="hint">
        {fixed
          ? `Fixed at ${count(limits.min)} by this protocol.`
          : `${hint} ${capitalised(limits)}.`}
      </p>
      <p className="refusal" role="status">
        {refused}
      </p>
    </div>
  );
}

function capitalised(limits: Limits): string {
  const words = limitsInWords(limits);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
