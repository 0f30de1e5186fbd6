/**
 * Keys of a presentation, as one table. A remote control sends PageDown and PageUp, or → and ←; ↑ and
 * ↓ move the stitch.
 */

type Direction = 1 | -1;

export type PresentAction =
  | { readonly type: "leave" }
  | { readonly type: "run" }
  | { readonly type: "help" }
  | { readonly type: "predict" }
  /** Shows the question, or goes back to the step before. */
  | { readonly type: "question" }
  /** Opens the speaker's notes. */
  | { readonly type: "notes" }
  | { readonly type: "layer"; readonly by: Direction }
  | { readonly type: "figure"; readonly by: Direction }
  | { readonly type: "step"; readonly by: Direction }
  /** To the first or last step of the slide. */
  | { readonly type: "end"; readonly by: Direction };

/** What a key does on the ordinary page as well as in a presentation. */
export type PageAction = "present" | "scale" | "see-stitch";

/** A press of a key, as far as it counts. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "isComposing"
>;

/** By the letter in lower case. With Shift only those of the second table count. */
const letterActions: Readonly<Record<string, PresentAction>> = {
  r: { type: "run" },
  d: { type: "predict" },
  q: { type: "question" },
  s: { type: "notes" },
  n: { type: "step", by: 1 },
  // On many keyboards it takes Shift.
  "?": { type: "help" },
};

const shiftedActions: Readonly<Record<string, PresentAction>> = {
  n: { type: "step", by: -1 },
  "?": { type: "help" },
};

const namedActions: Readonly<Record<string, PresentAction>> = {
  Escape: { type: "leave" },
  PageDown: { type: "step", by: 1 },
  PageUp: { type: "step", by: -1 },
  End: { type: "end", by: 1 },
  Home: { type: "end", by: -1 },
  ArrowRight: { type: "step", by: 1 },
  ArrowLeft: { type: "step", by: -1 },
  " ": { type: "step", by: 1 },
  ArrowDown: { type: "layer", by: 1 },
  ArrowUp: { type: "layer", by: -1 },
};

const shiftedNamedActions: Readonly<Record<string, PresentAction>> = {
  ArrowRight: { type: "figure", by: 1 },
  ArrowLeft: { type: "figure", by: -1 },
};

const pageActions: Readonly<Record<string, PageAction>> = {
  p: "present",
  z: "scale",
  s: "see-stitch",
};

/** Whether a press is not meant for the browser or an input method. */
function isPlain({ ctrlKey, altKey, metaKey, isComposing }: KeyPress): boolean {
  return !ctrlKey && !altKey && !metaKey && !isComposing;
}

/** In a presentation S opens the notes, and Shift+S the stitch. */
export function pageAction(press: KeyPress, presented: boolean): PageAction | null {
  if (!isPlain(press)) return null;
  const action = pageActions[press.key.toLowerCase()] ?? null;
  const takesShift = presented && action === "see-stitch";
  return press.shiftKey === takesShift ? action : null;
}

/** @param letters whether keys that write something count */
export function presentAction(press: KeyPress, letters: boolean): PresentAction | null {
  if (!isPlain(press)) return null;
  const { key, shiftKey } = press;
  // Space writes, but is no letter.
  if (key.length > 1 || key === " ") {
    return (shiftKey ? shiftedNamedActions : namedActions)[key] ?? null;
  }
  if (!letters) return null;
  return (shiftKey ? shiftedActions : letterActions)[key.toLowerCase()] ?? null;
}
