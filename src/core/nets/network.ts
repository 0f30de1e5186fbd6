/**
 * A frozen network: forward from the image to any tap and from any tap to the logits, and the
 * gradient of the latter. One without a head has no logits. Weights and running statistics are folded into constants when it is
 * built, and nothing can change them.
 */
import type { ImageSet } from "../data/image-set";
import { imageBatch } from "../data/images";
import { LabError } from "../errors";
import { disposeOnError } from "../tensor/ownership";
import { tf, type Tensor, type Tensor2D, type Tensor4D } from "../tensor/tf";
import type { State } from "../weights/state";
import { architectureName, hasHead } from "./architecture";
import type { Architecture } from "./architecture-schema";
import { tapsOf, type Tap } from "./taps";
import { networkMemory, type NetworkMemory } from "./memory";
import { myrtleSegments } from "./myrtle";
import { checkParameters } from "./parameters";
import { resnetSegments } from "./resnet";
import type { BuildSegment } from "../graph/segment";
import { vitSegments } from "./vit";

/** The logits of a top and the map that takes their gradient back to the tap. */
export interface TracedTop {
  /** [n, classes] */
  readonly logits: Tensor2D;
  readonly pullback: (gradient: Tensor2D) => Tensor4D;
}

/** A network's representations from one tap on, and the map that takes their gradients back to it. */
export interface TracedTaps {
  /** One [n, h, w, c] a tap, in order; the first is what was given. */
  readonly outputs: readonly Tensor4D[];
  /** @param gradients with respect to each of the outputs, in order; undefined for none */
  readonly pullback: (gradients: readonly (Tensor4D | undefined)[]) => Tensor4D;
  /** @returns [n, classes]; a new tensor @throws LabError `bad-input` as `top` does */
  readonly logits: () => Tensor2D;
}

export interface FrozenNetwork {
  readonly architecture: Architecture;
  readonly taps: readonly Tap[];
  readonly memory: NetworkMemory;
  /**
   * What `bottom` and `representations` read in place of normalised images; absent for networks that
   * read images, and only in views.
   *
   * @param indices the images, in order
   * @param rows the batch's size; rows beyond `indices` mean nothing
   * @returns [rows, …]; the caller disposes it
   */
  source?(images: ImageSet, indices: Uint32Array, rows?: number): Tensor4D;
  /**
   * B_{≤ℓ}: [n, h, w, 3] normalised images to the representation at a tap.
   *
   * @returns [n, h, w, c]; the caller disposes it
   */
  bottom(images: Tensor4D, tap: number): Tensor4D;
  /**
   * A_{>ℓ}: the representation at a tap to the logits.
   *
   * @returns [n, classes]; the caller disposes it
   * @throws LabError `bad-input` where the network has no head, as do `traceTop` and `logits`
   */
  top(representation: Tensor4D, tap: number): Tensor2D;
  /** `top`, kept differentiable; to be called inside a `tidy`. */
  traceTop(representation: Tensor4D, tap: number): TracedTop;
  /**
   * The representation at every tap, in order, up to and including `last`.
   *
   * @returns one [n, h, w, c] a tap; the caller disposes them
   */
  representations(images: Tensor4D, last?: number): Tensor4D[];
  /**
   * The representation at every tap from `first` on, in order.
   *
   * @returns one [n, h, w, c] a tap; the caller disposes them
   */
  representationsFrom(images: Tensor4D, first: number): Tensor4D[];
  /**
   * What a representation at a tap becomes at that and every later tap, kept differentiable; to be
   * called inside a `tidy`.
   */
  traceTaps(representation: Tensor4D, tap: number): TracedTaps;
  /** @returns [n, classes]; the caller disposes it */
  logits(images: Tensor4D): Tensor2D;
  dispose(): void;
}

/**
 * Returns what a network reads of some images: see `source`.
 *
 * @param batch normalised images, where there are some already
 * @returns a tensor that the caller disposes, or `batch`
 */
export function sourceBatch(
  network: Pick<FrozenNetwork, "source">,
  images: ImageSet,
  indices: Uint32Array,
  rows = indices.length,
  batch?: Tensor4D,
): Tensor4D {
  return network.source?.(images, indices, rows) ?? batch ?? imageBatch(images, indices, rows);
}

/**
 * Builds a network from its parameters. Nothing is decoded before all names and shapes fit.
 *
 * @throws LabError naming the first parameter that does not fit
 */
export function frozenNetwork(state: State, architecture: Architecture): FrozenNetwork {
  checkParameters(state, architecture);
  return networkOf(segmentsOf(state, architecture), architecture);
}

/**
 * Builds a network from its segments, one before each tap of the architecture and, in a network
 * with a head, one after the last.
 *
 * @throws LabError as they do
 */
