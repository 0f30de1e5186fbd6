/** Networks that can be chosen: those of the zoo, and the visitor's own. */
import type { ZooModel } from "../../core/nets/zoo-manifest";
import type { StoredModel } from "../../engine/user-model";
import type { Role } from "../../experiment/events";
import { curvesOf, type Spec } from "../../experiment/spec";

/**
 * A file of the visitor's. Its id is its contents', so that an address can name it wherever it is
 * opened.
 */
export interface UserLabModel extends StoredModel {
  readonly id: string;
  readonly own: true;
}

export type LabModel = ZooModel | UserLabModel;

export function isUserModel(model: LabModel): model is UserLabModel {
  return "own" in model;
}

export function userLabModel(network: StoredModel): UserLabModel {
  return { ...network, id: userModelId(network.sha256), own: true };
}

const prefix = "sha256:";

/** What specs and addresses name a file by. */
export function userModelId(sha256: string): string {
  return prefix + sha256;
}

/** A file that an experiment names and that is not here. */
export interface AbsentFile {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly roles: readonly Role[];
}

/** Each once, the top's first. */
export function absentFiles(spec: Spec, models: readonly LabModel[]): readonly AbsentFile[] {
  const absent = new Map<string, Set<Role>>();
  for (const curve of curvesOf(spec)) {
    for (const role of ["top", "bottom"] as const) {
      const id = curve[role];
      if (!id.startsWith(prefix) || models.some((model) => model.id === id)) continue;
      const sha256 = id.slice(prefix.length);
      absent.set(sha256, (absent.get(sha256) ?? new Set<Role>()).add(role));
    }
  }
  return [...absent].map(([sha256, roles]) => ({ sha256, roles: [...roles] }));
}
