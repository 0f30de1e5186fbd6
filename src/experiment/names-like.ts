/** What a list of names says where none of them was meant. */

/** As many are told at most. */
const most = 5;

/** "one of a, b, c"; of many names their number and those that share the longest beginning with `text`. */
export function namesLike(text: string, names: readonly string[]): string {
  if (names.length <= most) return `one of ${names.join(", ")}`;
  let alike: string[] = [];
  for (let shared = text.length; alike.length === 0; shared--) {
    alike = names.filter((name) => name.startsWith(text.slice(0, shared)));
  }
  return `one of ${String(names.length)} names, such as ${alike.slice(0, most).join(", ")}`;
}
