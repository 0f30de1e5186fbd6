/** A text to be copied whole, by a button or by hand. */
import { useState, type ReactNode } from "react";

interface Props {
  /** What it is: "BibTeX". */
  readonly label: string;
  readonly text: string;
}

export function CopyText({ label, text }: Props): ReactNode {
  const [said, setSaid] = useState("");
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied.");
    } catch {
      // No clipboard on insecure pages, or no permission.
      setSaid("Copying is blocked. Select the text instead.");
    }
  }
  return (
    <div className="copy-text">
      {/* Focusable, so that the arrow keys scroll what is wider than the screen. */}
      <pre tabIndex={0} role="group" aria-label={label}>
        {text}
      </pre>
      <div className="buttons">
        <button type="button" onClick={() => void copy()}>
          Copy {label}
        </button>
        <span role="status">{said}</span>
      </div>
    </div>
  );
}
