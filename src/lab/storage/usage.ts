/** How much the browser's storage holds, in words. */
import type { StorageStatus } from "../../storage/status";
import { megabytes } from "../format/labels";

/** "41 MB of about 2.1 GB"; null where the browser does not say. */
export function usageWords({ usage }: StorageStatus): string | null {
  if (usage === null) return null;
  return `${size(usage.usedBytes)} of about ${size(usage.quotaBytes)}`;
}

export function size(sizeBytes: number): string {
  if (sizeBytes >= 1e9) return `${(sizeBytes / 1e9).toFixed(1)} GB`;
  if (sizeBytes >= 1e7) return `${(sizeBytes / 1e6).toFixed(0)} MB`;
  if (sizeBytes >= 1e5) return megabytes(sizeBytes);
  return `${Math.ceil(sizeBytes / 1e3).toFixed(0)} kB`;
}
