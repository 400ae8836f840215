// Rows of numbers as columns, each number as the step from the one above it: such columns compress well.

/** @param {number[][]} rows @returns {number[][]} */
export function columnsOf(rows) {
  return (rows[0] ?? []).map((_, column) =>
    rows.map((row, n) => row[column] - (n > 0 ? rows[n - 1][column] : 0)),
  );
}

/** @param {number[][]} columns @returns {number[][]} */
export function rowsOf(columns) {
  const sums = columns.map((column) => {
    let sum = 0;
    return column.map((step) => {
      sum += step;
      return sum;
    });
  });
  return (sums[0] ?? []).map((_, n) => sums.map((column) => column[n]));
}
