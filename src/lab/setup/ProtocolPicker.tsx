/** The choice of how stitches are trained and scored. */
import type { ReactNode } from "react";
import { protocolNames, protocols, type ProtocolName } from "../../experiment/protocol";
import type { Spec } from "../../experiment/spec";
import { withProtocol } from "../session/experiment/edits";
import { useSession } from "../view/services";
import { count } from "../format/numbers";

export function ProtocolPicker({ spec }: { readonly spec: Spec }): ReactNode {
  const { protocol, trainImages, testImages } = spec;
  const usual = protocols[protocol].defaults;
  const differs = usual.trainImages !== trainImages || usual.testImages !== testImages;
  const { change } = useSession();
  return (
    <section aria-labelledby="protocol-title" data-setting="protocol">
      <h2 id="protocol-title">Protocol</h2>
      <div className="choices" role="radiogroup" aria-labelledby="protocol-title">
        {protocolNames.map((name) => (
          <label key={name} className="choice">
            <input
              type="radio"
              name="protocol"
              value={name}
              checked={name === protocol}
              onChange={() => change((current, models) => withProtocol(current, name, models))}
            />
            <span>
              <strong>{name}</strong>
              <span className="hint">
                {protocols[name].summary} {amounts(name)}
                {name === protocol &&
                  differs &&
                  ` Now ${count(trainImages)} and ${count(testImages)}.`}
              </span>
            </span>
          </label>
        ))}
      </div>
    </section>
  );
}

function amounts(name: ProtocolName): string {
  const { training, defaults } = protocols[name];
  const { trainImages, testImages, epochs } = defaults;
  const most = training === "refinement" ? "at most " : "";
  const passes = training === "none" ? "" : `, ${most}${count(epochs)} epochs`;
  return `${count(trainImages)} training and ${count(testImages)} test images${passes}.`;
}
