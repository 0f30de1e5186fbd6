/** The visitor's own networks in a session: listed, taken in one file after another, removed. */
import { errorData } from "../../../core/errors";
import type { Reading } from "../../../core/onnx/reading";
import { userModelRef, type StoredModel, type UserModel } from "../../../engine/user-model";
import type { Role } from "../../../experiment/events";
import { fileRefOf } from "../../../experiment/model-ref";
import { baseOf, userLabModel, type UserLabModel } from "../../engine/models";
import type { GivenFile } from "../../engine/validate-file";
import type { ExperimentAddress } from "../address/experiment-address";
import type { SessionContext } from "../context";
import { withModel, withoutModel } from "../experiment/edits";
import type { Runs } from "../runs/runs";
import { workbenchOf } from "../state";
import { createFileIntake, filesAsked } from "./file-intake";
import { createFileParts } from "./file-parts";
import { createHeadFits, type HeadFits } from "./head-fits";
import type { ImportPlace } from "./model-import";

/** What the page asks of the visitor's own networks. */
export interface UserModelCommands extends HeadFits {
  /**
   * Examines files. A network that the experiment asks for is taken in; any other waits for
   * `takeNetwork`.
   *
   * @param anyNetwork even if the address asks for a certain file
   * @param place where the visitor gave them; the page by default. What a figure asks for is taken in
   */
  readonly giveFiles: (
    files: readonly GivenFile[],
    anyNetwork: boolean,
    place?: ImportPlace,
  ) => void;
  /** What was said of files in a dialog is said on the page from now on. */
  readonly closeImportDialog: () => void;
  /**
   * Stores a network that waits, by its SHA-256.
   *
   * @param role in which the experiment is to use it; null for none
   */
  readonly takeNetwork: (sha256: string, role: Role | null) => void;
  /** Forgets a network that waits, by its SHA-256. */
  readonly dropNetwork: (sha256: string) => void;
  /** Forgets one of the visitor's own networks; not while a run is under way. */
  readonly removeUserModel: (id: string) => void;
  /** Reads an ONNX file of the visitor's in another way, and uses it so; not while a run is under way. */
  readonly readAgain: (id: string, reading: Reading) => void;
  /** Makes a trunk that was given, by its SHA-256, the bottom network as it is, without a head. */
  readonly takeTrunk: (trunk: string) => void;
  /** What was said of files is read; trunks and heads among them are forgotten. */
  readonly dismissModelImport: () => void;
}

export interface UserModels {
  readonly commands: UserModelCommands;
  /** Those that are here, as far as is known. */
  readonly models: () => readonly UserLabModel[];
  /** Takes in a network that was trained here. */
  readonly takeTrained: (network: StoredModel) => void;
  /** Looks again for what is stored: another tab may have taken something in. */
  readonly list: () => Promise<void>;
  /** Whether the experiment names a file that is not here. */
  readonly areAsked: () => boolean;
}

