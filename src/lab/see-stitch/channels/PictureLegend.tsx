/** What colours, dashes and widths of the picture mean. */
import type { ReactNode } from "react";
import { number } from "../../format/numbers";

/** @param scale the largest activation of A's maps and the stitch's */
export function PictureLegend({ scale }: { readonly scale: number }): ReactNode {
  return (
    <dl className="picture-legend hint">
      <div>
        <dt>
          <i className="legend-scale" />
        </dt>
        <dd>
          {number(-scale)} to {number(scale)}: A’s channels, stitched and own, and their difference.
          B has its own scale. “Off by” is the size of the difference relative to A’s own.
        </dd>
      </div>
      <div>
        <dt>
          <Line className="ribbon" />
        </dt>
        <dd>positive weight</dd>
      </div>
      <div>
        <dt>
          <Line className="ribbon is-negative" />
        </dt>
        <dd>negative weight. Width: |weight| × the channel’s strength in this image</dd>
      </div>
    </dl>
  );
}

function Line({ className }: { readonly className: string }): ReactNode {
  return (
    <svg viewBox="0 0 40 8" width="40" height="8" aria-hidden="true">
      <path className={className} d="M0 4 H40" strokeWidth="4" />
    </svg>
  );
}
