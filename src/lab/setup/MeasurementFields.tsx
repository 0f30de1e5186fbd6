/** What is measured besides penalties: similarity, linear probes, and departures. */
import { useId, type ReactNode } from "react";
import { inOrder } from "../../experiment/probes";
import {
  withDeparture,
  withPermutations,
  withProbes,
  withSimilarityImages,
  type Spec,
} from "../../experiment/spec";
import { useSession } from "../view/services";

interface Props {
  readonly spec: Spec;
}

/** The images that similarity is measured on. */
export function SimilarityPicker({ spec }: Props): ReactNode {
  const { change } = useSession();
  const id = useId();
  return (
    <div className="word-field">
      <label htmlFor={id}>Similarity measured on</label>
      <select
        id={id}
        value={spec.similarityImages ?? "test"}
        onChange={({ target }) => {
          const images = target.value === "train" ? "train" : "test";
          change((current) => withSimilarityImages(current, images));
        }}
      >
        <option value="test">test images</option>
        <option value="train">training images</option>
      </select>
      <p className="hint">The paper measures on test images.</p>
    </div>
  );
}

/** How many permutations are offered. */
const permutationChoices = [200, 1_000];

/** The null of similarity: what it is with the images of one network shuffled. */
export function PermutationsPicker({ spec }: Props): ReactNode {
  const { change } = useSession();
  const id = useId();
  const { permutations = null } = spec;
  // An address may have asked for another number.
  const choices = new Set([
    ...permutationChoices,
    ...(permutations === null ? [] : [permutations]),
  ]);
  return (
    <div className="word-field">
      <label htmlFor={id}>Permutation null of similarity</label>
      <select
        id={id}
        value={String(permutations ?? "")}
        onChange={({ target }) => {
          const asked = target.value === "" ? null : Number(target.value);
          change((current) => withPermutations(current, asked));
        }}
      >
        <option value="">none</option>
        {[...choices]
          .sort((a, b) => a - b)
          .map((number) => (
            <option key={number} value={number}>
              {number.toLocaleString("en")} permutations
            </option>
          ))}
      </select>
      <p className="hint">
        How similar the layers are by chance, with one network’s images shuffled.
      </p>
    </div>
  );
}

/** Linear probes of both networks' layers. */
export function ProbesPicker({ spec }: Props): ReactNode {
  const { change } = useSession();
  const id = useId();
  return (
    <div className="word-field">
      <label htmlFor={id}>Linear probes of every layer</label>
      <select
        id={id}
        value={(spec.probes ?? []).join(",")}
        onChange={({ target }) => {
          const asked = inOrder(target.value.split(","));
          change((current) => withProbes(current, asked));
        }}
      >
        <option value="">none</option>
        <option value="pooled">pooled: each channel’s mean</option>
        <option value="flattened">flattened: every position</option>
        <option value="pooled,flattened">both</option>
      </select>
      <p className="hint">How much of the answer a linear classifier finds in each layer.</p>
    </div>
  );
}

/** How far stitched networks depart from their top. */
export function DeparturePicker({ spec }: Props): ReactNode {
  const { change } = useSession();
  const id = useId();
  return (
    <div className="word-field">
      <label htmlFor={id}>Distance from the top’s own representations</label>
      <select
        id={id}
        value={spec.departure ? "measured" : "not measured"}
        onChange={({ target }) => {
          change((current) => withDeparture(current, target.value === "measured"));
        }}
      >
        <option>not measured</option>
        <option>measured</option>
      </select>
      <p className="hint">
        How many images a stitch takes out of the top’s distribution. “Can this be believed?” reads
        it.
      </p>
    </div>
  );
}
