/** The experiment and the address bar: each follows the other. */
import {
  readAddress,
  writeAddress,
  type AddressReading,
} from "../../../experiment/address/address";
import type { Address } from "../../../experiment/address/parameters/parameter";
import type { BackendName, Report } from "../../../experiment/report";
import type { Spec } from "../../../experiment/spec";
import type { LabModel } from "../../engine/models";
import type { SessionContext } from "../context";
import { dataChoiceOf, withinData } from "../experiment/data-choice";
import { openingHash } from "../experiment/preset";
import type { Runs } from "../runs/runs";
import { workbenchOf } from "../state";
import type { AddressBar } from "./address-bar";
import { createHistorySteps } from "./history-steps";

/** From one spec to the next, given the networks that are here. */
export type Edit = (spec: Spec, models: readonly LabModel[]) => Spec;

/** What the page asks of the address. */
export interface AddressCommands {
  readonly change: (edit: Edit) => void;
  /** Opens a past experiment with its whole report, whatever is stored of it here. */
  readonly openReport: (report: Report) => void;
  /** Null leaves the choice to the probe. */
  readonly chooseBackend: (backend: BackendName | null) => void;
  readonly dismissProblems: () => void;
  /** The whole address of the experiment as it is set up; null while there is none. */
  readonly url: () => string | null;
}

export interface ExperimentAddress {
  readonly commands: AddressCommands;
  /**
   * Begins to open what the visitor, Back, Forward or a link enters.
   *
   * @param opened is called after each
   */
  readonly follow: (opened: () => void) => void;
  /** Whether the bar has no experiment. */
  readonly isBare: () => boolean;
  /** Opens the experiment that the bar holds. */
  readonly read: () => void;
  /** Opens another experiment, with a step in the history. */
  readonly open: (address: Address) => void;
  /** Sets up another experiment or backend, which is in the bar at once. */
  readonly change: (edit: (address: Address, models: readonly LabModel[]) => Address) => void;
  /** Writes the experiment into the bar, without a step in the history. */
  readonly show: () => void;
}

export function createExperimentAddress(
  context: SessionContext,
  bar: AddressBar,
  runs: Runs,
  nowMs: () => number,
): ExperimentAddress {
  const { getState, dispatch, models } = context;
  const steps = createHistorySteps(nowMs);
  /** Reports that were opened, by their experiments' addresses: Back and Forward show them, too. */
  const reports = new Map<string, Report>();
  /** The hash as it was last read or written. */
  let known = "";

  const isBare = (): boolean => bar.hash().replace(/^#/, "") === "";

  /** An address of which nothing can be read opens the opening figure. */
  function reading(hash: string): AddressReading {
    const found = readAddress(hash, models());
    if (!found.unreadable) return found;
    return { ...readAddress(openingHash(models()), models()), problems: found.problems };
  }

  function read(): void {
    const again = bar.hash() === known;
    // Whatever is under way belongs to the address that is gone.
    runs.drop();
    steps.interrupt();
    known = bar.hash();
    const hash = isBare() ? openingHash(models()) : known;
    const { problems, unreadable, ...address } = reading(hash);
    const { spec, backend } = address;
    const report = reports.get(writeAddress({ spec, backend }));
    dispatch({
      type: "opened",
      models: models(),
      address,
      problems,
      again,
      ...(report && { report }),
    });
    show();
    runs.refresh();
  }

  /**
   * Does nothing while the bar holds something that could not be read, or an address that the
   * visitor has just entered and that is not read yet.
   */
  function show(): void {
    const bench = workbenchOf(getState());
    if (bench === null || bench.problems.length > 0 || bar.hash() !== known) return;
    const hash = writeAddress(bench.address);
    if (hash !== known) write(hash, "replace");
  }

  function write(hash: string, how: "push" | "replace"): void {
    bar[how](hash);
    known = bar.hash();
  }

  function open(address: Address): void {
    const hash = writeAddress(address);
    if (hash !== bar.hash()) bar.push(hash);
    read();
  }

  const change: ExperimentAddress["change"] = (edit) => {
    const bench = workbenchOf(getState());
    if (bench === null) return;
    const address = edit(bench.address, bench.models);
    const hash = writeAddress(address);
    if (hash === writeAddress(bench.address)) return;
    dispatch({ type: "changed", address });
    write(hash, steps.isStep(bench.address, address) ? "push" : "replace");
    runs.followExperiment();
  };

  const commands: AddressCommands = {
    change(edit) {
      change((address, models) => {
        const { spec, backend } = address;
        const edited = edit(spec, models);
        const data = dataChoiceOf(edited, getState().dataSets ?? []);
        const next = { spec: withinData(edited, data), backend };
        // What its author found is of this experiment and no other.
        return writeAddress(next) === writeAddress({ spec, backend }) ? address : next;
      });
    },
    openReport(report) {
      const { spec, backend } = report;
      reports.set(writeAddress({ spec, backend }), report);
      open({ spec, backend });
    },
    chooseBackend: (backend) => change((address) => ({ ...address, backend })),
    dismissProblems() {
      dispatch({ type: "problems-dismissed" });
      show();
    },
    url() {
      const bench = workbenchOf(getState());
      return bench === null ? null : bar.url(writeAddress(bench.address));
    },
  };

  function follow(opened: () => void): void {
    known = bar.hash();
    bar.onChange(() => {
      if (workbenchOf(getState()) === null) return;
      read();
      opened();
    });
  }

  return { commands, follow, isBare, read, open, change, show };
}
