/** Something went wrong: what, in plain words, then exactly, and a way on. */
import type { ReactNode } from "react";
import type { LabErrorData } from "../../core/errors";
import { errorWords } from "../format/errors";

interface Props {
  readonly error: LabErrorData;
  readonly onRetry: () => void;
}

export function ErrorAlert({ error, onRetry }: Props): ReactNode {
  const { title, advice } = errorWords[error.code];
  return (
    <div className="notice notice-error" role="alert">
      <h2>{title}</h2>
      <p>{advice}</p>
      <p className="exactly">
        <strong>{error.input}</strong>: expected {error.expected}; found {error.found}.
      </p>
      <button type="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
