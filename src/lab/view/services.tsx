/**
 * What the page's components work with, by one context: the session, the storage, the engine, the
 * view.
 */
import { createContext, useContext, useSyncExternalStore, type ReactNode } from "react";
import type { Storage } from "../../storage/storage";
import { initialStatus, type StorageStatus } from "../../storage/status";
import type { ImageReader, LabEngine, NetworkWriter, PassageSource } from "../engine/engine-types";
import type { Opening } from "../session/opening";
import type { Session } from "../session/session";
import type { LabState } from "../session/state";
import { noTrainings, type TrainingsState } from "../session/trainings/trainings";
import { type Part, hiddenParts } from "./view";
import type { ViewState, ViewStore } from "./view-store";

/** A newer version of the page. */
export interface Updates {
  /** Whether one is fetched and waits for `apply`. */
  readonly ready: () => boolean;
  /** @returns ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
  /** Reloads the page in the newer version. */
  readonly apply: () => void;
}

export type StitchSource = Pick<
  LabEngine,
  "inspect" | "details" | "testLabels" | "passageImages" | "pictures"
>;

export interface AppServices {
  readonly storage: Storage;
  readonly session: Session;
  readonly updates: Updates;
  readonly engine: NetworkWriter & StitchSource & PassageSource & ImageReader;
  readonly views: ViewStore;
  /** What a first visit opens with; null where the page was opened with an address. */
  readonly opening: Opening | null;
}

export const ServicesContext = createContext<AppServices | null>(null);

function useServices(): AppServices {
  const services = useContext(ServicesContext);
  if (services === null) throw new Error("no ServicesContext above this component");
  return services;
}

export const useSession = (): Session => useServices().session;
export const useOpening = (): Opening | null => useServices().opening;
export const useStorage = (): Storage => useServices().storage;
export const useUpdates = (): Updates => useServices().updates;
export const useWriter = (): NetworkWriter => useServices().engine;
export const useImageReader = (): ImageReader => useServices().engine;
export const useStitchSource = (): StitchSource => useServices().engine;
export const usePassageSource = (): PassageSource & StitchSource => useServices().engine;
export const useViewStore = (): ViewStore => useServices().views;

export function useLabState(): LabState {
  const { session, opening } = useServices();
  // During hydration the page must equal what the build wrote.
  return useSyncExternalStore(
    session.subscribe,
    session.getSnapshot,
    () => opening?.state ?? session.getSnapshot(),
  );
}

export function useTrainings(): TrainingsState {
  const { subscribe, getSnapshot } = useServices().session.trainings;
  return useSyncExternalStore(subscribe, getSnapshot, () => noTrainings);
}

export function useStorageStatus(): StorageStatus {
  const { subscribe, getStatus } = useStorage();
  return useSyncExternalStore(subscribe, getStatus, () => initialStatus);
}

export function useViewState(): ViewState {
  const { subscribe, getSnapshot } = useViewStore();
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

/** Whether a part of the page is shown. */
export function usePartVisible(part: Part): boolean {
  return !hiddenParts(useViewState().view).includes(part);
}

interface IfVisibleProps {
  readonly part: Part;
  readonly children: ReactNode;
}

/** A part of the page that a link may hide. */
export function IfVisible({ part, children }: IfVisibleProps): ReactNode {
  return usePartVisible(part) ? children : null;
}
