/** The choice of the two networks, and what each of them is. */
import { useId, type ReactNode } from "react";
import { architectureName, hasHead } from "../../core/nets/architecture";
import { tapsCorrespond } from "../../core/nets/taps";
import type { ZooModel } from "../../core/nets/zoo-manifest";
import type { Role } from "../../experiment/events";
import type { Spec } from "../../experiment/spec";
import { swapped, withModel } from "../session/experiment/edits";
import { pairOf } from "../session/experiment/pair";
import { isUserModel, type LabModel } from "../engine/models";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { MoreCurves } from "./MoreCurves";
import { inOrder } from "./network-search";
import { lazyPart } from "../ui/lazy-part";
import { PageDialog } from "../ui/PageDialog";
import { UserModelFacts, UploadModel } from "../user-models/UploadModel";
import { modelName, networkTitle, optionLabel } from "../session/experiment/model-names";
import { useSession } from "../view/services";
import { networkSentence } from "../session/experiment/model-names";

const NetworkList = lazyPart("the list of networks", () => import("./NetworkList"));

interface Props {
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

export function NetworkPickers({ spec, models }: Props): ReactNode {
  const { change } = useSession();
  const [first] = spec.curves;
  const pair = pairOf(first, models);
  const canSwap = !pair || hasHead(pair.bottom.architecture);
  return (
    <section aria-labelledby="networks-title">
      <div className="section-head">
        <h2 id="networks-title">
          <GlossaryTerm term="names">Networks</GlossaryTerm>
        </h2>
        <button
          type="button"
          className="quiet"
          disabled={first.bottom === first.top || !canSwap}
          onClick={() => change(swapped)}
        >
          <span aria-hidden="true">⇅ </span>Swap
        </button>
      </div>
      <NetworkPicker role="top" spec={spec} models={models} />
      <NetworkPicker role="bottom" spec={spec} models={models} />
      {pair && !tapsCorrespond(pair.bottom.architecture, pair.top.architecture) && (
        <p className="hint">
          Different architectures: each top layer is paired with the bottom layer at the same
          relative depth, resized to fit.
        </p>
      )}
      <MoreCurves spec={spec} models={models} />
      {first.bottom === first.top && (
        <p className="hint">
          Control: a network stitched to itself. Every penalty should be near zero.
        </p>
      )}
      <UploadModel />
    </section>
  );
}

const roles = {
  top: {
    title: "Top network",
    part: (
      <>
        used above the <GlossaryTerm term="stitch">stitch</GlossaryTerm>
      </>
    ),
  },
  bottom: { title: "Bottom network", part: "used below the stitch" },
} as const satisfies Record<Role, { readonly title: string; readonly part: ReactNode }>;

interface PickerProps {
  readonly role: Role;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

function NetworkPicker({ role, spec, models }: PickerProps): ReactNode {
  const { change } = useSession();
  const id = spec.curves[0][role];
  const selectId = useId();
  const model = models.find((candidate) => candidate.id === id);
  const { title, part } = roles[role];
  return (
    <div className={`network network-${role}`}>
      <div>
        <label htmlFor={selectId}>{title}</label> <span className="hint">{part}</span>
      </div>
      <select
        id={selectId}
        value={id}
        onChange={({ target }) =>
          change((current, all) => withModel(current, role, target.value, all))
        }
      >
        {inOrder(models, spec.data)
          .filter((option) => !isUserModel(option))
          .map((option) => (
            <option key={option.id} value={option.id}>
              {networkTitle(option)} · {option.id}
            </option>
          ))}
        <UserModelOptions role={role} id={id} models={models} />
      </select>
      <PageDialog
        label={`Browse ${role} networks`}
        title={`Choose the ${role} network`}
        buttonClass="quiet"
      >
        {(close) => <NetworkList role={role} spec={spec} models={models} onChosen={close} />}
      </PageDialog>
      {model &&
        (isUserModel(model) ? <UserModelFacts model={model} /> : <NetworkFacts model={model} />)}
    </div>
  );
}

interface OwnOptionsProps {
  readonly role: Role;
  readonly id: string;
  readonly models: readonly LabModel[];
}

/** The visitor's own networks, and the one that is asked for. */
function UserModelOptions({ role, id, models }: OwnOptionsProps): ReactNode {
  const userModels = models.filter(isUserModel);
  const absent = models.every((model) => model.id !== id);
  if (userModels.length === 0 && !absent) return null;
  return (
    <optgroup label="Your own">
      {userModels.map((option) => (
        <option
          key={option.id}
          value={option.id}
          disabled={role === "top" && !hasHead(option.architecture)}
        >
          {optionLabel(option, userModels)}
        </option>
      ))}
      {absent && <option value={id}>{modelName(id, models)}</option>}
    </optgroup>
  );
}

function NetworkFacts({ model }: { readonly model: ZooModel }): ReactNode {
  return (
    <p className="hint">
      {/* The field above has no room for it. */}
      <code>{model.id}</code> · {architectureName(model.architecture)}. {networkSentence(model)}
    </p>
  );
}
