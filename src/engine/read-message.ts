/**
 * Reads messages from workers and other tabs. Never throws: an error thrown in a listener would
 * leave the caller waiting for an answer.
 */
import { LabError } from "../core/errors";
import type * as z from "../core/schema";

/**
 * @param sender how the error names it
 * @returns the message, or an error saying what does not fit
 */
export function readMessage<T extends object>(
  received: unknown,
  schema: z.ZodMiniType<T>,
  sender: string,
): T | LabError {
  const parsed = schema.safeParse(received);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  const path = issue?.path.map(String) ?? [];
  return new LabError({
    code: "unexpected",
    input: `message of ${sender}${path.length > 0 ? `: ${path.join(".")}` : ""}`,
    expected: "a value that fits its schema",
    found: issue?.message ?? "another value",
  });
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The issue that lies deepest. Of a union it is one of the member that the value comes closest to:
 * that none fits, says nothing.
 */
function deepest(issues: readonly z.core.$ZodIssue[]): Issue | undefined {
  const all = issues.map((issue): Issue => {
    const members = issue.code === "invalid_union" ? issue.errors : [];
    const inner = members.flatMap((member) => deepest(member) ?? []);
    const [best] = inner.sort((a, b) => b.path.length - a.path.length);
    return best ? { ...best, path: [...issue.path, ...best.path] } : issue;
  });
  return all.sort((a, b) => b.path.length - a.path.length)[0];
}
