/** Names on the layer axis. */
import type { Tap } from "../../../core/nets/architecture";
import type { Row } from "../../session/rows";
import type { LayerAxis } from "./layer-plot";

/** More names than these do not fit side by side. */
const mostNames = 15;

/** Names those layers that are asked for, or every second, third, and so on of very many. */
export function axisNames(sites: readonly Tap[], rows: readonly Row[]): LayerAxis["names"] {
  const asked = sites.filter(({ index }) => rows.some(({ site }) => site === index));
  const named = asked.length > 0 ? asked : sites;
  const step = Math.ceil(named.length / mostNames);
  return named
    .filter((_, place) => place % step === 0)
    .map(({ index, name }) => ({ at: index, text: name }));
}

/** "block 3" → ["block ", "3"]; a name of one word is the second part. */
export function nameParts(name: string): readonly [word: string, rest: string] {
  const space = name.lastIndexOf(" ") + 1;
  return [name.slice(0, space), name.slice(space)];
}
