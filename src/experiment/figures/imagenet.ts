/**
 * The ImageNet half of the paper's Figure 2B. It is none of the presets: its networks and images are
 * their authors' to give, so that nobody has recorded it here.
 */
import { defaultSpec, withOtherCurves, type Spec } from "../spec";

/** A network, and the files that its authors publish it in. */
export interface PublishedNetwork {
  /** Short, for a chart: how it was trained. */
  readonly name: string;
  readonly from: string;
  readonly address: string;
  /** Of a linear head in a file of its own; absent where the network has one, or none is published. */
  readonly headAddress?: string;
  /** The converted file. */
  readonly out: string;
}

/** The top, and the bottoms that are fed into it, in the order of the curves. */
export const imagenetNetworks = [
  {
    name: "supervised",
    from: "torchvision, ResNet-50, IMAGENET1K_V1",
    address: "https://download.pytorch.org/models/resnet50-0676ba61.pth",
    out: "resnet50-supervised.safetensors",
  },
  {
    name: "SimCLR",
    from: "VISSL’s model zoo, SimCLR, 1,000 epochs",
    address:
      "https://dl.fbaipublicfiles.com/vissl/model_zoo/simclr_rn50_1000ep_simclr_8node_resnet_16_07_20.afe428c7/model_final_checkpoint_phase999.torch",
    out: "resnet50-simclr.safetensors",
  },
  {
    name: "SwAV",
    from: "facebookresearch/swav, 800 epochs",
    address: "https://dl.fbaipublicfiles.com/deepcluster/swav_800ep_pretrain.pth.tar",
    headAddress: "https://dl.fbaipublicfiles.com/deepcluster/swav_800ep_eval_linear.pth.tar",
    out: "resnet50-swav.safetensors",
  },
  {
    name: "DINO",
    from: "facebookresearch/dino, ResNet-50",
    address:
      "https://dl.fbaipublicfiles.com/dino/dino_resnet50_pretrain/dino_resnet50_pretrain.pth",
    headAddress:
      "https://dl.fbaipublicfiles.com/dino/dino_resnet50_pretrain/dino_resnet50_linearweights.pth",
    out: "resnet50-dino.safetensors",
  },
] as const satisfies readonly [PublishedNetwork, ...PublishedNetwork[]];

/** What the gallery says of it. */
export const imagenetFigure = {
  title: "ImageNet: with and without labels",
  figure: "Figure 2B",
  claim:
    "In the paper, a ResNet-50 trained on ImageNet with labels can use the layers of three that were trained without.",
  needs: "Needs four networks that you download",
} as const;

/** The validation images, sorted into a folder for each class. */
export const imagenetFolder = `imagenet/
  n01440764/ILSVRC2012_val_00000293.JPEG …
  n01443537/ILSVRC2012_val_00000236.JPEG …
  … 1,000 folders, one for each class, by its WordNet number`;

/** The last part of an address: the file as it is downloaded. */
export function downloadedFile(address: string): string {
  return address.slice(address.lastIndexOf("/") + 1);
}

/** The command that converts a network's downloaded files. */
export function convertCommand({ address, headAddress, out }: PublishedNetwork): string {
  const head = headAddress === undefined ? "" : ` --head ${downloadedFile(headAddress)}`;
  return `python3 -m zoo.convert ${downloadedFile(address)}${head} --out ${out}`;
}

/** The command that runs the figure on the converted files and a folder of images. */
export function imagenetCommand(): string {
  const [top, ...bottoms] = imagenetNetworks.map(({ out }) => out);
  return [
    `npm run -s stitch -- --top ${String(top)}`,
    ...bottoms.map((file, place) => `${place === 0 ? "--bottom" : "--also"} ${file}`),
    "--data imagenet --resize 256 --image-size 224",
    "--memory 6GB --store imagenet-results --out imagenet.json",
  ].join(" \\\n  ");
}

/**
 * The experiment on networks and images that are here.
 *
 * @param top the supervised network's id
 * @param bottoms the others' ids, at least one
 * @param data what a spec names the images by
 * @param images how many of each split there are
 */
export function imagenetSpec(
  top: string,
  bottoms: readonly [string, ...string[]],
  data: string,
  images: { readonly train: number; readonly test: number },
): Spec {
  const [bottom, ...others] = bottoms;
  const usual = defaultSpec(top, bottom, "quick", data);
  const [first] = usual.curves;
  return withOtherCurves(
    {
      ...usual,
      trainImages: Math.min(usual.trainImages, images.train),
      testImages: Math.min(usual.testImages, images.test),
    },
    others.map((id) => ({ ...first, bottom: id })),
  );
}
