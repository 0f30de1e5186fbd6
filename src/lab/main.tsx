/** The page's first script: puts engine, session and view together. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createLabEngine } from "./engine";
import { browserAddressBar } from "./session/address-bar";
import { sessionRunMemory } from "./session/run-memory";
import { createSession } from "./session/session";
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
import { App } from "./views/App";
import { SessionContext } from "./views/session-context";
import { StorageContext } from "./views/storage-context";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root");

const base = new URL("./", document.baseURI).href;
const storage = openPageStorage(base);
const session = createSession(
  createLabEngine(base, storage),
  browserAddressBar(window),
  sessionRunMemory(tabStorage()),
);
session.open();

/** undefined where the browser refuses, as it may with all cookies blocked. */
function tabStorage(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

createRoot(root).render(
  <StrictMode>
    <StorageContext value={storage}>
      <SessionContext value={session}>
        <App />
      </SessionContext>
    </StorageContext>
  </StrictMode>,
);
