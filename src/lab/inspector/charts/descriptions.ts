/** The inspector's charts as descriptions: loss, penalty by class, singular values. */
import type { LossPoint } from "../../../core/stitch/training/loss-curve";
import { plainTick, scaledAxis } from "./description";
import { signed } from "../../format/numbers";
import type { ChartDescription, Look, Axis } from "./description";
import { mostSteps, roundScale, roundStep } from "../../format/scale";

export const stitchLook: Look = { colour: "stitch", width: 2 };
const ownLook: Look = { ...stitchLook, marker: "dot" };
const topLook: Look = { colour: "top", width: 2, dashes: "6 3", marker: "dot" };
const besideLook: Look = { colour: "muted", width: 1, dashes: "6 3" };
const guessLook: Look = { colour: "muted", width: 1, dashes: "2 4" };
const meanLook: Look = { colour: "stitch", width: 1, dashes: "4 4" };
const rankLook: Look = { colour: "ink", width: 1, dashes: "4 4" };

/** In CSS pixels. */
export const lineChartHeight = 200;

/** A loss, as its chart says it. */
export interface LossWords {
  readonly name: string;
  /** That of a guess; Infinity for a loss that no guess has. */
  readonly chance: number;
}

/** Of a network that answers. @param classes that it may guess among */
export function crossEntropyWords(classes: number): LossWords {
  return { name: "mean cross-entropy, in nats", chance: Math.log(classes) };
}

/** A training loss by step. */
export function lossChart(
  points: readonly LossPoint[],
  { name, chance }: LossWords,
): ChartDescription {
  const finite = points.map(({ loss }) => loss).filter(Number.isFinite);
  const loss = {
    name,
    // A line has no length over one point.
    look: points.length === 1 ? ({ ...stitchLook, marker: "dot" } as const) : stitchLook,
  };
  const guess = { name: "guessing", look: guessLook };
  const y = valueAxis(finite, 0.1, (value) => plainTick(Number(value.toFixed(3))));
  const guessFits = chance <= y.domain[1];
  return {
    ariaLabel: "Training loss by step; use the arrow keys to move between steps",
    height: lineChartHeight,
    x: countAxis(0, points.at(-1)?.step ?? 0),
    y,
    lines: guessFits ? [{ axis: "y", at: chance, look: guess.look }] : [],
    series: [
      {
        ...loss,
        kind: "line",
        points: points.map((point) => ({
          x: point.step,
          y: Number.isFinite(point.loss) ? point.loss : null,
        })),
      },
    ],
    legend: guessFits ? [loss, guess] : [loss],
    positions: points.map((point) => ({
      at: point.step,
      title: `Step ${point.step}`,
      details: [`loss ${Number.isFinite(point.loss) ? point.loss.toFixed(3) : "not finite"}`],
    })),
  };
}

/** Accuracy after an epoch, a fraction. */
export interface EpochPoint {
  readonly epoch: number;
  readonly accuracy: number;
}

/**
 * Test accuracy of a network in training, by epoch.
 *
 * @param chance share of right answers by guessing
 * @param beside another network's, and what both are called in the legend
 */
export function accuracyChart(
  points: readonly EpochPoint[],
  chance: number,
  beside?: { readonly name: string; readonly its: string; readonly points: readonly EpochPoint[] },
): ChartDescription {
  const curves = [
    { name: beside?.name ?? "test accuracy, in percent", look: ownLook, points },
    ...(beside ? [{ name: beside.its, look: topLook, points: beside.points }] : []),
  ];
  const guess = { name: "guessing", look: guessLook };
  const percents = curves.flatMap((curve) => curve.points.map(({ accuracy }) => 100 * accuracy));
  const y = valueAxis([...percents, 100 * chance], 5, plainTick);
  const epochs = [...new Set(curves.flatMap((curve) => curve.points.map(({ epoch }) => epoch)))];
  return {
    ariaLabel: "Test accuracy by epoch; use the arrow keys to move between epochs",
    height: lineChartHeight,
    x: countAxis(0, Math.ceil(Math.max(0, ...epochs))),
    y,
    lines: [{ axis: "y", at: 100 * chance, look: guess.look }],
    series: curves.map(({ name, look, points: own }) => ({
      ...{ name, look, kind: "line" },
      points: own.map(({ epoch, accuracy }) => ({ x: epoch, y: 100 * accuracy })),
    })),
    legend: [...curves.map(({ name, look }) => ({ name, look })), guess],
    positions: epochs
      .toSorted((a, b) => a - b)
      .map((epoch) => ({
        at: epoch,
        title: `Epoch ${Number(epoch.toFixed(1))}`,
        details: curves.flatMap(({ name, points: own }) => {
          const found = own.find((point) => point.epoch === epoch);
          if (!found) return [];
          const right = `${(100 * found.accuracy).toFixed(1)}% right`;
          return beside ? [`${name}: ${right}`] : [right];
        }),
      })),
  };
}

