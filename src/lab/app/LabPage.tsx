/** The page with all that its views ask for around it. */
import { StrictMode, useEffect, type ReactNode } from "react";
import type { NetworkWriter } from "../engine/engine-types";
import type { Updates } from "./offline";
import type { Opening } from "../session/opening";
import type { Session } from "../session/session";
import type { ViewStore } from "../view/view-store";
import type { Storage } from "../../storage/storage";
import { App } from "./App";
import { ErrorBoundary } from "../ui/lazy-part";
import { StitchSourceContext, type StitchSource } from "../view/inspect-context";
import { OpeningContext } from "../session/opening-context";
import { SessionContext } from "../session/session-context";
import { StorageContext } from "../storage/storage-context";
import { UpdatesContext } from "./updates-context";
import { ViewContext } from "../view/view-context";
import { WriterContext } from "../share/writer-context";

export interface AppServices {
  readonly storage: Storage;
  readonly session: Session;
  readonly updates: Updates;
  readonly engine: NetworkWriter & StitchSource;
  readonly views: ViewStore;
  /** null where the page was opened with an address of its own. */
  readonly opening: Opening | null;
  /** Called when the page is there and answers. */
  readonly onDrawn?: () => void;
}

export function LabPage(props: AppServices): ReactNode {
  const { storage, session, updates, engine, views, opening, onDrawn } = props;
  useEffect(() => {
    onDrawn?.();
  }, [onDrawn]);
  return (
    <StrictMode>
      <ErrorBoundary name="the page">
        {() => (
          <OpeningContext value={opening}>
            <StorageContext value={storage}>
              <SessionContext value={session}>
                <UpdatesContext value={updates}>
                  <WriterContext value={engine}>
                    <StitchSourceContext value={engine}>
                      <ViewContext value={views}>
                        <App />
                      </ViewContext>
                    </StitchSourceContext>
                  </WriterContext>
                </UpdatesContext>
              </SessionContext>
            </StorageContext>
          </OpeningContext>
        )}
      </ErrorBoundary>
    </StrictMode>
  );
}
