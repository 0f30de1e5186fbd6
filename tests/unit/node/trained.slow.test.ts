/** Trains a tiny network by its reference and finds it again. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { dataManifestSchema } from "../../../src/core/data/manifest";
import type { CheckpointStore } from "../../../src/engine/host/checkpoint-store";
import { readTrainingRef } from "../../../src/experiment/training/ref";
import { readJson } from "../../../src/node/files";
import { memoryStore } from "../../../src/node/stores";
import { trainedNetwork } from "../../../src/node/trained";
import { zooTimeoutMs } from "../fixtures";

const folder = resolve(import.meta.dirname, "../../../public/data");
const data = await readJson(join(folder, "manifest.json"), dataManifestSchema);
const ref = "train:seed=3,width=2,blocks=1-1-1,images=128,epochs=1,batch=64";

test(
  "a network that was trained is found again, and trained again where its file is damaged",
  async () => {
    const networks = await mkdtemp(join(tmpdir(), "stitch-lab-trained-"));
    const { checkpoints } = memoryStore();
    const kept: string[] = [];
    const deleted: string[] = [];
    const noted: CheckpointStore = {
      get: (key) => checkpoints.get(key),
      async put(key, value) {
        kept.push(key);
        await checkpoints.put(key, value);
      },
      async delete(key) {
        deleted.push(key);
        await checkpoints.delete(key);
      },
    };
    let steps = 0;
    const get = () =>
      trainedNetwork(readTrainingRef(ref), {
        ...{ data, folder, networks, checkpoints: noted, workers: 2 },
        signal: new AbortController().signal,
        report: ({ type }) => (steps += type === "step" ? 1 : 0),
      });
    const first = await get();
    expect(first).toMatchObject({ isNew: true, model: { id: ref } });
    expect(steps).toBe(2);
    expect(first.model.errorByEpoch).toMatchObject({ images: 2_000 });
    expect(first.model.errorByEpoch?.errors).toHaveLength(1);
    // Nothing is left to resume.
    expect(deleted).toEqual([...new Set(kept)]);

    expect(await get()).toEqual({ ...first, isNew: false });
    expect(steps).toBe(2);

    // One that an earlier version kept is found without its epochs.
    const names = await readdir(networks);
    const [file = ""] = names.filter((name) => name.endsWith(".safetensors"));
    const [epochs = ""] = names.filter((name) => name.endsWith(".epochs.json"));
    expect(names).toHaveLength(2);
    await rm(join(networks, epochs));
    const { errorByEpoch: _, ...model } = first.model;
    expect(await get()).toEqual({ model, isNew: false });

    const bytes = await readFile(join(networks, file));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(join(networks, file), bytes);
    expect(await get()).toEqual(first);
    expect(steps).toBe(4);
  },
  zooTimeoutMs,
);
