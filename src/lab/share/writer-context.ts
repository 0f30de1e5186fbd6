/** How views have stitched networks written as files. */
import { createContext, useContext } from "react";
import type { NetworkWriter } from "../engine/engine-types";

export const WriterContext = createContext<NetworkWriter | null>(null);

export function useWriter(): NetworkWriter {
  const writer = useContext(WriterContext);
  if (writer === null) throw new Error("no writer of networks around this view");
  return writer;
}
