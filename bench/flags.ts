/** Flags of a benchmark, each a text with a default. */
import { parseArgs } from "node:util";
import * as z from "../src/core/schema";

export const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d+$/, "a whole number")),
  z.transform(Number),
);
export const positiveNumber = z.pipe(wholeNumber, z.int().check(z.positive()));
export const textList = z.pipe(
  z.string(),
  z.transform((text) => text.split(",")),
);

/**
 * @param defaults the text of every flag that is not given
 * @throws Error naming the flag that is unknown or does not fit
 */
export function readFlags<Schema extends z.ZodMiniObject>(
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
