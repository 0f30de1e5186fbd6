/** The most memory that this process, with its threads, has held. */

const everyMs = 200;

export interface PeakMemory {
  /** Resident, in MB. */
  peakMegabytes(): number;
  stop(): void;
}

export function peakMemory(): PeakMemory {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss() / 1e6);
  };
  const timer = setInterval(look, everyMs);
  look();
  return {
    peakMegabytes: () => Math.round(peak),
    stop() {
      clearInterval(timer);
    },
  };
}
