/** What became of the files that the visitor gave: being read, taken, or refused and why. */
import { lazy, useEffect, useRef, type ReactNode } from "react";
import type { Spec } from "../../experiment/spec";
import type { Intake } from "../session/intake";
import { isOwn, type LabModel } from "../session/models";
import { Fetched } from "./Fetched";

const IntakeFound = lazy(() => import("./IntakeFound"));

interface Props {
  readonly intake: Intake;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** While a run is under way its experiment stands still. */
  readonly running: boolean;
}

export function IntakeNotice({ intake, spec, models, running }: Props): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const { reading, refused } = intake;
  const taken = models.filter(isOwn).filter(({ id }) => intake.taken.includes(id));
  const something = reading !== null || refused.length > 0 || taken.length > 0;

  useEffect(() => {
    // A file may be dropped where this cannot be seen.
    if (something) place.current?.scrollIntoView({ block: "nearest" });
  }, [something, refused.length, taken.length]);

  return (
    <div ref={place} className="intake">
      {/* Always there, so that screen readers read out what comes into it. */}
      <div role="status">
        {reading !== null && (
          <p className="notice notice-happened">
            <span>
              Reading <strong>{reading}</strong>…
            </span>
          </p>
        )}
        {(taken.length > 0 || refused.length > 0) && (
          <Fetched name="what became of the file">
            <IntakeFound {...{ taken, refused, spec, running }} />
          </Fetched>
        )}
      </div>
    </div>
  );
}
