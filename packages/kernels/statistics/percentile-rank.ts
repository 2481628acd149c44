/**
 * Percentile rank of a value in a row of percentiles, by linear interpolation: the inverse of the table lookup.
 *
 * Source: the inverse of the type 7 quantile (Hyndman and Fan, The American Statistician 50, 1996) on the stored points.
 */

/**
 * Rank from 0 to 100 of a value against ascending row values at the given percentiles. Below the first or above the last
 * value of the row the first or last percentile is returned; among equal row values the middle of their percentiles.
 */
export function percentileRank(
  value: number,
  row: ArrayLike<number>,
  percentiles: ArrayLike<number>,
): number {
  const n = row.length
  if (Number.isNaN(value) || n === 0 || Number.isNaN(row[0])) return NaN
  if (value < row[0]) return percentiles[0]
  if (value > row[n - 1]) return percentiles[n - 1]
  let below = 0
  while (row[below] < value) below++
  let above = below
  while (above + 1 < n && row[above + 1] === value) above++
  if (row[below] === value) return (percentiles[below] + percentiles[above]) / 2
  const share = (value - row[below - 1]) / (row[below] - row[below - 1])
  return percentiles[below - 1] + share * (percentiles[below] - percentiles[below - 1])
}
