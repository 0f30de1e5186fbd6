/**
 * The card of the figure on ImageNet, which has no saved result: it says which files it needs, how
 * they are converted, and opens the experiment once they are here.
 */
import { useId, type ReactNode } from "react";
import {
  convertCommand,
  downloadedFile,
  imagenetCommand,
  imagenetFigure,
  imagenetFolder,
  imagenetNetworks,
  imagenetSpec,
  type PublishedNetwork,
} from "../../experiment/figures/imagenet";
import { imageShapeText, inputOf } from "../../core/nets/architecture";
import { isUserModel, type LabModel } from "../engine/models";
import { dataChoices, type DataChoice } from "../session/experiment/data-choice";
import { CopyText } from "../ui/CopyText";
import { PageDialog } from "../ui/PageDialog";
import { ChooseFile } from "../user-models/ChooseFile";
import { ImportInDialog } from "../user-models/ImportInDialog";
import { useLabState, useSession } from "../view/services";

interface Props {
  readonly models: readonly LabModel[];
  readonly disabled: boolean;
  readonly onOpened: () => void;
}

export function ImageNetCard(props: Props): ReactNode {
  const { title, figure, claim, needs } = imagenetFigure;
  const words = (
    <>
      <span className="sketch">
        <span className="hint">{needs}</span>
      </span>
      <span className="figure-title">
        {title} <span className="hint">{figure}</span>
      </span>
      <span className="figure-claim">{claim}</span>
    </>
  );
  return (
    <PageDialog label={title} words={words} buttonClass="figure-button" disabled={props.disabled}>
      {(close) => (
        <ImageNetFiles
          models={props.models}
          onOpened={() => {
            close();
            props.onOpened();
          }}
        />
      )}
    </PageDialog>
  );
}

/** The network's file and, where it is another, its head's. */
function linksTo({ address, headAddress }: PublishedNetwork): ReactNode {
  return (
    <>
      <a href={address}>{downloadedFile(address)}</a>
      {headAddress !== undefined && (
        <>
          {" "}
          and <a href={headAddress}>{downloadedFile(headAddress)}</a>
        </>
      )}
    </>
  );
}

function ImageNetFiles({ models, onOpened }: Omit<Props, "disabled">): ReactNode {
  const id = useId();
  const { change } = useSession();
  const dataSets = useLabState().dataSets ?? [];
  const here = imagenetNetworks.map((network) => convertedOf(network, models));
  const [top, ...bottoms] = here;
  const [bottom, ...others] = bottoms.flatMap((model) => model?.id ?? []);
  const images = dataChoices(dataSets).find((choice) => top && fits(choice, top));
  const ready = top && bottom !== undefined && images?.ref !== undefined;
  return (
    <div className="imagenet">
      <p>
        This figure has no saved result: its networks and images must be downloaded from their
        authors. Convert each network with PyTorch 2 in a clone of this project’s repository, and
        choose the converted files here.
      </p>
      {imagenetNetworks.map((network: PublishedNetwork, at) => (
        <section key={network.name} aria-label={network.name}>
          <h3>{network.name}</h3>
          <p>
            {network.from}: {linksTo(network)}.{" "}
            <span className="hint">{here[at] ? "Chosen." : "Not chosen yet."}</span>
          </p>
          <CopyText label={`command for ${network.name}`} text={convertCommand(network)} />
        </section>
      ))}
      <p>
        SimCLR’s head is not published, and a bottom needs none: once its file is chosen here, press
        “Use as bottom network”. Images: those of ImageNet’s validation set, in one folder for each
        class.
      </p>
      <pre>{imagenetFolder}</pre>
      <p>On the command line, which has the memory for more images:</p>
      <CopyText label="command for the figure" text={imagenetCommand()} />
      <p id={id}>
        Here: choose the converted files and, under “Images”, the folder at 224 × 224 pixels.
        Nothing is uploaded. The figure opens with the first network, one of the others and the
        images.
      </p>
      <ImportInDialog />
      <div className="buttons">
        <ChooseFile label="Choose converted files…" describedBy={id} anyNetwork place="figure" />
        <button
          type="button"
          disabled={!ready}
          onClick={() => {
            if (!ready) return;
            change(() => imagenetSpec(top.id, [bottom, ...others], images.ref ?? "", images));
            onOpened();
          }}
        >
          Open the figure
        </button>
      </div>
    </div>
  );
}

/** The visitor's file of the name that the command gives it. */
function convertedOf({ out }: PublishedNetwork, models: readonly LabModel[]): LabModel | undefined {
  return models.find((model) => isUserModel(model) && model.name === out);
}

function fits({ own, form }: DataChoice, { architecture }: LabModel): boolean {
  return own !== null && imageShapeText(form) === imageShapeText(inputOf(architecture));
}
