/** How views reach the session: they read its state here and call its actions. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Session } from "./session";
import type { LabState } from "./state";
import { useOpening } from "./opening-context";

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("no session around this view");
  return session;
}

export function useLabState(): LabState {
  const { subscribe, getSnapshot } = useSession();
  const opening = useOpening();
  // While React takes over what the build wrote, the page is as it was written.
  return useSyncExternalStore(subscribe, getSnapshot, () => opening?.state ?? getSnapshot());
}
