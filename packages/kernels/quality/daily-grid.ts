/** Puts readings on a grid of days, so that series can be compared day by day. Source: none needed (bookkeeping). */

const DAY = 86_400_000

/**
 * The first present value of each day, NaN where there is none. `firstDay` is the start of day 0 in ms; a day runs 24 hours
 * from there, so the boundary of the day is chosen by the caller. Values outside the grid are left out.
 */
export function dailyGrid(
  times: Float64Array,
  values: Float64Array,
  firstDay: number,
  days: number,
): Float64Array {
  const grid = new Float64Array(days).fill(NaN)
  for (let i = 0; i < values.length; i++) {
    const day = Math.floor((times[i] - firstDay) / DAY)
    if (day >= 0 && day < days && Number.isNaN(grid[day])) grid[day] = values[i]
  }
  return grid
}
