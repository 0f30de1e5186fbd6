/** Three digits with a real minus sign: −0.0123 → "−0.0123". */
export function number(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
