/** Elements of an SVG as text, and words in lines: no document is needed. */

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. @param content further elements, or text that `escaped` has been through */
export function tag(name: string, attributes: Attributes, ...content: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escaped(textOf(value))}"`,
  );
  const start = `<${name}${written.join("")}`;
  return content.length === 0 ? `${start}/>` : `${start}>${content.join("")}</${name}>`;
}

/** To a hundredth of a pixel. */
function textOf(value: string | number): string {
  return typeof value === "number" ? String(Math.round(100 * value) / 100) : value;
}

export function escaped(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // Characters that no XML may hold, which a name may have been given.
      .replaceAll(/[^\P{Cc}\t\n\r]/gu, "")
  );
}

/**
 * Width of a text in CSS pixels, a little more than Inter or Helvetica need: which of them, or of
 * others, shows the file is not known.
 */
export function widthOf(text: string, fontSize: number): number {
  const ems = Array.from(text, (letter) => {
    if (/[ijl.,:;'’|! ]/.test(letter)) return 0.3;
    if (/[tfr()[\]-]/.test(letter)) return 0.42;
    if (/[mw]/.test(letter)) return 0.9;
    if (/[a-z\d#/?“”]/.test(letter)) return 0.6;
    return /[MW@%&—]/.test(letter) ? 0.95 : 0.72;
  });
  return fontSize * ems.reduce((sum, em) => sum + em, 0);
}

/** Cut at its end where it is wider than the room. */
export function cut(text: string, room: number, fontSize: number): string {
  if (widthOf(text, fontSize) <= room) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && widthOf(`${letters.join("")}…`, fontSize) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** Broken between words, and within one, such as an address, that is longer than a line. */
export function linesOf(text: string, room: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer, fontSize) <= room) line = longer;
    else {
      if (line !== "") lines.push(line);
      line = "";
      for (const letter of word) {
        if (line !== "" && widthOf(line + letter, fontSize) > room) {
          lines.push(line);
          line = "";
        }
        line += letter;
      }
    }
  }
  return [...lines, line];
}
