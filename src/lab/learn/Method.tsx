/** The way to the page on the method. */
import { lazy, Suspense, type ReactNode } from "react";
import { PageDialog } from "../ui/PageDialog";

const MethodText = lazy(() => import("./MethodText"));

export function Method(): ReactNode {
  return (
    <PageDialog label="How it works" title="How stitching works and how to read a curve">
      {() => (
        <Suspense fallback={<p>Fetching the text…</p>}>
          <MethodText />
        </Suspense>
      )}
    </PageDialog>
  );
}
