/** How much the browser's storage holds, in words. */
import type { StorageStatus } from "../../storage/status";
import { size } from "../format/numbers";

/** "41 MB of about 2.1 GB"; null where the browser does not say. */
export function usageWords({ usage }: StorageStatus): string | null {
  if (usage === null) return null;
  return `${size(usage.usedBytes)} of about ${size(usage.quotaBytes)}`;
}
