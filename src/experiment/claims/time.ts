import type { Claim } from "./claim";
import { gainClaims } from "./gains";

export const time: readonly Claim[] = gainClaims(
  "A bottom that was trained longer costs next to nothing anywhere.",
);
