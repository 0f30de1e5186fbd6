/**
 * The page's components in a real browser, over an engine and an address bar that a test scripts:
 * no worker, no storage, no run. What needs those is tested on the built page, in tests/e2e.
 */
import { createRoot, type Root } from "react-dom/client";
import { afterEach } from "vitest";
import { locators, page, type Locator } from "vitest/browser";
import { zooManifestSchema, type ZooManifest } from "../../../src/core/nets/zoo-manifest";
import { fetchJson } from "../../../src/lab/engine/fetch-json";
import { createSession } from "../../../src/lab/session/session";
import { createViewStore } from "../../../src/lab/view/view-store";
import { LabPage, type AppServices } from "../../../src/lab/app/LabPage";
import type { Library } from "../../../src/storage/library";
import { initialStatus } from "../../../src/storage/status";
import { rememberedRun, ScriptedEngine, TypedBar } from "./fakes";
import "../../../src/lab/app/styles";

/** A page that a test has opened. */
export interface Mounted {
  readonly engine: ScriptedEngine;
  readonly bar: TypedBar;
  /** The address's part from `?` to `#`. */
  readonly query: () => string;
}

let root: Root | undefined;

/**
 * Opens the page at an address.
 *
 * @param address from `?` or `#` on; empty for a first visit
 * @param script what the engine is to answer, before it is asked
 * @param library what the library is to answer
 * @param memory what earlier visits left
 */
export async function mountPage(
  address = "",
  script: (engine: ScriptedEngine) => void = () => undefined,
  library: Partial<Library> = {},
  memory = rememberedRun(null),
): Promise<Mounted> {
  const [search = "", hash] = address.split("#");
  const engine = new ScriptedEngine();
  engine.zooAnswers = [() => servedZoo()];
  // Nothing is stored, unless a test says so.
  engine.onRestore = ({ events }) => events.end();
  script(engine);
  const bar = new TypedBar(hash === undefined ? "" : `#${hash}`);
  let query = search;
  const views = createViewStore({
    query: () => query,
    replaceQuery: (next) => {
      query = next;
    },
  });
  const session = createSession(engine, bar, memory);
  const showMode = (): void => {
    const { mode } = views.getSnapshot().view;
    if (mode === "page") delete document.documentElement.dataset.mode;
    else document.documentElement.dataset.mode = mode;
  };
  showMode();
  views.subscribe(showMode);

  // As on a first visit, whatever the test before has opened.
  window.localStorage.clear();
  fetchFromRoot();
  await page.viewport(1280, 720);
  const element = document.body.appendChild(document.createElement("div"));
  element.id = "root";
  session.open();
  root = createRoot(element);
  root.render(
    <LabPage
      session={session}
      views={views}
      engine={{
        ...nothing,
        // The view of the stitch waits for its images.
        openPassages: () => new Promise(() => undefined),
        passageImages: () => new Promise(() => undefined),
      }}
      storage={{
        ...nothing,
        library: { ...nothing.library, ...library },
        getStatus: () => initialStatus,
        subscribe: () => () => undefined,
      }}
      updates={{ ...nothing, ready: () => false, subscribe: () => () => undefined }}
      opening={null}
    />,
  );
  return { engine, bar, query: () => query };
}

/** For a test that opens another page; every test ends with it. */
export function closePage(): void {
  root?.unmount();
  root = undefined;
  document.getElementById("root")?.remove();
  delete document.documentElement.dataset.mode;
}

afterEach(closePage);

declare module "vitest/browser" {
  interface LocatorSelectors {
    /** For what has no role or name of its own. */
    getBySelector: (css: string) => Locator;
  }
}

locators.extend({ getBySelector: (css) => `css=${css}` });

/** Of a network for its own sake: no figure of the paper. */
export const ownAddress =
  "#v=1&bottom=myrtle-w16-s1&top=myrtle-w16-s0&protocol=glance&taps=3&train=128&test=128&backend=wasm";

export function textsOf(locator: Locator): string[] {
  return locator.elements().map((element) => element.textContent);
}

export async function openSettings(): Promise<void> {
  // On a phone the button names the networks, too.
  await page.getByRole("button", { name: /^Settings/ }).click();
}

/** Presses an entry of the menu "More". */
export async function pressInMenu(name: string): Promise<void> {
  await page.getBySelector(".page-menu summary").click();
  await page.getByRole("button", { name, exact: true }).click();
}

/** From the gallery. */
export async function openFigure(title: string): Promise<void> {
  await page.getByRole("button", { name: /^Figures: / }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(`^${title}`) })
    .click();
}

/** Parts of the page's world that a test calls nothing of. */
const nothing = {} as AppServices["storage"] & AppServices["updates"] & AppServices["engine"];

/** The zoo that the page is served with. */
export function servedZoo(): Promise<ZooManifest> {
  return fetchJson(new URL("/zoo/manifest.json", window.location.href), zooManifestSchema);
}

/** Files are fetched from where the page fetches them. */
function fetchFromRoot(): void {
  if (document.querySelector("base")) return;
  document.head.append(Object.assign(document.createElement("base"), { href: "/" }));
}
