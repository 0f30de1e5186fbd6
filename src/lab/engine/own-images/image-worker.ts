/** Reads the visitor's images away from the page, which no file, however odd, can block. */
import jpegUrl from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm?url";
import webpUrl from "@jsquash/webp/codec/dec/webp_dec.wasm?url";
import type { Codecs } from "../../../core/data/import/pictures/decode";
import type { ImportFile } from "../../../core/data/import/files/file";
import { importImages } from "../../../core/data/import/import-images";
import { previewOf } from "../../../core/data/import/preview";
import type { DataManifest } from "../../../core/data/manifest";
import { errorData, LabError } from "../../../core/errors";
import type { UserDataSet } from "../../../engine/user-data-set";
import { dataSetRef, namedDataSet, renormalised } from "../../../experiment/data-sets";
import { givenFile } from "./given-images";
import type { FromImagesWorker, GivenImages, ReadOptions, ToImagesWorker } from "./messages";

/** Progress is reported this often. */
const reportEveryMs = 100;

const codecs: Codecs = async (codec) => {
  const response = await fetch(codec === "jpeg" ? jpegUrl : webpUrl);
  return new Uint8Array(await response.arrayBuffer());
};

let given: GivenImages = { name: "", files: [] };

function send(message: FromImagesWorker): void {
  postMessage(message);
}

function files(): ImportFile[] {
  return given.files.map(givenFile);
}

async function look(): Promise<void> {
  const preview = await previewOf(files(), given.name, codecs);
  const samples = preview.samples.map((sample) => ({
    ...sample,
    pixels: new Uint8Array(sample.pixels),
  }));
  send({
    type: "preview",
    preview: {
      ...preview,
      sizes: [...preview.sizes],
      samples,
      classNames: [...preview.classNames],
    },
  });
}

async function read(options: ReadOptions, wanted: string | null): Promise<void> {
  let reportedMs = 0;
  const events = importImages(files(), {
    name: given.name,
    source: "read from files",
    codecs,
    ...options,
  });
  for await (const event of events) {
    switch (event.type) {
      case "progress": {
        const nowMs = performance.now();
        if (nowMs - reportedMs < reportEveryMs) break;
        reportedMs = nowMs;
        send(event);
        break;
      }
      case "shard": {
        const { entry, bytes } = event.shard;
        // A copy: the shard may be a part of something larger. The browser holds it, not this worker.
        send({ type: "shard", sha256: entry.sha256, shard: new Blob([bytes.slice()]) });
        break;
      }
      case "finished":
        send({ type: "finished", set: named(event.manifest, options, wanted) });
        break;
      default:
        event satisfies never;
    }
  }
}

/** @throws LabError `hash-mismatch` where another data set is asked for */
function named(
  manifest: DataManifest,
  { normalisation }: ReadOptions,
  wanted: string | null,
): UserDataSet {
  const own = normalisation ? { ref: dataSetRef(manifest), manifest } : namedDataSet(manifest);
  if (wanted === null || own.ref === wanted) return own;
  // An address does not say how images were normalised.
  const same = renormalised(manifest, wanted);
  if (same) return { ref: wanted, manifest: same };
  throw new LabError({
    code: "hash-mismatch",
    input: manifest.name,
    expected: wanted,
    found: own.ref,
  });
}

async function answer(message: ToImagesWorker): Promise<void> {
  try {
    switch (message.type) {
      case "look":
        given = message.given;
        await look();
        return;
      case "read":
        await read(message.options, message.wanted);
        return;
      default:
        message satisfies never;
    }
  } catch (thrown) {
    if (!(thrown instanceof LabError)) console.error(thrown);
    send({ type: "failed", error: errorData(thrown, given.name) });
  }
}

let last = Promise.resolve();
addEventListener("message", ({ data }: MessageEvent<ToImagesWorker>) => {
  last = last.then(() => answer(data));
});
