/**
 * Views: tensors whose numbers are those of another, read in another order. Reshape, Transpose and
 * Slice only change the view, so that a chain of them is known by what it does, however an exporter
 * wrote it.
 */
import { sizeOf, stridesOf, type Shape } from "../host-tensor";

/** So many places, each some numbers after the one before. */
export interface Run {
  readonly size: number;
  readonly stride: number;
}

export interface View {
  /** The first number. */
  readonly offset: number;
  /** For each axis the runs that it consists of, the slowest first; none for an axis of size 1. */
  readonly axes: readonly (readonly Run[])[];
}

export function wholeView(shape: Shape): View {
  const strides = stridesOf(shape);
  return { offset: 0, axes: shape.map((size, axis) => runsOf(size, strides[axis] ?? 1)) };
}

/** All runs of a view, in the order of its axes. */
function runsOfView({ axes }: View): Run[] {
  return joined(axes.flat());
}

/** Whether a view has all numbers of its base in their order. */
export function isInOrder(view: View, baseShape: Shape): boolean {
  const [first, ...others] = runsOfView(view);
  const size = sizeOf(baseShape);
  if (!first) return size === 1;
  return others.length === 0 && first.stride === 1 && first.size === size;
}

/** Whether axes of a view are those of its base. */
export function hasWholeAxes(
  axes: View["axes"],
  baseShape: Shape,
  which: readonly number[],
): boolean {
  const whole = wholeView(baseShape).axes;
  const text = (runs: readonly Run[]): string =>
    joined(runs)
      .map(({ size, stride }) => `${size}:${stride}`)
      .join();
  return which.every((axis) => text(axes[axis] ?? []) === text(whole[axis] ?? []));
}

/** @returns undefined where the new axes cut through runs */
export function reshapedView(view: View, shape: Shape): View | undefined {
  const left = runsOfView(view);
  const axes: Run[][] = [];
  for (const size of shape.toReversed()) {
    const runs: Run[] = [];
    let open = size;
    while (open > 1) {
      const run = left.pop();
      if (!run) return undefined;
      if (open % run.size === 0) {
        runs.unshift(run);
        open /= run.size;
      } else if (run.size % open === 0) {
        runs.unshift({ size: open, stride: run.stride });
        left.push({ size: run.size / open, stride: run.stride * open });
        open = 1;
      } else {
        return undefined;
      }
    }
    axes.unshift(runs);
  }
  return left.length === 0 ? { ...view, axes } : undefined;
}

export function transposedView({ offset, axes }: View, perm: readonly number[]): View {
  return { offset, axes: perm.map((axis) => axes[axis] ?? []) };
}

/** Places along an axis: the first, the distance to the next, and how many. */
interface Places {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** @returns undefined for steps backwards, or an axis of several runs that is cut within the inner */
export function slicedView(view: View, places: readonly Places[]): View | undefined {
  let { offset } = view;
  const axes: (readonly Run[])[] = [];
  for (const [axis, { start, step, count }] of places.entries()) {
    const [outer, ...inner] = joined(view.axes[axis] ?? []);
    const each = inner.reduce((product, { size }) => product * size, 1);
    if (!outer || (start === 0 && step === 1 && count === outer.size * each)) {
      axes.push(outer ? [outer, ...inner] : []);
      continue;
    }
    const isWhole = each === 1 || (step === 1 && start % each === 0 && count % each === 0);
    if (step < 1 || count < 1 || !isWhole) return undefined;
    offset += (start / each) * outer.stride;
    axes.push([...runsOf(count / each, step * outer.stride), ...inner]);
  }
  return { offset, axes };
}

/** A dimension of a base, and what a view has of it. */
export interface Dimension {
  readonly size: number;
  readonly start: number;
  readonly count: number;
}

export interface Plan {
  /** How the base is to be shaped. */
  readonly dimensions: readonly Dimension[];
  /** The order of the dimensions in the view. */
  readonly perm: readonly number[];
}

/** Finds the slice and the transpose that a view is. @returns undefined where there is none */
export function planOf(view: View, baseShape: Shape): Plan | undefined {
  const runs = runsOfView(view);
  const slowestFirst = runs.toSorted((a, b) => b.stride - a.stride);
  const dimensions: Dimension[] = [];
  let [span, rest] = [sizeOf(baseShape), view.offset];
  for (const { size: count, stride } of slowestFirst) {
    const size = span / stride;
    const start = Math.floor(rest / stride);
    if (!Number.isInteger(size) || start + count > size) return undefined;
    dimensions.push({ size, start, count });
    rest -= start * stride;
    span = stride;
  }
  const perm = runs.map((run) => slowestFirst.indexOf(run));
  if (span > 1) {
    perm.push(dimensions.length);
    dimensions.push({ size: span, start: rest, count: 1 });
  }
  return { dimensions, perm };
}

function runsOf(size: number, stride: number): Run[] {
  return size === 1 ? [] : [{ size, stride }];
}

/** Joins neighbours that are one run in memory. */
export function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const before = out.at(-1);
    if (before?.stride === run.size * run.stride) {
      out[out.length - 1] = { size: before.size * run.size, stride: run.stride };
    } else {
      out.push(run);
    }
  }
  return out;
}
