/** Which sites have their sums gathered together: all of them, or groups that fit into memory. */
import { inputOf } from "../../core/nets/architecture";
import type { Architecture } from "../../core/nets/architecture-schema";
import { tapsOf } from "../../core/nets/taps";
import { passesWhole } from "../protocol";
import type { NamedSite } from "../sites";

/** Sites whose sums are gathered together. */
export interface SiteGroup {
  /** Their numbers. */
  readonly sites: readonly number[];
  /** Bytes of the moments of all of them. */
  readonly sumBytes: number;
  /** Those of the largest. */
  readonly largestBytes: number;
}

/** Returns the tasks of a plan that are about a group's sites. */
export function tasksAt<T extends { readonly asked?: readonly number[] | undefined }>(
  tasks: readonly T[],
  { sites }: SiteGroup,
): T[] {
  // A task for all sites may carry none.
  return tasks.filter(({ asked }) => !asked || asked[0] === sites[0]);
}

/** Most bytes of the sums over products of channels that one task gathers at several sites. */
const mostSumBytes = 100e6;

/**
 * Divides the sites into groups for networks of large images, whose last layers have thousands of
 * channels: the sums of all of them would not fit into memory together.
 */
export function siteGroups(
  asked: readonly number[],
  sites: readonly NamedSite[],
  top: Architecture,
  bottom: Architecture,
): SiteGroup[] {
  const [topTaps, bottomTaps] = [tapsOf(top), tapsOf(bottom)];
  const most = passesWhole(inputOf(top)) ? Infinity : mostSumBytes;
  const groups: SiteGroup[] = [];
  for (const site of asked) {
    const { bottomTap = 0, topTap = 0 } = sites[site] ?? {};
    const c1 = bottomTaps[bottomTap]?.channels ?? 0;
    const c2 = topTaps[topTap]?.channels ?? 0;
    const bytes = Float64Array.BYTES_PER_ELEMENT * (c1 * c1 + c1 * c2 + c2 * c2);
    const before = groups.at(-1);
    if (!before || before.sumBytes + bytes > most) {
      groups.push({ sites: [site], sumBytes: bytes, largestBytes: bytes });
    } else {
      groups[groups.length - 1] = {
        sites: [...before.sites, site],
        sumBytes: before.sumBytes + bytes,
        largestBytes: Math.max(before.largestBytes, bytes),
      };
    }
  }
  return groups;
}
