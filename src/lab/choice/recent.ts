/** The networks and images that this browser used last. */
import * as z from "../../core/schema";
import type { Spec } from "../../experiment/spec";
import { usualDataSet } from "../../experiment/data-sets";

const recentSchema = z.strictObject({
  /** Ids, the latest first. */
  networks: z.array(z.string()),
  /** As specs name them; CIFAR-10, which they do not name, as its folder. */
  images: z.array(z.string()),
});
export type Recent = z.infer<typeof recentSchema>;

const place = "stitch-lab-recent";
const nothing: Recent = { networks: [], images: [] };

/** More are not remembered: some may be removed from the browser by then. */
const most = 12;

export function recent(): Recent {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(place) ?? "null");
    return recentSchema.safeParse(stored).data ?? nothing;
  } catch {
    return nothing;
  }
}

/** Notes networks as used now. */
export function noteNetworks(ids: readonly string[]): void {
  if (ids.length === 0) return;
  note({ ...recent(), networks: latestFirst(ids, recent().networks) });
}

/** Notes what an experiment uses. */
export function noteExperiment({ curves, data = usualDataSet }: Spec): void {
  const [{ top, bottom }] = curves;
  const { networks, images } = recent();
  note({
    networks: latestFirst([bottom, top], networks),
    images: latestFirst([data], images),
  });
}

function latestFirst(ids: readonly string[], before: readonly string[]): string[] {
  return [...new Set([...ids, ...before])].slice(0, most);
}

function note(used: Recent): void {
  try {
    window.localStorage.setItem(place, JSON.stringify(used));
  } catch {
    // Not kept where the browser refuses.
  }
}

/** Of all that can be chosen, what was used last, the latest first; what is in use is left out. */
export function recentAmong<T>(
  all: readonly T[],
  ids: readonly string[],
  idOf: (item: T) => string,
  inUse: string,
): readonly T[] {
  const shown = 4;
  return ids
    .filter((id) => id !== inUse)
    .flatMap((id) => all.find((item) => idOf(item) === id) ?? [])
    .slice(0, shown);
}
