import { createContext } from "react";
import type { Updates } from "./offline";

/** Outside the page nothing is ever newer. */
export const UpdatesContext = createContext<Updates>({
  ready: () => false,
  subscribe: () => () => undefined,
  apply: () => undefined,
});
