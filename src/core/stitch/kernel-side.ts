/** How many pixels wide and high a stitch's convolution may be. Without tfjs: tasks name it too. */

/** Beside 1, the paper's own: those of Bansal, Nakkiran & Barak 2021, fig. 4. */
export const kernelSides = [3, 5, 7, 9] as const;
export type KernelSide = (typeof kernelSides)[number];
