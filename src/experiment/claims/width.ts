import type { Claim } from "./claim";
import { gainClaims } from "./gains";

export const width: readonly Claim[] = gainClaims("A wider bottom costs next to nothing anywhere.");
