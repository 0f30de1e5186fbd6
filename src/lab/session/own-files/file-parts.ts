/**
 * Trunks and heads of networks: each waits until the other is given, or until the trunk gets a head
 * that is fitted to it, or is taken without one.
 */
import { errorData } from "../../../core/errors";
import type { FitProgress } from "../../../engine/host/linear-head";
import type { FilePart, StoredModel, UserModel } from "../../../engine/user-model";
import type { BackendName } from "../../../experiment/report";
import type { LabEngine } from "../../engine/engine-types";
import type { ModelImportAction } from "./model-import";

export interface FileParts {
  /** Joins a part to one that was given before, where one fits; else it waits. */
  readonly take: (part: FilePart) => Promise<void>;
  /** Fits a linear head, one at a time. */
  readonly fitHead: (asked: AskedHead) => void;
  readonly cancelFit: () => void;
  /**
   * Takes a trunk that was given in as a network without a head.
   *
   * @returns null where it was refused
   */
  readonly keepTrunk: (trunk: string) => Promise<StoredModel | null>;
  /** Forgets the parts that wait; not during a fit. */
  readonly forget: () => void;
}

/** A head to fit. */
export interface AskedHead {
  /** SHA-256 of what it is fitted to. */
  readonly base: string;
  /** How errors name that. */
  readonly name: string;
  /** As in a spec. */
  readonly data: string | undefined;
  readonly backend: BackendName;
  /** Called once it is fitted. */
  readonly then?: (network: StoredModel) => void;
}

/**
 * @param add takes in a network that is stored
 * @param offer shows a network that parts were joined into
 */
export function createFileParts(
  engine: LabEngine,
  dispatch: (action: ModelImportAction) => void,
  add: (network: StoredModel) => void,
  offer: (network: UserModel) => Promise<unknown>,
): FileParts {
  let parts: readonly FilePart[] = [];
  let fit: AbortController | undefined;

  function joined(hashes: readonly string[]): void {
    parts = parts.filter(({ sha256 }) => !hashes.includes(sha256));
    dispatch({ type: "parts-joined", parts: hashes });
  }

  async function runFit(
    { base: trunk, name, data, backend, then }: AskedHead,
    { signal }: AbortController,
  ): Promise<void> {
    dispatch({ type: "head-fitting", trunk, progress: { fraction: 0, activity: "starting" } });
    try {
      const report = (progress: FitProgress): void =>
        dispatch({ type: "head-fitting", trunk, progress });
      const network = await engine.fitHead(trunk, data, backend, { signal, report });
      joined([trunk]);
      add(network);
      then?.(network);
    } catch (thrown) {
      if (signal.aborted) return;
      dispatch({ type: "file-refused", refusal: { name, error: errorData(thrown, name) } });
    } finally {
      fit = undefined;
      dispatch({ type: "fit-ended" });
    }
  }

  return {
    async take(part) {
      parts = [...parts.filter(({ sha256 }) => sha256 !== part.sha256), part];
      dispatch({ type: "part-given", part });
      const other = parts.find((old) => old.part !== part.part && old.features === part.features);
      if (!other) return;
      const [trunk, head] = part.part === "trunk" ? [part, other] : [other, part];
      dispatch({ type: "file-reading", name: `${trunk.name} + ${head.name}` });
      const network = await engine.joinHead(trunk.sha256, head.sha256);
      joined([trunk.sha256, head.sha256]);
      await offer(network);
    },
    fitHead(asked) {
      if (fit) return;
      fit = new AbortController();
      void runFit(asked, fit);
    },
    cancelFit() {
      fit?.abort();
    },
    async keepTrunk(trunk) {
      const name = parts.find(({ sha256 }) => sha256 === trunk)?.name ?? trunk;
      try {
        const network = await engine.keepTrunk(trunk);
        joined([trunk]);
        add(network);
        return network;
      } catch (thrown) {
        dispatch({ type: "file-refused", refusal: { name, error: errorData(thrown, name) } });
        return null;
      }
    },
    forget() {
      if (fit) return;
      engine.forgetFiles(parts.map(({ sha256 }) => sha256));
      parts = [];
    },
  };
}
