/** Fetches a JSON file and checks it. */
import type * as z from "../../core/schema";
import { LabError } from "../../core/errors";

/** Responses requested in advance, by address. */
const early = new Map<string, Promise<Response>>();

/** Starts fetching a file that `fetchJson` will need later. */
export function fetchEarly(address: URL): void {
  const response = fetch(address);
  // `fetchJson` reports the failure.
  response.catch(() => undefined);
  early.set(address.href, response);
}

/**
 * @throws LabError `network`, `not-found` or `bad-file` naming the file and what is wrong with it
 */
export async function fetchJson<T>(address: URL, schema: z.ZodMiniType<T>): Promise<T> {
  const input = address.pathname;
  let response: Response;
  try {
    const asked = early.get(address.href);
    // A response can be read once; a retry fetches again.
    early.delete(address.href);
    response = await (asked ?? fetch(address));
  } catch (thrown) {
    const found = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError(
      { code: "network", input, expected: "a server response", found },
      { cause: thrown },
    );
  }
  if (!response.ok) {
    const found = `HTTP ${response.status}`;
    throw new LabError({ code: "not-found", input, expected: "the file", found });
  }
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LabError({
    code: "bad-file",
    input: `${input} ${issue?.path.join(".") ?? ""}`.trim(),
    expected: "a valid file",
    found: issue?.message ?? "invalid content",
  });
}
