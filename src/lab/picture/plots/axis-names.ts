/** Names on the layer axis. */
import type { Tap } from "../../../core/nets/taps";
import type { Row } from "../../session/results/rows";
import type { LayerAxis } from "./layer-plot";

/** More names than these do not fit side by side, however short. */
const mostNames = 15;
/** Nor do more letters; two are the space between two names. */
const mostLetters = 90;
/** A name of more letters is long: a narrow page has room for half of them. */
const shortLetters = 4;

/** Names those layers that are asked for, or every second, third, and so on of very many. */
export function axisNames(sites: readonly Tap[], rows: readonly Row[]): LayerAxis["names"] {
  const asked = sites.filter(({ index }) => rows.some(({ site }) => site === index));
  const named = asked.length > 0 ? asked : sites;
  const letters = Math.max(0, ...named.map(({ name }) => nameParts(name)[1].length));
  const room = Math.max(2, Math.min(mostNames, Math.floor(mostLetters / (letters + 2))));
  const step = Math.ceil(named.length / room);
  return named
    .filter((_, place) => place % step === 0)
    .map(({ index, name }) => ({ at: index, text: name }));
}

/** Whether names such as "layer1.0" are on the axis, rather than numbers. */
export function hasLongNames({ names }: Pick<LayerAxis, "names">): boolean {
  return names.some(({ text }) => nameParts(text)[1].length > shortLetters);
}

/** "block 3" → ["block ", "3"]; a name of one word is the second part. */
export function nameParts(name: string): readonly [word: string, rest: string] {
  const space = name.lastIndexOf(" ") + 1;
  return [name.slice(0, space), name.slice(space)];
}
