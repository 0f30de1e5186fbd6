/** The command that repeats an experiment in a terminal, and the note that shows it. */
import type { ReactNode } from "react";
import type { Report } from "../../../experiment/report";
import { type LabModel, isUserModel } from "../../engine/models";
import { writeAddress } from "../../../experiment/address/address";

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
}

export default function RepeatNote({ report, models }: Props): ReactNode {
  return (
    <p className="recorded-note">
      In a terminal: <code>{commandLineOf(report, models)}</code>
    </p>
  );
}

/**
 * Returns the command for a POSIX shell. It names the visitor's own networks by their files, which
 * must be in the current folder.
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
