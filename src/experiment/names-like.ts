/** Names at most in one message. */
const most = 5;

/** Returns "one of a, b, c"; of many names, how many there are and the few most like `text`. */
export function namesLike(text: string, names: readonly string[]): string {
  if (names.length === 0) return "a known name";
  if (names.length <= most) return `one of ${names.join(", ")}`;
  let alike: string[] = [];
  for (let shared = text.length; alike.length === 0; shared--) {
    alike = names.filter((name) => name.startsWith(text.slice(0, shared)));
  }
  return `one of ${names.length} names, such as ${alike.slice(0, most).join(", ")}`;
}
