/** A trunk without a head, or a head without its trunk, and what can be made of it. */
import type { ReactNode } from "react";
import { architectureName, imageShapeText, inputOf } from "../../core/nets/architecture";
import type { FilePart, TrunkPart } from "../../engine/user-model";
import { count } from "../format/numbers";
import { useEstimates } from "../run-time/use-run-time";
import type { DataChoice } from "../session/experiment/data-choice";
import type { ModelImport } from "../session/own-files/model-import";
import { inShort } from "../session/experiment/model-names";
import { useSession } from "../view/services";
import { FittingHead } from "../images/FittingHead";

interface Props {
  readonly part: FilePart;
  readonly fit: ModelImport["fit"];
  /** The experiment's images; null where they are not here. */
  readonly data: DataChoice | null;
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
}

export function FilePartNotice({ part, fit, data, running }: Props): ReactNode {
  const { dismissModelImport, takeTrunk } = useSession();
  const { name, features } = part;
  if (part.part === "trunk" && fit?.trunk === part.sha256)
    return <FittingHead name={name} fit={fit} />;
  return (
    <section className="notice notice-asks">
      <p>
        <strong>{inShort(name)}</strong>:{" "}
        {part.part === "trunk"
          ? `a trunk without a head. ${trunkName(part)}, ${count(features)} features, reads ${imageShapeText(inputOf(part.architecture))}.`
          : `a linear head for ${count(features)} features, ${count(part.classes)} classes. Drop its trunk on this page, too.`}
      </p>
      {part.part === "trunk" && (
        <>
          <p>As the bottom network it needs none: only its lower layers are used.</p>
          <button type="button" disabled={running} onClick={() => takeTrunk(part.sha256)}>
            Use as bottom network
          </button>
          <FitOffer trunk={part} data={data} disabled={fit !== null} />
        </>
      )}
      <div className="buttons">
        <button type="button" className="quiet" onClick={dismissModelImport}>
          Dismiss
        </button>
      </div>
    </section>
  );
}

/** Without its classes, which are the features that wait for a head. */
function trunkName({ architecture }: TrunkPart): string {
  const { classes: _, ...trunk } = architecture;
  return architectureName(trunk);
}

interface OfferProps {
  readonly trunk: TrunkPart;
  readonly data: DataChoice | null;
  readonly disabled: boolean;
}

function FitOffer({ trunk, data, disabled }: OfferProps): ReactNode {
  const { fitHead } = useSession();
  const { fit } = useEstimates();
  if (!data) return null;
  const [has, reads] = [data.form, inputOf(trunk.architecture)].map(imageShapeText);
  const classes = data.form.classes.names.length;
  if (has !== reads || classes < 2) {
    const why =
      classes < 2 ? "which has no classes" : `whose images are ${has ?? ""}; choose others`;
    return (
      <p>
        As the top network it needs one: drop its head on this page. None can be fitted on{" "}
        {data.name}, {why}.
      </p>
    );
  }
  const time = fit(trunk, data.train + data.test);
  return (
    <>
      <p>
        As the top network it needs one: drop its head on this page, or fit one by logistic
        regression on the features of {count(data.train)} training images.
      </p>
      <button type="button" disabled={disabled} onClick={() => fitHead(trunk.sha256)}>
        Fit a linear head on {data.name}
        {time !== null && ` (${time})`}
      </button>
    </>
  );
}
