/** The words of the field, each in a sentence or two. */

export interface Entry {
  readonly title: string;
  readonly text: string;
}

export const glossary = {
  names: {
    title: "Names of networks",
    text: "First how it is built: resnet18 has 18 layers with weights and skip connections, myrtle five without. Then its width: w16 has 16 filters in its first layer. Then what is special: s0, s1 and s2 differ in nothing but their random start, half0 saw half of the images, random was never trained.",
  },
  penalty: {
    title: "Stitching penalty",
    text: "The stitched network’s error on test images minus the top network’s own, in percentage points. Near zero: the top can use what the bottom computes. Below zero: it can use it better than what it was trained with.",
  },
  stitch: {
    title: "Stitch",
    text: "The only layer that is trained: it turns the bottom’s representation into one that the top can read. It looks at one position of the image at a time, and is as small as that allows.",
  },
  layer: {
    title: "Layer, or tap",
    text: "A place between two blocks of a network where its representation can be read, or another’s be put in its stead. Stitches stand between blocks only. The stem is what comes before the first block.",
  },
  similarity: {
    title: "Similarity",
    text: "How alike two representations of the same images are, from 0 to 1. CKA compares which images are near each other in either. It does not ask what a representation is good for, and often disagrees with the penalty.",
  },
  leastSquares: {
    title: "Least-squares stitch",
    text: "The stitch that comes closest to the top’s own representation, on training images. It needs no training, since it follows from averages; training goes on from there.",
  },
  standardError: {
    title: "Standard error",
    text: "How much the penalty would vary with other test images: a bar is one of them, up and down. Networks trained from other random starts vary more.",
  },
  control: {
    title: "Control",
    text: "A curve that shows what a low penalty would be worth. An untrained bottom should be expensive, and a network stitched to itself free; where an untrained bottom is free too, a low penalty says little.",
  },
  chance: {
    title: "Level of chance",
    text: "What a measure of similarity gives two representations that have nothing in common, because they have few images or many channels. Only what lies above it means something.",
  },
} as const satisfies Record<string, Entry>;

export type Term = keyof typeof glossary;
