/** A whole experiment on the tiny networks, with real threads. */
import { join, resolve } from "node:path";
import { nodeDeps } from "../../../src/node/run";
import { readZoo, resolveModel } from "../../../src/node/models";
import { readJson } from "../../../src/node/files";
import { dataManifestSchema } from "../../../src/core/data/manifest";
import type { ResultStore } from "../../../src/engine/host/result-store";
import type { RunDeps } from "../../../src/engine/host/run";
import { curvesOf, defaultSpec, type Spec } from "../../../src/experiment/spec";

const root = resolve(import.meta.dirname, "../../..");

/** Three closed-form parts of training images and one stitch. */
export function tinySpec(top: string, bottom: string): Spec {
  const { trainImages, ...rest } = defaultSpec(top, bottom, "quick");
  return { ...rest, trainImages: Math.min(trainImages, 2_000), testImages: 100, sites: [1] };
}

/** @param zooFolder of the networks; the tiny ones' if absent */
export async function tinyDeps(
  spec: Spec,
  changes: Partial<RunDeps> = {},
  zooFolder = "tests/fixtures/tiny",
): Promise<RunDeps> {
  const folders = { zoo: join(root, zooFolder), data: join(root, "public/data") };
  const zoo = await readZoo(folders);
  const model = (name: string) => resolveModel(name, zoo, folders, root);
  return {
    models: await Promise.all(
      curvesOf(spec)
        .flatMap(({ top, bottom }) => [top, bottom])
        .map(model),
    ),
    data: await readJson(join(folders.data, "manifest.json"), dataManifestSchema),
    dataFolder: `${folders.data}/`,
    backend: "wasm",
    ...nodeDeps(),
    // Two files of tests run at a time, so that one thread each keeps both cores busy.
    workers: 1,
    nowMs: () => 0,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** A store that notes what is put into it and can lose things. */
export interface WatchedStore extends ResultStore {
  /** Types of the results kept, in order. */
  readonly kept: string[];
  /** Whether it has a result of a type. */
  has(type: string): boolean;
  /** Forgets the first result of a type. */
  lose(type: string): void;
}

export function watchedStore(): WatchedStore {
  const results = new Map<string, { type: string }>();
  const kept: string[] = [];
  return {
    kept,
    get: (key) => Promise.resolve(results.get(key)),
    put(key, result) {
      kept.push(result.type);
      results.set(key, result);
      return Promise.resolve();
    },
    delete(key) {
      results.delete(key);
      return Promise.resolve();
    },
    has: (type) => [...results.values()].some((result) => result.type === type),
    lose(type) {
      const lost = [...results].find(([, result]) => result.type === type);
      if (lost) results.delete(lost[0]);
    },
  };
}
