/** The page's first script: puts engine, session and view together. */
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createLabEngine } from "./engine";
import { browserAddressBar, browserQueryBar } from "./session/address-bar";
import { sessionRunMemory } from "./session/run-memory";
import { createSession } from "./session/session";
import { createViewStore } from "./session/view-store";
import { watchUpdates } from "./offline";
import { openPageStorage } from "../storage/storage";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/controls.css";
import "./styles/setup.css";
import "./styles/notices.css";
import "./styles/figures.css";
import "./styles/diagram.css";
import "./styles/results.css";
import "./styles/storage.css";
import "./styles/own.css";
import "./styles/dialog.css";
import "./styles/networks.css";
import "./styles/learn.css";
import "./styles/present.css";
import "./styles/share.css";
import "./styles/predict.css";
import { App } from "./views/App";
import { SessionContext } from "./views/session-context";
import { StorageContext } from "./views/storage-context";
import { StitchSourceContext } from "./views/inspect-context";
import { UpdatesContext } from "./views/updates-context";
import { ViewContext } from "./views/view-context";
import { WriterContext } from "./views/writer-context";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root");

const base = new URL("./", document.baseURI).href;
const storage = openPageStorage(base);
const engine = createLabEngine(base, storage);
const session = createSession(engine, browserAddressBar(window), sessionRunMemory(tabStorage()));
session.open();
const updates = watchUpdates(window, base);
const views = createViewStore(browserQueryBar(window));
/** The style sheets know the mode, too. */
function showMode(): void {
  document.documentElement.dataset.mode = views.getSnapshot().view.mode;
}
showMode();
views.subscribe(showMode);

/** undefined where the browser refuses, as it may with all cookies blocked. */
function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

function show(element: HTMLElement): void {
  const page = (
    <StrictMode>
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
    </StrictMode>
  );
  // In slices, between which the browser can answer: all at once it takes a phone a second.
  startTransition(() => {
    createRoot(element).render(page);
  });
}

// The opening figure is on the screen already; it stays until there is more to show than that more is on its way.
const opened =
  root.childElementCount > 0 && window.location.hash.length + window.location.search.length < 2;
if (opened && session.getSnapshot().workbench.status === "loading") {
  const stop = session.subscribe(() => {
    if (session.getSnapshot().workbench.status === "loading") return;
    stop();
    show(root);
  });
} else {
  show(root);
}