export function createUserModels(
  context: SessionContext,
  runs: Runs,
  address: ExperimentAddress,
): UserModels {
  const { engine, getState, dispatch } = context;
  let models: readonly UserLabModel[] = [];
  const parts = createFileParts(engine, dispatch, add, offer);
  const intake = createFileIntake({ context, parts, offer, add });
  /** Files are read one after another, so each is reported and none overtakes another. */
  let last: Promise<void> = Promise.resolve();

  /** Shows the networks that are here now. */
  function show(): void {
    const bench = workbenchOf(getState());
    const known = bench?.models.map(({ id }) => id) ?? [];
    const isNew = (id: string): boolean =>
      models.some((model) => model.id === id) && !known.includes(id);
    // Only now can the rest of the address, such as its sites, be checked against the network.
    if (bench?.address.spec.curves.some(({ top, bottom }) => isNew(top) || isNew(bottom))) {
      address.read();
    } else dispatch({ type: "models-changed", models: context.models() });
  }

  function add(network: StoredModel): void {
    dispatch({ type: "file-taken", id: userLabModel(network).id });
    takeTrained(network);
  }

  function takeTrained(network: StoredModel): void {
    const model = userLabModel(network);
    models = [...models.filter(({ id }) => id !== model.id), model];
    show();
  }

  /**
   * Takes in a network that the experiment asks for, or that is here; else the visitor decides.
   *
   * @returns the network, if it was taken in
   */
  async function offer(network: UserModel): Promise<StoredModel | undefined> {
    const id = userModelRef(network);
    const isHere = models.some((model) => model.id === id);
    const isDecided = getState().modelImport.place === "figure";
    if (!isHere && !isDecided && !isAsked(network)) {
      dispatch({ type: "network-waits", network });
      return undefined;
    }
    const stored = await engine.keepNetwork(network);
    add(stored);
    return stored;
  }

  /** Whether the experiment names a network, or one with a head that is fitted to it. */
  function isAsked(network: UserModel): boolean {
    const id = userModelRef(network);
    const curves = workbenchOf(getState())?.address.spec.curves ?? [];
    return curves
      .flatMap(({ top, bottom }) => [top, bottom])
      .some((ref) => ref === id || fileRefOf(ref)?.sha256 === baseOf(network));
  }

  function use(id: string, role: Role): void {
    if (runs.isUnderWay()) return;
    address.change(({ spec, backend }, all) => ({ spec: withModel(spec, role, id, all), backend }));
  }

  /** The network as it is read now takes the place of the one in the experiment. */
  async function takeAgain(model: UserLabModel, reading: Reading): Promise<void> {
    const { id, name } = model;
    dispatch({ type: "files-given", place: "page" });
    dispatch({ type: "file-reading", name });
    try {
      const network = await engine.readAgain(model, reading);
      add(network);
      if (runs.isUnderWay()) return;
      const next = userLabModel(network).id;
      address.change(({ spec, backend }, all) => {
        const roles = (["top", "bottom"] as const).filter((role) => spec.curves[0][role] === id);
        const changed = roles.reduce((now, role) => withModel(now, role, next, all), spec);
        return { spec: changed, backend };
      });
    } catch (thrown) {
      dispatch({ type: "file-refused", refusal: { name, error: errorData(thrown, name) } });
    }
  }

  const commands: UserModelCommands = {
    giveFiles(files, anyNetwork, place = "page") {
      last = last.then(async () => {
        dispatch({ type: "files-given", place });
        await intake.take(files, anyNetwork);
      });
    },
    closeImportDialog() {
      dispatch({ type: "import-dialog-closed" });
    },
    takeNetwork(sha256, role) {
      const network = getState().modelImport.waiting.find((other) => other.sha256 === sha256);
      if (!network) return;
      // The dialog has said what it is, and closes: the page need not say it again.
      const isSaid = role !== null && getState().modelImport.place === "dialog";
      if (isSaid) dispatch({ type: "network-dropped", sha256 });
      void engine.keepNetwork(network).then(
        (stored) => {
          if (isSaid && stored.stored) takeTrained(stored);
          else add(stored);
          if (role) use(userLabModel(stored).id, role);
        },
        (thrown: unknown) => {
          const refusal = { name: network.name, error: errorData(thrown, network.name) };
          dispatch({ type: "file-refused", refusal });
        },
      );
    },
    dropNetwork(sha256) {
      engine.forgetFiles([sha256]);
      dispatch({ type: "network-dropped", sha256 });
    },
    removeUserModel(id) {
      if (runs.isUnderWay()) return;
      address.change(({ spec, backend }, all) => ({ spec: withoutModel(spec, id, all), backend }));
      const model = models.find((candidate) => candidate.id === id);
      if (model === undefined) return;
      models = models.filter((other) => other !== model);
      show();
      void engine.removeModel(model.sha256);
    },
    ...createHeadFits({ context, runs, address, parts }),
    readAgain(id, reading) {
      const model = models.find((candidate) => candidate.id === id);
      if (model === undefined || runs.isUnderWay()) return;
      last = last.then(() => takeAgain(model, reading));
    },
    takeTrunk(trunk) {
      void parts.keepTrunk(trunk).then((network) => {
        if (network !== null) use(userLabModel(network).id, "bottom");
      });
    },
    dismissModelImport() {
      parts.forget();
      dispatch({ type: "model-import-dismissed" });
    },
  };

  return {
    commands,
    models: () => models,
    takeTrained,
    async list() {
      const before = models;
      models = (await engine.userModels()).map(userLabModel);
      if (models.length > 0 || before.length > 0) show();
      dispatch({ type: "user-models-listed" });
    },
    areAsked: () => filesAsked(context).length > 0,
  };
}
