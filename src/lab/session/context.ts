/** What the parts of a session have in common: its state, the engine, and the networks that are here. */
import type { LabEngine } from "../engine/engine-types";
import type { LabModel } from "../engine/models";
import type { LabAction } from "./actions";
import type { LabState } from "./state";

export interface SessionContext {
  readonly engine: LabEngine;
  readonly getState: () => LabState;
  readonly dispatch: (action: LabAction) => void;
  /** Networks of the zoo, none until it is known, and the visitor's own. */
  readonly models: () => readonly LabModel[];
}
