/** How far what the stitch gives lies from the top's own representation, with a warning where it is out of it. */
import type { ReactNode } from "react";
import {
  farDeviations,
  outOfDistribution,
  type RepresentationShift,
} from "../../core/stitch/shift";
import type { Inspection } from "../../engine/host/inspect";
import { count } from "../format/numbers";
import { number } from "../format/numbers";
import { Section } from "./Section";

export function ShiftPart({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { shift, matrix, trainImages } = inspection;
  return (
    <Section title="How far from the top’s own representation" wide>
      {shift ? (
        <Shift shift={shift} trainImages={trainImages} />
      ) : (
        <p className="hint">
          {matrix && matrix.side > 1
            ? "Not told for larger kernels: it is worked out from sums over single positions, and a kernel joins neighbours."
            : "The sums that it is worked out from are no longer stored. Run the experiment to have them again."}
        </p>
      )}
    </Section>
  );
}

interface ShiftProps {
  readonly shift: RepresentationShift;
  readonly trainImages: number;
}

function Shift({ shift, trainImages }: ShiftProps): ReactNode {
  const { frechet, residual, farChannels, livelyChannels } = shift;
  if (frechet === null || residual === null) {
    return <p className="hint">The top’s own representation does not vary here.</p>;
  }
  const outside = frechet >= outOfDistribution;
  return (
    <>
      {outside ? (
        <p className="notice notice-problems">
          <strong>Out of distribution.</strong> What the stitch gives the top has other means and
          spreads than the top is used to, further off than its own average given for every image. A
          low penalty would then say that the top can be made to answer right, not that the two
          networks represent images alike.
        </p>
      ) : (
        <p>
          <strong>Within the top’s distribution</strong>, channel by channel: means and spreads are
          like those that the top is used to.
        </p>
      )}
      <dl className="shift-numbers">
        <div>
          <dt>Distance of means and spreads</dt>
          <dd>
            <strong>{frechet.toFixed(2)}</strong> of the top’s own variance. 0 is the same; from{" "}
            {outOfDistribution} on, where one would stand who always gave the top its own average,
            it counts as out of distribution.
          </dd>
        </div>
        <div>
          <dt>Missed, image by image</dt>
          <dd>
            <strong>{residual.toFixed(2)}</strong> of the top’s own variance (least-squares
            residual). 0 is a perfect copy; above 1, the top’s own average would be closer.
          </dd>
        </div>
        <div>
          <dt>Channels far off</dt>
          <dd>
            <strong>
              {count(farChannels)} of {count(livelyChannels)}
            </strong>{" "}
            have a mean more than {farDeviations} of the top’s own standard deviations away.
          </dd>
        </div>
      </dl>
      <Means shift={shift} />
      <p className="hint">
        Measured on the {count(trainImages)} training images that the stitch was fitted to. The
        distance is Fréchet’s between Gaussians with independent channels. Balogh &amp; Jelasity
        (2025) warn of stitches that serve the top from outside its distribution.
      </p>
    </>
  );
}

/** Sides of the drawing, and room around it, in its own units. */
const [side, room] = [240, 12];

/** Every channel's mean, the top's own against the stitched one: on the diagonal where they are the same. */
function Means({ shift }: { readonly shift: RepresentationShift }): ReactNode {
  const { ownMean, stitchedMean } = shift;
  const all = [...ownMean, ...stitchedMean];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value: number): number =>
    room + ((value - low) / Math.max(high - low, 1e-12)) * (side - 2 * room);
  return (
    <figure className="means">
      <svg
        viewBox={`0 0 ${String(side)} ${String(side)}`}
        role="img"
        aria-label={`Means of ${String(ownMean.length)} channels, the top’s own against the stitched ones, from ${low.toFixed(2)} to ${high.toFixed(2)}`}
      >
        <path
          d={`M${String(room)} ${String(side - room)}L${String(side - room)} ${String(room)}`}
        />
        {Array.from(ownMean, (own, channel) => (
          <circle key={channel} cx={at(own)} cy={side - at(stitchedMean[channel] ?? NaN)} r={3} />
        ))}
      </svg>
      <figcaption className="hint">
        Each dot is a channel: from left to right its mean in{" "}
        <span className="of-top">the top itself</span>, from below to above its mean{" "}
        <span className="of-stitch">stitched</span>. On the line they are the same. Both go from{" "}
        {number(low)} to {number(high)}.
      </figcaption>
    </figure>
  );
}
