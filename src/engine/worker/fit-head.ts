/** Fits a linear head to a network in place of its own, if it has one, on the images of a data set. */
import { imageSet } from "../../core/data/image-set";
import { imagesIn, type DataManifest, type Split } from "../../core/data/manifest";
import { LabError } from "../../core/errors";
import type { ImageParts } from "../../core/linear-head/features";
import { fitHead } from "../../core/linear-head/fit";
import { imageShapeText } from "../../core/nets/architecture";
import type { ImageShape } from "../../core/nets/architecture-schema";
import { networkWithoutHead } from "../../core/nets/without-head";
import type { AssetSource } from "../assets";
import type { FittedHead, HeadRequest } from "../linear-head";
import type { JoinedFile } from "../user-model";
import { joinedNetwork } from "./validate-model-file";

export type FitHeadEvent =
  | { readonly type: "step"; readonly fraction: number; readonly activity: string }
  | { readonly type: "joined"; readonly file: JoinedFile };

/**
 * @throws LabError `bad-file` for a file that is no network, `bad-input` for a data set without
 *   classes or whose images it does not read
 */
export async function* fitHeadTo(
  { trunk: file, trunkSha256, dataRef, data, dataFolder }: HeadRequest,
  assets: AssetSource,
): AsyncGenerator<FitHeadEvent> {
  const network = networkWithoutHead(file);
  try {
    checkData(file.name, data, network.input);
    const parts = (split: Split): ImageParts => partsOf(data, dataFolder, split, assets);
    const classes = data.classes.names.length;
    for await (const { fraction, activity, head } of fitHead(
      network,
      classes,
      parts("train"),
      parts("test"),
    )) {
      yield { type: "step", fraction, activity };
      if (!head) continue;
      const { trainImages, testImages, testError } = head;
      const fitted: FittedHead = {
        type: "fitted",
        data: dataRef,
        trainImages,
        testImages,
        testError,
      };
      const about = new Map([
        ["trunk_sha256", trunkSha256],
        ["head", JSON.stringify(fitted)],
      ]);
      const bytes = network.withHead(head, about);
      const name = `${file.name} + linear head on ${data.name}`;
      const joined = { trunk: trunkSha256, head: fitted };
      yield { type: "joined", file: { bytes, network: joinedNetwork(bytes, name, joined) } };
    }
  } finally {
    network.dispose();
  }
}

function checkData(name: string, data: DataManifest, input: ImageShape): void {
  const refused = (expected: string, found: string): LabError =>
    new LabError({ code: "bad-input", input: name, expected, found });
  if (data.classes.names.length < 2) {
    throw refused("images with classes to fit its head to", `${data.name}, which has none`);
  }
  const [has, reads] = [imageShapeText(data), imageShapeText(input)];
  if (reads !== has)
    throw refused(`a network for ${data.name}’s images of ${has}`, `one for ${reads}`);
}

/** One shard at a time: a data set may be larger than memory. */
function partsOf(
  data: DataManifest,
  dataFolder: string,
  split: Split,
  assets: AssetSource,
): ImageParts {
  return {
    count: imagesIn(data[split]),
    async *parts() {
      for (const entry of data[split]) {
        const bytes = await assets.read({ path: dataFolder + entry.file, sha256: entry.sha256 });
        yield imageSet(data, [{ entry, bytes }], entry.images);
      }
    },
  };
}
