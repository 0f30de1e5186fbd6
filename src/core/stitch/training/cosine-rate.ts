/** Half a cosine from `peak` at step 0 to 0 after the last. Loshchilov & Hutter 2017, eq. 5. */
export function cosineRate(peak: number, step: number, steps: number): number {
  return (peak * (1 + Math.cos((Math.PI * step) / steps))) / 2;
}
