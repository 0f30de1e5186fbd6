/** How views know what a first visit opened with; null where the page was opened with anything else. */
import { createContext, useContext } from "react";
import type { Opening } from "./opening";

export const OpeningContext = createContext<Opening | null>(null);

export function useOpening(): Opening | null {
  return useContext(OpeningContext);
}
