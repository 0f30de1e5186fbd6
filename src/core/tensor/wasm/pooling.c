// Gradients of pools.
#include "kernels.h"

// Passes each output's gradient to the first of the largest numbers of its window.
// x [n, h, w, c] was pooled to o [n, oh, ow, c] by windows of kh by kw, sh and sw apart, the first `top` above and
// `left` of the image; g is the gradient of o. c a multiple of 4.
EXPORT(maxPoolGradient)
void maxPoolGradient(float *y, const float *x, const float *o, const float *g, int n, int h, int w, int c, int oh,
                     int ow, int kh, int kw, int sh, int sw, int top, int left) {
  const long size = (long)n * h * w * c;
  for (long i = 0; i < size; i += 4) store(y + i, zero());
  for (int image = 0; image < n; image++) {
    for (int oy = 0; oy < oh; oy++) {
      for (int ox = 0; ox < ow; ox++, o += c, g += c) {
        const int up = oy * sh - top, across = ox * sw - left;
        for (int j = 0; j < c; j += 4) {
          const f4 most = load(o + j), gradient = load(g + j);
          f4 open = wasm_i32x4_splat(-1);
          for (int row = up < 0 ? 0 : up; row < up + kh && row < h; row++) {
            for (int column = across < 0 ? 0 : across; column < across + kw && column < w; column++) {
              const long at = (((long)image * h + row) * w + column) * c + j;
              const f4 chosen = wasm_v128_and(wasm_f32x4_eq(load(x + at), most), open);
              store(y + at, ADD(load(y + at), wasm_v128_and(gradient, chosen)));
              open = wasm_v128_andnot(open, chosen);
            }
          }
        }
      }
    }
  }
}
