/** Takes in the visitor's images: chosen, looked at, asked about, read and kept. */
import { useEffect, useRef, useState, type DragEvent, type ReactNode } from "react";
import { errorData, LabError, type LabErrorData } from "../../core/errors";
import type { Spec } from "../../experiment/spec";
import { chosenImages, droppedImages } from "../engine/own-images/given-images";
import type { ImageImport } from "../engine/own-images/image-import";
import type { GivenImages, Preview } from "../engine/own-images/messages";
import type { StoredDataSet } from "../../engine/user-data-set";
import type { LabModel } from "../engine/models";
import { count } from "../format/numbers";
import { absentDataSet } from "../session/experiment/data-choice";
import { inShort } from "../session/experiment/model-names";
import { pairOf } from "../session/experiment/pair";
import { useImageReader, useLabState, useSession } from "../view/services";
import { firstAnswers, readOptionsOf, type ImageAnswers } from "./image-options";
import { PreviewForm } from "./PreviewForm";
import "./image-dialog.css";

/** Before anything is given. */
export const choosingTitle = "Use your own images";

type Phase =
  | { readonly type: "choosing" }
  | { readonly type: "looking"; readonly name: string }
  | { readonly type: "asking"; readonly name: string; readonly preview: Preview }
  | {
      readonly type: "reading";
      readonly name: string;
      readonly preview: Preview;
      readonly images: number;
    }
  | { readonly type: "unstored"; readonly set: StoredDataSet };

interface Props {
  readonly given: GivenImages | null;
  readonly spec: Spec;
  readonly models: readonly LabModel[];
  /** Called with the data set that is to be used; null where there is none. */
  readonly onEnd: (taken: StoredDataSet | null) => void;
  /** Called with the name of what is being taken in. */
  readonly onTitle?: (title: string) => void;
}

export function ImageImport({ given, spec, models, onEnd, onTitle }: Props): ReactNode {
  const { giveFiles } = useSession();
  const reader = useImageReader();
  const wanted = absentDataSet(spec, useLabState().dataSets ?? []);
  const pair = pairOf(spec.curves[0], models);
  const [phase, setPhase] = useState<Phase>({ type: "choosing" });
  /** Null until the visitor changes what suits the networks, which may still be read. */
  const [changed, setChanged] = useState<ImageAnswers | null>(null);
  const [failure, setFailure] = useState<LabErrorData | null>(null);
  const opened = useRef<ImageImport | null>(null);

  function end(taken: StoredDataSet | null): void {
    opened.current?.stop();
    opened.current = null;
    onEnd(taken);
  }

  function fail(thrown: unknown, name: string, back: Phase): void {
    // The visitor knows.
    if (thrown instanceof LabError && thrown.code === "cancelled") return;
    setFailure(errorData(thrown, name));
    setPhase(back);
  }

  async function look(images: GivenImages): Promise<void> {
    const { name } = images;
    setFailure(null);
    setPhase({ type: "looking", name });
    const networks = await networksAmong(images);
    if (networks) {
      giveFiles(networks, true);
      end(null);
      return;
    }
    try {
      opened.current?.stop();
      const reading = await reader.openImages(images);
      opened.current = reading;
      const preview = await reading.look();
      setChanged(null);
      setPhase({ type: "asking", name, preview });
    } catch (thrown) {
      fail(thrown, name, { type: "choosing" });
    }
  }

  async function read(name: string, preview: Preview, given: ImageAnswers): Promise<void> {
    const reading = opened.current;
    if (!reading) return;
    setFailure(null);
    setPhase({ type: "reading", name, preview, images: 0 });
    try {
      const set = await reading.read(readOptionsOf(given), wanted, (images) =>
        setPhase({ type: "reading", name, preview, images }),
      );
      if (set.stored) end(set);
      else setPhase({ type: "unstored", set });
    } catch (thrown) {
      fail(thrown, name, { type: "asking", name, preview });
    }
  }

  const lookAtGiven = useRef(look);
  useEffect(() => {
    lookAtGiven.current = look;
  });
  useEffect(() => {
    if (given) void lookAtGiven.current(given);
  }, [given]);
  useEffect(() => () => opened.current?.stop(), []);

  const title = titleOf(phase);
  useEffect(() => onTitle?.(title), [title, onTitle]);

  return (
    <div
      className="image-dialog"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        if (phase.type === "reading") return;
        void droppedImages(event.dataTransfer).then(look, (thrown: unknown) =>
          fail(thrown, "the dropped files", { type: "choosing" }),
        );
      }}
    >
      {failure && <Failure error={failure} />}
      {phase.type === "choosing" && <Choice onChosen={(images) => void look(images)} />}
      {phase.type === "looking" && (
        <Busy words={`Looking at ${inShort(phase.name)}…`} onCancel={() => end(null)} />
      )}
      {phase.type === "asking" && (
        <PreviewForm
          {...{ ...phase, pair, spec, models, wanted }}
          answers={changed ?? firstAnswers(phase.preview, pair)}
          onChange={setChanged}
          onRead={() =>
            void read(phase.name, phase.preview, changed ?? firstAnswers(phase.preview, pair))
          }
          onOther={() => {
            setFailure(null);
            setPhase({ type: "choosing" });
          }}
        />
      )}
      {phase.type === "reading" && (
        <Busy
          words={`${count(phase.images)} of ${count(total(phase.preview))} images read`}
          done={phase.images}
          total={total(phase.preview)}
          onCancel={() => end(null)}
        />
      )}
      {phase.type === "unstored" && (
        <>
          <p>
            The browser has no room for these images. They can be used now, and are lost when you
            close the page.
          </p>
          <div className="buttons">
            <button type="button" className="primary" onClick={() => end(phase.set)}>
              Use them
            </button>
          </div>
        </>
      )}
    </div>
  );
}

