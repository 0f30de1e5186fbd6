/** One past experiment. */
import { useState, type ReactNode } from "react";
import { longestName, type PastExperiment } from "../../experiment/past";
import type { LabModel } from "../engine/models";
import type { LibraryEntry } from "../../storage/library";
import { HeatSketch } from "../grid/HeatSketch";
import { CurveSketch } from "../figures/CurveSketch";
import { libraryRange, sketchRoles } from "../figures/sketch-scale";
import { backendLabels, trainingWords } from "../format/labels";
import { count, signedPoints } from "../format/numbers";
import { targetWords } from "../format/target-words";
import { pairTitle } from "../session/experiment/model-names";
import { useSession } from "../view/services";

interface Props {
  readonly entry: LibraryEntry;
  readonly title: string;
  readonly models: readonly LabModel[];
  readonly running: boolean;
  readonly compared: boolean;
  readonly onCompare: (on: boolean) => void;
  readonly onOpened: () => void;
  readonly onChange: (change: Partial<Pick<PastExperiment, "name" | "pinned">>) => void;
  readonly onRemove: () => void;
}

type Asking = "nothing" | "name" | "delete";

export function LibraryRow(props: Props): ReactNode {
  const { entry, title, models, running, compared, onCompare, onOpened, onChange, onRemove } =
    props;
  const { openReport } = useSession();
  const [asking, setAsking] = useState<Asking>("nothing");
  const { report, pinned, stored, finishedAtMs } = entry;
  const { spec, backend } = report;
  const curves = report.curves.map(({ sites }) => sites.map(({ penalty }) => penalty));
  const largest = report.curves[0].sites.reduce(
    (most, { penalty }) => Math.max(most, penalty),
    -Infinity,
  );
  const stop = (): void => setAsking("nothing");
  return (
    <article className={pinned ? "past pinned" : "past"} aria-label={title}>
      <div className="past-sketch">
        {spec.layout === "grid" ? (
          <HeatSketch sites={report.curves[0].sites} range={libraryRange} />
        ) : (
          <CurveSketch
            curves={curves}
            roles={sketchRoles({ spec })}
            range={libraryRange}
            height={72}
            marksEdges
          />
        )}
      </div>
      <div className="past-words">
        {asking === "name" ? (
          <NameField
            name={entry.name ?? ""}
            usual={title}
            onDone={(name) => {
              stop();
              if (name !== undefined) onChange({ name });
            }}
          />
        ) : (
          <h3>
            {title}
            {pinned && <span className="hint"> · pinned</span>}
          </h3>
        )}
        <p className="hint">
          {new Date(finishedAtMs).toLocaleString("en-GB", {
            dateStyle: "medium",
            timeStyle: "short",
          })}
          {" · "}
          {entry.name !== null && `${pairTitle(spec.curves[0], models)}, `}
          stitches {trainingWords[spec.protocol]}, {backendLabels[backend]},{" "}
          {count(spec.testImages)} test images
          {report.curves[0].sites.length > 0 &&
            `, largest ${targetWords(spec).name.toLowerCase()} ${signedPoints(largest)} points`}
          {!stored && " · not stored: the browser is out of space"}
        </p>
        <div className="buttons">
          <label className="past-compare">
            <input
              type="checkbox"
              checked={compared}
              onChange={({ target }) => onCompare(target.checked)}
            />
            Compare
          </label>
          {asking === "delete" ? (
            <span className="buttons" role="group" aria-label={`Delete ${title}`}>
              <span>Delete from the library?</span>
              <button type="button" className="quiet" onClick={onRemove}>
                Delete
              </button>
              <button type="button" className="quiet" autoFocus onClick={stop}>
                Cancel
              </button>
            </span>
          ) : (
            <>
              <button
                type="button"
                className="quiet"
                disabled={running}
                onClick={() => {
                  openReport(report);
                  onOpened();
                }}
              >
                Open
              </button>
              <button type="button" className="quiet" onClick={() => setAsking("name")}>
                Rename
              </button>
              <button type="button" className="quiet" onClick={() => onChange({ pinned: !pinned })}>
                {pinned ? "Unpin" : "Pin"}
              </button>
              <button type="button" className="quiet" onClick={() => setAsking("delete")}>
                Delete…
              </button>
            </>
          )}
        </div>
      </div>
    </article>
  );
}

interface NameFieldProps {
  readonly name: string;
  /** What it is called without a name. */
  readonly usual: string;
  /** Null for no name; undefined where it stays as it was. */
  readonly onDone: (name: string | null | undefined) => void;
}

function NameField({ name, usual, onDone }: NameFieldProps): ReactNode {
  const [text, setText] = useState(name);
  return (
    <form
      className="buttons"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim() === "" ? null : text.trim());
      }}
    >
      <input
        type="text"
        aria-label="Name"
        autoFocus
        maxLength={longestName}
        placeholder={usual}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // Of the field alone, not of the view around it.
          event.preventDefault();
          onDone(undefined);
        }}
      />
      <button type="submit" className="quiet">
        Save name
      </button>
    </form>
  );
}
