/**
 * Downsampling for drawing: of each pixel column the first, lowest, highest and last value, so that no peak is lost and the
 * line drawn is the line of all values.
 *
 * Source: U. Jugel, Z. Jerzak, G. Hackenbroich and V. Markl, M4: A Visualization-Oriented Time Series Data Aggregation,
 * Proceedings of the VLDB Endowment 7 (2014).
 */

/**
 * Takes blocks one after another (in any order of blocks) and keeps at most four points for each of `buckets` equal parts of
 * the span from `from` (included) to `to` (excluded), both in ms; memory depends on the buckets alone.
 */
export function downsampling(from: number, to: number, buckets: number) {
  const firstTime = new Float64Array(buckets).fill(Infinity)
  const lastTime = new Float64Array(buckets).fill(-Infinity)
  const lowTime = new Float64Array(buckets).fill(NaN)
  const highTime = new Float64Array(buckets).fill(NaN)
  const firstValue = new Float64Array(buckets)
  const lastValue = new Float64Array(buckets)
  const low = new Float64Array(buckets).fill(Infinity)
  const high = new Float64Array(buckets).fill(-Infinity)
  const missing = new Float64Array(buckets).fill(NaN)
  const scale = buckets / (to - from)

  return {
    add(times: Float64Array, values: Float64Array) {
      for (let i = 0; i < times.length; i++) {
        const time = times[i]
        if (!(time >= from && time < to)) continue
        const b = Math.min(buckets - 1, Math.floor((time - from) * scale))
        const value = values[i]
        if (Number.isNaN(value)) {
          missing[b] = time
          continue
        }
        if (time < firstTime[b]) {
          firstTime[b] = time
          firstValue[b] = value
        }
        if (time >= lastTime[b]) {
          lastTime[b] = time
          lastValue[b] = value
        }
        if (value < low[b]) {
          low[b] = value
          lowTime[b] = time
        }
        if (value > high[b]) {
          high[b] = value
          highTime[b] = time
        }
      }
    },

    /** The kept points in order of time; a part that holds only missing values gives one NaN, so that the line breaks. */
    finish(): { times: Float64Array; values: Float64Array } {
      const times = new Float64Array(4 * buckets)
      const values = new Float64Array(4 * buckets)
      let n = 0
      const put = (time: number, value: number) => {
        if (n > 0 && times[n - 1] === time) return
        times[n] = time
        values[n++] = value
      }
      for (let b = 0; b < buckets; b++) {
        if (firstTime[b] === Infinity) {
          if (!Number.isNaN(missing[b])) put(missing[b], NaN)
          continue
        }
        put(firstTime[b], firstValue[b])
        const lowFirst = lowTime[b] <= highTime[b]
        put(lowFirst ? lowTime[b] : highTime[b], lowFirst ? low[b] : high[b])
        put(lowFirst ? highTime[b] : lowTime[b], lowFirst ? high[b] : low[b])
        put(lastTime[b], lastValue[b])
      }
      return { times: times.slice(0, n), values: values.slice(0, n) }
    },
  }
}
