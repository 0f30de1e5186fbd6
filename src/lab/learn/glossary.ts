/** The words of the field, each in a sentence or two. */

export interface Entry {
  readonly title: string;
  readonly text: string;
}

export const glossary = {
  names: {
    title: "Network names",
    text: "Architecture: resnet18 has 18 weight layers and skip connections, myrtle has five and none. Width: w16 has 16 filters in its first layer. Training: s0, s1 and s2 differ only in their random seed; half0 was trained on half of the images; random is untrained.",
  },
  penalty: {
    title: "Stitching penalty",
    text: "The stitched network’s test error minus the top network’s own, in percentage points. Near zero: the top can use what the bottom computes. Below zero: the top does better with the bottom’s lower layers than with its own.",
  },
  path: {
    title: "Path from A to B",
    text: "Networks in which more and more of A’s lower layers are replaced by B’s, a stitch in between: first A itself, then one stitched network for each layer, at last B. If none is much worse than A and B, the two networks are connected by a path of good networks (Bansal et al., Figure 2A).",
  },
  correct: {
    title: "Correct",
    text: "What the stitched network is asked to answer. Usually the image’s label. Or the top network’s own answer, so that no labels are needed: the top then disagrees with itself on no image, and the penalty is the disagreement, the share of images that the stitched network answers differently.",
  },
  stitch: {
    title: "Stitch",
    text: "The only layer that is trained. At each position of the image, it turns the bottom’s channels into channels that the top can use.",
  },
  layer: {
    title: "Layer",
    text: "A point between two blocks of a network, where its representation (the numbers it passes on) can be read or replaced. The stem is the part before the first block.",
  },
  similarity: {
    title: "Similarity",
    text: "How similar two representations of the same images are, from 0 to 1; measured on the test images unless the advanced settings say otherwise. CKA asks whether the same images are close to each other in both. It ignores what a representation is useful for and often disagrees with the penalty.",
  },
  probe: {
    title: "Linear probe",
    text: "A linear classifier that reads one layer of one network. Probes rank how much of the answer each layer already holds; stitching asks whether two networks’ layers can stand in for each other.",
  },
  leastSquares: {
    title: "Least-squares stitch",
    text: "The stitch whose output is closest to the top’s own representation on training images. It is computed directly (in closed form); the quick protocol starts training from it.",
  },
  standardError: {
    title: "Standard error",
    text: "How much the penalty would vary with other test images. The ± and the shaded band show one. Other network seeds make a larger difference.",
  },
  control: {
    title: "Control",
    text: "A curve with a known outcome. An untrained bottom should cost a lot, a network stitched to itself nothing. Where an untrained bottom costs little, or noise that only knows labels, a low penalty says little.",
  },
  chance: {
    title: "Chance level",
    text: "The similarity that unrelated representations would show. With few images or many channels it is above zero, and only values above it are meaningful.",
  },
} as const satisfies Record<string, Entry>;

export type Term = keyof typeof glossary;
