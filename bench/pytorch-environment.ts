/**
 * Environment of PyTorch's process. glibc would hand large arrays back after every step and fault
 * them in again: whatever piece of work came first was up to six times slower than the same piece
 * later.
 */
const keptBytes = String(2 ** 32);

export const pytorchEnvironment = {
  ...process.env,
  MALLOC_MMAP_THRESHOLD_: keptBytes,
  MALLOC_TRIM_THRESHOLD_: keptBytes,
};
