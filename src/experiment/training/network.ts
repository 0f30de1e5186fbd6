/** The network that a training makes: its kind and its sizes. */
import { namesOfClasses, type DataForm } from "../../core/data/form";
import { LabError } from "../../core/errors";
import { inputAndClasses } from "../../core/nets/architecture";
import { architectureSchema } from "../../core/nets/architecture-schema";
import * as z from "../../core/schema";
import type { TrainableArchitecture } from "../../core/training/recipe";
import { within, type Limits } from "../limits";

/** Of a spec's `family`; absent for a ResNet. */
export const trainedFamilies = ["myrtle", "vit"] as const;

export const networkLimits = {
  width: { min: 1, max: 768 },
  depth: { min: 1, max: 32 },
  heads: { min: 1, max: 64 },
  patch: { min: 1, max: 64 },
  classes: { min: 2, max: 65_535 },
} as const satisfies Record<string, Limits>;

export const networkShape = {
  family: z.optional(
    z.enum(trainedFamilies, { error: `one of resnet, ${trainedFamilies.join(", ")}` }),
  ),
  /** Residual blocks of each stage; of a ResNet alone. */
  blocks: z.optional(
    z
      .array(within({ min: 1, max: 32 }))
      .check(z.refine(({ length }) => length === 3 || length === 4, { error: "3 or 4 stages" })),
  ),
  /**
   * Filters of the first stage; each further stage has twice as many. Of a Vision Transformer:
   * numbers in a token.
   */
  width: within(networkLimits.width),
  /** Blocks of a Vision Transformer; the next two are its alone, too. */
  depth: z.optional(within(networkLimits.depth)),
  heads: z.optional(within(networkLimits.heads)),
  /** Side of a patch, in pixels. */
  patch: z.optional(within(networkLimits.patch)),
  /** That it tells apart, a coarser division of the data set's; absent for all of them. */
  classes: z.optional(within(networkLimits.classes)),
};

/** Wider ones would not fit into a page. */
const mostFilters = 128;

export type NetworkSizes = z.infer<ReturnType<typeof z.strictObject<typeof networkShape>>>;

const transformerFields = ["depth", "heads", "patch"] as const;

/** Returns what is wrong with the sizes together; undefined where they make a network. */
export function misfitOfSizes(
  sizes: NetworkSizes,
): { readonly field: keyof NetworkSizes; readonly expected: string } | undefined {
  const { family, blocks, width, heads } = sizes;
  const isResNet = family === undefined;
  if (isResNet !== (blocks !== undefined)) {
    const expected = isResNet ? "3 or 4 stages" : "nothing: only a ResNet has stages of blocks";
    return { field: "blocks", expected };
  }
  const isTransformer = family === "vit";
  const odd = transformerFields.find((field) => isTransformer !== (sizes[field] !== undefined));
  if (odd) {
    const expected = isTransformer
      ? "a whole number"
      : `nothing: only a Vision Transformer has ${odd}`;
    return { field: odd, expected };
  }
  if (!isTransformer && width > mostFilters) {
    return { field: "width", expected: `a whole number from 1 to ${mostFilters}` };
  }
  if (heads !== undefined && width % heads !== 0) {
    return { field: "heads", expected: "a divisor of the width" };
  }
  return undefined;
}

/**
 * Returns the architecture for images of this form.
 *
 * @throws LabError `bad-input` for images without classes or with others, or of a size that the
 *   network cannot read
 */
export function architectureOfTraining(
  { family, blocks = [], width, depth = 0, heads = 0, patch = 0, classes }: NetworkSizes,
  form: DataForm & { readonly name?: string },
): TrainableArchitecture {
  const named = form.classes.names.length;
  const count = classes ?? named;
  const refused = (input: string, expected: string, found: string): LabError =>
    new LabError({ code: "bad-input", input, expected, found });
  if (count < 2) {
    throw refused("images", "images with classes", `${form.name ?? "images"}, which has none`);
  }
  if (namesOfClasses(form.classes, count) === null) {
    const known = [named, ...form.classes.groupings.map(({ names }) => names.length)];
    throw refused("classes", `${known.join(" or ")}, as the data set has`, String(count));
  }
  const fields = inputAndClasses(form, count);
  const architecture: TrainableArchitecture =
    family === "vit"
      ? { family, dim: width, depth, heads, patch, ...fields }
      : family === "myrtle"
        ? { family, width, ...fields }
        : { family: "resnet", blocks, width, ...fields };
  const [issue] = architectureSchema.safeParse(architecture).error?.issues ?? [];
  if (issue) throw refused("network", issue.message, `images of ${form.height} × ${form.width}`);
  return architecture;
}
