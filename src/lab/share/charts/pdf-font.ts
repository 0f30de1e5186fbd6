/**
 * Inter as the TrueType font that a PDF holds a part of. The package has it as WOFF 1.0, whose
 * tables are the font's own, compressed one by one.
 */
import { LabError } from "../../../core/errors";

/** Latin letters, digits and signs of the package's file. Others are written as "?". */
const missing =
  /[^\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2191\u2193\u2212\u2215]/gu;

/** The words as the font can write them. */
export function written(text: string): string {
  return text.replaceAll(/\s*→\s*/g, " into ").replaceAll(missing, "?");
}

interface Table {
  /** Its four letters. */
  readonly tag: number;
  readonly checksum: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** @throws LabError `bad-file` where it is no WOFF 1.0 */
export async function trueTypeOf(woff: ArrayBuffer, name: string): Promise<ArrayBuffer> {
  const view = new DataView(woff);
  if (woff.byteLength < 44 || view.getUint32(0) !== signature) {
    throw new LabError({ code: "bad-file", input: name, expected: "WOFF 1.0", found: "no header" });
  }
  const count = view.getUint16(12);
  const tables = await Promise.all(
    Array.from({ length: count }, (_, place) => tableAt(woff, view, 44 + 20 * place)),
  );
  return assembled(tables, view.getUint32(4));
}

/** "wOFF" */
const signature = 0x774f4646;

async function tableAt(woff: ArrayBuffer, view: DataView, at: number): Promise<Table> {
  const offset = view.getUint32(at + 4);
  const stored = view.getUint32(at + 8);
  const length = view.getUint32(at + 12);
  const data = new Uint8Array(woff, offset, stored);
  return {
    tag: view.getUint32(at),
    checksum: view.getUint32(at + 16),
    data: stored === length ? data : await inflated(data),
  };
}

async function inflated(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** OpenType 1.9, table directory: each table begins at a multiple of four. */
function assembled(tables: readonly Table[], flavour: number): ArrayBuffer {
  const padded = (length: number): number => 4 * Math.ceil(length / 4);
  const head = 12 + 16 * tables.length;
  const whole = tables.reduce((sum, { data }) => sum + padded(data.length), head);
  const font = new Uint8Array(whole);
  const view = new DataView(font.buffer);
  const power = Math.floor(Math.log2(tables.length));
  view.setUint32(0, flavour);
  const search = [tables.length, 16 * 2 ** power, power, 16 * (tables.length - 2 ** power)];
  for (const [place, value] of search.entries()) view.setUint16(4 + 2 * place, value);
  let offset = head;
  for (const [place, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + 16 * place;
    view.setUint32(at, tag);
    view.setUint32(at + 4, checksum);
    view.setUint32(at + 8, offset);
    view.setUint32(at + 12, data.length);
    font.set(data, offset);
    offset += padded(data.length);
  }
  return font.buffer;
}
