/**
 * What a colour means. The page has a colour of that name for each theme, the exported file has
 * one.
 */
export type ColourRole =
  | "top"
  | "bottom"
  | "stitch"
  | "stitch-light"
  | "similarity"
  | "muted"
  | "ink"
  | "control-curve"
  | `curve-${string}`;

/** The page's colour of a role. */
export function cssColour(role: ColourRole): string {
  return `var(--${role})`;
}

/** The colour of words about a line: a line may be lighter than words may. */
export function wordsColour(role: ColourRole): ColourRole {
  return role === "stitch-light" ? "stitch" : role;
}
