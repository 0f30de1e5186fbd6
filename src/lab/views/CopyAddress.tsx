/** Copies the experiment's address. */
import { useState, type ReactNode } from "react";
import { useSession } from "./session-context";

type Copied =
  | { readonly status: "not-yet" }
  | { readonly status: "copied"; readonly url: string }
  /** The browser refused; the visitor can copy by hand. */
  | { readonly status: "refused"; readonly url: string };

export function CopyAddress(): ReactNode {
  const { url } = useSession();
  const [copied, setCopied] = useState<Copied>({ status: "not-yet" });
  const current = url();

  async function copy(): Promise<void> {
    if (current === null) return;
    try {
      await navigator.clipboard.writeText(current);
      setCopied({ status: "copied", url: current });
    } catch {
      // No clipboard on insecure pages, or no permission.
      setCopied({ status: "refused", url: current });
    }
  }

  // What was said of another experiment's address is over.
  const said = copied.status !== "not-yet" && copied.url === current ? copied.status : "not-yet";
  return (
    <div className="copy-address">
      <button type="button" onClick={() => void copy()}>
        Copy address
      </button>
      <span role="status">{said === "copied" && "Copied."}</span>
      {said === "refused" && (
        <label>
          Copy it from here:
          <input
            type="text"
            readOnly
            value={current ?? ""}
            onFocus={({ target }) => {
              target.select();
            }}
          />
        </label>
      )}
    </div>
  );
}
