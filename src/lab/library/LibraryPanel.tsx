/** Past experiments: found, named, pinned, laid over each other, taken along and brought in. */
import { useEffect, useState, type ReactNode } from "react";
import { errorData, LabError, type LabErrorData } from "../../core/errors";
import { libraryFile, readLibraryFile } from "../../experiment/past";
import { writeAddress } from "../../experiment/address/address";
import type { Report } from "../../experiment/report";
import {
  fitsLibrary,
  largestEntryBytes,
  type LibraryEntry,
  type OversizedEntry,
} from "../../storage/library";
import { saveFile } from "../share/save-file";
import type { LabModel } from "../engine/models";
import { matches, experimentTitle } from "./past-search";
import { lazyPart } from "../ui/lazy-part";
import { LibraryRow } from "./LibraryRow";
import { UnfinishedRuns } from "./UnfinishedRuns";
import { useStorage, useStorageStatus } from "../view/services";
import { size, count, signed } from "../format/numbers";
import { libraryRange } from "../figures/sketch-scale";
import { usageWords } from "../storage/StorageFooter";
import { errorWords } from "../format/errors";
import "./library.css";

// Fetched once two curves are to be laid over each other.
const ComparedCurves = lazyPart(
  "the chart",
  async () => ({ default: (await import("./ComparedCurves")).ComparedCurves }),
  { fallback: <p className="library-chart">Loading the chart…</p> },
);

interface Props {
  readonly models: readonly LabModel[];
  /** During a run the experiment cannot be changed. */
  readonly running: boolean;
  /** Of the experiment on the page, where it is finished. */
  readonly onPage: Report | null;
  readonly onOpened: () => void;
}

const [lowest, highest] = libraryRange;

/** The largest file that is read: a browser holds it several times over. */
const largestFileBytes = 200e6;

type FileImport =
  | { readonly status: "none" }
  | {
      readonly status: "merged";
      readonly added: number;
      readonly all: number;
      readonly tooLarge: number;
    }
  | { readonly status: "refused"; readonly error: LabErrorData };

