/** Numbers as people read them. Percentage points exist only from here on. */

/** Three digits with a real minus sign: −0.0123 → "−0.0123". */
export function number(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** 0.0983 → "9.8%" */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** A difference of errors in percentage points, always with its sign: −0.004 → "−0.4". */
export function signedPoints(fraction: number): string {
  const text = Math.abs(100 * fraction).toFixed(1);
  if (Number(text) === 0) return "0.0";
  return `${fraction < 0 ? "−" : "+"}${text}`;
}

/** 0.0063 → "0.6" */
export function points(fraction: number): string {
  return (100 * fraction).toFixed(1);
}

/** A similarity with a real minus sign. */
export function similarityText(value: number): string {
  return value.toFixed(3).replace("-", "−");
}

export function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}

export function count(value: number): string {
  // Not by Intl, whose first use takes a phone a quarter of a second.
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "about 2 min left": coarse, since it is a guess. */
export function timeLeft(remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 10) return "a few seconds left";
  if (seconds < 55) return `about ${5 * Math.round(seconds / 5)} s left`;
  if (seconds < 55 * 60) return `about ${Math.max(1, Math.round(seconds / 60))} min left`;
  return `about ${(seconds / 3600).toFixed(1)} h left`;
}

export function size(sizeBytes: number): string {
  if (sizeBytes >= 1e9) return `${(sizeBytes / 1e9).toFixed(1)} GB`;
  if (sizeBytes >= 1e7) return `${(sizeBytes / 1e6).toFixed(0)} MB`;
  if (sizeBytes >= 1e5) return megabytes(sizeBytes);
  return `${Math.ceil(sizeBytes / 1e3).toFixed(0)} kB`;
}

/** Percentage points as they are drawn, always with their sign: 4 → "+4.0". */
export function pointsText(points: number, digits = 1): string {
  const text = Math.abs(points).toFixed(digits);
  if (Number(text) === 0) return "0";
  return `${points < 0 ? "−" : "+"}${text}`;
}
