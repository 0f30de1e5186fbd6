/** The kinds of files that are the visitor's own: networks and data sets. */
import { userDataSetSchema, type DataSetStore, type UserDataSet } from "../engine/user-data-set";
import { userModelSchema, type ModelStore } from "../engine/user-model";
import { createOwnFiles, ownFilePath } from "./own-files";
import type { StoreDeps } from "./store-deps";

/** Each network is a record of what it is, and one file. */
export function createModelStore(deps: StoreDeps): ModelStore {
  const { list, put, remove, urls } = createOwnFiles(deps, {
    kind: "networks",
    inWords: "network",
    schema: userModelSchema,
    keyOf: ({ sha256 }) => sha256,
    nameOf: ({ name }) => name,
    filesOf: (sha256) => [sha256],
  });
  return {
    list,
    put: (network, bytes) => put(network, new Map([[network.sha256, bytes]])),
    remove,
    path(network) {
      const { sha256, name } = network;
      const url = urls(network)?.get(sha256);
      // What follows the # is for people: it is not part of what is fetched.
      return url === undefined ? ownFilePath(name) : `${url}#${name}`;
    },
  };
}

/** Each data set is a manifest, and its shards. */
export function createDataSetStore(deps: StoreDeps): DataSetStore {
  const { list, put, remove, urls } = createOwnFiles(deps, {
    kind: "data-sets",
    inWords: "data set",
    schema: userDataSetSchema,
    keyOf: ({ ref }) => ref,
    nameOf: ({ manifest }) => manifest.name,
    filesOf: (_, set) =>
      set && [...set.manifest.train, ...set.manifest.test].map(({ sha256 }) => sha256),
  });
  return {
    list,
    put,
    remove,
    source(set) {
      const { manifest } = set;
      const here = urls(set);
      if (!here) return { data: manifest, dataFolder: ownFilePath(`${manifest.name}/`) };
      // Experiments know a shard by its hash: it may be anywhere.
      const found = (shards: UserDataSet["manifest"]["train"]) =>
        shards.map((shard) => ({ ...shard, file: here.get(shard.sha256) ?? shard.file }));
      const { train, test } = manifest;
      return { data: { ...manifest, train: found(train), test: found(test) }, dataFolder: "" };
    },
  };
}
