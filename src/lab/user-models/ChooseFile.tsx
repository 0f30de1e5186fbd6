/**
 * A button that opens the browser's choice of files; anything that takes files can use it.
 */
import { useRef, type ReactNode } from "react";
import type { ImportPlace } from "../session/own-files/model-import";
import { useGiveSorted } from "./use-give-sorted";

interface Props {
  readonly label: string;
  /** Id of the text that says what is accepted. */
  readonly describedBy: string;
  /** Whether a network is welcome that the address does not ask for. */
  readonly anyNetwork: boolean;
  /** Where it is said what becomes of them; on the page by default. */
  readonly place?: ImportPlace;
}

export function ChooseFile({ label, describedBy, anyNetwork, place }: Props): ReactNode {
  const give = useGiveSorted();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" aria-describedby={describedBy} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        // Exporters write the weights of large networks into a file of their own.
        accept=".onnx,.safetensors,.data,.onnx_data,.bin,.weights"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          give([...(target.files ?? [])], anyNetwork, place);
          // So that the same file can be chosen again, once it is mended.
          target.value = "";
        }}
      />
    </>
  );
}
