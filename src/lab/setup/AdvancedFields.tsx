/**
 * Everything of a spec that most visitors leave as the protocol has it; fetched when it is first
 * looked at.
 */
import { useId, type ReactNode } from "react";
import { perturbationChoices, perturbationSchema } from "../../experiment/perturbation";
import { familyChoices, familySchema, hasFreshTop } from "../../experiment/family";
import { limitsOf, numberOf, type NumberField as Field } from "../../experiment/numbers";
import type { Limits } from "../../experiment/limits";
import { lastSharedSite } from "../../experiment/sites";
import { objectiveNames, objectiveOf, objectiveSchema } from "../../experiment/objective";
import { specSchema, type Spec } from "../../experiment/spec";
import {
  siteCountOf,
  withLayout,
  withValue,
  withStitch,
  withStitchesFor,
  withSites,
} from "../session/experiment/edits";
import { dataChoiceOf, type DataChoice } from "../session/experiment/data-choice";
import { askedSites, axisSites, type ModelPair } from "../session/experiment/pair";
import { GlossaryTerm } from "../learn/GlossaryTerm";
import { NumberField } from "../ui/NumberField";
import { workbenchOf } from "../session/state";
import { useLabState, useSession } from "../view/services";
import { familyLabel, objectiveChoice, perturbationLabel } from "../format/labels";
import {
  DeparturePicker,
  PermutationsPicker,
  ProbesPicker,
  SimilarityPicker,
} from "./MeasurementFields";

interface Props {
  readonly spec: Spec;
  readonly pair: ModelPair;
}

const numbers: readonly { readonly field: Field; readonly label: string; readonly hint: string }[] =
  [
    {
      field: "trainImages",
      label: "Training images",
      hint: "The first ones of the training set.",
    },
    {
      field: "testImages",
      label: "Test images",
      hint: "The first ones of the test set.",
    },
    { field: "epochs", label: "Epochs", hint: "Passes over the training images." },
    { field: "seed", label: "Seed", hint: "Controls all randomness." },
  ];

export default function AdvancedFields({ spec, pair }: Props): ReactNode {
  const { change } = useSession();
  const data = dataChoiceOf(spec, useLabState().dataSets ?? []);
  return (
    <>
      <label className="choice">
        <input
          type="checkbox"
          checked={spec.layout === "grid"}
          onChange={({ target }) =>
            change((current) => withLayout(current, target.checked ? "grid" : "diagonal"))
          }
        />
        <span>
          Every bottom layer with every top layer{" "}
          <span className="hint">A heat map. Minutes with glance, hours with training.</span>
        </span>
      </label>
      <StitchPicker spec={spec} pair={pair} />
      {spec.layout === "diagonal" && <SitePicker spec={spec} pair={pair} />}
      {numbers.map(({ field, label, hint }) => (
        <NumberField
          key={field}
          setting={field}
          label={label}
          hint={hint}
          value={numberOf(spec, field)}
          limits={limitsHere(field, spec, data)}
          onCommit={(value) =>
            change((current, models) => withValue(current, field, value, models))
          }
        />
      ))}
      <SimilarityPicker spec={spec} />
      <PermutationsPicker spec={spec} />
      <ProbesPicker spec={spec} />
      <DeparturePicker spec={spec} />
    </>
  );
}

/** The limits of a field on images of the visitor's, whose numbers the spec does not know. */
function limitsHere(field: Field, spec: Spec, data: DataChoice | null): Limits {
  const limits = limitsOf(field, spec);
  const most =
    field === "trainImages" ? data?.train : field === "testImages" ? data?.test : undefined;
  return { ...limits, max: Math.min(limits.max, most ?? limits.max) };
}

