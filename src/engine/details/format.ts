/**
 * The details file of a recorded figure: what the inspector reads of every stitch, compressed with
 * gzip. Uncompressed, it is the length of its header (uint32, little-endian), the header as JSON,
 * and the arrays that the header names by their number, one after the other.
 */
import { cifar10Form } from "../../core/data/cifar10";
import { groupingSchema, type ClassIndices } from "../../core/data/form";
import { LabError } from "../../core/errors";
import * as z from "../../core/schema";
import { sha256Hex } from "../../core/weights/hash";

/** How many bytes one number of an array takes; f16 are the bits of float16 numbers. */
const widths = { u8: 1, i8: 1, u16: 2, f16: 2, f32: 4 } as const;
type ArrayType = keyof typeof widths;

const index = z.int().check(z.nonnegative());
const size = z.int().check(z.positive());

const matrixSchema = z.strictObject({
  rows: size,
  columns: size,
  side: size,
  /** Steps on either side of 0 that its weights are rounded to; null where they are float16. */
  levels: z.nullable(z.int().check(z.minimum(1), z.maximum(127))),
  /** i8 or f16 [rows, columns] */
  weights: index,
  /** f32, unit of a weight by row and by column; absent for float16. */
  scales: z.optional(z.strictObject({ rows: index, columns: index })),
  /** f32 [columns] */
  bias: index,
});

const shiftSchema = z.strictObject({
  /** f32 [c₂] each */
  ownMean: index,
  ownDeviation: index,
  stitchedMean: index,
  stitchedDeviation: index,
  residual: z.nullable(z.number()),
  livelyChannels: index,
  farChannels: index,
  frechet: z.nullable(z.number()),
});

const siteSchema = z.strictObject({
  site: index,
  name: z.string(),
  taps: z.tuple([index, index]),
  /** u8 or u16 [n] where its answers differ from the top's; see `answers.ts` */
  answers: index,
  /** f16 `means`: the loss of each point; null where nothing was trained */
  loss: z.nullable(z.strictObject({ stride: size, steps: index, means: index })),
  /** Null where it is left out. */
  matrix: z.nullable(matrixSchema),
  /** Null where there is none, as for a larger kernel. */
  shift: z.nullable(shiftSchema),
});
export type SiteDetails = z.infer<typeof siteSchema>;
export type MatrixDetails = z.infer<typeof matrixSchema>;

export const headerSchema = z.strictObject({
  format: z.literal("stitch-lab-details-1"),
  /** The data set's, by class index. */
  classNames: z.array(z.string()),
  /** Absent from older files, which are all of CIFAR-10. */
  groupings: z._default(z.array(groupingSchema), cifar10Form.classes.groupings),
  trainImages: size,
  /** u8 or u16 [n] the data set's classes of the test images */
  labels: index,
  networks: z.array(
    z.strictObject({
      sha256: z.string(),
      classes: z.int().check(z.minimum(2)),
      /** u8 or u16 [n] where its answers differ from the correct ones */
      answers: index,
    }),
  ),
  /** In the order of the recorded report; null where the file has nothing of a curve. */
  curves: z.array(
    z.nullable(
      z.strictObject({
        /** Numbers of networks. */
        top: index,
        bottom: index,
        sites: z.array(siteSchema),
      }),
    ),
  ),
  /** Names of what is not there, for people. */
  leftOut: z.array(z.string()),
  arrays: z.array(z.tuple([z.enum(["u8", "i8", "u16", "f16", "f32"]), index])),
});
export type DetailsHeader = z.infer<typeof headerSchema>;

/** The arrays of a file by their number; equal ones are kept once. */
export class ArrayPool {
  readonly table: [ArrayType, number][] = [];
  readonly parts: Uint8Array[] = [];
  private readonly known = new Map<string, number>();

  classes(values: ClassIndices): number {
    return this.add(values instanceof Uint8Array ? "u8" : "u16", values);
  }
  signed(values: Int8Array): number {
    return this.add("i8", values);
  }
  /** @param bits of float16 numbers */
  halves(bits: Uint16Array): number {
    return this.add("f16", bits);
  }
  floats(values: ArrayLike<number>): number {
    return this.add("f32", Float32Array.from(values));
  }

  private add(
    type: ArrayType,
    values: Uint8Array | Int8Array | Uint16Array | Float32Array,
  ): number {
    const part = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const key = `${type} ${sha256Hex(part)}`;
    const before = this.known.get(key);
    if (before !== undefined) return before;
    this.known.set(key, this.table.length);
    this.parts.push(part);
    return this.table.push([type, values.length]) - 1;
  }
}

/** The arrays of a file that was read, by number and type. */
export interface StoredArrays {
  classes(number: number): ClassIndices;
  signed(number: number): Int8Array;
  halves(number: number): Uint16Array;
  floats(number: number): Float32Array;
}

/** @returns the file's bytes */
export async function packed(
  header: Omit<DetailsHeader, "arrays">,
  { table, parts }: ArrayPool,
): Promise<Uint8Array> {
  const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays: table }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return through(new Blob(copied([length, text, ...parts])), new CompressionStream("gzip"));
}

/**
 * @param name what errors call the file
 * @throws LabError `bad-file` naming what is wrong with it
 */
export async function unpacked(
  file: Uint8Array,
  name: string,
): Promise<{ readonly header: DetailsHeader; readonly arrays: StoredArrays }> {
  const refusal = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-file", input: name, expected, found });
  let bytes: Uint8Array;
  try {
    bytes = await through(new Blob(copied([file])), new DecompressionStream("gzip"));
  } catch {
    throw refusal("a file compressed with gzip", `${file.byteLength} other bytes`);
  }
  if (bytes.byteLength < 4) throw refusal("a header", `${bytes.byteLength} bytes`);
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const parsed = headerSchema.safeParse(jsonOf(bytes.subarray(4, start)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = issue?.path.join(".") ?? "";
    throw refusal("a header that fits its schema", `${at}: ${issue?.message ?? "no JSON"}`);
  }
  const header = parsed.data;
  const places: { type: ArrayType; from: number; to: number }[] = [];
  let from = start;
  for (const [type, length] of header.arrays) {
    const to = from + length * widths[type];
    places.push({ type, from, to });
    from = to;
  }
  if (from !== bytes.byteLength) throw refusal(`${from} bytes`, `${bytes.byteLength} bytes`);
  const bufferOf = (number: number, type: ArrayType): ArrayBuffer => {
    const place = places[number];
    if (place?.type !== type) {
      throw refusal(`array ${number} of ${type}`, place ? place.type : "none");
    }
    // A copy starts at a multiple of every width.
    return new Uint8Array(bytes.subarray(place.from, place.to)).buffer;
  };
  const arrays: StoredArrays = {
    classes: (number) =>
      places[number]?.type === "u16"
        ? new Uint16Array(bufferOf(number, "u16"))
        : new Uint8Array(bufferOf(number, "u8")),
    signed: (number) => new Int8Array(bufferOf(number, "i8")),
    halves: (number) => new Uint16Array(bufferOf(number, "f16")),
    floats: (number) => new Float32Array(bufferOf(number, "f32")),
  };
  return { header, arrays };
}

/** @returns undefined where it is no JSON */
function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

async function through(
  blob: Blob,
  change: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = blob.stream().pipeThrough(change);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** A blob takes no memory that threads may share. */
function copied(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  return parts.map((part) => new Uint8Array(part));
}
