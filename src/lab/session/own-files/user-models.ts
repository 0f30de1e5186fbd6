/** The visitor's own networks in a session: listed, taken in one file after another, removed. */
import { errorData } from "../../../core/errors";
import type { Reading } from "../../../core/onnx/reading";
import { userModelRef, type FilePart, type StoredModel } from "../../../engine/user-model";
import { absentFiles, absentReadings, userLabModel, type UserLabModel } from "../../engine/models";
import type { GivenFile } from "../../engine/validate-file";
import type { ExperimentAddress } from "../address/experiment-address";
import type { SessionContext } from "../context";
import { dataChoiceOf } from "../experiment/data-choice";
import { withModel, withoutModel } from "../experiment/edits";
import type { Runs } from "../runs/runs";
import { effectiveBackend, workbenchOf } from "../state";
import { createFileParts } from "./file-parts";

/** What the page asks of the visitor's own networks. */
export interface UserModelCommands {
  /**
   * Takes files in as networks of the visitor's own.
   *
   * @param anyNetwork even if the address asks for a certain file
   */
  readonly giveFiles: (files: readonly GivenFile[], anyNetwork: boolean) => void;
  /** Forgets one of the visitor's own networks; not while a run is under way. */
  readonly removeUserModel: (id: string) => void;
  /** Fits a linear head to a trunk that was given, by its SHA-256, on the experiment's images. */
  readonly fitHead: (trunk: string) => void;
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
  const parts = createFileParts(engine, dispatch, add);
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
      const found = await engine.importModel(file, {
        wanted,
        beside,
        readings: new Map([...asked].flatMap(([key, [first]]) => (first ? [[key, first]] : []))),
        ...(side !== undefined && { side }),
      });
      if (!("part" in found)) {
        add(found);
        // An experiment may read one file in several ways.
        for (const other of asked.get(found.reading?.file ?? found.sha256)?.slice(1) ?? []) {
          add(await engine.readAgain(found, other));
        }
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
    dispatch({ type: "files-given" });
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
    giveFiles(files, anyNetwork) {
      last = last.then(async () => {
        dispatch({ type: "files-given" });
        await takeAll(files, anyNetwork);
      });
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
      if (backend !== null && spec) parts.fitHead(trunk, spec.data, backend);
    },
    cancelFit: parts.cancelFit,
    readAgain(id, reading) {
      const model = models.find((candidate) => candidate.id === id);
      if (model === undefined || runs.isUnderWay()) return;
      last = last.then(() => takeAgain(model, reading));
    },
    takeTrunk(trunk) {
      void parts.keepTrunk(trunk).then((network) => {
        if (network === null || runs.isUnderWay()) return;
        const { id } = userLabModel(network);
        address.change(({ spec, backend }, all) => ({
          spec: withModel(spec, "bottom", id, all),
          backend,
        }));
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