export function networkOf(
  builders: readonly BuildSegment[],
  architecture: Architecture,
): FrozenNetwork {
  const segments = disposeOnError(() => builders.map((build) => build()));
  const taps = tapsOf(architecture);
  /** Runs the segments from `from` up to, but not including, `to`. */
  const chain = (x: Tensor, from: number, to: number): Tensor =>
    tf.tidy(() =>
      segments.slice(from, to).reduce((value, segment) => {
        const next = segment.forward(value);
        // Not at the end of the tidy: a deep network's representations do not fit together.
        if (value !== x) value.dispose();
        return next;
      }, x),
    );

  const toLogits = (x: Tensor, from: number): Tensor2D => {
    checkHead(architecture);
    return chain(x, from, segments.length) as Tensor2D;
  };

  return {
    architecture,
    taps,
    memory: networkMemory(segments.map(({ memory }) => memory)),
    bottom: (images, tap) => chain(images, 0, tap + 1) as Tensor4D,
    top: (representation, tap) => toLogits(representation, tap + 1),
    logits: (images) => toLogits(images, 0),
    traceTop(representation, tap) {
      checkHead(architecture);
      const pullbacks: ((gradient: Tensor) => Tensor)[] = [];
      let value: Tensor = representation;
      for (const segment of segments.slice(tap + 1)) {
        const traced = segment.trace(value);
        value = traced.output;
        pullbacks.unshift(traced.pullback);
      }
      return {
        logits: value as Tensor2D,
        pullback: (gradient) =>
          pullbacks.reduce<Tensor>((g, pullback) => pullback(g), gradient) as Tensor4D,
      };
    },
    representationsFrom(images, first) {
      const all = [chain(images, 0, first + 1) as Tensor4D];
      for (const segment of segments.slice(first + 1, taps.length)) {
        all.push(segment.forward(all.at(-1) ?? images) as Tensor4D);
      }
      return all;
    },
    traceTaps(representation, tap) {
      const outputs = [representation];
      const pullbacks: ((gradient: Tensor) => Tensor)[] = [];
      for (const segment of segments.slice(tap + 1, taps.length)) {
        const traced = segment.trace(outputs.at(-1) ?? representation);
        outputs.push(traced.output as Tensor4D);
        pullbacks.push(traced.pullback);
      }
      return {
        outputs,
        logits: () => toLogits(outputs.at(-1) ?? representation, taps.length),
        pullback(gradients) {
          let sum: Tensor | undefined;
          for (let k = outputs.length - 1; k >= 0; k--) {
            const own = gradients[k];
            const later = sum && pullbacks[k]?.(sum);
            sum = own && later ? tf.add(own, later) : (own ?? later);
          }
          return (sum ?? tf.zerosLike(representation)) as Tensor4D;
        },
      };
    },
    representations(images, last = taps.length - 1) {
      const all: Tensor4D[] = [];
      let value: Tensor = images;
      for (const segment of segments.slice(0, last + 1)) {
        value = segment.forward(value);
        all.push(value as Tensor4D);
      }
      return all;
    },
    dispose() {
      for (const segment of segments) segment.dispose();
    },
  };
}

/** @throws LabError `bad-input` for a network that gives no logits */
function checkHead(architecture: Architecture): void {
  if (hasHead(architecture)) return;
  throw new LabError({
    code: "bad-input",
    input: "network",
    expected: "one with a head, which gives logits",
    found: architectureName(architecture),
  });
}

/** A run of consecutive segments of a network. */
export interface NetworkPart {
  /** @returns a new tensor; the caller disposes it */
  forward(x: Tensor4D): Tensor;
  dispose(): void;
}

/**
 * Builds the segments from `first` up to, but not including, `end`; the state needs no parameters
 * of the others.
 *
 * @throws LabError naming the first parameter that does not fit
 */
export function networkPart(
  state: State,
  architecture: Architecture,
  first: number,
  end = Infinity,
): NetworkPart {
  const builders = segmentsOf(state, architecture).slice(first, end);
  const segments = disposeOnError(() => builders.map((build) => build()));
  return {
    forward: (x) =>
      tf.tidy(() => segments.reduce<Tensor>((value, segment) => segment.forward(value), x)),
    dispose() {
      for (const segment of segments) segment.dispose();
    },
  };
}

function segmentsOf(state: State, architecture: Architecture): BuildSegment[] {
  switch (architecture.family) {
    case "resnet":
      return resnetSegments(state, architecture);
    case "myrtle":
      return myrtleSegments(state, architecture);
    case "vit":
      return vitSegments(state, architecture);
    case "graph":
      throw new LabError({
        code: "bad-input",
        input: "network",
        expected: "parameters by PyTorch’s names",
        found: "a graph of operators, from an ONNX file",
      });
    default:
      return architecture satisfies never;
  }
}
