/** The visitor's own data sets in a session: listed, taken in, chosen, removed. */
import type { StoredDataSet } from "../../../engine/user-data-set";
import type { GivenImages } from "../../engine/own-images/messages";
import type { ExperimentAddress } from "../address/experiment-address";
import type { SessionContext } from "../context";
import {
  absentDataSet,
  dataChoiceOf,
  dataChoices,
  withData,
  type DataChoice,
} from "../experiment/data-choice";
import type { Runs } from "../runs/runs";
import { workbenchOf } from "../state";

/** What the page asks of data sets. */
export interface DataSetCommands {
  /** Opens the way in for images; null where none are given yet. */
  readonly giveImages: (given: GivenImages | null) => void;
  /** Closes it. @param taken the data set that the images are now; null where they were not taken */
  readonly endImages: (taken: StoredDataSet | null) => void;
  readonly chooseData: (choice: DataChoice) => void;
  /** Forgets one of the visitor's own data sets; not while a run is under way. */
  readonly removeDataSet: (ref: string) => void;
}

export interface UserDataSets {
  readonly commands: DataSetCommands;
  /** Looks again for what is stored: another tab may have taken something in. */
  readonly list: () => Promise<void>;
  /** Whether the experiment's images are not here. */
  readonly areAsked: () => boolean;
}

export function createUserDataSets(
  { engine, getState, dispatch }: SessionContext,
  runs: Runs,
  address: ExperimentAddress,
): UserDataSets {
  const dataSets = (): readonly StoredDataSet[] => getState().dataSets ?? [];

  function areAsked(): boolean {
    const spec = workbenchOf(getState())?.address.spec;
    return spec !== undefined && absentDataSet(spec, dataSets()) !== null;
  }

  async function list(): Promise<void> {
    const listed = await engine.userDataSets();
    const lacked = areAsked();
    dispatch({ type: "data-sets-listed", dataSets: listed });
    // Only now can it be known what is stored of the experiment.
    if (lacked && !areAsked()) runs.refresh();
  }

  function chooseData(choice: DataChoice): void {
    address.change(({ spec, backend }, models) => {
      if (spec.data === choice.ref) return { spec, backend };
      const next = withData(spec, choice, dataChoiceOf(spec, dataSets()), models);
      return { spec: next, backend };
    });
  }

  const commands: DataSetCommands = {
    giveImages: (given) => dispatch({ type: "images-given", imageImport: { given } }),
    endImages(taken) {
      dispatch({ type: "images-given", imageImport: null });
      if (!taken) return;
      void list().then(() => {
        const choice = dataChoices(dataSets()).find(({ ref }) => ref === taken.ref);
        if (choice && !runs.isUnderWay()) chooseData(choice);
      });
    },
    chooseData,
    removeDataSet(ref) {
      if (runs.isUnderWay()) return;
      const [usual] = dataChoices([]);
      if (usual && workbenchOf(getState())?.address.spec.data === ref) chooseData(usual);
      void engine.removeDataSet(ref).then(list);
    },
  };

  return { commands, list, areAsked };
}
