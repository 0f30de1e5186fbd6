/** The way to the list of all networks. */
import { lazy, type ReactNode } from "react";
import type { Role } from "../../experiment/events";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import { LazyBoundary } from "../ui/LazyBoundary";
import { PageDialog } from "../ui/PageDialog";

const NetworkList = lazy(() => import("./NetworkList"));

interface Props {
  readonly role: Role;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export function NetworkChooser(props: Props): ReactNode {
  const { role } = props;
  return (
    <PageDialog
      label={`Browse ${role} networks`}
      title={`Choose the ${role} network`}
      buttonClass="quiet"
    >
      {(close) => (
        <LazyBoundary name="the list of networks">
          <NetworkList {...props} onChosen={close} />
        </LazyBoundary>
      )}
    </PageDialog>
  );
}
