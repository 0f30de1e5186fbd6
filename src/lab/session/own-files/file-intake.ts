/** Files that a visitor gives: each read as a network or a part of one, with its weights beside it. */
import { errorData } from "../../../core/errors";
import {
  userModelRef,
  type FilePart,
  type StoredModel,
  type UserModel,
} from "../../../engine/user-model";
import { absentFiles, absentReadings } from "../../engine/models";
import type { GivenFile } from "../../engine/validate-file";
import type { SessionContext } from "../context";
import { dataChoiceOf } from "../experiment/data-choice";
import { workbenchOf } from "../state";
import type { FileParts } from "./file-parts";

interface Needs {
  readonly context: SessionContext;
  readonly parts: FileParts;
  /** Takes in a network, or lets the visitor decide. @returns the network, if it was taken in */
  readonly offer: (network: UserModel) => Promise<StoredModel | undefined>;
  /** Takes in what is stored. */
  readonly add: (network: StoredModel) => void;
}

export interface FileIntake {
  /** Reads files, one after another. @param anyNetwork even if the address asks for a certain file */
  readonly take: (files: readonly GivenFile[], anyNetwork: boolean) => Promise<void>;
}

/** Returns the SHA-256 of the files that the experiment names and that are not here. */
export function filesAsked({ getState }: SessionContext): readonly string[] {
  const bench = workbenchOf(getState());
  if (bench === null) return [];
  return absentFiles(bench.address.spec, bench.models).map(({ sha256 }) => sha256);
}

export function createFileIntake({ context, parts, offer, add }: Needs): FileIntake {
  const { engine, getState, dispatch } = context;

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

  /**
   * @param beside files that may hold its weights
   * @returns names of those that do; null where it was refused
   */
  async function takeOne(
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

  async function takeAll(files: readonly GivenFile[], anyNetwork: boolean): Promise<void> {
    const isNetwork = ({ name }: GivenFile): boolean => /\.(onnx|safetensors)$/i.test(name);
    const others = files.filter((file) => !isNetwork(file));
    const used = new Set<string>();
    let isRefused = false;
    for (const file of files.filter(isNetwork)) {
      const found = await takeOne(file, anyNetwork ? [] : filesAsked(context), others);
      found?.forEach((name) => used.add(name));
      // The others may be its weights.
      isRefused ||= found === null && /\.onnx$/i.test(file.name);
    }
    if (isRefused) return;
    for (const file of others) {
      if (!used.has(file.name)) await takeOne(file, anyNetwork ? [] : filesAsked(context), []);
    }
  }

  return { take: takeAll };
}
