/** The visitor's own networks: looked up, taken in one file after another, removed. */
import { errorData } from "../../../core/errors";
import type { FitProgress } from "../../../engine/host/linear-head";
import type { FilePart, StoredModel } from "../../../engine/user-model";
import type { BackendName } from "../../../experiment/report";
import type { LabEngine } from "../../engine/engine-types";
import type { GivenFile } from "../../engine/validate-file";
import type { ModelImportAction } from "./model-import";
import { userLabModel, type UserLabModel } from "../../engine/models";

export interface UserModels {
  /** Those that are here, as far as is known. */
  readonly models: () => readonly UserLabModel[];
  /** Looks again for what is stored: another tab may have taken something in. */
  readonly look: () => Promise<void>;
  /**
   * @param wanted SHA-256 of the files that are asked for at that time; none where any network is
   *   welcome
   */
  readonly give: (files: readonly GivenFile[], wanted: () => readonly string[]) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Fits a linear head to a trunk that was given, one at a time. @param data as in a spec */
  readonly fitHead: (trunk: string, data: string | undefined, backend: BackendName) => void;
  readonly cancelFit: () => void;
  /** Forgets trunks and heads that wait for each other; not during a fit. */
  readonly forgetParts: () => void;
}

/** @param changed is called whenever there are other networks than before */
export function createUserModels(
  engine: LabEngine,
  dispatch: (action: ModelImportAction) => void,
  changed: () => void,
): UserModels {
  let models: readonly UserLabModel[] = [];
  /** Files are read one after another, so each is reported and none overtakes another. */
  let last: Promise<void> = Promise.resolve();

  let parts: readonly FilePart[] = [];
  let fit: AbortController | undefined;

  async function take(file: GivenFile, wanted: readonly string[]): Promise<void> {
    const { name } = file;
    dispatch({ type: "file-reading", name });
    try {
      const found = await engine.importModel(file, wanted);
      if ("part" in found) await takePart(found);
      else add(found);
    } catch (thrown) {
      refuse(name, thrown);
    }
  }

  /** Joins it to a part that was given before, where one fits. */
  async function takePart(part: FilePart): Promise<void> {
    parts = [...parts.filter(({ sha256 }) => sha256 !== part.sha256), part];
    dispatch({ type: "part-given", part });
    const other = parts.find((old) => old.part !== part.part && old.features === part.features);
    if (!other) return;
    const [trunk, head] = part.part === "trunk" ? [part, other] : [other, part];
    dispatch({ type: "file-reading", name: `${trunk.name} + ${head.name}` });
    const network = await engine.joinHead(trunk.sha256, head.sha256);
    joined([trunk.sha256, head.sha256]);
    add(network);
  }

  function joined(hashes: readonly string[]): void {
    parts = parts.filter(({ sha256 }) => !hashes.includes(sha256));
    dispatch({ type: "parts-joined", parts: hashes });
  }

  function add(network: StoredModel): void {
    const model = userLabModel(network);
    models = [...models.filter(({ id }) => id !== model.id), model];
    dispatch({ type: "file-taken", id: model.id });
    changed();
  }

  function refuse(name: string, thrown: unknown): void {
    dispatch({ type: "file-refused", refusal: { name, error: errorData(thrown, name) } });
  }

  async function runFit(
    trunk: string,
    data: string | undefined,
    backend: BackendName,
    { signal }: AbortController,
  ): Promise<void> {
    const name = parts.find(({ sha256 }) => sha256 === trunk)?.name ?? trunk;
    dispatch({ type: "head-fitting", trunk, progress: { fraction: 0, activity: "starting" } });
    try {
      const report = (progress: FitProgress): void =>
        dispatch({ type: "head-fitting", trunk, progress });
      const network = await engine.fitHead(trunk, data, backend, { signal, report });
      joined([trunk]);
      add(network);
    } catch (thrown) {
      if (!signal.aborted) refuse(name, thrown);
    } finally {
      fit = undefined;
      dispatch({ type: "fit-ended" });
    }
  }

  return {
    models: () => models,
    async look() {
      const before = models;
      models = (await engine.userModels()).map(userLabModel);
      if (models.length > 0 || before.length > 0) changed();
    },
    give(files, wanted) {
      last = last.then(async () => {
        dispatch({ type: "files-given" });
        for (const file of files) await take(file, wanted());
      });
      return last;
    },
    fitHead(trunk, data, backend) {
      if (fit) return;
      fit = new AbortController();
      void runFit(trunk, data, backend, fit);
    },
    cancelFit() {
      fit?.abort();
    },
    forgetParts() {
      if (fit) return;
      parts = [];
      engine.forgetParts();
    },
    async remove(id) {
      const model = models.find((candidate) => candidate.id === id);
      if (model === undefined) return;
      models = models.filter((other) => other !== model);
      changed();
      await engine.removeModel(model.sha256);
    },
  };
}
