/** Networks that a visitor gives as files, and where they are kept. Implemented by `storage`. */
import * as z from "../core/schema";
import { architectureSchema } from "../core/nets/architecture";

/** A file that was examined and found to be a network. */
export const userModelSchema = z.object({
  /** Of the file's bytes, in hexadecimal; what addresses name it by. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  /** The file's, as the visitor had it. */
  name: z.string(),
  sizeBytes: z.int().check(z.positive()),
  architecture: architectureSchema,
});
export type UserModel = z.infer<typeof userModelSchema>;

/** One that is here. */
export interface StoredModel extends UserModel {
  /** False where there was no storage for it: it is gone when the page is closed. */
  readonly stored: boolean;
}

/** None of these functions rejects. */
export interface ModelStore {
  /** Every network that was given and not removed, by name. */
  list(): Promise<readonly StoredModel[]>;
  /** Keeps a network in the browser where it can, else in memory. Giving it again writes it again. */
  put(network: UserModel, bytes: Uint8Array): Promise<StoredModel>;
  remove(sha256: string): Promise<void>;
  /** What the engine reads it from: nothing that would be fetched from a server. */
  path(network: UserModel): string;
}
