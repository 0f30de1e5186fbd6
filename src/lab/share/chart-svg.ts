/**
 * A figure of the page as an SVG that stands by itself: drawing, title and legend, with computed styles written out as
 * attributes, since a file has no style sheet and a strict policy would not apply one.
 */

const svgNamespace = "http://www.w3.org/2000/svg";

/** A figure that can be saved. */
export interface ChartFigure {
  readonly title: string;
  readonly drawing: SVGSVGElement;
  readonly legend: readonly HTMLElement[];
  /** Beneath the drawing: what its axis is; empty where it has no layers. */
  readonly axisTitle: string;
}

/** What a drawing's look depends on. `fill` and the like are attributes and properties alike. */
const looks = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity"],
  ...["stroke-linecap", "stroke-linejoin", "opacity", "visibility", "display"],
  ...["font-family", "font-size", "font-weight", "text-anchor", "dominant-baseline"],
] as const;

const padding = 16;
const titleHeight = 28;
const lineHeight = 20;
const keyWidth = 34;
const valueAxis = 44;

/** Figures with a drawing, in the order of the page. */
export function figuresIn(root: ParentNode): readonly ChartFigure[] {
  return [...root.querySelectorAll("figure")].flatMap((figure) => {
    const drawing = largest(figure.querySelectorAll<SVGSVGElement>("svg"));
    const heading = figure.querySelector("h3") ?? figure.querySelector("figcaption");
    const title = heading?.textContent.trim() ?? "";
    if (drawing === undefined || title === "") return [];
    const legend = [...figure.querySelectorAll<HTMLElement>(".legend > li")];
    // Charts above each other share the layer axis, whose title is written once.
    const axis =
      figure.querySelector<HTMLElement>(".axis-title") ??
      root.querySelector<HTMLElement>(".axis-title");
    const layers = drawing.querySelector(".layer-tick") !== null;
    // As it is seen: a part of it is hidden where names are not shortened.
    return [{ title, drawing, legend, axisTitle: layers ? (axis?.innerText.trim() ?? "") : "" }];
  });
}

/**
 * @param source is written at the bottom: where the figure can be had again
 * @returns the picture as text, with its size in CSS pixels
 */
export function standaloneSvg(
  { title, drawing, legend, axisTitle }: ChartFigure,
  source: string,
): { readonly text: string; readonly width: number; readonly height: number } {
  const page = getComputedStyle(drawing.closest(".results") ?? document.body);
  const [ink, font] = [page.color, page.fontFamily];
  const muted = getComputedStyle(document.documentElement).getPropertyValue("--muted").trim();
  const { width: drawnWidth, height: drawnHeight } = drawing.getBoundingClientRect();
  const measured = measure(font);
  const width = Math.ceil(drawnWidth) + 2 * padding;
  const titles = linesOf(title, drawnWidth, (words) => measured(words, 16));
  let y = padding + titles.length * titleHeight;

  const picture = element("svg", { xmlns: svgNamespace, "font-family": font, "font-size": 13 });
  const ground = element("rect", { width: "100%", height: "100%", fill: groundOf(page) });
  const text = (at: { x: number; y: number }, words: string, look: Attributes): SVGElement => {
    const made = element("text", { ...at, fill: ink, ...look });
    made.textContent = words;
    return made;
  };
  picture.append(
    ground,
    ...titles.map((line, at) =>
      text({ x: padding, y: padding + 16 + at * titleHeight }, line, {
        "font-size": 16,
        "font-weight": 600,
      }),
    ),
  );
  /** Lines of it, one beneath the other from here on. */
  const write = (words: string, indent: number, size: number, height: number, look: Attributes) => {
    const lines = linesOf(words, drawnWidth - indent, (part) => measured(part, size));
    for (const line of lines) {
      picture.append(
        text({ x: padding + indent, y: y + 14 }, line, { "font-size": size, ...look }),
      );
      y += height;
    }
  };

  const copy = styled(drawing);
  setAll(copy, { x: padding, y, width: Math.round(drawnWidth), height: Math.round(drawnHeight) });
  picture.append(copy);
  y += Math.round(drawnHeight);
  if (axisTitle !== "") {
    write(axisTitle, valueAxis, 13, lineHeight, { fill: muted });
  }
  for (const item of legend) {
    const key = keyOf(item);
    setAll(key, { transform: `translate(${String(padding)} ${String(y + 10)})` });
    picture.append(key);
    write(wordsOf(item), keyWidth, 13, lineHeight, {});
  }
  y += 4;
  write(source, 0, 11, 15, { fill: muted });
  y += padding;

  const name = element("title", {});
  name.textContent = title;
  const description = element("desc", {});
  description.textContent = source;
  picture.prepend(name, description);
  setAll(picture, { width, height: y, viewBox: `0 0 ${String(width)} ${String(y)}` });
  return { text: new XMLSerializer().serializeToString(picture), width, height: y };
}

