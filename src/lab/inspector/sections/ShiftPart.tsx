/**
 * How far what the stitch gives lies from the top's own representation, with a warning where it is
 * out of it.
 */
import type { ReactNode } from "react";
import {
  farDeviations,
  outOfDistribution,
  type RepresentationShift,
} from "../../../core/stitch/shift";
import type { Inspection } from "../../../engine/host/inspect";
import { count } from "../../format/numbers";
import { number } from "../../format/numbers";
import { Section } from "./Section";

export function ShiftPart({ inspection }: { readonly inspection: Inspection }): ReactNode {
  const { shift, matrix, trainImages, saved } = inspection;
  return (
    <Section title="Distance from the top’s own representation">
      {shift ? (
        <Shift shift={shift} trainImages={trainImages} />
      ) : (
        <p className="hint">
          {saved || (matrix && matrix.side > 1)
            ? "Not available for larger kernels: the stored moments cover single positions only."
            : "The data for this is no longer stored. Run the experiment to recompute it."}
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
    return <p className="hint">The top’s own representation is constant here.</p>;
  }
  const outside = frechet >= outOfDistribution;
  return (
    <>
      {outside ? (
        <p className="notice notice-problems">
          <strong>Out of distribution.</strong> The stitch’s output is further from the top’s own
          representation than a constant (its mean) would be. A low penalty here shows that the top
          can be driven to the right answer, not that the two networks represent images alike.
        </p>
      ) : (
        <p>
          <strong>Within the top’s distribution</strong>: channel means and variances are close to
          the top’s own.
        </p>
      )}
      <dl className="shift-numbers">
        <div>
          <dt>Distance of means and variances</dt>
          <dd>
            <strong>{frechet.toFixed(2)}</strong> of the top’s variance. 0 means identical. A stitch
            that always gives the top’s mean has a distance of 1; {outOfDistribution} or more counts
            as out of distribution.
          </dd>
        </div>
        <div>
          <dt>Residual per image</dt>
          <dd>
            <strong>{residual.toFixed(2)}</strong> of the top’s variance. 0 is a perfect copy; above
            1, the mean of the top’s representation would be closer.
          </dd>
        </div>
        <div>
          <dt>Shifted channels</dt>
          <dd>
            <strong>
              {count(farChannels)} of {count(livelyChannels)}
            </strong>{" "}
            have a mean more than {farDeviations} standard deviations from the top’s.
          </dd>
        </div>
      </dl>
      <Means shift={shift} />
      <p className="hint">
        Measured on the {count(trainImages)} training images of the stitch. Fréchet distance between
        Gaussians with independent channels. Balogh &amp; Jelasity (2025) warn of stitches that work
        from outside the top’s distribution.
      </p>
    </>
  );
}

/** Sides of the drawing, and room around it, in its own units. */
const [side, room] = [240, 12];

/**
 * Every channel's mean, the top's own against the stitched one: on the diagonal where they are the
 * same.
 */
function Means({ shift }: { readonly shift: RepresentationShift }): ReactNode {
  const { ownMean, stitchedMean } = shift;
  const all = [...ownMean, ...stitchedMean];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const at = (value: number): number =>
    room + ((value - low) / Math.max(high - low, 1e-12)) * (side - 2 * room);
  return (
    <figure className="means">
      <svg
        viewBox={`0 0 ${side} ${side}`}
        role="img"
        aria-label={`Means of ${ownMean.length} channels, top against stitched, from ${low.toFixed(2)} to ${high.toFixed(2)}`}
      >
        <path d={`M${room} ${side - room}L${side - room} ${room}`} />
        {Array.from(ownMean, (own, channel) => (
          <circle key={channel} cx={at(own)} cy={side - at(stitchedMean[channel] ?? NaN)} r={3} />
        ))}
      </svg>
      <figcaption className="hint">
        Each dot is a channel. Horizontal: its mean in the <span className="of-top">top</span>;
        vertical: <span className="of-stitch">stitched</span>. On the line they are equal. Both axes
        run from {number(low)} to {number(high)}.
      </figcaption>
    </figure>
  );
}
