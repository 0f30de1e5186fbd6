/** Copies a text that is in sight, too, where the browser refuses. */
import { useState, type ReactNode } from "react";

interface Props {
  /** On the button. */
  readonly label: string;
  readonly text: string;
}

export function CopyButton({ label, text }: Props): ReactNode {
  const [tried, setTried] = useState<{ readonly text: string; readonly copied: boolean } | null>(
    null,
  );

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setTried({ text, copied: true });
    } catch {
      // No clipboard on insecure pages, or no permission.
      setTried({ text, copied: false });
    }
  }

  // What was said of another text is over.
  const said = tried?.text === text ? tried.copied : null;
  return (
    <div className="buttons">
      <button type="button" className="primary" onClick={() => void copy()}>
        {label}
      </button>
      <span role="status" className="hint">
        {said === true && "Copied."}
        {said === false && "Copying is blocked. Select the text instead."}
      </span>
    </div>
  );
}