export default function LibraryPanel({ models, running, onPage, onOpened }: Props): ReactNode {
  const { library } = useStorage();
  const usage = usageWords(useStorageStatus());
  const [entries, setEntries] = useState<readonly LibraryEntry[] | null>(null);
  const [oversized, setOversized] = useState<readonly OversizedEntry[]>([]);
  const [query, setQuery] = useState("");
  const [compared, setCompared] = useState<readonly string[]>([]);
  const [fileImport, setFileImport] = useState<FileImport>({ status: "none" });

  useEffect(() => {
    let here = true;
    void Promise.all([library.list(), library.oversized()]).then(([list, tooLarge]) => {
      if (!here) return;
      setEntries(list);
      setOversized(tooLarge);
    });
    return () => {
      here = false;
    };
  }, [library]);

  async function after(change: Promise<unknown>): Promise<void> {
    await change;
    setEntries(await library.list());
    setOversized(await library.oversized());
  }

  async function bringIn(file: File): Promise<void> {
    try {
      if (file.size > largestFileBytes) throw tooLargeFile(file);
      const experiments = readLibraryFile(await file.text(), file.name);
      const fitting = experiments.filter(fitsLibrary);
      const added = await library.merge(fitting);
      const tooLarge = experiments.length - fitting.length;
      setFileImport({ status: "merged", added, all: fitting.length, tooLarge });
    } catch (thrown) {
      setFileImport({ status: "refused", error: errorData(thrown, file.name) });
    }
    setEntries(await library.list());
  }

  if (entries === null) return <p>Loading the library…</p>;
  const shown = entries.filter((entry) => matches(entry, query, models));
  const chosen = entries.filter(({ id }) => compared.includes(id));
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const enterable = onPage !== null && !entries.some(({ report }) => sameAddress(report, onPage));
  return (
    <div className="library">
      <UnfinishedRuns models={models} running={running} onOpened={onOpened} />
      <div className="library-head">
        <label>
          Search
          <input
            type="search"
            value={query}
            placeholder="name, network or protocol"
            onChange={({ target }) => setQuery(target.value)}
          />
        </label>
        <div className="buttons">
          <button
            type="button"
            disabled={entries.length === 0}
            onClick={() => {
              const json = new Blob([libraryFile(entries)], { type: "application/json" });
              saveFile("stitch-lab-library.json", json);
            }}
          >
            Export library
          </button>
          <ImportButton onFile={(file) => void bringIn(file)} />
          {enterable && (
            <button type="button" onClick={() => void after(library.enter(onPage))}>
              Add this experiment
            </button>
          )}
        </div>
      </div>
      <p className="hint" role="status">
        {entries.length === 0
          ? "Empty. Finished runs are added automatically."
          : `${shownText(shown.length, entries.length)}, ${size(sizeBytes)}${usage === null ? "" : `; browser storage: ${usage}`}.`}{" "}
        {fileImport.status === "merged" && mergedText(fileImport)}
      </p>
      {fileImport.status === "refused" && <Refusal error={fileImport.error} />}
      {oversized.map(({ id, sizeBytes: bytes }) => (
        <p key={id} className="library-oversized">
          An entry of {size(bytes)} is too large to show (limit {size(largestEntryBytes)}).{" "}
          <button type="button" className="quiet" onClick={() => void after(library.remove(id))}>
            Delete it
          </button>
        </p>
      ))}
      {chosen.length > 0 && (
        <section className="library-compare results" aria-labelledby="compared-title">
          <div className="section-head">
            <h3 id="compared-title">Penalty, {count(chosen.length)} selected</h3>
            <button type="button" className="quiet" onClick={() => setCompared([])}>
              Clear
            </button>
          </div>
          <ComparedCurves
            experiments={chosen.map((entry) => ({
              report: entry.report,
              title: experimentTitle(entry, models),
              named: entry.name !== null,
            }))}
            models={models}
          />
        </section>
      )}
      {entries.length > 0 && shown.length === 0 && <p>No matching experiments.</p>}
      {shown.length > 0 && (
        <p className="hint">
          Thumbnails: penalty by layer, all from {signed(100 * lowest)} to {signed(100 * highest)}{" "}
          points; ▲ and ▼ give the furthest value outside.
          {shown.some(({ report }) => report.spec.layout === "grid") && " Grids are heat maps."}
        </p>
      )}
      <ul className="library-list">
        {shown.map((entry) => (
          <li key={entry.id}>
            <LibraryRow
              entry={entry}
              title={experimentTitle(entry, models)}
              models={models}
              running={running}
              compared={compared.includes(entry.id)}
              onCompare={(on) => {
                setCompared((ids) => [
                  ...ids.filter((id) => id !== entry.id),
                  ...(on ? [entry.id] : []),
                ]);
              }}
              onOpened={onOpened}
              onChange={(change) => void after(library.change(entry.id, change))}
              onRemove={() => {
                setCompared((ids) => ids.filter((id) => id !== entry.id));
                void after(library.remove(entry.id));
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ImportButton({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
  return (
    <label className="file-button">
      Import library
      <input
        type="file"
        accept=".json,application/json"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onFile(file);
          // So that the same file may be given again.
          target.value = "";
        }}
      />
    </label>
  );
}

function Refusal({ error }: { readonly error: LabErrorData }): ReactNode {
  return (
    <div className="notice notice-error" role="alert">
      <h3>{errorWords[error.code].title}</h3>
      <p>Nothing was imported.</p>
      <p className="exactly">
        <strong>{error.input}</strong>: expected {error.expected}; found {error.found}.
      </p>
    </div>
  );
}

function shownText(shown: number, all: number): string {
  const experiments = `${count(all)} experiment${all === 1 ? "" : "s"}`;
  return shown === all ? experiments : `${count(shown)} of ${experiments}`;
}

function mergedText({ added, all, tooLarge }: Extract<FileImport, { status: "merged" }>): string {
  const known = all - added;
  const rest = known === 0 ? "" : ` ${count(known)} already here.`;
  const skipped =
    tooLarge === 0
      ? ""
      : ` ${count(tooLarge)} skipped: larger than the limit of ${size(largestEntryBytes)}.`;
  return `${count(added)} imported.${rest}${skipped}`;
}

function tooLargeFile({ name, size: sizeBytes }: File): LabError {
  return new LabError({
    code: "bad-file",
    input: name,
    expected: `a library of at most ${size(largestFileBytes)}`,
    found: size(sizeBytes),
  });
}

function sameAddress(a: Report, b: Report): boolean {
  const address = ({ spec, backend }: Report): string => writeAddress({ spec, backend });
  return address(a) === address(b);
}
