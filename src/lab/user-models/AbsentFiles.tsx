/** Asks for the files that the address names and that are not here. */
import { useId, type ReactNode } from "react";
import type { AbsentFile } from "../engine/models";
import { ChooseFile } from "./ChooseFile";

/** Of one file at least. */
export default function AbsentFiles({
  files,
}: {
  readonly files: readonly AbsentFile[];
}): ReactNode {
  const id = useId();
  const one = files.length === 1;
  return (
    <section className="notice notice-asks" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {one
          ? "This address needs a file that is not here"
          : "This address needs files that are not here"}
      </h2>
      <dl className="hashes">
        {files.map(({ sha256, roles }) => (
          <div key={sha256}>
            <dt>
              {rolesInWords(roles)}: the file whose <span className="hash-name">SHA-256</span> is
            </dt>
            <dd>
              <code>{sha256}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p id={`${id}-how`}>
        Drop {one ? "it" : "them"} anywhere on this page, or choose {one ? "it" : "them"}. Whoever
        sent you the address has {one ? "the file" : "the files"}. What you give is checked against
        the hash, on this machine, and sent nowhere. Or choose other networks below.
      </p>
      <ChooseFile
        label={one ? "Choose the file…" : "Choose the files…"}
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
