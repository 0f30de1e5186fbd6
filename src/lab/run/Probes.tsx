/** What became of every backend that was tried. */
import type { ReactNode } from "react";
import type { ProbeResult } from "../../engine/probe-result";
import { backendLabels } from "../format/labels";

export default function Probes({ probes }: { readonly probes: readonly ProbeResult[] }): ReactNode {
  return (
    <dl className="probes">
      {probes.map((tried) => (
        <ProbeFacts key={tried.backend} probe={tried} />
      ))}
    </dl>
  );
}

function ProbeFacts({ probe }: { readonly probe: ProbeResult }): ReactNode {
  const { backend, adapter, elapsedMs, relativeDifference, reason } = probe;
  return (
    <>
      <dt>{backendLabels[backend]}</dt>
      <dd>
        {adapter && <>{adapter}: </>}
        {reason}.
        {elapsedMs !== null && <> Gradient of a small stitch: {elapsedMs.toFixed(1)} ms.</>}
        {relativeDifference !== null && relativeDifference > 0 && (
          <>
            {" "}
            Largest relative difference: {relativeDifference.toExponential(0).replace("-", "−")}.
          </>
        )}
      </dd>
    </>
  );
}
