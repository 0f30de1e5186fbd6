/** Flags of a benchmark, each a text with a default. */
import { parseArgs } from "node:util";
import { z } from "zod";

export const wholeNumber = z.string().regex(/^\d+$/, "a whole number").transform(Number);
export const positiveNumber = wholeNumber.pipe(z.int().positive());
export const textList = z.string().transform((text) => text.split(","));

/**
 * @param defaults the text of every flag that is not given
 * @throws Error naming the flag that is unknown or does not fit
 */
export function readFlags<Schema extends z.ZodObject>(
  schema: Schema,
  defaults: Readonly<Record<keyof z.input<Schema>, string>>,
  argv: readonly string[],
): z.output<Schema> {
  const { values } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries<string>(defaults).map(([name, value]) => [
        name,
        { type: "string", default: value },
      ]),
    ),
  });
  return schema.parse(values);
}
