/** Keys of a presentation. A remote control sends PageDown and PageUp. */

export type PresentAction =
  | { readonly type: "leave" }
  | { readonly type: "run" }
  | { readonly type: "help" }
  | { readonly type: "predict" }
  | { readonly type: "layer"; readonly by: 1 | -1 }
  | { readonly type: "figure"; readonly by: 1 | -1 };

/** A press of a key, as far as it counts. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "isComposing"
>;

/** Whether it is not meant for the browser or an input method. */
function isPlain({ ctrlKey, altKey, metaKey, isComposing }: KeyPress): boolean {
  return !ctrlKey && !altKey && !metaKey && !isComposing;
}

/** Whether the presentation begins, or ends, with this key. */
export function isPresentKey(press: KeyPress): boolean {
  return isPlain(press) && !press.shiftKey && press.key.toLowerCase() === "p";
}

/** @param letters whether keys that write something count */
export function presentAction(press: KeyPress, letters: boolean): PresentAction | null {
  if (!isPlain(press)) return null;
  const { key, shiftKey } = press;
  if (!letters && key.length === 1) return null;
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "r":
      return shiftKey ? null : { type: "run" };
    case "d":
      return shiftKey ? null : { type: "predict" };
    case "n":
      return { type: "figure", by: shiftKey ? -1 : 1 };
    // On many keyboards it takes Shift.
    case "?":
      return { type: "help" };
    case "Escape":
      return { type: "leave" };
    case "PageDown":
      return { type: "figure", by: 1 };
    case "PageUp":
      return { type: "figure", by: -1 };
    case "ArrowRight":
    case "ArrowDown":
      return shiftKey ? null : { type: "layer", by: 1 };
    case "ArrowLeft":
    case "ArrowUp":
      return shiftKey ? null : { type: "layer", by: -1 };
    default:
      return null;
  }
}