/** The first curve's stitch family, and what is done to its bottom. */
function StitchPicker({ spec, pair }: Props): ReactNode {
  const { change } = useSession();
  const familyId = useId();
  const objectiveId = useId();
  const perturbationId = useId();
  const [curve] = spec.curves;
  const models = workbenchOf(useLabState())?.models ?? [];
  const families = familyChoices.filter(
    (family) =>
      (family !== "fresh-top" || hasFreshTop(pair.top.architecture)) &&
      specSchema.safeParse(withStitch(spec, { family }, models)).success,
  );
  return (
    <>
      <div className="word-field">
        <label htmlFor={familyId}>Stitch</label>
        <select
          id={familyId}
          value={curve.family}
          onChange={({ target }) => {
            const family = familySchema.parse(target.value);
            change((current, all) => withStitch(current, { family }, all));
          }}
        >
          {[...new Set([...families, curve.family])].map((family) => (
            <option key={family} value={family}>
              {familyLabel(family)}
            </option>
          ))}
        </select>
        <p className="hint">
          Larger kernels are always trained, and so are sparse stitches, which keep only the share
          of connections that they are named after, and trained ranks; all others except affine are
          computed in closed form. With a fresh top there is no stitch: the layers above are trained
          from scratch.
        </p>
      </div>
      <div className="word-field">
        <label htmlFor={objectiveId}>Fitted to</label>
        <select
          id={objectiveId}
          value={objectiveOf(curve)}
          onChange={({ target }) => {
            const objective = objectiveSchema.parse(target.value);
            change((current, all) => withStitchesFor(current, objective, all));
          }}
        >
          {objectiveNames.map((name) => (
            <option key={name} value={name}>
              {objectiveChoice(name)}
            </option>
          ))}
        </select>
        <p className="hint">
          The task uses labels, and a stitch may learn to use the top in ways of its own. All others
          only ask for what the top itself has there, as far as it can be had from the bottom.
          Choosing one also chooses affine stitches and the protocol quick.
        </p>
      </div>
      <div className="word-field">
        <label htmlFor={perturbationId}>Perturbation of the bottom</label>
        <select
          id={perturbationId}
          value={curve.perturbation}
          onChange={({ target }) => {
            const perturbation = perturbationSchema.parse(target.value);
            change((current, all) => withStitch(current, { perturbation }, all));
          }}
        >
          {[...new Set([...perturbationChoices, curve.perturbation])].map((perturbation) => (
            <option key={perturbation} value={perturbation}>
              {perturbationLabel(perturbation)}
            </option>
          ))}
        </select>
        <p className="hint">
          Neither noise channels nor shuffled positions lose information: a stitch can ignore the
          noise, but a 1 × 1 stitch cannot undo the shuffling.
        </p>
      </div>
    </>
  );
}

function SitePicker({ spec, pair }: Props): ReactNode {
  const { change } = useSession();
  const asked = askedSites(spec, pair).map(({ index }) => index);
  const models = workbenchOf(useLabState())?.models ?? [];
  const tapCount = siteCountOf(spec, models);
  // A layer can be chosen if every curve has it; "all" means all of each curve's own.
  const last = lastSharedSite(spec, models) ?? tapCount - 1;
  return (
    <fieldset className="taps">
      <legend>
        <GlossaryTerm term="layer">Layers</GlossaryTerm> to stitch
      </legend>
      <div className="tap-grid">
        {axisSites(pair)
          .slice(0, tapCount)
          .map(({ index, name }) => (
            <label key={index}>
              <input
                type="checkbox"
                checked={asked.includes(index)}
                // An experiment has one site at least.
                disabled={(asked.length === 1 && asked.includes(index)) || index > last}
                onChange={({ target }) => {
                  const others = asked.filter((site) => site !== index && site <= last);
                  const sites = target.checked ? [...others, index] : others;
                  change((current) => withSites(current, sites, tapCount));
                }}
              />
              {name}
            </label>
          ))}
      </div>
      <button
        type="button"
        className="quiet"
        disabled={spec.sites === "all"}
        onClick={() => change((current) => ({ ...current, sites: "all" }))}
      >
        All
      </button>
    </fieldset>
  );
}
