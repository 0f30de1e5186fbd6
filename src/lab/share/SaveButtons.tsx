/** Buttons that make files and hand them to the visitor, and a line that says which was saved. */
import { useState, type ReactNode } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import { ErrorAlert } from "../ui/ErrorAlert";
import { saveFile } from "./save-file";

export interface FileOffer {
  /** On its button. */
  readonly label: string;
  readonly name: string;
  readonly content: () => Blob | Promise<Blob>;
}

interface Props {
  readonly files: readonly FileOffer[];
  readonly buttonClass?: string;
}

type Outcome =
  | { readonly status: "none" }
  | { readonly status: "saved"; readonly name: string }
  | { readonly status: "failed"; readonly file: FileOffer; readonly error: LabErrorData };

export function SaveButtons({ files, buttonClass }: Props): ReactNode {
  const [outcome, setOutcome] = useState<Outcome>({ status: "none" });
  async function save(file: FileOffer): Promise<void> {
    const { name, content } = file;
    try {
      saveFile(name, await content());
      setOutcome({ status: "saved", name });
    } catch (thrown) {
      setOutcome({ status: "failed", file, error: errorData(thrown, name) });
    }
  }
  return (
    <>
      {files.map((file) => (
        <button
          key={file.label}
          type="button"
          className={buttonClass}
          onClick={() => void save(file)}
        >
          {file.label}
        </button>
      ))}
      {/* Always there, so that screen readers read out what comes into it. */}
      <span className="hint saved-file" role="status">
        {outcome.status === "saved" && `Saved ${outcome.name}`}
      </span>
      {outcome.status === "failed" && (
        <ErrorAlert error={outcome.error} onRetry={() => void save(outcome.file)} />
      )}
    </>
  );
}
