/**
 * The one door to the schema library: its small build, whose checks are functions that a bundler
 * leaves out where nobody calls them. It has no words of its own; these are its English ones.
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
