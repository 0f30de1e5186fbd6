/**
 * Files that the visitor gave and that are not stored: networks until the visitor takes them, trunks
 * and heads until they are joined to networks. Kept in memory while the page is open.
 */
import { LabError } from "../../core/errors";
import type { GivenFile } from "../../core/nets/linear-head";
import { askWorker } from "../../engine/ask-worker";
import { fitLinearHead, type FitProgress } from "../../engine/host/linear-head";
import type { SpawnWorker } from "../../engine/messages";
import type { FilePart, ModelStore, StoredModel, UserModel } from "../../engine/user-model";
import { usualDataSet } from "../../experiment/data-sets";
import type { BackendName } from "../../experiment/report";
import type { DataSource } from "../../engine/user-data-set";

/** What a visitor does to a fit. */
export interface FitControl {
  /** Aborting it stops the fit. */
  readonly signal: AbortSignal;
  readonly report: (progress: FitProgress) => void;
}

export interface FileParts {
  hold(file: FilePart | UserModel, bytes: Uint8Array): void;
  /** Stores a network that is held. */
  store(network: UserModel): Promise<StoredModel>;
  /** Makes a network of a trunk and a head, and holds it. @param head null for the trunk alone */
  join(trunk: string, head: string | null): Promise<UserModel>;
  /**
   * Fits a head to a file that is held, or that `wholeFile` finds, and stores the network.
   *
   * @param base the file's SHA-256
   */
  fit(
    base: string,
    data: string | undefined,
    backend: BackendName,
    control: FitControl,
  ): Promise<StoredModel>;
  /** @param hashes SHA-256 of the files */
  forget(hashes: readonly string[]): void;
}

interface Deps {
  readonly networks: ModelStore;
  readonly spawn: SpawnWorker;
  /** Finds a network that is not held, by its SHA-256 or its trunk's. */
  readonly wholeFile: (sha256: string) => Promise<GivenFile | undefined>;
  readonly readData: (ref: string | undefined) => Promise<DataSource>;
}

export function createFileParts({ networks, spawn, wholeFile, readData }: Deps): FileParts {
  const held = new Map<string, GivenFile>();
  const known = (file: GivenFile | undefined, sha256: string): GivenFile => {
    if (file) return file;
    const expected = "a file that was given since the page was opened";
    throw new LabError({ code: "not-found", input: sha256, expected, found: "none" });
  };
  const part = (sha256: string): GivenFile => known(held.get(sha256), sha256);
  return {
    hold({ sha256, name }, bytes) {
      held.set(sha256, { name, bytes });
    },
    async store(network) {
      const stored = await networks.put(network, part(network.sha256).bytes);
      held.delete(network.sha256);
      return stored;
    },
    async join(trunk, head) {
      const files = { trunk: part(trunk), head: head === null ? null : part(head) };
      const { network, bytes } = await askWorker(spawn, {
        messages: [{ type: "join", ...files }],
        answerOf: (message) => (message.type === "joined" ? message.file : undefined),
        input: files.trunk.name,
        expected: "a worker that makes a network of it",
      });
      held.set(network.sha256, { name: network.name, bytes });
      return network;
    },
    async fit(trunkSha256, dataRef = usualDataSet, backend, { signal, report }) {
      const trunk = known(held.get(trunkSha256) ?? (await wholeFile(trunkSha256)), trunkSha256);
      const request = { trunk, trunkSha256, dataRef, backend, ...(await readData(dataRef)) };
      const { network, bytes } = await fitLinearHead(request, spawn, report, signal);
      return networks.put(network, bytes);
    },
    forget(hashes) {
      for (const sha256 of hashes) held.delete(sha256);
    },
  };
}
