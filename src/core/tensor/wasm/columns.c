// Sums, means and repetitions of a matrix's rows.
#include "kernels.h"

// Σ over rows of x − base, in one vector of columns.
static inline f4 columnSum(const float *x, f4 base, int n, int c) {
  f4 sum = zero();
  for (int first = 0; first < n; first += STRETCH) {
    const int rows = n - first < STRETCH ? n - first : STRETCH;
    const float *row = x + (long)first * c;
    f4 even = zero(), odd = zero();
    int r = 0;
    for (; r + 1 < rows; r += 2, row += 2 * c) {
      even = ADD(even, SUB(load(row), base));
      odd = ADD(odd, SUB(load(row + c), base));
    }
    if (r < rows) even = ADD(even, SUB(load(row), base));
    sum = ADD(sum, ADD(even, odd));
  }
  return sum;
}

// x [n, c], y [c]; c a multiple of 4.
EXPORT(columnSums)
void columnSums(float *y, const float *x, int n, int c) {
  for (int j = 0; j < c; j += 4) store(y + j, columnSum(x + j, zero(), n, c));
}

// x [n, c], y [c]; c a multiple of 4. Columns are moved by their first row before they are summed: the
// mean of a constant column is then exact.
EXPORT(columnMeans)
void columnMeans(float *y, const float *x, int n, int c) {
  const f4 count = wasm_f32x4_splat((float)n);
  for (int j = 0; j < c; j += 4) {
    const f4 base = load(x + j);
    store(y + j, ADD(base, wasm_f32x4_div(columnSum(x + j, base, n, c), count)));
  }
}

// Repeats each row of x [n, c]: y [n, times, c]; c a multiple of 4.
EXPORT(repeatRows)
void repeatRows(float *y, const float *x, int n, int times, int c) {
  for (int row = 0; row < n; row++, x += c)
    for (int copy = 0; copy < times; copy++, y += c)
      for (int j = 0; j < c; j += 4) store(y + j, load(x + j));
}
