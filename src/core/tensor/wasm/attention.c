// The products of multi-head attention.
#include "kernels.h"

// Stores the first `columns` of eight columns.
static inline void storePart(float *p, f4 v0, f4 v1, int columns) {
  if (columns >= 8) {
    store(p, v0);
    store(p + 4, v1);
    return;
  }
  float part[8];
  store(part, v0);
  store(part + 4, v1);
  for (int j = 0; j < columns; j++) p[j] = part[j];
}

// y [rows, columns] = a [rows, k] times packed panels [⌈columns / 8⌉, k, 8]; rows of y and a lie yRow and
// aRow floats apart.
static void multiplyPanels(float *y, int yRow, const float *a, int aRow, int rows, int k, const float *panels,
                           int columns) {
  const int last = rows - 1;
  for (int j = 0; j < columns; j += 8, panels += 8 * k) {
    for (int i = 0; i < rows; i += 4) {
      const float *a0 = a + i * aRow, *a1 = a + (i + 1 < last ? i + 1 : last) * aRow,
                  *a2 = a + (i + 2 < last ? i + 2 : last) * aRow, *a3 = a + (i + 3 < last ? i + 3 : last) * aRow;
      const float *b = panels;
      f4 s00 = zero(), s01 = zero(), s10 = zero(), s11 = zero();
      f4 s20 = zero(), s21 = zero(), s30 = zero(), s31 = zero();
      GEMM_4X8(k, a0, a1, a2, a3, b)
      float *o = y + i * yRow + j;
      storePart(o, s00, s01, columns - j);
      if (i + 1 < rows) storePart(o + yRow, s10, s11, columns - j);
      if (i + 2 < rows) storePart(o + 2 * yRow, s20, s21, columns - j);
      if (i + 3 < rows) storePart(o + 3 * yRow, s30, s31, columns - j);
    }
  }
}

// Packs b [k, columns], whose rows lie bRow floats apart, into panels [⌈columns / 8⌉, k, 8].
static void packPanels(float *panels, const float *b, int bRow, int k, int columns) {
  for (int j = 0; j < columns; j += 8) {
    for (int i = 0; i < k; i++, panels += 8) {
      const float *row = b + i * bRow + j;
      if (j + 8 <= columns) {
        store(panels, load(row));
        store(panels + 4, load(row + 4));
      } else {
        for (int c = 0; c < 8; c++) panels[c] = j + c < columns ? row[c] : 0;
      }
    }
  }
}

// Packs the transpose of b [columns, k].
static void packTransposedPanels(float *panels, const float *b, int bRow, int k, int columns) {
  for (int j = 0; j < columns; j += 8)
    for (int i = 0; i < k; i++, panels += 8)
      for (int c = 0; c < 8; c++) panels[c] = j + c < columns ? b[(j + c) * bRow + i] : 0;
}

// Inner products of tokens, image by image and head by head: a and b [n, tokens, heads, width],
// y [n, heads, tokens, tokens]. panels: space for width times the tokens rounded up to a multiple of 8.
EXPORT(attentionScores)
void attentionScores(float *y, const float *a, const float *b, int n, int tokens, int heads, int width,
                  float *panels) {
  const int row = heads * width;
  for (int image = 0; image < n; image++, a += tokens * row, b += tokens * row) {
    for (int head = 0; head < heads; head++, y += tokens * tokens) {
      packTransposedPanels(panels, b + head * width, row, width, tokens);
      multiplyPanels(y, tokens, a + head * width, row, tokens, width, panels, tokens);
    }
  }
}

// Mixtures of tokens, image by image and head by head: weights [n, heads, tokens, tokens], optionally
// transposed, times b [n, tokens, heads, width]; y as b. panels: space for tokens times the
// width rounded up to a multiple of 8; turned: space for tokens².
EXPORT(attentionOutput)
void attentionOutput(float *y, const float *weights, const float *b, int n, int tokens, int heads, int width,
               int transposed, float *panels, float *turned) {
  const int row = heads * width;
  for (int image = 0; image < n; image++, b += tokens * row, y += tokens * row) {
    for (int head = 0; head < heads; head++, weights += tokens * tokens) {
      const float *w = weights;
      if (transposed) {
        for (int i = 0; i < tokens; i++)
          for (int j = 0; j < tokens; j++) turned[j * tokens + i] = weights[i * tokens + j];
        w = turned;
      }
      packPanels(panels, b + head * width, row, tokens, width);
      multiplyPanels(y + head * width, row, w, tokens, tokens, tokens, panels, width);
    }
  }
}