/** Where one stitched network's representations lie, layer by layer. */
export interface Travel {
  readonly name: string;
  /** In units of the top's variance; null where that is 0. */
  readonly distances: readonly (number | null)[];
}

/**
 * Distances from the top's own representations by layer.
 *
 * @param travels this stitch's first
 * @param layers names, as many as distances
 */
export function travelChart(
  travels: readonly Travel[],
  layers: readonly string[],
): ChartDescription {
  const known = travels.flatMap(({ distances }) => distances.filter((one) => one !== null));
  const curves = travels.map(({ name, distances }, index) => ({
    name,
    look: index === 0 ? ownLook : besideLook,
    distances,
  }));
  const last = Math.max(0, layers.length - 1);
  return {
    ariaLabel:
      "Distance from the top’s own representation by layer; use the arrow keys to move between layers",
    height: lineChartHeight,
    x: {
      domain: [0, last],
      ticks: [...new Set([0, last])].map((at) => ({ at, text: layers[at] ?? "" })),
      grid: false,
      title: null,
    },
    y: valueAxis([0, ...known], 0.1, (value) => plainTick(Number(value.toFixed(3)))),
    lines: [],
    series: curves.map(({ name, look, distances }) => ({
      ...{ name, look, kind: "line" },
      points: distances.map((y, x) => ({ x, y })),
    })),
    legend: curves.map(({ name, look }) => ({ name, look })),
    positions: layers.map((title, at) => ({
      at,
      title,
      details: curves.flatMap(({ name, distances }) => {
        const found = distances[at] ?? null;
        return found === null ? [] : [`${name}: ${found.toFixed(2)}`];
      }),
    })),
  };
}

export interface ClassBar {
  readonly name: string;
  /** In percentage points. */
  readonly penalty: number;
}

/**
 * The penalty of each class as a bar, from the top down.
 *
 * @param mean over all classes, in percentage points
 * @param name what it is called: "Penalty"
 */
export function classPenaltyChart(
  bars: readonly ClassBar[],
  mean: number,
  name: string,
): ChartDescription {
  const penalty = { name: `${name.toLowerCase()} of the class`, look: stitchLook };
  const overall = { name: `${name.toLowerCase()} over all classes`, look: meanLook };
  const values = [...bars.map((bar) => bar.penalty), mean];
  return {
    ariaLabel: `${name} by class; use the arrow keys to move between classes`,
    height: 26 * bars.length + 40,
    x: valueAxis(values, 5, signed),
    y: {
      domain: [bars.length - 0.5, -0.5],
      ticks: bars.map(({ name }, at) => ({ at, text: name })),
      grid: false,
      title: null,
    },
    lines: [
      { axis: "x", at: 0, look: { colour: "top", width: 2 } },
      { axis: "x", at: mean, look: overall.look },
    ],
    series: [
      {
        ...penalty,
        kind: "bars",
        points: bars.map((bar, y) => ({ x: bar.penalty, y })),
      },
    ],
    legend: [penalty, overall],
    positions: bars.map((bar, at) => ({
      at,
      title: bar.name,
      details: [`${signed(Number(bar.penalty.toFixed(1)))} points`],
    })),
  };
}

/** Singular values of a stitch's matrix, the largest first. */
export function spectrumChart(
  values: ArrayLike<number>,
  effectiveRank: number | null,
): ChartDescription {
  const points = Array.from(values, (y, k) => ({ x: k + 1, y }));
  const series = { name: "singular values", look: stitchLook };
  return {
    ariaLabel: "Singular values; use the arrow keys to move between them",
    height: lineChartHeight,
    x: countAxis(1, points.length),
    y: valueAxis([values[0] ?? 0], 0.01, (value) => plainTick(Number(value.toPrecision(3)))),
    lines:
      effectiveRank === null
        ? []
        : [{ axis: "x", at: effectiveRank, look: rankLook, text: "effective rank" }],
    series: [{ ...series, kind: "area", points }],
    legend: [
      series,
      ...(effectiveRank === null ? [] : [{ name: "effective rank", look: rankLook }]),
    ],
    positions: points.map(({ x, y }) => ({
      at: x,
      title: `Singular value ${x}`,
      details: [y.toPrecision(3)],
    })),
  };
}

/** An axis over round numbers. @param smallestSpan see `roundScale` */
export function valueAxis(
  values: readonly number[],
  smallestSpan: number,
  text: (value: number) => string,
): Axis {
  return scaledAxis(roundScale(values, smallestSpan), text);
}

/** An axis of counts, such as steps, from its first to its last. */
function countAxis(first: number, last: number): Axis {
  const axis = scaledAxis({ domain: [first, last], ticks: countTicks(first, last) }, plainTick);
  return { ...axis, grid: false };
}

/** Both ends, and the round numbers between them that are not too near to an end. */
function countTicks(low: number, high: number): readonly number[] {
  if (high <= low) return [low];
  const step = Math.max(1, roundStep((high - low) / mostSteps));
  const [first, last] = [Math.ceil(low / step + 0.5), Math.floor(high / step - 0.5)];
  const between = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
  return [low, ...between, high];
}
