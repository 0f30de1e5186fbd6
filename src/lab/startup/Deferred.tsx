/**
 * A piece of the page that is drawn when the pieces before it are there; at once where the build
 * has drawn it.
 */
import { startTransition, useEffect, useRef, useState, type ReactNode } from "react";
import { takeTurn } from "./turns";
import { useOpening } from "../view/services";

export function Deferred({ children }: { readonly children: ReactNode }): ReactNode {
  const [come, setCome] = useState(useOpening() !== null);
  const drawn = useRef<() => void>(null);
  useEffect(() => {
    const turn = takeTurn();
    drawn.current = turn.done;
    void turn.come.then(() => {
      startTransition(() => setCome(true));
    });
    return turn.done;
  }, []);
  useEffect(() => {
    if (come) drawn.current?.();
  }, [come]);
  return come ? children : null;
}
