/** How an ONNX network is read, where its file leaves that open: its layers, and its images' size. */
import { useId, useState, type ReactNode, type SubmitEvent } from "react";
import { inputOf } from "../../core/nets/architecture";
import { tapsOf } from "../../core/nets/taps";
import { largestSide, sideOf, type Reading } from "../../core/onnx/reading";
import { readingOf } from "../../engine/user-model";
import type { UserLabModel } from "../engine/models";
import { count } from "../format/numbers";
import { useSession } from "../view/services";

interface Props {
  readonly model: UserLabModel;
  /** During a run the experiment cannot be changed. */
  readonly disabled?: boolean;
}

export function ReadingFields({ model, disabled = false }: Props): ReactNode {
  const { readAgain } = useSession();
  const { architecture, contents } = model;
  const reading = model.reading ? readingOf(model.reading) : {};
  const taps = tapsOf(architecture).length;
  const all = contents?.allTaps ?? 0;
  const { taps: isAll, ...blocks } = reading;
  const again = (next: Reading): void => readAgain(model.id, next);
  return (
    <>
      {isAll ? (
        <button type="button" className="quiet" disabled={disabled} onClick={() => again(blocks)}>
          Stitch only after each block
        </button>
      ) : (
        all > taps && (
          <button
            type="button"
            className="quiet"
            disabled={disabled}
            onClick={() => again({ ...reading, taps: "all" })}
          >
            Stitch at all {count(all)} layers
          </button>
        )
      )}
      {contents?.isSizeOpen && (
        <SideField
          // Another network starts with fields of its own.
          key={model.id}
          side={inputOf(architecture).height}
          disabled={disabled}
          onChosen={(side) => again({ ...(isAll && { taps: isAll }), ...sideOf(side) })}
        />
      )}
    </>
  );
}

interface SideProps {
  readonly side: number;
  readonly disabled: boolean;
  readonly onChosen: (side: number) => void;
}

function SideField({ side, disabled, onChosen }: SideProps): ReactNode {
  const id = useId();
  const [text, setText] = useState(String(side));
  const asked = Number(text);
  const isOther = Number.isInteger(asked) && asked >= 1 && asked <= largestSide && asked !== side;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isOther) onChosen(asked);
  };
  return (
    <form className="reading-side" onSubmit={submit}>
      <label htmlFor={id}>Image size in pixels</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        value={text}
        disabled={disabled}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="quiet" disabled={disabled || !isOther}>
        Use this size
      </button>
    </form>
  );
}
