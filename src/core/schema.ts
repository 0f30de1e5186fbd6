/**
 * The only import of the schema library: its small build, whose unused checks a bundler drops. It
 * has no messages; these are its English ones.
 */
import { en } from "zod/locales";
import { config } from "zod/mini";

config(en());

export * from "zod/mini";

/**
 * Returns an object with some of its keys renamed, and any other value as it is. Records written
 * before a field was renamed are read through it.
 *
 * @param names the old name of a field to its name today
 */
export function renameKeys(value: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [names[key] ?? key, field]),
  );
}
