/** The command that repeats an experiment in a terminal. */
import { writeAddress } from "../../experiment/address";
import type { Report } from "../../experiment/report";
import { isUserModel, type LabModel } from "../engine/models";

/**
 * For a POSIX shell. The visitor's own networks are named by their files, which must lie where it
 * is run.
 */
export function commandLineOf({ spec, backend }: Report, models: readonly LabModel[]): string {
  const files = (["top", "bottom"] as const).flatMap((role) => {
    const model = models.find(({ id }) => id === spec.curves[0][role]);
    return model && isUserModel(model) ? [`--${role}`, quoted(model.name)] : [];
  });
  // No terminal has WebGL; WebAssembly is the command line's usual choice.
  const device = backend === "webgl" || backend === "wasm" ? [] : ["--backend", backend];
  const link = quoted(writeAddress({ spec, backend: null }));
  return ["npm run -s stitch --", "--link", link, ...files, ...device].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
