/** Shades as inline styles. */
import type { CSSProperties } from "react";
import { shadeOf, type HeatKind } from "./heat-scale";

const styles = new Map<string, CSSProperties>();

/** Ground and ink in both themes, for the style sheet to choose from. */
export function shadeStyle(kind: HeatKind, shade: number): CSSProperties {
  const key = `${kind} ${shade}`;
  const known = styles.get(key);
  if (known) return known;
  const [light, dark] = [shadeOf(kind, "light", shade), shadeOf(kind, "dark", shade)];
  const style = {
    "--ground": light.ground,
    "--on-ground": light.ink,
    "--ground-dark": dark.ground,
    "--on-ground-dark": dark.ink,
  } as CSSProperties;
  styles.set(key, style);
  return style;
}
