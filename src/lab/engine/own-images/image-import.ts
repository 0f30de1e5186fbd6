/** The visitor's images on their way in: a worker reads them, the page keeps what it sends. */
import { LabError } from "../../../core/errors";
import { readMessage } from "../../../engine/read-message";
import type { DataSetStore, StoredDataSet } from "../../../engine/user-data-set";
import {
  fromImagesWorkerSchema,
  type FromImagesWorker,
  type GivenImages,
  type Preview,
  type ReadOptions,
  type ToImagesWorker,
} from "./messages";

export interface ImageImport {
  /** What the images are. @throws LabError naming the file that is wrong */
  look(): Promise<Preview>;
  /**
   * Reads all images and keeps them; after a failure it can be called again.
   *
   * @param wanted what names the data set that is asked for; null where any will do
   * @throws LabError naming the file that is wrong; `hash-mismatch` where they are other images
   */
  read(
    options: ReadOptions,
    wanted: string | null,
    report: (images: number, total: number) => void,
  ): Promise<StoredDataSet>;
  /** Ends the worker at once; nothing is kept of what is not read to the end. */
  stop(): void;
}

export function openImageImport(given: GivenImages, store: DataSetStore["put"]): ImageImport {
  const worker = new Worker(new URL("./image-worker.ts", import.meta.url), { type: "module" });
  let stop: () => void = () => undefined;

  /** @param receive returns the answer, or undefined for a message that is none */
  function ask<Answer>(
    message: ToImagesWorker,
    receive: (message: FromImagesWorker) => Answer | undefined,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const broken = (code: "backend" | "cancelled", found: string): void =>
        reject(new LabError({ code, input: given.name, expected: "to be read", found }));
      stop = () => broken("cancelled", "a stop");
      worker.onerror = ({ message }) =>
        broken("backend", message || "a worker whose script could not be loaded");
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        const received = readMessage(data, fromImagesWorkerSchema, "the worker that reads images");
        if (received instanceof LabError) {
          reject(received);
          return;
        }
        if (received.type === "failed") reject(new LabError(received.error));
        const answer = receive(received);
        if (answer !== undefined) resolve(answer);
      };
      worker.postMessage(message);
    });
  }

  return {
    look: () =>
      ask({ type: "look", given }, (message) =>
        message.type === "preview" ? message.preview : undefined,
      ),
    async read(options, wanted, report) {
      const shards = new Map<string, Blob>();
      const set = await ask({ type: "read", options, wanted }, (message) => {
        if (message.type === "progress") report(message.images, message.total);
        if (message.type === "shard") shards.set(message.sha256, message.shard);
        return message.type === "finished" ? message.set : undefined;
      });
      return store(set, shards);
    },
    stop() {
      worker.terminate();
      stop();
    },
  };
}
