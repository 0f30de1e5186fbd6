/** The command that repeats an experiment which was computed here. */
import type { ReactNode } from "react";
import type { Report } from "../../experiment/report";
import { commandLineOf } from "./command-line";
import type { LabModel } from "../engine/models";

interface Props {
  readonly report: Report;
  readonly models: readonly LabModel[];
}

export default function RepeatNote({ report, models }: Props): ReactNode {
  return (
    <p className="recorded-note">
      In a terminal: <code>{commandLineOf(report, models)}</code>
    </p>
  );
}
