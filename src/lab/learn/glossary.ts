/** The words of the field, each in a sentence or two. */

export interface Entry {
  readonly title: string;
  readonly text: string;
}

export const glossary = {
  names: {
    title: "Network names",
    text: "Architecture: resnet18 has 18 weight layers and skip connections, myrtle five without. Width: w16 has 16 filters in its first layer. Training: s0, s1 and s2 differ only in their seed, half0 was trained on half of the images, random is untrained.",
  },
  penalty: {
    title: "Stitching penalty",
    text: "The stitched network’s test error minus the top network’s own, in percentage points. Near zero: the top can use what the bottom computes. Below zero: it does better with the bottom than with its own lower layers.",
  },
  stitch: {
    title: "Stitch",
    text: "The only layer that is trained. It maps the bottom’s representation to one that the top can use, one position at a time.",
  },
  layer: {
    title: "Layer",
    text: "A point between two blocks where a network’s representation can be read or replaced. Stitches go between blocks only. The stem comes before the first block.",
  },
  similarity: {
    title: "Similarity",
    text: "How similar two representations of the same images are, from 0 to 1. CKA compares which images are close to each other. It ignores what a representation is useful for and often disagrees with the penalty.",
  },
  leastSquares: {
    title: "Least-squares stitch",
    text: "The stitch whose output is closest to the top’s own representation on training images. It has a closed form; training starts from it.",
  },
  standardError: {
    title: "Standard error",
    text: "How much the penalty would vary with other test images. Error bars show ± one. Other network seeds make a larger difference.",
  },
  control: {
    title: "Control",
    text: "A curve with a known outcome. An untrained bottom should cost a lot, a network stitched to itself nothing. Where an untrained bottom costs little, a low penalty says little.",
  },
  chance: {
    title: "Chance level",
    text: "The similarity of unrelated representations, which is above zero with few images or many channels. Only values above it are meaningful.",
  },
} as const satisfies Record<string, Entry>;

export type Term = keyof typeof glossary;
