/** Takes in images that were dropped on the page, or that a link asks for. */
import { useState, type ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { GivenImages } from "../engine/own-images/messages";
import type { LabModel } from "../engine/models";
import { DialogFrame } from "../ui/DialogFrame";
import { useSession } from "../view/services";
import { choosingTitle, ImageImport } from "./ImageImport";

interface Props {
  readonly given: GivenImages | null;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export default function ImageDialog(props: Props): ReactNode {
  const { endImages } = useSession();
  const [title, setTitle] = useState(choosingTitle);
  return (
    <DialogFrame title={title} onClose={() => endImages(null)}>
      <ImageImport {...props} onEnd={endImages} onTitle={setTitle} />
    </DialogFrame>
  );
}
