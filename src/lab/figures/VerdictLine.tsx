/** One line: what the paper has, what ours shows, and whether the claim holds here. */
import type { ReactNode } from "react";
import type { PresetName } from "../../experiment/figures";
import { sketchesSchema, type Judged } from "../../experiment/sketch";
import { useFetched } from "../session/use-fetched";
import { verdictText } from "./verdict-text";

interface Props {
  readonly name: PresetName;
}

/** Fetches the verdicts; empty, but of one line's height, until they are here. */
export default function VerdictLine({ name }: Props): ReactNode {
  const sketches = useFetched("recorded/sketches.json", sketchesSchema, "the verdicts");
  const judged = sketches?.status === "ready" ? sketches.value[name]?.judged : undefined;
  return <p className="verdict">{judged && <Verdict judged={judged} />}</p>;
}

export function Verdict({ judged }: { readonly judged: Judged }): ReactNode {
  const { numbers, verdict, more } = verdictText(judged);
  return (
    <>
      <span className="verdict-numbers">{numbers} · </span>
      <strong className={judged.holds ? "holds" : "fails"}>{verdict}</strong>
      {more !== "" && <span className="verdict-numbers">{more}</span>}
    </>
  );
}
