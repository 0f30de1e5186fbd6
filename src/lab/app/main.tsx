/** The page's first script: puts engine, session and view together. */
import { startTransition } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { recordedSchema } from "../../experiment/report";
import { endEarlyUse, isUsedEarly } from "../startup/early-use";
import { sweepOnFirstVisit } from "../startup/first-sweep";
import { noteFailedStyles } from "../startup/failed-styles";
import { createLabEngine } from "../engine/engine";
import { fetchEarly, fetchJson } from "../engine/fetch-json";
import { whenTouched, whenUsed } from "../startup/idle";
import { browserAddressBar, browserQueryBar } from "../session/address/address-bar";
import { openingFiles, openingOf } from "../session/opening";
import { browserLeftRuns } from "../session/runs/left-runs";
import { sessionRunMemory } from "../session/runs/run-memory";
import { createSession } from "../session/session";
import { browserTrainingMemory } from "../session/trainings/training-memory";
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
const left = browserLeftRuns(
  allowed(() => window.localStorage),
  () => Date.now(),
);
const memory = sessionRunMemory(
  allowed(() => window.sessionStorage),
  left,
  browserTrainingMemory(allowed(() => window.localStorage)),
);
const session = createSession(engine, browserAddressBar(window), memory);
const updates = watchUpdates(window, base);
const views = createViewStore(browserQueryBar(window));
/**
 * Shows the mode to the style sheets. An ordinary page gets no attribute: setting one would make the
 * browser compute all styles again.
 */
function showMode(): void {
  const { mode } = views.getSnapshot().view;
  if (mode === "page") delete document.documentElement.dataset.mode;
  else document.documentElement.dataset.mode = mode;
}
showMode();
views.subscribe(showMode);

/** undefined where the browser refuses, as it may with all cookies blocked. */
function allowed(storage: () => Storage): Storage | undefined {
  try {
    return storage();
  } catch {
    return undefined;
  }
}

const surroundings = { storage, session, updates, engine, views };

/** Draws in slices, between which the browser can respond: all at once takes a second on a phone. */
function draw(element: HTMLElement): void {
  startTransition(() => createRoot(element).render(<LabPage {...surroundings} opening={null} />));
}

/**
 * Hydrates the opening figure, which the build has written into the page. Hydration takes a second
 * on a phone, so it waits for the first sign of use, or a few seconds without one.
 */
async function takeOver(element: HTMLElement): Promise<void> {
  const recordedAddress = new URL(openingFiles.recorded, base);
  for (const address of [new URL(openingFiles.zoo, base), recordedAddress]) fetchEarly(address);
  void sweepOnFirstVisit(element, isUsedEarly());
  if (!isUsedEarly()) await Promise.race([whenTouched(), whenUsed()]);
  const files = Promise.all([engine.zoo(), fetchJson(recordedAddress, recordedSchema)]);
  session.open();
  const opening = await files.then(
    ([{ models }, recorded]) => openingOf(models, recorded),
    () => null,
  );
  const doAgain = endEarlyUse(element);
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
noteFailedStyles();
const written = root.childElementCount > 0;
const addressed = window.location.hash.length + window.location.search.length > 1;
if (written && !addressed) void takeOver(root);
else {
  endEarlyUse(root);
  root.replaceChildren();
  document.documentElement.classList.remove("addressed");
  const { mode, lesson } = views.getSnapshot().view;
  const [first] = lesson ?? [];
  if (first !== undefined && window.location.hash.length < 2) {
    // A lesson that names no experiment begins with its first figure.
    window.history.replaceState(null, "", `${window.location.search}#figure=${first}`);
  }
  // Speaker notes have no experiment of their own.
  if (mode !== "notes") session.open();
  draw(root);
}
