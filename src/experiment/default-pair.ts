/** The two networks of an experiment whose address names none. */
import { hasHead } from "../core/nets/architecture";
import { tapsCorrespond } from "../core/nets/taps";
import type { ZooModel } from "../core/nets/zoo-manifest";

/** What is known of a network before its weights are read. */
export type ModelEntry = Pick<ZooModel, "id" | "architecture"> & Partial<Pick<ZooModel, "data">>;

export interface Pair {
  readonly bottom: string;
  readonly top: string;
}

/** Two seeds of one recipe: the comparison the paper starts with. */
const usual: Pair = { bottom: "resnet18-w16-s1", top: "resnet18-w16-s0" };

/**
 * Fills in a pair of networks that can be stitched.
 *
 * @param models the zoo
 * @param known what is given; kept unchanged
 */
export function defaultPair(models: readonly ModelEntry[], known: Partial<Pair>): Pair {
  const { bottom, top } = known;
  if (bottom !== undefined && top !== undefined) return { bottom, top };
  const tops = models.filter(({ architecture }) => hasHead(architecture));
  if (bottom !== undefined) return { bottom, top: partner(models, bottom, usual.top, tops) };
  if (top !== undefined) return { bottom: partner(models, top, usual.bottom), top };

  const here = (id: string): boolean => models.some((model) => model.id === id);
  if (here(usual.bottom) && here(usual.top)) return usual;
  const first = tops.find((model) =>
    models.some((other) => other.id !== model.id && fits(model, other)),
  );
  // One network alone can still be stitched to itself.
  const alone = first ?? tops[0];
  if (alone === undefined) return usual;
  return { bottom: partner(models, alone.id, usual.bottom), top: alone.id };
}

/**
 * A network that fits `id`: the usual one where it does, else the first other one, else itself.
 *
 * @param candidates networks that it may be
 */
function partner(
  models: readonly ModelEntry[],
  id: string,
  preferred: string,
  candidates = models,
): string {
  const model = models.find((candidate) => candidate.id === id);
  if (model === undefined) return preferred;
  const fitting = candidates.filter((other) => other.id !== id && fits(model, other));
  const [other] = candidates.includes(model) ? [model] : candidates;
  return (fitting.find(({ id: its }) => its === preferred) ?? fitting[0] ?? other ?? model).id;
}

function fits(a: ModelEntry, b: ModelEntry): boolean {
  return tapsCorrespond(a.architecture, b.architecture);
}
