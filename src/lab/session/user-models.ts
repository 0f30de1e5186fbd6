/** The visitor's own networks: looked up, taken in one file after another, removed. */
import { errorData } from "../../core/errors";
import type { LabEngine } from "../engine/engine-types";
import type { GivenFile } from "../engine/validate-file";
import type { ModelImportAction } from "./model-import";
import { userLabModel, type UserLabModel } from "../engine/models";

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

  async function take(file: GivenFile, wanted: readonly string[]): Promise<void> {
    const { name } = file;
    dispatch({ type: "file-reading", name });
    try {
      const model = userLabModel(await engine.importModel(file, wanted));
      models = [...models.filter(({ id }) => id !== model.id), model];
      dispatch({ type: "file-taken", id: model.id });
      changed();
    } catch (thrown) {
      const refusal = { name, error: errorData(thrown, name) };
      dispatch({ type: "file-refused", refusal });
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
    async remove(id) {
      const model = models.find((candidate) => candidate.id === id);
      if (model === undefined) return;
      models = models.filter((other) => other !== model);
      changed();
      await engine.removeModel(model.sha256);
    },
  };
}
