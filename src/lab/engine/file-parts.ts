/**
 * Trunks and heads that the visitor gave: kept in memory while the page is open, and joined to
 * networks.
 */
import { LabError } from "../../core/errors";
import type { GivenFile } from "../../core/nets/linear-head";
import { askWorker } from "../../engine/ask-worker";
import { fitLinearHead, type FitProgress } from "../../engine/host/linear-head";
import type { SpawnWorker } from "../../engine/messages";
import type { FilePart, ModelStore, StoredModel } from "../../engine/user-model";
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
  keep(part: FilePart, bytes: Uint8Array): void;
  /** @param head null keeps the trunk alone */
  join(trunk: string, head: string | null): Promise<StoredModel>;
  fit(
    trunk: string,
    data: string | undefined,
    backend: BackendName,
    control: FitControl,
  ): Promise<StoredModel>;
  forget(): void;
}

interface Deps {
  readonly networks: ModelStore;
  readonly spawn: SpawnWorker;
  readonly readData: (ref: string | undefined) => Promise<DataSource>;
}

export function createFileParts({ networks, spawn, readData }: Deps): FileParts {
  const kept = new Map<string, GivenFile>();
  const part = (sha256: string): GivenFile => {
    const file = kept.get(sha256);
    if (file) return file;
    const expected = "a file that was given since the page was opened";
    throw new LabError({ code: "not-found", input: sha256, expected, found: "none" });
  };
  return {
    keep({ sha256, name }, bytes) {
      kept.set(sha256, { name, bytes });
    },
    async join(trunk, head) {
      const files = { trunk: part(trunk), head: head === null ? null : part(head) };
      const { network, bytes } = await askWorker(spawn, {
        messages: [{ type: "join", ...files }],
        answerOf: (message) => (message.type === "joined" ? message.file : undefined),
        input: files.trunk.name,
        expected: "a worker that makes a network of it",
      });
      return networks.put(network, bytes);
    },
    async fit(trunkSha256, dataRef = usualDataSet, backend, { signal, report }) {
      const trunk = part(trunkSha256);
      const request = { trunk, trunkSha256, dataRef, backend, ...(await readData(dataRef)) };
      const { network, bytes } = await fitLinearHead(request, spawn, report, signal);
      return networks.put(network, bytes);
    },
    forget() {
      kept.clear();
    },
  };
}
