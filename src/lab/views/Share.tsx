/** The way to hand an experiment on. */
import { lazy, type ReactNode } from "react";
import { Fetched } from "./Fetched";
import { PageDialog } from "./PageDialog";

const ShareDialog = lazy(() => import("./ShareDialog"));

export function Share(): ReactNode {
  return (
    <PageDialog label="Share" title="Share this experiment">
      {() => (
        <Fetched name="what can be shared">
          <ShareDialog />
        </Fetched>
      )}
    </PageDialog>
  );
}
