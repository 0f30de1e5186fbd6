import type { ReactNode } from "react";
import type { Pictures } from "./use-pictures";

/** Says why pictures are missing, and asks for them again; nothing where none is. */
export function PicturesNotice({ error, retry }: Pictures): ReactNode {
  if (error === null) return null;
  return (
    <p className="notice notice-problems">
      Could not load the pictures. {error.input}: expected {error.expected}; found {error.found}.{" "}
      <button type="button" onClick={retry}>
        Try again
      </button>
    </p>
  );
}
