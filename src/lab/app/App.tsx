/** The whole page, in whichever of its states it is. */
import { type ReactNode, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { DropArea } from "../user-models/DropArea";
import { ErrorAlert } from "../ui/ErrorAlert";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { lazyPart } from "../ui/lazy-part";
import { Deferred } from "../startup/Deferred";
import { PageHeader } from "./PageHeader";
import { IfVisible, useLabState, useSession, useViewState, useUpdates } from "../view/services";
import { StorageFooter } from "../storage/StorageFooter";
import { UnfinishedNotice } from "../run/UnfinishedNotice";
import { StorageNotice } from "../storage/StorageNotice";
import { WorkbenchView } from "./WorkbenchView";
import { underWay, workbenchOf } from "../session/state";

const EmbedView = lazyPart("the chart", () => import("./EmbedView"));
const NotesView = lazyPart("the speaker notes", () => import("../present/NotesView"));

export function App(): ReactNode {
  const { mode } = useViewState().view;
  const main = useRef<HTMLElement>(null);
  const presented = mode === "present";
  // The button that was pressed is gone; Space must not press its neighbour.
  useLayoutEffect(() => {
    if (presented) main.current?.focus({ preventScroll: true });
  }, [presented]);
  if (mode === "embed") {
    return (
      <main className="embed">
        <EmbedView />
      </main>
    );
  }
  if (mode === "notes") {
    return (
      <main className="speaker-notes">
        <NotesView />
      </main>
    );
  }
  return (
    <>
      <PageHeader />
      <main ref={main} tabIndex={presented ? -1 : undefined}>
        <IfVisible part="intro">
          <p className="intro">
            Feed one network’s <span className="role-bottom">lower layers</span> into another’s{" "}
            <span className="role-top">upper layers</span> through a small trained{" "}
            <span className="role-stitch">
              <GlossaryTerm term="stitch">stitch</GlossaryTerm>
            </span>
            . How much accuracy does it cost at each{" "}
            <span className="unbroken">
              <GlossaryTerm term="layer">layer</GlossaryTerm>?
            </span>
          </p>
        </IfVisible>
        <UpdateOffer />
        <StorageNotice />
        <IfVisible part="run">
          <UnfinishedNotice />
        </IfVisible>
        <Body />
      </main>
      <Deferred>
        <IfVisible part="storage">
          <StorageFooter />
        </IfVisible>
      </Deferred>
      <DropArea />
    </>
  );
}

function Body(): ReactNode {
  const { workbench, probe, modelImport, userModelsListed } = useLabState();
  const { retry } = useSession();
  switch (workbench.status) {
    case "loading":
      return (
        <p className="whole-page-note" role="status">
          Loading networks…
        </p>
      );
    case "failed":
      return <ErrorAlert error={workbench.error} onRetry={retry} />;
    case "ready":
      return workbench.value.models.length === 0 ? (
        <p className="whole-page-note">
          No networks: <code>zoo/manifest.json</code> is empty.
        </p>
      ) : (
        <WorkbenchView
          bench={workbench.value}
          probe={probe}
          modelImport={modelImport}
          userModelsListed={userModelsListed}
        />
      );
    default:
      return workbench satisfies never;
  }
}

/** Offers a newer version of the page, but not during a run. */
function UpdateOffer(): ReactNode {
  const updates = useUpdates();
  const ready = useSyncExternalStore(updates.subscribe, updates.ready, () => false);
  const bench = workbenchOf(useLabState());
  if (!ready) return null;
  const running = bench !== null && underWay(bench.activity) !== null;
  return (
    <div className="notice notice-happened" role="status">
      <div>
        <p>A new version is available. {running && "You can update after the run."}</p>
      </div>
      {!running && (
        <button type="button" className="quiet" onClick={updates.apply}>
          Update
        </button>
      )}
    </div>
  );
}
