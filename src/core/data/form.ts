/** What the images of a data set have in common: their size, their normalisation and their classes. */
import { LabError } from "../errors";
import * as z from "../schema";

const positive = z.int().check(z.positive());

/** A coarser division of the classes, for networks that answer with fewer. */
export const groupingSchema = z
  .strictObject({
    /** By group. */
    names: z.array(z.string()).check(z.minLength(2)),
    /** [classes] the group of each class */
    groupOf: z.array(z.int().check(z.nonnegative())),
  })
  .check(
    z.refine(({ names, groupOf }) => groupOf.every((group) => group < names.length), {
      error: "numbers of its groups",
    }),
  );

const classesSchema = z
  .strictObject({
    /** By class index; empty for a data set without labels. */
    names: z.array(z.string()).check(z.maxLength(65_535)),
    groupings: z.array(groupingSchema),
  })
  .check(
    z.refine(
      ({ names, groupings }) => groupings.every(({ groupOf }) => groupOf.length === names.length),
      { error: "a group for each class" },
    ),
  );
export type Classes = z.infer<typeof classesSchema>;

export const formShape = {
  height: positive,
  width: positive,
  /** 1 for grey, 3 for red, green and blue. */
  channels: z.literal([1, 3]),
  /** By channel: mean and standard deviation of the training pixels, scaled to [0, 1]. */
  normalisation: z.array(
    z.strictObject({ mean: z.number(), deviation: z.number().check(z.positive()) }),
  ),
  classes: classesSchema,
};

/** All that decides how the bytes of a data set are read. */
export const dataFormSchema = z.strictObject(formShape);
export type DataForm = z.infer<typeof dataFormSchema>;

/** Whether the bytes of two data sets are read in the same way. */
export function sameForm(a: DataForm, b: DataForm): boolean {
  const text = ({ height, width, channels, normalisation, classes }: DataForm): string =>
    JSON.stringify([
      [height, width, channels],
      normalisation.map(({ mean, deviation }) => [mean, deviation]),
      classes.names,
      classes.groupings.map(({ names, groupOf }) => [names, groupOf]),
    ]);
  return text(a) === text(b);
}

/** Class indices: bytes where they fit. */
export type ClassIndices = Uint8Array | Uint16Array;

/** Classes that a byte has room for, with `noClass` and one number to spare. */
export const mostByteClasses = 254;

/** Returns an array for class indices below `classes`, and for `noClass`. */
export function classIndices(count: number, classes: number): ClassIndices {
  return classes <= mostByteClasses ? new Uint8Array(count) : new Uint16Array(count);
}

/** Joins class indices of the same network. */
export function joinedClasses(parts: readonly ClassIndices[]): ClassIndices {
  const values = parts.flatMap((part) => [...part]);
  return parts.some((part) => part instanceof Uint16Array)
    ? Uint16Array.from(values)
    : Uint8Array.from(values);
}

/** Returns what stands for the predicted class of an image whose logits are not finite. */
export function noClass({ BYTES_PER_ELEMENT }: ClassIndices): number {
  return 256 ** BYTES_PER_ELEMENT - 1;
}

/** Number of images without a class. @param predicted [n] */
export function withoutClass(predicted: ClassIndices): number {
  const none = noClass(predicted);
  let count = 0;
  for (const answer of predicted) if (answer === none) count++;
  return count;
}

/** Returns the names of a network's classes; null where the data set has no such classes. */
export function namesOfClasses(classes: Classes, count: number): readonly string[] | null {
  if (classes.names.length === count) return classes.names;
  return groupingOf(classes, count)?.names ?? null;
}

/**
 * Returns the correct classes for a network.
 *
 * @param labels [n] the data set's class indices
 * @param count the network's number of classes
 * @returns [n] class indices below `count`
 * @throws LabError `bad-input` where the data set has no such classes
 */
export function labelsFor(labels: ClassIndices, classes: Classes, count: number): ClassIndices {
  if (classes.names.length === count) return labels;
  const grouping = groupingOf(classes, count);
  if (!grouping) {
    const known = [classes.names, ...classes.groupings.map(({ names }) => names)];
    throw new LabError({
      code: "bad-input",
      input: "classes of the network",
      expected: `${known.map(({ length }) => length).join(" or ")}, as the data set has`,
      found: String(count),
    });
  }
  return labels.map((label) => grouping.groupOf[label] ?? 0);
}

function groupingOf(
  { groupings }: Classes,
  count: number,
): Classes["groupings"][number] | undefined {
  return groupings.find(({ names }) => names.length === count);
}
