/** Networks that a visitor gives as files, and their storage. Implemented by `storage`. */
import * as z from "../core/schema";
import { architectureSchema } from "../core/nets/architecture";

/** A file that was validated as a network. */
export const userModelSchema = z.object({
  /** Hash of the file's bytes, in hexadecimal; addresses name the network by it. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The file's name. */
  name: z.string(),
  sizeBytes: z.int().check(z.positive()),
  architecture: architectureSchema,
});
export type UserModel = z.infer<typeof userModelSchema>;

/** A user's network that is available here. */
export interface StoredModel extends UserModel {
  /** False where there was no room: it is lost when the page is closed. */
  readonly stored: boolean;
}

/** None of these functions rejects. */
export interface ModelStore {
  /** All networks, sorted by name. */
  list(): Promise<readonly StoredModel[]>;
  /**
   * Stores a network in the browser where possible, else in memory. Putting it again writes it
   * again.
   */
  put(network: UserModel, bytes: Uint8Array): Promise<StoredModel>;
  remove(sha256: string): Promise<void>;
  /** The path that the engine reads it from; never fetched from a server. */
  path(network: UserModel): string;
}