/** Networks that were given here by mistake; null where there is anything else. */
async function networksAmong({ files }: GivenImages): Promise<readonly File[] | null> {
  const given = files.flatMap(({ file }) => (file instanceof File ? [file] : []));
  if (given.length < files.length) return null;
  const { areNetworks } = await import("../engine/own-images/sorted-files");
  return (await areNetworks(files)) ? given : null;
}

function titleOf(phase: Phase): string {
  if (phase.type === "choosing") return choosingTitle;
  return inShort(phase.type === "unstored" ? phase.set.manifest.name : phase.name);
}

function total({ train, test }: Preview): number {
  return train + test;
}

function Choice({ onChosen }: { readonly onChosen: (given: GivenImages) => void }): ReactNode {
  return (
    <>
      <div className="drop-target">
        <p>
          <strong>Drop a folder or files here</strong>
        </p>
        <div className="buttons">
          <Chooser label="Choose folder…" isFolder onChosen={onChosen} />
          <Chooser label="Choose files…" onChosen={onChosen} />
        </div>
      </div>
      <ul className="hint">
        <li>
          A folder, .zip or .tar of PNG, JPEG or WebP images, in one folder for each class. With{" "}
          <code>train</code> and <code>test</code> above them, or without.
        </li>
        <li>
          An .npz or .safetensors file with <code>images</code> and <code>labels</code>.
        </li>
        <li>IDX files, as MNIST has them.</li>
      </ul>
      <p className="hint">They stay on your machine: nothing is uploaded.</p>
    </>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly isFolder?: boolean;
  readonly onChosen: (given: GivenImages) => void;
}

function Chooser({ label, isFolder = false, onChosen }: ChooserProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={(element) => {
          input.current = element;
          // React knows no such property.
          if (element) element.webkitdirectory = isFolder;
        }}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // So that the same files can be chosen again, once they are mended.
          target.value = "";
          if (files.length > 0) onChosen(chosenImages(files));
        }}
      />
    </>
  );
}

interface BusyProps {
  readonly words: string;
  /** Absent where it is not known how much there is to do. */
  readonly done?: number;
  readonly total?: number;
  readonly onCancel: () => void;
}

function Busy({ words, done, total, onCancel }: BusyProps): ReactNode {
  return (
    <>
      <progress aria-label="Images" value={done} max={total} />
      <p className="run-status">{words}</p>
      <div className="buttons">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </>
  );
}

function Failure({ error }: { readonly error: LabErrorData }): ReactNode {
  const { code, input, expected, found } = error;
  return (
    <section className="notice notice-error" role="alert">
      <h3>
        {code === "hash-mismatch"
          ? "These are not the requested images"
          : "These images cannot be used"}
      </h3>
      <p className="exactly">
        <strong>{inShort(input)}</strong>: expected {inShort(expected)}; found {inShort(found)}.
      </p>
      {code === "hash-mismatch" && (
        <p>
          The same images read in another size, or as grey, are another data set. Ask the sender how
          they were read.
        </p>
      )}
    </section>
  );
}
