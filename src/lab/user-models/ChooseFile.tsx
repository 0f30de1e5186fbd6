/**
 * A button that opens the browser's choice of files; anything that takes files can use it.
 */
import { useRef, type ReactNode } from "react";
import { useGiveSorted } from "./use-give-sorted";

interface Props {
  readonly label: string;
  /** Id of the text that says what is accepted. */
  readonly describedBy: string;
  /** Whether a network is welcome that the address does not ask for. */
  readonly anyNetwork: boolean;
  /** Called once files are given; what becomes of them is said on the page. */
  readonly onGiven?: () => void;
}

export function ChooseFile({ label, describedBy, anyNetwork, onGiven }: Props): ReactNode {
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
          give([...(target.files ?? [])], anyNetwork);
          // So that the same file can be chosen again, once it is mended.
          target.value = "";
          onGiven?.();
        }}
      />
    </>
  );
}
