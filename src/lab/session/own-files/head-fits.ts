/** Linear heads of the visitor's own networks, fitted on the experiment's images. */
import { baseHashOf, userLabModel, type AbsentHead } from "../../engine/models";
import type { ExperimentAddress } from "../address/experiment-address";
import type { SessionContext } from "../context";
import { withReplaced } from "../experiment/edits";
import { titleOf } from "../experiment/model-names";
import type { Runs } from "../runs/runs";
import { effectiveBackend, workbenchOf } from "../state";
import type { FileParts } from "./file-parts";

/** What the page asks of heads that are fitted. */
export interface HeadFits {
  /** Fits a linear head to a trunk that was given, by its SHA-256, on the experiment's images. */
  readonly fitHead: (trunk: string) => void;
  /**
   * Fits a linear head to a network, by its id, on the experiment's images, in place of its own; the
   * experiment then uses the new network instead.
   */
  readonly replaceHead: (id: string) => void;
  /** Fits a head that the experiment asks for. */
  readonly fitAbsentHead: (head: AbsentHead) => void;
  readonly cancelFit: () => void;
}

interface Session {
  readonly context: SessionContext;
  readonly runs: Runs;
  readonly address: ExperimentAddress;
  readonly parts: FileParts;
}

export function createHeadFits({ context, runs, address, parts }: Session): HeadFits {
  const { getState } = context;
  return {
    fitHead(trunk) {
      const backend = effectiveBackend(getState());
      const spec = workbenchOf(getState())?.address.spec;
      const { parts: given } = getState().modelImport;
      const name = given.find(({ sha256 }) => sha256 === trunk)?.name ?? trunk;
      if (backend !== null && spec) parts.fitHead({ base: trunk, name, data: spec.data, backend });
    },
    replaceHead(id) {
      const backend = effectiveBackend(getState());
      const bench = workbenchOf(getState());
      const model = bench?.models.find((other) => other.id === id);
      if (backend === null || !bench || !model) return;
      parts.fitHead({
        base: baseHashOf(model),
        name: titleOf(id, bench.models),
        data: bench.address.spec.data,
        backend,
        then(network) {
          if (runs.isUnderWay()) return;
          const by = userLabModel(network).id;
          address.change(({ spec, ...rest }) => ({ spec: withReplaced(spec, id, by), ...rest }));
        },
      });
    },
    fitAbsentHead({ base, data }) {
      const backend = effectiveBackend(getState());
      if (backend === null) return;
      const name = titleOf(base.id, [base]);
      parts.fitHead({ base: baseHashOf(base), name, data, backend });
    },
    cancelFit: parts.cancelFit,
  };
}
