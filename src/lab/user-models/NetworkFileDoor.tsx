/** The door of the choice of a network that leads to a file, and says what is in it. */
import { useId, type ReactNode } from "react";
import type { Role } from "../../experiment/events";
import { ChooseFile } from "./ChooseFile";
import { ImportInDialog } from "./ImportInDialog";
import { WhichFiles } from "./UploadModel";

interface Props {
  /** What the network is chosen for. */
  readonly asked: Role;
  /** Called once the experiment uses the network. */
  readonly onUsed: () => void;
}

export function NetworkFileDoor(props: Props): ReactNode {
  const id = useId();
  return (
    <>
      <div className="buttons">
        <ChooseFile label="Choose files…" describedBy={id} anyNetwork place="dialog" />
      </div>
      <WhichFiles id={id} />
      <ImportInDialog {...props} />
    </>
  );
}
