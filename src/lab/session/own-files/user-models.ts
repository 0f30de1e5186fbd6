/** The visitor's own networks in a session: listed, taken in one file after another, removed. */
import { errorData } from "../../../core/errors";
import type { Reading } from "../../../core/onnx/reading";
import {
  userModelRef,
  type FilePart,
  type StoredModel,
  type UserModel,
} from "../../../engine/user-model";
import type { Role } from "../../../experiment/events";
import { fileRefOf } from "../../../experiment/model-ref";
import {
  absentFiles,
  absentReadings,
  baseHashOf,
  baseOf,
  userLabModel,
  type AbsentHead,
  type UserLabModel,
} from "../../engine/models";
import type { GivenFile } from "../../engine/validate-file";
import type { ExperimentAddress } from "../address/experiment-address";
import type { SessionContext } from "../context";
import { dataChoiceOf } from "../experiment/data-choice";
import { withModel, withoutModel, withReplaced } from "../experiment/edits";
import { titleOf } from "../experiment/model-names";
import type { Runs } from "../runs/runs";
import { effectiveBackend, workbenchOf } from "../state";
import { createFileParts } from "./file-parts";
import type { ImportPlace } from "./model-import";

/** What the page asks of the visitor's own networks. */
export interface UserModelCommands {
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
  /** Fits a linear head to a trunk that was given, by its SHA-256, on the experiment's images. */
  readonly fitHead: (trunk: string) => void;
  /**
   * Fits a linear head to a network, by its id, on the experiment's images, in place of its own; the
   * experiment then uses the new network instead.
   */
  readonly replaceHead: (id: string) => void;
  /** Fits a head that the experiment asks for. */
  readonly fitAbsentHead: (head: AbsentHead) => void;
  readonly cancelFit: () => void;
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
  /** Files are read one after another, so each is reported and none overtakes another. */
  let last: Promise<void> = Promise.resolve();

  /** SHA-256 of the files that the experiment names and that are not here. */
  function asked(): readonly string[] {
    const bench = workbenchOf(getState());
    if (bench === null) return [];
    return absentFiles(bench.address.spec, bench.models).map(({ sha256 }) => sha256);
  }

  /** Height and width of the experiment's images; undefined where they differ or are not known. */
  function imageSide(): number | undefined {
    const { dataSets } = getState();
    const bench = workbenchOf(getState());
    const { height, width } =
      (bench && dataChoiceOf(bench.address.spec, dataSets ?? []))?.form ?? {};
    return height === width ? height : undefined;
  }

  /** Whether the experiment names a trunk without a head. */
  function isAskedAlone({ part, sha256 }: FilePart): boolean {
    const id = userModelRef({ sha256 });
    const curves = workbenchOf(getState())?.address.spec.curves ?? [];
    return part === "trunk" && curves.some(({ bottom }) => bottom === id);
  }

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

  /**
   * @param beside files that may hold its weights
   * @returns names of those that do; null where it was refused
   */
  async function take(
    file: GivenFile,
    wanted: readonly string[],
    beside: readonly GivenFile[],
  ): Promise<readonly string[] | null> {
    const { name } = file;
    const bench = workbenchOf(getState());
    const asked = bench ? absentReadings(bench.address.spec, bench.models) : new Map<string, []>();
    const side = imageSide();
    dispatch({ type: "file-reading", name });
    try {
      const found = await engine.examineFile(file, {
        wanted,
        beside,
        readings: new Map([...asked].flatMap(([key, [first]]) => (first ? [[key, first]] : []))),
        ...(side !== undefined && { side }),
      });
      if (!("part" in found)) {
        const stored = await offer(found);
        // An experiment may read one file in several ways.
        const others = asked.get(found.reading?.file ?? found.sha256)?.slice(1) ?? [];
        if (stored) for (const other of others) add(await engine.readAgain(stored, other));
        return found.weightFiles ?? [];
      }
      if (isAskedAlone(found)) await parts.keepTrunk(found.sha256);
      else await parts.take(found);
      return [];
    } catch (thrown) {
      dispatch({ type: "file-refused", refusal: { name, error: errorData(thrown, name) } });
      return null;
    }
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

  async function takeAll(files: readonly GivenFile[], anyNetwork: boolean): Promise<void> {
    const isNetwork = ({ name }: GivenFile): boolean => /\.(onnx|safetensors)$/i.test(name);
    const others = files.filter((file) => !isNetwork(file));
    const used = new Set<string>();
    let isRefused = false;
    for (const file of files.filter(isNetwork)) {
      const found = await take(file, anyNetwork ? [] : asked(), others);
      found?.forEach((name) => used.add(name));
      // The others may be its weights.
      isRefused ||= found === null && /\.onnx$/i.test(file.name);
    }
    if (isRefused) return;
    for (const file of others) {
      if (!used.has(file.name)) await take(file, anyNetwork ? [] : asked(), []);
    }
  }

  const commands: UserModelCommands = {
    giveFiles(files, anyNetwork, place = "page") {
      last = last.then(async () => {
        dispatch({ type: "files-given", place });
        await takeAll(files, anyNetwork);
      });
    },
    closeImportDialog() {
      dispatch({ type: "import-dialog-closed" });
    },
    takeNetwork(sha256, role) {
      const network = getState().modelImport.waiting.find((other) => other.sha256 === sha256);
      if (!network) return;
      void engine.keepNetwork(network).then(
        (stored) => {
          add(stored);
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
    fitHead(trunk) {
      const backend = effectiveBackend(getState());
      const spec = workbenchOf(getState())?.address.spec;
      const { parts: given } = getState().modelImport;
      const name = given.find(({ sha256 }) => sha256 === trunk)?.name ?? trunk;
      if (backend !== null && spec) parts.fitHead({ base: trunk, name, data: spec.data, backend });
    },
    replaceHead(id) {
      const backend = effectiveBackend(getState());
      const bench = workbenchOf(getState());
      const model = bench?.models.find((other) => other.id === id);
      if (backend === null || !bench || !model) return;
      parts.fitHead({
        base: baseHashOf(model),
        name: titleOf(id, bench.models),
        data: bench.address.spec.data,
        backend,
        then(network) {
          if (runs.isUnderWay()) return;
          const by = userLabModel(network).id;
          address.change(({ spec, ...rest }) => ({ spec: withReplaced(spec, id, by), ...rest }));
        },
      });
    },
    fitAbsentHead({ base, data }) {
      const backend = effectiveBackend(getState());
      if (backend === null) return;
      const name = titleOf(base.id, [base]);
      parts.fitHead({ base: baseHashOf(base), name, data, backend });
    },
    cancelFit: parts.cancelFit,
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
    areAsked: () => asked().length > 0,
  };
}
