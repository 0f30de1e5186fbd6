/** Reads a JSON file and checks it. */
import type * as z from "../core/schema";
import { LabError } from "../core/errors";
import { readBytes } from "./file-assets";

/** @throws LabError `not-found` or `bad-file` naming the file and the first thing wrong with it */
export async function readJson<T>(path: string, schema: z.ZodMiniType<T>): Promise<T> {
  const text = new TextDecoder().decode(await readBytes(path));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new LabError(
      { code: "bad-file", input: path, expected: "JSON", found: String(thrown) },
      { cause: thrown },
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LabError({
    code: "bad-file",
    input: `${path}: ${issue?.path.join(".") ?? ""}`,
    expected: "a value that fits its schema",
    found: issue?.message ?? "something else",
  });
}
