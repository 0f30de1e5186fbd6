/** What an architecture reads and answers, and its name. */
import {
  usualClasses,
  usualInput,
  type Architecture,
  type ImageShape,
  type VitArchitecture,
} from "./architecture-schema";

/**
 * Hidden width of a Vision Transformer's MLP divided by the token's width. Dosovitskiy et al. 2021,
 * table 1.
 */
export const mlpExpansion = 4;

/** Whether a network answers; without a head it can only be a bottom. */
export function hasHead(architecture: Architecture): boolean {
  return !("head" in architecture) || architecture.head !== "none";
}

/** Number of classes of a network with a head. */
export function classesOf({ classes = usualClasses }: Architecture): number {
  return classes;
}

/** The architecture with a head of so many classes, whether it has one or not. */
export function withClasses(architecture: Architecture, classes: number): Architecture {
  if (!("head" in architecture)) return { ...architecture, classes };
  const { head: _, ...trunk } = architecture;
  return { ...trunk, classes };
}

/** The images that a network reads. */
export function inputOf({ input = usualInput }: Architecture): ImageShape {
  return input;
}

/** Whether two networks read images of the same shape. */
export function readSameImages(a: Architecture, b: Architecture): boolean {
  return imageShapeText(inputOf(a)) === imageShapeText(inputOf(b));
}

/** "32 × 32 pixels in 3 channels", height first */
export function imageShapeText({ height, width, channels }: ImageShape): string {
  return `${height} × ${width} pixels in ${channels} ${channels === 1 ? "channel" : "channels"}`;
}

/** The fields that say what a network reads and answers; none for CIFAR-10's. */
export function inputAndClasses(
  input: ImageShape,
  classes: number,
): { input?: ImageShape; classes?: number } {
  const { height, width, channels } = usualInput;
  const isUsual = input.height === height && input.width === width && input.channels === channels;
  return { ...(!isUsual && { input }), ...(classes !== usualClasses && { classes }) };
}

/** Number of tokens of a Vision Transformer: one per patch and the class token. */
export function tokensOf(architecture: VitArchitecture): number {
  const { height, width } = inputOf(architecture);
  return 1 + (height / architecture.patch) * (width / architecture.patch);
}

/** The name of a Vision Transformer's last LayerNorm, which its head reads. */
export function lastNorm({ pool }: VitArchitecture): "norm" | "fc_norm" {
  return pool === "mean" ? "fc_norm" : "norm";
}

/** The usual name of an architecture: "ResNet-18, 16 filters", "ViT, 6 blocks of 192". */
export function architectureName(architecture: Architecture): string {
  const answers = answersText(architecture);
  switch (architecture.family) {
    case "resnet": {
      // Two or three convolutions a block, the stem and the linear layer. He et al. 2016, table 1.
      const each = architecture.expansion === undefined ? 2 : 3;
      const depth = 2 + each * architecture.blocks.reduce((sum, count) => sum + count, 0);
      return `ResNet-${depth}, ${architecture.width} filters${answers}`;
    }
    case "myrtle":
      return `Five-layer CNN, ${architecture.width} filters${answers}`;
    case "vit": {
      const { depth, dim } = architecture;
      return `ViT, ${depth} ${depth === 1 ? "block" : "blocks"} of ${dim}${answers}`;
    }
    case "graph": {
      const { length } = architecture.taps;
      return `ONNX network, ${length} ${length === 1 ? "layer" : "layers"}${answers}`;
    }
    default:
      return architecture satisfies never;
  }
}

function answersText(architecture: Architecture): string {
  if (!hasHead(architecture)) return ", no head";
  const classes = classesOf(architecture);
  return classes === usualClasses ? "" : `, ${classes} classes`;
}
