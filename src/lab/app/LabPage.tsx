/** The page, with the services that its components work with. */
import { StrictMode, useEffect, useMemo, type ReactNode } from "react";
import { ErrorBoundary } from "../ui/lazy-part";
import { ServicesContext, type AppServices } from "../view/services";
import { App } from "./App";

export type { AppServices };

interface Props extends AppServices {
  /** Called once the page is drawn and responds. */
  readonly onDrawn?: () => void;
}

export function LabPage(props: Props): ReactNode {
  const { storage, session, updates, engine, views, opening, onDrawn } = props;
  useEffect(() => {
    onDrawn?.();
  }, [onDrawn]);
  const services = useMemo(
    () => ({ storage, session, updates, engine, views, opening }),
    [storage, session, updates, engine, views, opening],
  );
  return (
    <StrictMode>
      <ErrorBoundary name="the page">
        {() => (
          <ServicesContext value={services}>
            <App />
          </ServicesContext>
        )}
      </ErrorBoundary>
    </StrictMode>
  );
}
