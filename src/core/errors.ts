/**
 * The one error type that users see. Every check at a boundary (address, file, stored record,
 * worker message) throws it. The page, the command line and the tests can thus distinguish a
 * problem with a remedy from a defect of ours.
 */

/** The kind of problem, as a tag to switch on. */
export type LabErrorCode =
  | "bad-input"
  | "bad-file"
  | "bad-shape"
  | "hash-mismatch"
  | "not-found"
  | "network"
  | "storage"
  | "backend"
  | "numerics"
  | "cancelled"
  /** A defect of ours or of a library. */
  | "unexpected";

/** A {@link LabError} as plain data, for messages between threads and for stored records. */
export interface LabErrorData {
  readonly code: LabErrorCode;
  /** What was being read: a file, a tensor, a parameter of the address. */
  readonly input: string;
  readonly expected: string;
  readonly found: string;
}

/** An error that names the input, what was expected and what was found. */
export class LabError extends Error implements LabErrorData {
  readonly code: LabErrorCode;
  readonly input: string;
  readonly expected: string;
  readonly found: string;

  constructor(data: LabErrorData, options?: ErrorOptions) {
    super(`${data.input}: expected ${data.expected}, found ${data.found}`, options);
    this.name = "LabError";
    this.code = data.code;
    this.input = data.input;
    this.expected = data.expected;
    this.found = data.found;
  }

  /** The error as plain data. */
  toData(): LabErrorData {
    const { code, input, expected, found } = this;
    return { code, input, expected, found };
  }
}

/**
 * Any thrown value as plain data. A value that is not a {@link LabError} is a defect of ours or of
 * a library; its message becomes what was found.
 */
export function errorData(thrown: unknown, input: string): LabErrorData {
  if (thrown instanceof LabError) return thrown.toData();
  const found = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "unexpected", input, expected: "no error", found };
}

/** Maximum number of names in one message. */
const mostNames = 5;

/** Returns "one of a, b, c"; of many names, how many there are and the few most like `text`. */
export function namesLike(text: string, names: readonly string[]): string {
  if (names.length === 0) return "a known name";
  if (names.length <= mostNames) return `one of ${names.join(", ")}`;
  let alike: string[] = [];
  // Of a long text only as much counts as a name may have.
  const longest = Math.max(...names.map(({ length }) => length));
  for (let shared = Math.min(text.length, longest); alike.length === 0; shared--) {
    alike = names.filter((name) => name.startsWith(text.slice(0, shared)));
  }
  return `one of ${names.length} names, such as ${alike.slice(0, mostNames).join(", ")}`;
}
