/**
 * Colours of the heat maps: white through amber to brown for penalties, white to blue for
 * similarity; on a dark page from the page's own colour to the lightest. Apart from the page, so
 * that a file can be drawn without it.
 */

export type HeatKind = "penalty" | "similarity";
export type HeatTheme = "light" | "dark";

/** From the lowest value to the highest, evenly spaced. */
const ramps: Readonly<Record<HeatKind, Readonly<Record<HeatTheme, readonly string[]>>>> = {
  penalty: {
    light: ["#ffffff", "#fdeec4", "#fbcf6b", "#ee9f27", "#bf6a0c", "#85410a", "#4f2408"],
    dark: ["#262c32", "#47331d", "#744611", "#a6610f", "#d98a1d", "#f6ba52", "#ffe7b3"],
  },
  similarity: {
    light: ["#ffffff", "#dcebf9", "#b0d0f0", "#79addf", "#4284c4", "#1f5c9c", "#0c3768"],
    dark: ["#262c32", "#23405e", "#2a5a8a", "#3b79b4", "#5f9dd6", "#94c2ee", "#d6e8fb"],
  },
};

/** Number of shades that are told apart. */
export const shadeCount = 48;

export interface Shade {
  readonly ground: string;
  /** Black or white, whichever is easier to read on the ground. */
  readonly ink: string;
}

/** @param shade from 0, the lowest, to `shadeCount` */
export function shadeOf(kind: HeatKind, theme: HeatTheme, shade: number): Shade {
  const ground = mixed(ramps[kind][theme], shade / shadeCount);
  const light = luminance(ground) + 0.05;
  return { ground: hex(ground), ink: 1.05 / light > light / 0.05 ? "#ffffff" : "#000000" };
}

/** The shade of a value on a scale, from 0 to `shadeCount`. */
export function shadeAt(value: number, [low, high]: readonly [number, number]): number {
  const share = high > low ? (value - low) / (high - low) : 0;
  return Math.round(shadeCount * Math.min(1, Math.max(0, share)));
}

/** Contrast of two colours, from 1 to 21. WCAG 2.2. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(channelsOf(a)), luminance(channelsOf(b))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

type Channels = readonly [red: number, green: number, blue: number];

function mixed(stops: readonly string[], share: number): Channels {
  const at = share * (stops.length - 1);
  const before = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [channelsOf(stops[before] ?? ""), channelsOf(stops[before + 1] ?? "")];
  const between = (a: number, b: number): number => Math.round(a + (at - before) * (b - a));
  return [between(from[0], to[0]), between(from[1], to[1]), between(from[2], to[2])];
}

/** @param colour "#rrggbb" */
function channelsOf(colour: string): Channels {
  const part = (from: number): number => Number.parseInt(colour.slice(from, from + 2), 16);
  return [part(1), part(3), part(5)];
}

function hex(channels: Channels): string {
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance. WCAG 2.2. */
function luminance(channels: Channels): number {
  const [red, green, blue] = channels.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
