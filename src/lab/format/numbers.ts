/** Numbers as people read them. Percentage points exist only from here on. */

/** Three digits with a real minus sign: −0.0123 → "−0.0123". */
export function number(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

/** 0.0983 → "9.8%" */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** A share without needless zeros: 0.1 → "10%", 0.025 → "2.5%" */
export function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(4))}%`;
}

/** A difference of errors in percentage points, always with its sign: −0.004 → "−0.4". */
export function signedPoints(fraction: number): string {
  const text = signed(100 * fraction, 1);
  return text === "0" ? "0.0" : text;
}

/**
 * A number with its sign; zero has none: 4 → "+4".
 *
 * @param digits after the point; all there are by default
 */
export function signed(value: number, digits?: number): string {
  const size = Math.abs(value);
  const text = digits === undefined ? String(size) : size.toFixed(digits);
  if (Number(text) === 0) return "0";
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** 0.0063 → "0.6" */
export function points(fraction: number): string {
  return (100 * fraction).toFixed(1);
}

/** A similarity with a real minus sign. */
export function similarityText(value: number): string {
  return value.toFixed(3).replace("-", "−");
}

/** " ± 0.6"; nothing where no standard error is known. */
export function deviation(standardError: number | null): string {
  return standardError === null ? "" : ` ± ${points(standardError)}`;
}

/** Keeps a number on the line of the word before it, and both sides of "±" together. */
export function unbroken(text: string): string {
  return text.replace(/ (?=[±+−]?\d|±)|(?<=±) /g, "\u00a0");
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
