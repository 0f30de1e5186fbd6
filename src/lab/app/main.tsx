/** The page's first script: puts engine, session and view together. */
import { startTransition } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { recordedSchema } from "../../experiment/report";
import { noteEarlyUse } from "../startup/early-use";
import { createLabEngine } from "../engine/engine";
import { fetchEarly, fetchJson } from "../engine/fetch-json";
import { whenTouched, whenUsed } from "../startup/idle";
import { browserAddressBar, browserQueryBar } from "../session/address-bar";
import { openingFiles, openingOf } from "../session/opening";
import { sessionRunMemory } from "../session/run-memory";
import { createSession } from "../session/session";
import { createViewStore } from "../view/view-store";
import { watchUpdates } from "./offline";
import { openPageStorage } from "../../storage/storage";
import "./styles";
import { keepFocus } from "../startup/lost-focus";
import { LabPage } from "./LabPage";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root");

const base = new URL("./", document.baseURI).href;
const storage = openPageStorage(base);
const engine = createLabEngine(base, storage, whenUsed);
const session = createSession(engine, browserAddressBar(window), sessionRunMemory(tabStorage()));
const updates = watchUpdates(window, base);
const views = createViewStore(browserQueryBar(window));
/**
 * The style sheets know the mode, too. Nothing is set on a usual page, whose styles would all be
 * found anew.
 */
function showMode(): void {
  const { mode } = views.getSnapshot().view;
  if (mode === "page") delete document.documentElement.dataset.mode;
  else document.documentElement.dataset.mode = mode;
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

const surroundings = { storage, session, updates, engine, views };

/** In slices, between which the browser can answer: all at once it takes a phone a second. */
function draw(element: HTMLElement): void {
  startTransition(() => createRoot(element).render(<LabPage {...surroundings} opening={null} />));
}

/**
 * The opening figure is on the screen already, written by the build. It is looked at first: what
 * makes it answer takes a phone a second, and waits until somebody begins to use it, or a while if
 * nobody does.
 */
async function takeOver(element: HTMLElement): Promise<void> {
  const stopNoting = noteEarlyUse(element);
  const recordedAddress = new URL(openingFiles.recorded, base);
  for (const address of [new URL(openingFiles.zoo, base), recordedAddress]) fetchEarly(address);
  await Promise.race([whenTouched(), whenUsed()]);
  const files = Promise.all([engine.zoo(), fetchJson(recordedAddress, recordedSchema)]);
  session.open();
  const opening = await files.then(
    ([{ models }, recorded]) => openingOf(models, recorded),
    () => null,
  );
  const doAgain = stopNoting();
  if (opening === null) {
    // Without these files the page says itself what is missing.
    element.replaceChildren();
    draw(element);
    return;
  }
  startTransition(() => {
    hydrateRoot(element, <LabPage {...surroundings} opening={opening} onDrawn={doAgain} />);
  });
}

keepFocus(root);
const written = root.childElementCount > 0;
const addressed = window.location.hash.length + window.location.search.length > 1;
if (written && !addressed) void takeOver(root);
else {
  root.replaceChildren();
  document.documentElement.classList.remove("addressed");
  session.open();
  draw(root);
}
