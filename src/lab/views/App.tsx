/** The whole page, in whichever of its states it is. */
import type { ReactNode } from "react";
import { DropArea } from "./DropArea";
import { ErrorAlert } from "./ErrorAlert";
import { PageHeader } from "./PageHeader";
import { useLabState, useSession } from "./session-context";
import { Shown } from "./Shown";
import { StorageFooter } from "./StorageFooter";
import { StorageNotice } from "./StorageNotice";
import { UpdateOffer } from "./UpdateOffer";
import { WorkbenchView } from "./WorkbenchView";

export function App(): ReactNode {
  return (
    <>
      <PageHeader />
      <main>
        <UpdateOffer />
        <StorageNotice />
        <Body />
      </main>
      <Shown part="storage">
        <StorageFooter />
      </Shown>
      <DropArea />
    </>
  );
}

function Body(): ReactNode {
  const { workbench, probe, intake, ownListed } = useLabState();
  const { retry } = useSession();
  switch (workbench.status) {
    case "loading":
      return (
        <p className="whole-page-note" role="status">
          Reading the list of networks…
        </p>
      );
    case "failed":
      return <ErrorAlert error={workbench.error} onRetry={retry} />;
    case "ready":
      return workbench.value.models.length === 0 ? (
        <p className="whole-page-note">
          There are no networks here: <code>zoo/manifest.json</code> lists none.
        </p>
      ) : (
        <WorkbenchView
          bench={workbench.value}
          probe={probe}
          intake={intake}
          ownListed={ownListed}
        />
      );
    default:
      return workbench satisfies never;
  }
}
