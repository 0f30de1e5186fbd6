// WebAssembly kernels that run on the memory of tfjs's wasm backend, as one translation unit.
// `node scripts/kernels/build.mjs` compiles it into binary.ts.
#include "convolution.c"
#include "winograd.c"
#include "grouped.c"
#include "products.c"
#include "columns.c"
#include "attention.c"
#include "elementwise.c"
#include "training.c"
#include "winograd-gradient.c"
#include "pooling.c"
