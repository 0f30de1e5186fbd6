/** The picture as a table. */
import type { ReactNode } from "react";
import type { Seen } from "../../../engine/passage";
import { LazyDetails } from "../../ui/lazy-part";
import { share } from "../answers";
import { meanOf, planeOf, relativeDistance, type ShownChannels } from "./channels";
import { largestWeights } from "./weights-in-words";

interface Props {
  readonly seen: Seen;
  readonly shown: ShownChannels;
  readonly place: string;
}

export function PictureTable({ seen, shown, place }: Props): ReactNode {
  const { stitched, own } = seen;
  return (
    <LazyDetails className="picture-table" summary="The picture as a table">
      <table>
        <caption>
          A’s channels, stitched {place}, for this image: mean activation, relative difference, and
          the largest weights.
        </caption>
        <thead>
          <tr>
            <th scope="col">Channel</th>
            <th scope="col">A’s own</th>
            <th scope="col">Stitched</th>
            <th scope="col">Off by</th>
            <th scope="col">From B’s channels (weights)</th>
          </tr>
        </thead>
        <tbody>
          {shown.targets.map((j, at) => {
            const [made, wanted] = [planeOf(stitched, j), planeOf(own, j)];
            const distance = relativeDistance(made, wanted);
            return (
              <tr key={j}>
                <th scope="row">{j}</th>
                <td>{mean(wanted)}</td>
                <td>{mean(made)}</td>
                <td>{distance === null ? "–" : share(distance)}</td>
                <td>{largestWeights(shown, "target", at) || "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </LazyDetails>
  );
}

/** Two decimals with a real minus sign. */
function mean(values: Float32Array): string {
  return meanOf(values).toFixed(2).replace("-0.00", "0.00").replace("-", "−");
}
