/** Asks for the files that the address names and that are not here. */
import { useId, type ReactNode } from "react";
import type { AbsentFile } from "../engine/models";
import { ChooseFile } from "./ChooseFile";

/** @param files at least one */
export default function AbsentFiles({
  files,
}: {
  readonly files: readonly AbsentFile[];
}): ReactNode {
  const id = useId();
  const one = files.length === 1;
  return (
    <section className="notice notice-asks" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{one ? "This link needs a file" : "This link needs files"}</h2>
      <dl className="hashes">
        {files.map(({ sha256, roles }) => (
          <div key={sha256}>
            <dt>
              {rolesInWords(roles)}, <span className="hash-name">SHA-256</span>
            </dt>
            <dd>
              <code>{sha256}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p id={`${id}-how`}>
        Drop {one ? "it" : "them"} on this page or choose {one ? "it" : "them"}. Ask the sender of
        the link for {one ? "the file" : "the files"}; of a network in two files, .onnx and weights,
        give both at once. Files are checked against the hash on your machine and not uploaded. Or
        choose other networks.
      </p>
      <ChooseFile
        label={one ? "Choose file…" : "Choose files…"}
        describedBy={`${id}-how`}
        anyNetwork={false}
      />
    </section>
  );
}

function rolesInWords(roles: AbsentFile["roles"]): string {
  if (roles.length > 1) return "Both networks";
  return roles[0] === "top" ? "Top network" : "Bottom network";
}
