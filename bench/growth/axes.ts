/**
 * What grows: one line of experiments an axis, all `glance`, which every other protocol begins
 * with.
 */
import { join } from "node:path";
import { defaultSpec, withFirstCurve, type Spec } from "../../src/experiment/spec";

export const axisNames = ["images", "taps", "width", "workers"] as const;
export type AxisName = (typeof axisNames)[number];

export interface Size {
  /** Where on the axis. */
  readonly x: number;
  readonly spec: Spec;
  readonly workers: number;
}

/** What every experiment has that does not lie on the axis in question. */
export interface Setting {
  readonly trainImages: number;
  readonly testImages: number;
  readonly workers: number;
  /** Holds a network for each of `widths`, named like w16.safetensors. */
  readonly networks: string;
  /** Training images along the axis of images. */
  readonly images: readonly number[];
}

/** Block 4; stem, blocks 4 and 8; all. */
const tapLists = [[4], [0, 4, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]];

/** Filters in the first stage, the same network on both sides. */
export const widths = [4, 8, 16, 32, 64];

export function sizesAlong(axis: AxisName, setting: Setting): Size[] {
  const { trainImages, testImages, workers } = setting;
  const spec: Spec = {
    ...defaultSpec("resnet18-w16-s0", "resnet18-w16-s1", "glance"),
    trainImages,
    testImages,
  };
  switch (axis) {
    case "images":
      return setting.images.map((x) => ({ x, spec: { ...spec, trainImages: x }, workers }));
    case "taps":
      return tapLists.map((taps) => ({ x: taps.length, spec: { ...spec, sites: taps }, workers }));
    case "width":
      return widths.map((x) => {
        const path = join(setting.networks, `w${x}.safetensors`);
        return { x, spec: withFirstCurve(spec, { top: path, bottom: path }), workers };
      });
    case "workers":
      return Array.from({ length: workers }, (_, more) => ({
        x: more + 1,
        spec,
        workers: more + 1,
      }));
    default:
      return axis satisfies never;
  }
}
