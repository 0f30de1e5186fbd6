import { useEffect, useEffectEvent } from "react";
import { isForPage } from "./key-target";

/**
 * Calls back for every press of a key that is meant for the page.
 *
 * @param onKey true where it made use of it
 */
export function usePageKey(onKey: (event: KeyboardEvent) => boolean): void {
  const onPress = useEffectEvent((event: KeyboardEvent) => {
    if (isForPage(event) && onKey(event)) event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener("keydown", onPress);
    return () => window.removeEventListener("keydown", onPress);
  }, []);
}
