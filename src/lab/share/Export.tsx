/** The way to everything that can be taken away from a finished experiment. */
import { lazy, Suspense, type ReactNode } from "react";
import type { Report } from "../../experiment/report";
import type { ChartDescription } from "../results/charts/description";
import type { LabModel } from "../engine/models";
import { PageDialog } from "../ui/PageDialog";

const ExportPanel = lazy(() => import("./ExportPanel"));

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
  /** Whether it was computed for everybody, and not here. */
  readonly recorded: boolean;
  /** Null for one that is hidden. */
  readonly charts: readonly (ChartDescription | null)[];
}

export function Export(props: Props): ReactNode {
  return (
    <PageDialog label="Export" title="Export this experiment" buttonClass="quiet">
      {() => (
        <Suspense fallback={<p>Fetching what can be exported…</p>}>
          <ExportPanel {...props} />
        </Suspense>
      )}
    </PageDialog>
  );
}
