/**
 * The experiment's address: how it opens, with what results, as text, as a QR code and for a frame.
 */
import { useId, useMemo, useState, type ReactNode } from "react";
import { digestOf, isShort } from "../../../experiment/address/digest";
import { presets, recordedNames } from "../../../experiment/figures";
import { embedCode, frameHeights, sharedUrl } from "./lesson-address";
import {
  partNames,
  type Framed,
  type Part,
  hiddenParts,
  plainView,
  type View,
} from "../../view/view";
import { presetOf } from "../../session/experiment/preset";
import { workbenchOf, type Workbench } from "../../session/state";
import { CopyButton } from "../../ui/CopyButton";
import { nameOf } from "../../session/experiment/model-names";
import { LessonFigures } from "./LessonFigures";
import { QrCode } from "./QrCode";
import { useLabState, useSession, useViewState } from "../../view/services";

interface Props {
  readonly onClose: () => void;
}

export default function ShareDialog({ onClose }: Props): ReactNode {
  const bench = workbenchOf(useLabState());
  return bench === null ? null : <Choices bench={bench} onClose={onClose} />;
}

function Choices({ bench, onClose }: Props & { readonly bench: Workbench }): ReactNode {
  const { address, models, results } = bench;
  const { view: shown, openExport } = useViewState();
  const [view, setView] = useState<View>(shown);
  const whole = useMemo(() => results.report && digestOf(results.report), [results.report]);
  // Null until the visitor has chosen: most results are short enough for a link.
  const [chosen, setWithResults] = useState<boolean | null>(null);
  const withResults = whole !== null && (chosen ?? isShort(whole));
  const id = useId();
  const page = useSession().url() ?? window.location.href;
  const digest = withResults ? whole : null;
  const { spec } = address;
  const preset = presetOf(spec);
  const [lessonBegins] = view.lesson ?? [];
  // A lesson opens at one of its figures.
  const elsewhere =
    lessonBegins !== undefined && (preset === null || view.lesson?.includes(preset) !== true);
  const url = sharedUrl(
    page,
    elsewhere
      ? { address: { spec: presets[lessonBegins].spec, backend: null }, digest: null, view }
      : { address, digest, view },
  );
  const name = nameOf(models);
  const title =
    preset === null
      ? `${name(spec.curves[0].bottom)} into ${name(spec.curves[0].top)}`
      : presets[preset].title;
  const codeFor = (framed: Framed, words: string): string => {
    const frame: View = { ...plainView, mode: "embed", framed, predict: view.predict };
    return embedCode(
      sharedUrl(page, { address, digest, view: frame }),
      `${words}: ${title}`,
      frameHeights[framed === "chart" && view.predict ? "prediction" : framed],
    );
  };
  return (
    <div className="share">
      <section aria-labelledby={`${id}-address`}>
        <h3 id={`${id}-address`}>Link</h3>
        <p>Opens the same experiment. Running it gives the same numbers.</p>
        <input
          type="text"
          readOnly
          aria-label="Link"
          value={url}
          onFocus={({ target }) => target.select()}
        />
        <CopyButton label="Copy link" text={url} />
        <fieldset className="share-choices">
          <legend className="visually-hidden">Options</legend>
          <Choice
            label="Presentation mode"
            hint="For a projector. Shortcut: P."
            checked={view.mode === "present"}
            onChange={(checked) => setView({ ...view, mode: checked ? "present" : "page" })}
          />
          <Choice
            label="Predict first"
            hint="Hides results until a curve is drawn."
            checked={view.predict}
            onChange={(predict) => setView({ ...view, predict })}
          />
          <Choice
            label="Include my results"
            hint={
              results.report === null
                ? preset !== null && recordedNames.includes(preset)
                  ? "Everybody sees the saved result. Yours can be added once you have run it."
                  : "Available when this experiment is done."
                : "Others see them at once and can compare theirs, layer by layer."
            }
            checked={withResults}
            disabled={results.report === null}
            onChange={setWithResults}
          />
        </fieldset>
        <details>
          <summary>Lesson{view.lesson !== null && `: ${view.lesson.length} figures`}</summary>
          <LessonFigures
            models={models}
            lesson={view.lesson ?? []}
            onChange={(lesson) => setView({ ...view, lesson: lesson.length === 0 ? null : lesson })}
          />
        </details>
        <HiddenParts view={view} onChange={(hidden) => setView({ ...view, hidden })} />
      </section>
      <section aria-labelledby={`${id}-qr`}>
        <h3 id={`${id}-qr`}>QR code</h3>
        <QrCode text={url} />
        {openExport && (
          <>
            <h3>Files</h3>
            <p>The data, figures for papers, the stitched network and a citation.</p>
            <button
              type="button"
              onClick={() => {
                onClose();
                openExport();
              }}
            >
              Export…
            </button>
          </>
        )}
      </section>
      <section className="share-embed" aria-labelledby={`${id}-embed`}>
        <h3 id={`${id}-embed`}>Embed</h3>
        <p>An iframe with the penalty chart and a link to the full page.</p>
        <EmbedCode label="embed code" code={codeFor("chart", "Stitching penalty")} />
        <p>
          An iframe that shows readers what a stitch does to an image. Narrower than 960 px, it
          scrolls unless it is 1,600 px high.
        </p>
        <EmbedCode
          label="embed code of the stitch"
          code={codeFor("stitch", "What a stitch does")}
        />
      </section>
    </div>
  );
}

interface EmbedCodeProps {
  readonly label: string;
  readonly code: string;
}

function EmbedCode({ label, code }: EmbedCodeProps): ReactNode {
  return (
    <>
      <textarea
        readOnly
        rows={4}
        aria-label={`${label.charAt(0).toUpperCase()}${label.slice(1)}`}
        value={code}
      />
      <CopyButton label={`Copy ${label}`} text={code} />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Choice({ label, hint, checked, disabled, onChange }: ChoiceProps): ReactNode {
  return (
    <label className="choice">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>
        <strong>{label}</strong>
        <span className="hint">{hint}</span>
      </span>
    </label>
  );
}

const partLabels: Readonly<Record<Part, string>> = {
  intro: "Introduction",
  figures: "Figure gallery and arrows",
  library: "Library",
  tour: "Tour",
  method: "How it works",
  present: "Present button",
  claim: "Claim of the open figure",
  settings: "All settings: networks, protocol, advanced, backend",
  networks: "Network choice",
  protocol: "Protocol choice",
  advanced: "Advanced settings",
  backend: "Backend choice",
  run: "Run and progress",
  share: "Share",
  predict: "Predict button",
  export: "Download and Export",
  diagram: "Network drawing",
  similarity: "Similarity chart",
  table: "Table",
  errors: "Errors of the two networks alone",
  storage: "Storage",
  keys: "Single-letter shortcuts (buttons still work)",
};

interface HiddenPartsProps {
  readonly view: View;
  readonly onChange: (hidden: readonly Part[]) => void;
}

function HiddenParts({ view, onChange }: HiddenPartsProps): ReactNode {
  const hidden = hiddenParts(view);
  return (
    <details>
      <summary>Not in the link</summary>
      <fieldset className="share-parts">
        <legend className="visually-hidden">Hidden parts</legend>
        {partNames.map((part) => (
          <label key={part}>
            <input
              type="checkbox"
              checked={hidden.includes(part)}
              onChange={({ target }) => {
                onChange(
                  partNames.filter((other) =>
                    other === part ? target.checked : hidden.includes(other),
                  ),
                );
              }}
            />
            {partLabels[part]}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
