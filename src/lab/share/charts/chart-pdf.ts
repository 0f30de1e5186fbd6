/**
 * A figure as a PDF: vectors and text, with the letters that it uses embedded, as journals ask. Its
 * libraries are large, so that it is loaded when a PDF is first saved.
 */
import regular from "@fontsource/inter/files/inter-latin-400-normal.woff?url";
import semibold from "@fontsource/inter/files/inter-latin-600-normal.woff?url";
import { jsPDF } from "jspdf";
import { svg2pdf } from "svg2pdf.js";
import { LabError } from "../../../core/errors";
import type { SvgPicture } from "./figure-size";
import { trueTypeOf, written } from "./pdf-font";

const family = "Inter";
const fonts = [
  { address: regular, weight: 400 },
  { address: semibold, weight: 600 },
] as const;

/** @throws LabError `network` when a font cannot be fetched */
export async function pdfOf({
  text,
  title,
  source,
  width,
  height,
  size,
}: SvgPicture): Promise<Blob> {
  const point = size.unit === "pt" ? 1 : 0.75;
  const page = { width: point * width, height: point * height };
  const pdf = new jsPDF({
    unit: "pt",
    format: [page.width, page.height],
    orientation: page.width > page.height ? "landscape" : "portrait",
    compress: true,
    putOnlyUsedFonts: true,
  });
  pdf.setDocumentProperties({ title, subject: source, creator: "Stitch Lab" });
  const file = new DOMParser().parseFromString(text, "image/svg+xml");
  const drawing = file.documentElement;
  for (const words of drawing.querySelectorAll("text"))
    words.textContent = written(words.textContent);
  drawing.setAttribute("font-family", family);
  const faces = await Promise.all(fonts.map((font) => embed(font, pdf)));
  try {
    await svg2pdf(drawing, pdf, { x: 0, y: 0, ...page });
    return pdf.output("blob");
  } finally {
    for (const face of faces) document.fonts.delete(face);
  }
}

/** @returns the font as the page has it until the figure is drawn: its words are measured there */
async function embed({ address, weight }: (typeof fonts)[number], pdf: jsPDF): Promise<FontFace> {
  const url = new URL(address, import.meta.url);
  const name = `inter-${weight}.ttf`;
  const font = await trueTypeOf(await fetched(url), name);
  const letters = Array.from(new Uint8Array(font), (byte) => String.fromCharCode(byte)).join("");
  pdf.addFileToVFS(name, letters);
  pdf.addFont(name, family, "normal", weight);
  const face = new FontFace(family, font, { weight: String(weight) });
  document.fonts.add(await face.load());
  return face;
}

async function fetched(url: URL): Promise<ArrayBuffer> {
  const expected = "a font for the PDF";
  try {
    const response = await fetch(url);
    if (response.ok) return await response.arrayBuffer();
    throw new Error(`status ${response.status}`);
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError(
      { code: "network", input: url.pathname, expected, found },
      { cause: thrown },
    );
  }
}
