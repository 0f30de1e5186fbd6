/** How much room the browser gives. */

export interface StorageQuota {
  /** undefined where the browser does not say, as on insecure pages. */
  readonly estimate: () => Promise<{ usedBytes: number; quotaBytes: number } | undefined>;
  /** Asks the browser never to clear this site's storage by itself. It may ask the visitor. */
  readonly persist: () => Promise<boolean>;
  readonly persisted: () => Promise<boolean>;
}

export function browserQuota(): StorageQuota {
  // Absent on insecure pages, whatever the type says.
  const storage = (navigator as Partial<Navigator>).storage;
  return {
    async estimate() {
      try {
        const { usage, quota } = (await storage?.estimate()) ?? {};
        if (usage === undefined || quota === undefined) return undefined;
        return { usedBytes: usage, quotaBytes: quota };
      } catch {
        return undefined;
      }
    },
    persist: async () => (await storage?.persist().catch(() => false)) ?? false,
    persisted: async () => (await storage?.persisted().catch(() => false)) ?? false,
  };
}
