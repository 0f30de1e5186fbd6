/** Networks of the visitor's own: how to give one, what one is, and its removal. */
import { useId, useState, type ReactNode } from "react";
import type { UserLabModel } from "../engine/models";
import { trainingOf } from "../../experiment/model-ref";
import { ChooseFile } from "./ChooseFile";
import { storageText } from "./import-words";
import { NetworkFileFacts } from "./NetworkFileFacts";
import { ReadingFields } from "./ReadingFields";
import { shortHash } from "../session/experiment/model-names";
import { SaveOwnNetwork } from "../train/SaveOwnNetwork";
import { useSession } from "../view/services";

export function UploadModel(): ReactNode {
  const id = useId();
  return (
    <div className="use-own">
      <ChooseFile label="Use your own network…" describedBy={id} anyNetwork />
      <WhichFiles id={id} />
    </div>
  );
}

/** Which files are networks. @param id of the text */
export function WhichFiles({ id }: { readonly id: string }): ReactNode {
  return (
    <p id={id} className="hint">
      A network for images that PyTorch exported to an <code>.onnx</code> file, together with its
      file of weights if it has one. Or a <code>.safetensors</code> file with the parameters of a
      ResNet (torchvision’s names), a Vision Transformer (timm’s) or the paper’s five-layer CNN,
      with or without its linear head. You can also drop files on this page. They stay on your
      machine.
    </p>
  );
}

export function UserModelFacts({ model }: { readonly model: UserLabModel }): ReactNode {
  const { sha256, joined, reading } = model;
  const named = joined?.trunk ?? reading?.file ?? sha256;
  const training = trainingOf(model.id);
  return (
    <>
      <NetworkFileFacts model={model} />
      <div className="buttons own-network-buttons">
        <ReadingFields model={model} />
      </div>
      <p className="hint">
        {storageText(model)}{" "}
        {training ? (
          <>
            Links name it by its training, <code>{model.id}</code>; people who open one train it
            themselves.
          </>
        ) : (
          <>
            Links identify it by SHA-256 (<code title={named}>{shortHash(named)}</code>
            {joined && ", its trunk’s"}); people who open one need the file.
          </>
        )}
      </p>
      <div className="buttons own-network-buttons">
        <SaveOwnNetwork sha256={sha256} name={model.name} />
        <RemoveUserModel model={model} />
      </div>
    </>
  );
}

/** Asks once more before it removes. */
function RemoveUserModel({ model }: { readonly model: UserLabModel }): ReactNode {
  const { removeUserModel } = useSession();
  // Of which network it is asked: another may be chosen meanwhile.
  const [asking, setAsking] = useState<string | null>(null);
  if (asking !== model.id) {
    return (
      <button type="button" className="quiet" onClick={() => setAsking(model.id)}>
        Remove this file…
      </button>
    );
  }
  return (
    <div className="buttons" role="group" aria-label="Remove this file">
      <span>Remove it from this browser? Your original file is not deleted.</span>
      <button type="button" className="quiet" onClick={() => removeUserModel(model.id)}>
        Remove
      </button>
      <button type="button" className="quiet" autoFocus onClick={() => setAsking(null)}>
        Cancel
      </button>
    </div>
  );
}
