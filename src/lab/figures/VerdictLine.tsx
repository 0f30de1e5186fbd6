/** One line: what the paper has, what ours shows, and whether the claim holds here. */
import type { ReactNode } from "react";
import type { PresetName } from "../../experiment/figures";
import { sketchesSchema, type Judged } from "../../experiment/sketch";
import { useFetched } from "../session/use-fetched";

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

/** How a figure's claim fares here, in words. */
interface VerdictText {
  /** What the paper has, and what ours shows. */
  readonly numbers: string;
  /** Whether the claim holds here. */
  readonly verdict: string;
  /** Why it does not, and of how many claims that is true; empty where all hold. */
  readonly more: string;
}

export function verdictText({ paper, ours, holds, because, held, claims }: Judged): VerdictText {
  // "not in the paper", "not measured" say so themselves.
  const theirs = paper.startsWith("not ") ? paper : `paper ${paper}`;
  const reason = because === undefined ? "" : `, ${because}`;
  const count = held === claims || claims === 1 ? "" : ` · ${held} of ${claims} claims hold`;
  return {
    numbers: `${theirs} · here ${ours}`,
    verdict: holds ? "holds" : "does not hold here",
    more: reason + count,
  };
}
