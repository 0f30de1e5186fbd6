/** Writes and reads a stitched network as a safetensors file. */
import * as z from "../schema";
import { LabError } from "../errors";
import { classesOf, withClasses } from "../nets/architecture";
import { architectureSchema } from "../nets/architecture-schema";
import { isTokens, tapsOf } from "../nets/taps";
import { networkPart } from "../nets/network";
import { deviceStitch, paddedStitch, type DeviceStitch } from "../stitch/device-stitch";
import { epsilon, type StitchParameters } from "../stitch/parameters";
import type { Tensor2D, Tensor4D } from "../tensor/tf";
import { metadataOf, type Metadata, parseSafetensors } from "../weights/safetensors";
import { parameter, type State } from "../weights/state";
import { writeSafetensors } from "../weights/write-safetensors";
import { composed, type Half } from "./compose";

/** A network read from a file, ready to run. */
export interface StitchedNetwork {
  /** @returns [n, classes]; the caller disposes it */
  logits(images: Tensor4D): Tensor2D;
  dispose(): void;
}

/**
 * @param about metadata by name, such as the origin of the two halves
 * @throws LabError if the networks cannot be combined, see `composed`
 */
export function writeStitched(
  bottom: Half,
  top: Half,
  tap: number,
  stitch: StitchParameters,
  about: Metadata,
): Uint8Array {
  const { state, stitch: form } = composed(bottom, top, tap, stitch);
  const { architecture } = top;
  const metadata = new Map([
    // As PyTorch's own loaders expect.
    ["format", "pt"],
    ...about,
    ["kind", "stitched network"],
    ["tap", String(tap)],
    ["layer", tapsOf(architecture)[tap]?.name ?? ""],
    ["stitch", form],
    ["bottom_architecture", JSON.stringify(bottom.architecture)],
    ["top_architecture", JSON.stringify(architecture)],
    // No shape reveals it.
    ...(architecture.family === "vit" ? [["heads", String(architecture.heads)] as const] : []),
  ]);
  return writeSafetensors(state, metadata);
}

const json = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: "JSON", input: text });
      return z.NEVER;
    }
  }),
);

const metadataSchema = z.object({
  kind: z.literal("stitched network"),
  tap: z.pipe(z.string().check(z.regex(/^\d{1,4}$/, "a tap's number")), z.transform(Number)),
  stitch: z.enum(["layer", "folded into fc"]),
  bottom_architecture: z.pipe(json, architectureSchema),
  top_architecture: z.pipe(json, architectureSchema),
});

/**
 * @param name name of the file in errors
 * @throws LabError naming what does not fit
 */
export function readStitched(bytes: Uint8Array, name: string): StitchedNetwork {
  const state = parseSafetensors(bytes, name);
  const said = metadataSchema.safeParse(Object.fromEntries(metadataOf(bytes, name)));
  if (!said.success) {
    const issue = said.error.issues[0];
    throw new LabError({
      code: "bad-file",
      input: `${name}: __metadata__.${issue?.path.join(".") ?? ""}`,
      expected: "the description of a stitched network",
      found: issue?.message ?? "an unexpected value",
    });
  }
  const { tap, stitch: form, bottom_architecture: below, top_architecture: above } = said.data;
  // With the stitch in `fc`, the last layer is as wide as the bottom's representation.
  const bottom = networkPart(state, below, 0, tap + 1);
  const rest =
    form === "layer"
      ? networkPart(state, above, tap + 1)
      : networkPart(state, withClasses(below, classesOf(above)), tap + 1);
  const stitch = form === "layer" ? stitchIn(state, tapsOf(below)[tap], tapsOf(above)[tap]) : null;
  return {
    logits(images) {
      const x = bottom.forward(images) as Tensor4D;
      const y = stitch ? stitch.apply(x) : x.clone();
      const logits = rest.forward(y) as Tensor2D;
      x.dispose();
      y.dispose();
      return logits;
    },
    dispose() {
      bottom.dispose();
      rest.dispose();
      stitch?.dispose();
    },
  };
}

type Place = ReturnType<typeof tapsOf>[number] | undefined;

function stitchIn(state: State, from: Place, to: Place): DeviceStitch {
  const [source, target] = [from?.channels ?? 0, to?.channels ?? 0];
  const kernelShape = state.get("stitch.1.weight")?.shape;
  if (kernelShape) {
    const side = kernelShape[2] ?? 0;
    const [gamma, beta, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map(
      (field) => parameter(state, `stitch.0.${field}`, [source]),
    );
    const scale = Float64Array.from(
      { length: source },
      (_, i) => (gamma?.[i] ?? 0) / Math.sqrt((variance?.[i] ?? 0) + epsilon),
    );
    const shift = scale.map((value, i) => (beta?.[i] ?? 0) - (mean?.[i] ?? 0) * value);
    const weight = parameter(state, "stitch.1.weight", [target, source, side, side]);
    const kernel = inputsFirst(weight, source, target, side);
    const bias = Float64Array.from(parameter(state, "stitch.1.bias", [target]));
    return paddedStitch({ scale, shift, kernel, bias }, side);
  }
  const shape = to && isTokens(to) ? [target, source] : [target, source, 1, 1];
  return deviceStitch({
    weight: inputsFirst(parameter(state, "stitch.weight", shape), source, target, 1),
    bias: Float64Array.from(parameter(state, "stitch.bias", [target])),
  });
}

/** Transposes PyTorch's [c₂, c₁, k, k] to [k, k, c₁, c₂]. */
function inputsFirst(
  values: Float32Array,
  source: number,
  target: number,
  side: number,
): Float64Array {
  const cells = side * side;
  return Float64Array.from({ length: values.length }, (_, at) => {
    const out = at % target;
    const from = Math.floor(at / target) % source;
    const cell = Math.floor(at / (target * source));
    return values[(out * source + from) * cells + cell] ?? 0;
  });
}
