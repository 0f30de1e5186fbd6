/**
 * Results whose every stitch can be looked into: holds the inspector, which is fetched when it is
 * first opened.
 */
import { useCallback, useState, type ReactNode } from "react";
import type { StitchRef } from "../../engine/host/inspect";
import type { Spec } from "../../experiment/spec";
import type { LabModel } from "../engine/models";
import type { Recorded } from "../../experiment/report";
import { isRecorded } from "../session/results/recorded-curves";
import type { Results } from "../session/results/results";
import { lazyPart } from "../ui/lazy-part";
import { InspectContext, useLayer } from "../view/result-contexts";

const Inspector = lazyPart("the inspector", () => import("./Inspector"), { elsewhere: true });

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  readonly results: Results;
  /** Where curves were recorded, by place in the spec; absent where they were computed here. */
  readonly source: ReadonlyMap<number, Recorded>;
  readonly children: ReactNode;
}

export function Inspectable({ spec, models, results, source, children }: Props): ReactNode {
  const [opened, setOpened] = useState<StitchRef | null>(null);
  const { choose } = useLayer();
  const show = useCallback(
    (stitch: StitchRef): void => {
      setOpened(stitch);
      // The drawing, the charts and the table follow.
      if (stitch.curve === 0) choose(stitch.site);
    },
    [choose],
  );
  return (
    <InspectContext value={show}>
      {children}
      {opened && (
        <Inspector
          {...{ spec, models, results, stitch: opened }}
          recorded={isRecorded(results, source, opened) ? (source.get(opened.curve) ?? null) : null}
          onMove={show}
          onClose={() => setOpened(null)}
        />
      )}
    </InspectContext>
  );
}
