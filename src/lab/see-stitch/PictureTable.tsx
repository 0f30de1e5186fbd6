/** The picture as a table. */
import type { ReactNode } from "react";
import type { Seen } from "../../engine/passage";
import { number } from "../format/numbers";
import { LazyDetails } from "../ui/lazy-part";
import { share } from "./answers";
import { meanOf, planeOf, relativeDistance, type ShownChannels } from "./channels";
import { weightsInWords } from "./weights-in-words";

interface Props {
  readonly seen: Seen;
  readonly shown: ShownChannels;
  readonly place: string;
}

export function PictureTable({ seen, shown, place }: Props): ReactNode {
  const { stitched, own } = seen;
  return (
    <LazyDetails className="picture-table" summary="Table">
      <table>
        <caption>
          A’s channels, stitched {place}, for this image: mean activation, relative difference, and
          the largest weights.
        </caption>
        <thead>
          <tr>
            <th scope="col">Channel of A</th>
            <th scope="col">A has</th>
            <th scope="col">Stitch makes</th>
            <th scope="col">Off by</th>
            <th scope="col">Made from</th>
          </tr>
        </thead>
        <tbody>
          {shown.targets.map((j, at) => {
            const [made, wanted] = [planeOf(stitched, j), planeOf(own, j)];
            const distance = relativeDistance(made, wanted);
            return (
              <tr key={j}>
                <th scope="row">{j}</th>
                <td>{number(meanOf(wanted))}</td>
                <td>{number(meanOf(made))}</td>
                <td>{distance === null ? "–" : share(distance)}</td>
                <td>{weightsInWords(shown, "target", at)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </LazyDetails>
  );
}
