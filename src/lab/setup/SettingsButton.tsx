/** Opens and closes the settings; on a phone it says what is stitched, too. */
import type { ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { titleOf } from "../session/experiment/model-names";

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly open: boolean;
  /** Of the settings. */
  readonly panelId: string;
  readonly onPress: () => void;
}

export function SettingsButton({ spec, models, open, panelId, onPress }: Props): ReactNode {
  const { bottom, top } = spec.curves[0];
  return (
    <button
      type="button"
      className="settings-button"
      aria-expanded={open}
      aria-controls={panelId}
      onClick={onPress}
    >
      <span className="settings-word">Settings</span>
      {/* The style sheet shows it where it hides the experiment's sentence. */}
      <span className="settings-pair">
        <span className="visually-hidden">: </span>
        <span className="of-bottom">B: {titleOf(bottom, models)}</span>
        <span className="settings-swap" aria-hidden="true">
          ⇅
        </span>
        <span className="visually-hidden"> into </span>
        <span className="of-top">A: {titleOf(top, models)}</span>
      </span>
    </button>
  );
}
