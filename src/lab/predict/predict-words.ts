/** Percentage points as they are drawn, always with their sign: 4 → "+4.0". */
export function pointsText(points: number, digits = 1): string {
  const text = Math.abs(points).toFixed(digits);
  if (Number(text) === 0) return "0";
  return `${points < 0 ? "−" : "+"}${text}`;
}
