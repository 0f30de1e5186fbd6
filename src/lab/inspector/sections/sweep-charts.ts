/** Charts of sweeps: the penalty by share of connections, errors by rank. */
import { deviation, percent, shareText, signed, signedPoints } from "../../format/numbers";
import type { RankError, RankSweep, ShareResult } from "./sweeps";
import { plainTick, type ChartDescription, type Look, type Series } from "../charts/description";
import { lineChartHeight, stitchLook, valueAxis } from "../charts/descriptions";

const stitchDots: Look = { ...stitchLook, marker: "dot" };
const closestLook: Look = { colour: "stitch", width: 1, dashes: "4 4", marker: "dot" };
const probeLooks = {
  bottom: { colour: "bottom", width: 1.5, marker: "dot" },
  top: { colour: "top", width: 1.5, dashes: "6 4", marker: "dot" },
} as const satisfies Record<string, Look>;

/**
 * The penalty by the share of connections that are kept, in equal steps from share to share.
 *
 * @param swept the smallest share first
 * @param name what the penalty is called: "Penalty"
 */
export function shareChart(swept: readonly ShareResult[], name: string): ChartDescription {
  const penalty = {
    name: `${name.toLowerCase()}, in points`,
    look: stitchDots,
  };
  const points = swept.map(({ result }, x) => ({ x, y: 100 * result.penalty }));
  return {
    ariaLabel: `${name} by share of connections kept; use the arrow keys to move between shares`,
    height: lineChartHeight,
    x: {
      domain: [0, Math.max(1, swept.length - 1)],
      ticks: swept.map(({ share }, at) => ({ at, text: shareText(share) })),
      grid: false,
      title: null,
    },
    y: valueAxis(
      points.map(({ y }) => y),
      1,
      signed,
    ),
    lines: [{ axis: "y", at: 0, look: { colour: "top", width: 2 } }],
    series: [{ ...penalty, kind: "line", points }],
    legend: [penalty],
    positions: swept.map(({ share, result }, at) => ({
      at,
      title: `${shareText(share)} of connections`,
      details: [
        `${signedPoints(result.penalty)}${deviation(result.penaltyStandardError)} points`,
        ...(result.connections
          ? [`${result.connections.kept} of ${result.connections.of} weights`]
          : []),
      ],
    })),
  };
}

/**
 * Test errors by rank, a step for each doubling.
 *
 * @param measured what they are: "error"
 */
export function rankChart(
  { most, closest, trained, top, probes }: RankSweep,
  measured: string,
): ChartDescription {
  const place = (rank: number): number => Math.log2(rank);
  const series = (name: string, look: Look, errors: readonly RankError[]): Series => ({
    name,
    look,
    kind: "line",
    points: errors.map(({ rank, error }) => ({ x: place(rank), y: 100 * error })),
  });
  const all = [
    series("trained stitch", stitchDots, trained),
    series("closest map", closestLook, closest),
    series("probe of the bottom", probeLooks.bottom, probes.bottom),
    series("probe of the top", probeLooks.top, probes.top),
  ].filter(({ points }) => points.length > 0);
  const ranks = [
    ...new Set([trained, closest, probes.bottom, probes.top].flat().map(({ rank }) => rank)),
  ].sort((a, b) => a - b);
  const last = ranks.at(-1) ?? most;
  const doublings = Array.from({ length: Math.floor(place(last)) + 1 }, (_, k) => 2 ** k);
  const values = all.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  return {
    ariaLabel: `Test ${measured} by rank; use the arrow keys to move between ranks`,
    height: lineChartHeight,
    x: {
      domain: [0, Math.max(1, place(last))],
      ticks: doublings.map((rank) => ({ at: place(rank), text: String(rank) })),
      grid: false,
      title: null,
    },
    y: valueAxis([...values, 100 * top], 5, (value) => `${plainTick(value)}%`),
    lines: [{ axis: "y", at: 100 * top, look: { colour: "top", width: 2 } }],
    series: all,
    legend: all.map(({ name, look }) => ({ name, look })),
    positions: ranks.map((rank) => ({
      at: place(rank),
      title: `Rank ${rank}`,
      details: all.flatMap(({ name, points }) => {
        const y = points.find(({ x }) => x === place(rank))?.y;
        return y === undefined || y === null ? [] : [`${name} ${percent(y / 100)}`];
      }),
    })),
  };
}
