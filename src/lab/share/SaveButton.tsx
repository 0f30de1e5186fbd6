/** A button that makes a file and hands it to the visitor; an error is shown next to it. */
import { useState, type ReactNode } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import { ErrorAlert } from "../ui/ErrorAlert";
import { saveFile } from "./save-file";

interface Props {
  readonly label: string;
  readonly name: string;
  readonly content: () => Blob | Promise<Blob>;
}

export function SaveButton({ label, name, content }: Props): ReactNode {
  const [error, setError] = useState<LabErrorData | null>(null);
  async function save(): Promise<void> {
    try {
      saveFile(name, await content());
      setError(null);
    } catch (thrown) {
      setError(errorData(thrown, name));
    }
  }
  return (
    <>
      <button type="button" onClick={() => void save()}>
        {label}
      </button>
      {error && <ErrorAlert error={error} onRetry={() => void save()} />}
    </>
  );
}
