/** Reads the binary form of a series' values as the contract describes it: parts of columns, ended by an empty one. Pure. */

export type Values = {
  /** ms since 1970, ascending */
  times: Float64Array
  /** NaN where missing */
  values: Float64Array
  flags: Uint8Array
}

export const noValues: Values = {
  times: new Float64Array(0),
  values: new Float64Array(0),
  flags: new Uint8Array(0),
}

/** Throws a RangeError when the bytes end too early. */
export function readValues(buffer: ArrayBuffer): Values {
  const view = new DataView(buffer)
  const parts: Values[] = []
  let at = 0
  let count = 0
  while (at + 4 <= buffer.byteLength) {
    const n = view.getUint32(at, true)
    if (n === 0) return joined(parts, count)
    const start = at + 4
    if (start + n * 17 > buffer.byteLength) break
    parts.push({
      times: new Float64Array(buffer.slice(start, start + n * 8)),
      values: new Float64Array(buffer.slice(start + n * 8, start + n * 16)),
      flags: new Uint8Array(buffer, start + n * 16, n),
    })
    count += n
    at += Math.ceil((4 + n * 17) / 8) * 8
  }
  throw new RangeError('The values end in the middle')
}

function joined(parts: Values[], count: number): Values {
  if (parts.length === 1) return parts[0]
  const all = {
    times: new Float64Array(count),
    values: new Float64Array(count),
    flags: new Uint8Array(count),
  }
  let at = 0
  for (const { times, values, flags } of parts) {
    all.times.set(times, at)
    all.values.set(values, at)
    all.flags.set(flags, at)
    at += times.length
  }
  return all
}
