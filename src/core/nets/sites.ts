/**
 * Two networks seen through pairs of taps: every bottom tap may meet every top tap. The views are
 * networks like any other whose tap k is the k-th cell, so that whatever works tap by tap works
 * cell by cell.
 */
import { tf, type Tensor4D } from "../tensor/tf";
import type { Site, Tap } from "./taps";
import { representationBytes } from "./memory";
import type { FrozenNetwork } from "./network";
import { resized } from "./resize";

export interface PairedNetworks {
  /**
   * Its representations have the height and width of the cell's top tap, and the channels of its
   * own.
   */
  readonly bottom: FrozenNetwork;
  readonly top: FrozenNetwork;
}

/**
 * The views own nothing: disposing them disposes the networks.
 *
 * @throws RangeError for a cell whose tap does not exist
 */
export function networksAtSites(
  bottom: FrozenNetwork,
  top: FrozenNetwork,
  cells: readonly Site[],
): PairedNetworks {
  const places = cells.map(({ bottomTap, topTap }, index) => {
    const from = bottom.taps[bottomTap];
    const to = top.taps[topTap];
    if (!from || !to) {
      throw new RangeError(
        `cell ${index}: expected taps of both networks, found ${bottomTap} and ${topTap}`,
      );
    }
    return { index, from, to };
  });
  const place = (index: number): (typeof places)[number] => {
    const found = places[index];
    if (!found) throw new RangeError(`tap: expected a cell, found ${index}`);
    return found;
  };
  const upTo = (last: number): typeof places => places.slice(0, last + 1);
  const tapOf = ({ index, from, to }: (typeof places)[number], channels: number): Tap => ({
    index,
    channels,
    height: to.height,
    width: to.width,
    name: from.name === to.name ? to.name : `${from.name} into ${to.name}`,
  });
  const bottomTaps = places.map((cell) => tapOf(cell, cell.from.channels));
  return {
    bottom: {
      ...bottom,
      taps: bottomTaps,
      memory: {
        ...bottom.memory,
        bottom: (cell) =>
          bottom.memory.bottom(place(cell).from.index) + representationBytes(bottomTaps[cell]),
        representations: (last) =>
          bottom.memory.representations(deepest(upTo(last).map(({ from }) => from.index))) +
          bottomTaps.slice(0, last + 1).reduce((sum, tap) => sum + representationBytes(tap), 0),
      },
      bottom(images, cell) {
        const { from, to } = place(cell);
        return tf.tidy(() => resized(bottom.bottom(images, from.index), from, to));
      },
      representations(images, last = cells.length - 1) {
        const wanted = upTo(last);
        const xs = bottom.representations(images, deepest(wanted.map(({ from }) => from.index)));
        // Once for each size that a tap is brought to.
        const made = new Map<string, Tensor4D>();
        return wanted.map(({ from, to }) => {
          const key = `${from.index} ${to.height} ${to.width}`;
          const x = made.get(key) ?? resized(at(xs, from.index), from, to);
          made.set(key, x);
          return x;
        });
      },
    },
    top: {
      ...top,
      taps: places.map((cell) => tapOf(cell, cell.to.channels)),
      memory: {
        ...top.memory,
        top: (cell) => top.memory.top(place(cell).to.index),
        tracedTop: (cell) => top.memory.tracedTop(place(cell).to.index),
        representations: (last) =>
          top.memory.representations(deepest(upTo(last).map(({ to }) => to.index))),
      },
      top: (representation, cell) => top.top(representation, place(cell).to.index),
      traceTop: (representation, cell) => top.traceTop(representation, place(cell).to.index),
      // Of the network itself, not of the cells: a stitched representation goes on through all taps.
      representationsFrom: (images, cell) => top.representationsFrom(images, place(cell).to.index),
      traceTaps: (representation, cell) => top.traceTaps(representation, place(cell).to.index),
      representations(images, last = cells.length - 1) {
        const wanted = upTo(last);
        const ys = top.representations(images, deepest(wanted.map(({ to }) => to.index)));
        return wanted.map(({ to }) => at(ys, to.index));
      },
    },
  };
}

function deepest(taps: readonly number[]): number {
  return Math.max(-1, ...taps);
}

function at(all: readonly Tensor4D[], tap: number): Tensor4D {
  const found = all[tap];
  if (!found) throw new RangeError(`tap: expected a representation, found none at ${tap}`);
  return found;
}
