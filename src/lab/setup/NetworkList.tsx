/** The choice of a network: all with what is known of them, a file, one used last, or a training. */
import { useId, useState, type ReactNode } from "react";
import { architectureName, hasHead } from "../../core/nets/architecture";
import type { Role } from "../../experiment/events";
import { curveKey, type Spec } from "../../experiment/spec";
import { curvesLeft, withCurve } from "../session/experiment/curves";
import { withModel } from "../session/experiment/edits";
import { isUserModel, type LabModel } from "../engine/models";
import {
  everything,
  found,
  inOrder,
  trainingKindOf,
  trainingKinds,
  type Search,
  type TrainingKind,
} from "./network-search";
import { modelName, networkTitle, titleOf, titleWithId } from "../session/experiment/model-names";
import { ChoiceDoors } from "../choice/ChoiceDoors";
import { RecentDoor } from "../choice/RecentDoor";
import { useSession } from "../view/services";
import { TrainDoor } from "../train/TrainDoor";
import { NetworkFileDoor } from "../user-models/NetworkFileDoor";
import { size } from "../format/numbers";
import { networkSentence } from "../session/experiment/model-names";

interface Props {
  readonly role: Role;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
}

interface ListProps extends Props {
  readonly onChosen: () => void;
}

const trainingKindLabels = {
  usual: "all images",
  fewer: "fewer images",
  labels: "other labels",
  otherwise: "other methods",
  untrained: "untrained",
  yours: "your own",
} as const satisfies Record<TrainingKind, string>;

export default function NetworkList(props: ListProps): ReactNode {
  const { role, spec, models, onChosen } = props;
  const { change } = useSession();
  return (
    <ChoiceDoors
      label="Where the network is"
      doors={[
        { title: "Zoo and yours", content: <AllNetworks {...props} /> },
        {
          title: "File",
          content: <NetworkFileDoor asked={role} onUsed={onChosen} />,
        },
        {
          title: "Recent",
          content: (
            <RecentDoor
              kind="networks"
              all={models.filter((model) => role === "bottom" || hasHead(model.architecture))}
              idOf={({ id }) => id}
              nameOf={({ id }) => titleOf(id, models)}
              inUse={spec.curves[0][role]}
              onChoose={({ id }) => {
                change((current, all) => withModel(current, role, id, all));
                onChosen();
              }}
            />
          ),
        },
        { title: "Train", content: <TrainDoor onOpened={onChosen} /> },
      ]}
    />
  );
}

function AllNetworks({ role, spec, models, onChosen }: ListProps): ReactNode {
  const [search, setSearch] = useState<Search>(everything);
  const ordered = inOrder(models, spec.data);
  const shown = found(ordered, search, (model) => allWords(model, models));
  return (
    <>
      <SearchFields search={search} models={ordered} onChange={setSearch} />
      <p className="hint" role="status">
        {shown.length === models.length
          ? `${models.length} networks`
          : `${shown.length} of ${models.length} networks`}
      </p>
      <ul className="network-list">
        {shown.map((model) => (
          <NetworkEntry key={model.id} {...{ model, role, spec, models, onChosen }} />
        ))}
      </ul>
      {shown.length === 0 && (
        <p>
          No matching networks.{" "}
          <button type="button" className="quiet" onClick={() => setSearch(everything)}>
            Show all
          </button>
        </p>
      )}
    </>
  );
}

interface SearchFieldsProps {
  readonly search: Search;
  readonly models: readonly LabModel[];
  readonly onChange: (search: Search) => void;
}

function SearchFields({ search, models, onChange }: SearchFieldsProps): ReactNode {
  const id = useId();
  const architectures = [...new Set(models.map((model) => architectureName(model.architecture)))];
  const here = new Set(models.map(trainingKindOf));
  return (
    <div className="search-fields">
      <label htmlFor={`${id}-text`}>Search</label>
      <input
        id={`${id}-text`}
        type="search"
        autoFocus
        placeholder="half, random, seed 1 …"
        value={search.text}
        onChange={({ target }) => onChange({ ...search, text: target.value })}
      />
      <label htmlFor={`${id}-architecture`}>Architecture</label>
      <select
        id={`${id}-architecture`}
        value={search.architecture ?? ""}
        onChange={({ target }) =>
          onChange({ ...search, architecture: target.value === "" ? null : target.value })
        }
      >
        <option value="">any</option>
        {architectures.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <label htmlFor={`${id}-trainingKind`}>Training</label>
      <select
        id={`${id}-trainingKind`}
        value={search.trainingKind ?? ""}
        onChange={({ target }) => {
          onChange({
            ...search,
            trainingKind: trainingKinds.find((name) => name === target.value) ?? null,
          });
        }}
      >
        <option value="">any</option>
        {trainingKinds
          .filter((name) => here.has(name))
          .map((name) => (
            <option key={name} value={name}>
              {trainingKindLabels[name]}
            </option>
          ))}
      </select>
    </div>
  );
}

interface EntryProps extends ListProps {
  readonly model: LabModel;
}

function NetworkEntry({ model, role, spec, models, onChosen }: EntryProps): ReactNode {
  const { change } = useSession();
  const { id } = model;
  const inUse = spec.curves[0][role] === id;
  const addable =
    role === "bottom" &&
    spec.layout === "diagonal" &&
    curvesLeft(spec, models).bottoms.includes(model);
  const added = role === "bottom" && !inUse && hasCurve(id, spec);
  const name = titleWithId(id, models);
  const isBottomOnly = role === "top" && !hasHead(model.architecture);
  return (
    <li
      className={inUse ? `network network-${role} in-use` : "network"}
      aria-current={inUse ? "true" : undefined}
    >
      <h3>
        {networkTitle(model)} {!isUserModel(model) && <span className="hint">{id}</span>}
      </h3>
      <p>{networkSentence(model)}</p>
      <p className="hint">
        {architectureName(model.architecture)} · {size(model.sizeBytes)}
      </p>
      <div className="buttons">
        {inUse ? (
          <strong className="in-use-word">In use</strong>
        ) : (
          <button
            type="button"
            className="quiet"
            disabled={isBottomOnly}
            onClick={() => {
              change((current, all) => withModel(current, role, id, all));
              onChosen();
            }}
          >
            Use<span className="visually-hidden"> {name}</span>
          </button>
        )}
        {addable && (
          <button
            type="button"
            className="quiet"
            onClick={() => change((current, all) => withCurve(current, { bottom: id }, all))}
          >
            Add as another curve<span className="visually-hidden">: {name}</span>
          </button>
        )}
        {/* Always there, so that screen readers read out what comes into it. */}
        <span className="hint" role="status">
          {added && "Added to the charts"}
          {isBottomOnly && "It has no head, so it can only be the bottom network."}
        </span>
      </div>
    </li>
  );
}

/** Whether a further curve has that bottom and nothing else of its own. */
function hasCurve(id: string, { curves }: Spec): boolean {
  const [first, ...others] = curves;
  const wanted = curveKey({ ...first, bottom: id });
  return others.some((curve) => curveKey(curve) === wanted);
}

/** Everything that a visitor may remember of a network. */
function allWords(model: LabModel, models: readonly LabModel[]): string {
  return [
    model.id,
    modelName(model.id, models),
    networkTitle(model),
    architectureName(model.architecture),
    networkSentence(model),
    trainingKindLabels[trainingKindOf(model)],
    isUserModel(model) ? "" : model.training.data,
  ].join(" ");
}
