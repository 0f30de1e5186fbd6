/**
 * One line: what the paper has, what ours shows, and whether the claim holds here. It opens all
 * claims of the figure.
 */
import type { ReactNode } from "react";
import type { PresetName } from "../../experiment/figures";
import { sketchesSchema, type Judged, type Lead } from "../../experiment/sketch";
import { unbroken } from "../format/numbers";
import { useFetched } from "../ui/use-fetched";
import { LazyDetails } from "../ui/lazy-part";

interface Props {
  readonly name: PresetName;
}

/** Fetches the verdicts; empty, but of one line's height, until they are here. */
export default function VerdictLine({ name }: Props): ReactNode {
  const sketches = useFetched("recorded/sketches.json", sketchesSchema, "the verdicts");
  const judged = sketches?.status === "ready" ? sketches.value[name]?.judged : undefined;
  if (!judged) return <p className="verdict" />;
  return (
    <LazyDetails className="verdict" summary={<Summary judged={judged} />}>
      <ClaimList judged={judged} />
    </LazyDetails>
  );
}

/** The first claim, and what opens the others. */
function Summary({ judged }: { readonly judged: Judged }): ReactNode {
  const { count } = verdictText(judged);
  return (
    <>
      <span>
        <Verdict judged={judged} counts={false} />
      </span>{" "}
      <span className="verdict-button">How sure?{count !== "" && ` ${count}`}</span>
    </>
  );
}

/** Each claim with the paper's value, ours and the verdict. */
export function ClaimList({ judged: { list = [], lead } }: { readonly judged: Judged }): ReactNode {
  return (
    <>
      <ul className="claim-list">
        {list.map(({ statement, paper, ours, holds, because }) => (
          <li key={statement}>
            {statement}{" "}
            <span className="verdict-numbers">
              {theirs(paper)} · here: {ours} ·{" "}
            </span>
            <strong className={holds ? "holds" : "fails"}>
              {holds ? "holds" : "does not hold here"}
            </strong>
            {because !== undefined && <span className="verdict-numbers">, {because}</span>}
          </li>
        ))}
      </ul>
      {lead && <p>{leadText(lead)}</p>}
      <p className="verdict-numbers">
        Numbers are points of extra test error, ± one standard error, unless they say otherwise.
      </p>
    </>
  );
}

export function leadText({ highest, next, points, standardError }: Lead): string {
  const first = highest.charAt(0).toUpperCase() + highest.slice(1);
  const by = `${points.toFixed(1)} ± ${standardError.toFixed(1)} points`;
  // The two errors are of the same images, so that the difference's is at most this.
  return `${first} is above ${next} (the next highest) by ${by}. ± reflects the number of test images; networks from other seeds can differ by more.`;
}

/** "not in the paper", "not measured" say so themselves. */
function theirs(paper: string): string {
  return paper.startsWith("not ") ? paper : `paper: ${paper}`;
}

interface VerdictProps {
  readonly judged: Judged;
  /** Whether it says of how many claims that is true; by default it does. */
  readonly counts?: boolean;
}

export function Verdict({ judged, counts = true }: VerdictProps): ReactNode {
  const { numbers, verdict, reason, count } = verdictText(judged);
  const more =
    reason + (counts && judged.held < judged.claims && count !== "" ? ` · ${count}` : "");
  return (
    <>
      <span className="verdict-numbers">{unbroken(numbers)} · </span>
      <strong className={classOf(judged)}>{verdict}</strong>
      {more !== "" && <span className="verdict-numbers">{unbroken(more)}</span>}
    </>
  );
}

/** Green is for figures of which every claim holds. */
function classOf({ holds, held, claims }: Judged): string {
  if (!holds) return "fails";
  return held < claims ? "partly" : "holds";
}

/** How a figure's claims fare here, in words. */
interface VerdictText {
  /** What the paper has, and what ours shows. */
  readonly numbers: string;
  /** Whether the claims hold here. */
  readonly verdict: string;
  /** Why it does not: ", because …"; empty where it holds. */
  readonly reason: string;
  /** Of how many claims that is true; empty where there is one. */
  readonly count: string;
}

export function verdictText({ paper, ours, holds, because, held, claims }: Judged): VerdictText {
  const whole = claims === 2 ? "both" : `all ${claims}`;
  const all = held === claims ? whole : `${held} of ${claims}`;
  return {
    numbers: `${theirs(paper)} · here: ${ours}`,
    verdict: holds ? (held < claims ? "holds in part" : "holds") : "does not hold here",
    reason: because === undefined ? "" : `, ${because}`,
    count: claims === 1 ? "" : `${all} claims ${held === 1 ? "holds" : "hold"}`,
  };
}