/** Broken between words, and within one, such as an address, that is longer than a line. */
function linesOf(words: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= room) line = longer;
    else {
      if (line !== "") lines.push(line);
      line = word;
      while (widthOf(line) > room && line.length > 1) {
        const fits = Math.max(1, Math.floor((room / widthOf(line)) * line.length) - 1);
        lines.push(line.slice(0, fits));
        line = line.slice(fits);
      }
    }
  }
  return [...lines, line];
}

/** A copy that looks the same without any style sheet. */
function styled(original: SVGElement): SVGElement {
  const copy = original.cloneNode(true) as SVGElement;
  writeLooks(original, copy);
  // A drawing that is hidden from view, such as a tooltip's cursor, is no part of the figure.
  for (const hidden of copy.querySelectorAll('[visibility="hidden"], [display="none"]')) {
    hidden.remove();
  }
  return copy;
}

function writeLooks(original: Element, copy: Element): void {
  const computed = getComputedStyle(original);
  for (const look of looks) {
    const value = computed.getPropertyValue(look);
    if (value !== "") copy.setAttribute(look, value);
  }
  for (const name of ["class", "style", "tabindex", "role", "aria-label", "id"]) {
    copy.removeAttribute(name);
  }
  for (const [index, child] of [...original.children].entries()) {
    const its = copy.children[index];
    if (its) writeLooks(child, its);
    // Which layer is looked at is the page's business.
    if (child.matches(".chosen-layer")) its?.setAttribute("display", "none");
  }
}

/** The line or the marker before a legend's words. */
function keyOf(item: HTMLElement): SVGElement {
  const curve = item.querySelector<SVGSVGElement>("svg");
  if (curve) {
    // Its drawing without its frame: the frame's middle is at 0, 0.
    const group = element("g", {});
    const inner = element("g", { transform: "translate(13 0)" });
    inner.append(...styled(curve).children);
    group.append(inner);
    return group;
  }
  const line = element("line", { x1: 0, x2: 26, y1: 0, y2: 0 });
  const group = element("g", {});
  const key = item.querySelector(".key");
  if (key) {
    const { borderTopColor, borderTopStyle, borderTopWidth } = getComputedStyle(key);
    setAll(line, { stroke: borderTopColor, "stroke-width": Number.parseFloat(borderTopWidth) });
    if (borderTopStyle === "dotted") setAll(line, { "stroke-dasharray": "3 3" });
    if (borderTopStyle === "dashed") setAll(line, { "stroke-dasharray": "7 5" });
    group.append(line);
  }
  return group;
}

/** A legend's words without those of the buttons in it. */
function wordsOf(item: HTMLElement): string {
  const copy = item.cloneNode(true) as HTMLElement;
  for (const other of copy.querySelectorAll("button, dialog, [popover], .explain")) other.remove();
  return copy.textContent.trim();
}

function groundOf(page: CSSStyleDeclaration): string {
  // Transparent where the page's own ground shows through.
  return page.backgroundColor === "rgba(0, 0, 0, 0)"
    ? getComputedStyle(document.documentElement).getPropertyValue("--surface").trim()
    : page.backgroundColor;
}

function largest(drawings: Iterable<SVGSVGElement>): SVGSVGElement | undefined {
  const area = (drawing: SVGSVGElement): number => {
    const { width, height } = drawing.getBoundingClientRect();
    return width * height;
  };
  const [first] = [...drawings].sort((a, b) => area(b) - area(a));
  return first !== undefined && area(first) > 0 ? first : undefined;
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes): SVGElement {
  const made = document.createElementNS(svgNamespace, name);
  setAll(made, attributes);
  return made;
}

function setAll<T extends Element>(target: T, attributes: Attributes): T {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
  return target;
}

/** The width of a text in CSS pixels. */
function measure(font: string): (text: string, size: number) => number {
  const canvas = document.createElement("canvas").getContext("2d");
  return (text, size) => {
    if (!canvas) return 0.6 * size * text.length;
    canvas.font = `600 ${String(size)}px ${font}`;
    return canvas.measureText(text).width;
  };
}
