/** Networks that can be chosen: those of the zoo, and the visitor's own. */
import type { Architecture } from "../../core/nets/architecture-schema";
import type { Reading } from "../../core/onnx/reading";
import type { ZooModel } from "../../core/nets/zoo-manifest";
import { userModelRef, type StoredModel, type UserModel } from "../../engine/user-model";
import type { Role } from "../../experiment/events";
import { fileRefOf, trainingOf } from "../../experiment/model-ref";
import { curvesOf, type Spec } from "../../experiment/spec";
import type { TrainingSpec } from "../../experiment/training/spec";

/**
 * A file of the visitor's. Its id is its contents', so that an address can name it wherever it is
 * opened.
 */
export interface UserLabModel extends StoredModel {
  readonly id: string;
  readonly own: true;
}

export type LabModel = ZooModel | UserLabModel;

/** A network that an experiment names by its training, and that is not here. */
export interface NetworkToTrain {
  /** The reference. */
  readonly id: string;
  readonly architecture: Architecture;
  readonly toTrain: TrainingSpec;
}

export function isToTrain(model: LabModel | NetworkToTrain): model is NetworkToTrain {
  return "toTrain" in model;
}

export function isUserModel(model: LabModel | NetworkToTrain): model is UserLabModel {
  return "own" in model;
}

/** SHA-256 of the file that a head is fitted to, and that names the network with this head. */
export function baseOf(network: Pick<UserModel, "sha256" | "joined">): string {
  return network.joined?.trunk ?? network.sha256;
}

export function userLabModel(network: StoredModel): UserLabModel {
  return { ...network, id: userModelRef(network), own: true };
}

/** Returns the trainings that an experiment names and whose networks are not here, each once. */
export function absentTrainings(spec: Spec, models: readonly LabModel[]): readonly TrainingSpec[] {
  // The network below comes first, as the eye reads it.
  const refs = new Set(curvesOf(spec).flatMap(({ top, bottom }) => [bottom, top]));
  return [...refs].flatMap((ref) =>
    models.some(({ id }) => id === ref) ? [] : (trainingOf(ref) ?? []),
  );
}

/**
 * Returns how an experiment reads the files that it names and that are not here, by their SHA-256.
 */
export function absentReadings(
  spec: Spec,
  models: readonly LabModel[],
): ReadonlyMap<string, readonly Reading[]> {
  const absent = new Map<string, Map<string, Reading>>();
  for (const id of new Set(curvesOf(spec).flatMap(({ top, bottom }) => [top, bottom]))) {
    const ref = fileRefOf(id);
    if (!ref || ref.head || models.some((model) => model.id === id)) continue;
    absent.set(
      ref.sha256,
      (absent.get(ref.sha256) ?? new Map<string, Reading>()).set(id, ref.reading ?? {}),
    );
  }
  return new Map([...absent].map(([sha256, byId]) => [sha256, [...byId.values()]]));
}

/** A network that an experiment names by a fitted head that is not here, unlike what it is fitted to. */
export interface AbsentHead {
  /** What the experiment names. */
  readonly id: string;
  /** The network whose head it replaces. */
  readonly base: LabModel;
  /** The data set that it is fitted to, as in a spec's address. */
  readonly data: string;
}

/** Returns the heads that can be fitted now, each once. */
export function absentHeads(spec: Spec, models: readonly LabModel[]): readonly AbsentHead[] {
  const ids = new Set(curvesOf(spec).flatMap(({ top, bottom }) => [top, bottom]));
  return [...ids].flatMap((id) => {
    const ref = models.some((model) => model.id === id) ? undefined : fileRefOf(id);
    if (ref?.head?.type !== "fitted") return [];
    const base = models.find((model) => baseHashOf(model) === ref.sha256);
    return base ? [{ id, base, data: ref.head.data }] : [];
  });
}

/** As `baseOf`, also for a network of the zoo. */
export function baseHashOf(model: LabModel): string {
  return isUserModel(model) ? baseOf(model) : model.sha256;
}

/** A file that an experiment names and that is not here. */
export interface AbsentFile {
  /** In hexadecimal. */
  readonly sha256: string;
  readonly roles: readonly Role[];
}

/** Each once, the top's first; a trunk before its head. */
export function absentFiles(spec: Spec, models: readonly LabModel[]): readonly AbsentFile[] {
  const absent = new Map<string, Set<Role>>();
  const toFit = absentHeads(spec, models).map(({ id }) => id);
  for (const curve of curvesOf(spec)) {
    for (const role of ["top", "bottom"] as const) {
      const id = curve[role];
      const ref = fileRefOf(id);
      if (!ref || toFit.includes(id) || models.some((model) => model.id === id)) continue;
      const files = [ref.sha256, ...(ref.head?.type === "published" ? [ref.head.sha256] : [])];
      for (const sha256 of files) {
        absent.set(sha256, (absent.get(sha256) ?? new Set<Role>()).add(role));
      }
    }
  }
  return [...absent].map(([sha256, roles]) => ({ sha256, roles: [...roles] }));
}
