/** The way to hand an experiment on. */
import { lazy, type ReactNode } from "react";
import { LazyBoundary } from "../ui/LazyBoundary";
import { PageDialog } from "../ui/PageDialog";

const ShareDialog = lazy(() => import("./ShareDialog"));

export function Share(): ReactNode {
  return (
    <PageDialog label="Share" title="Share this experiment">
      {() => (
        <LazyBoundary name="the sharing options">
          <ShareDialog />
        </LazyBoundary>
      )}
    </PageDialog>
  );
}
