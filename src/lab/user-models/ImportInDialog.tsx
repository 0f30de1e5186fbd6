/** What became of files that were given in a dialog, in this dialog while it is open. */
import { useEffect, type ReactNode } from "react";
import type { Role } from "../../experiment/events";
import { underWay, workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";
import { ModelImportNotice } from "./ModelImportNotice";

interface Props {
  /** What a network is chosen for; undefined where it may be either. */
  readonly asked?: Role;
  /** Called once the experiment uses a network. */
  readonly onUsed?: () => void;
}

export function ImportInDialog(props: Props): ReactNode {
  const state = useLabState();
  const { closeImportDialog } = useSession();
  useEffect(() => closeImportDialog, [closeImportDialog]);
  const bench = workbenchOf(state);
  const { modelImport } = state;
  if (bench === null || modelImport.place === "page") return null;
  const { models, address, activity } = bench;
  const running = underWay(activity) !== null;
  return <ModelImportNotice {...{ modelImport, models, running, ...props }} spec={address.spec} />;
}
