/** The experiment as a sentence whose parts are its controls. */
import type { ReactNode } from "react";
import type { Role } from "../../experiment/events";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { trainingWords } from "../format/labels";
import { count } from "../format/numbers";
import { DataSetDialog, useDataName } from "../images/DataPicker";
import { titleOf } from "../session/experiment/model-names";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import type { Setting } from "./setting-focus";

const NetworkList = lazyPart("the list of networks", () => import("./NetworkList"));

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly running: boolean;
  /** Whether the settings are open. */
  readonly settings: boolean;
  /** Opens the settings at one of them. */
  readonly onSettings: (setting: Setting) => void;
}

export function ExperimentLine(props: Props): ReactNode {
  const { spec, models, running, settings, onSettings } = props;
  const others = spec.curves.length - 1;
  const part = (words: string, setting: Setting): ReactNode => (
    <button
      type="button"
      className="line-part"
      aria-expanded={settings}
      disabled={running}
      onClick={() => onSettings(setting)}
    >
      {words}
    </button>
  );
  return (
    // No paragraph: the dialogs that its parts open are in it.
    <div className="experiment-line">
      <Network role="bottom" {...{ spec, models, running }} /> into{" "}
      <Network role="top" {...{ spec, models, running }} />, stitches{" "}
      {part(trainingWords[spec.protocol], "protocol")} on{" "}
      {part(`${count(spec.trainImages)} images`, "trainImages")}{" "}
      <span className="unbroken">
        of{" "}
        <DataSetDialog
          {...{ spec, models }}
          label="Choose the images"
          words={
            <>
              <span className="visually-hidden">Images: </span>
              {useDataName(spec)}
            </>
          }
          buttonClass="line-part"
          disabled={running}
        />
      </span>
      {others > 0 && spec.layout === "diagonal" && (
        <>, with {part(`${others} other ${others === 1 ? "curve" : "curves"}`, "curves")}</>
      )}
    </div>
  );
}

interface NetworkProps extends Pick<Props, "spec" | "models" | "running"> {
  readonly role: Role;
}

function Network({ role, spec, models, running }: NetworkProps): ReactNode {
  const id = spec.curves[0][role];
  return (
    <PageDialog
      label={`Choose the ${role} network`}
      words={
        <>
          <span className="visually-hidden">{role === "top" ? "Top" : "Bottom"} network: </span>
          {titleOf(id, models)}
        </>
      }
      buttonClass={`line-part of-${role}`}
      disabled={running}
    >
      {(close) => <NetworkList role={role} spec={spec} models={models} onChosen={close} />}
    </PageDialog>
  );
}
