/** Saves one of the visitor's own networks as the file that it is. */
import { useState, type ReactNode } from "react";
import { errorData, type LabErrorData } from "../../core/errors";
import { isUserModel } from "../engine/models";
import { saveFile } from "../share/save-file";
import { workbenchOf } from "../session/state";
import { useLabState, useWriter } from "../view/services";

interface Props {
  readonly sha256: string;
  /** What it is called. */
  readonly name: string;
}

export function SaveOwnNetwork({ sha256, name }: Props): ReactNode {
  const writer = useWriter();
  const [error, setError] = useState<LabErrorData | null>(null);
  const models = workbenchOf(useLabState())?.models ?? [];
  const network = models.filter(isUserModel).find((model) => model.sha256 === sha256);
  if (!network) return null;
  const ending = network.architecture.family === "graph" ? ".onnx" : ".safetensors";
  async function save(): Promise<void> {
    if (!network) return;
    try {
      const bytes = await writer.ownNetwork(network);
      const stem = name
        .toLowerCase()
        .replace(ending, "")
        .replaceAll(/[^a-z0-9]+/g, "-");
      saveFile(`${stem}${ending}`, new Blob([new Uint8Array(bytes)]));
      setError(null);
    } catch (thrown) {
      setError(errorData(thrown, name));
    }
  }
  return (
    <>
      <button type="button" className="quiet" onClick={() => void save()}>
        Save as {ending}
        <span className="visually-hidden">: {name}</span>
      </button>
      {error && (
        <span role="alert" className="exactly">
          {error.input}: expected {error.expected}; found {error.found}.
        </span>
      )}
    </>
  );
}
