/** Whole numbers of doubles as 64-bit integers, without a BigInt for each. */

/** Rounds each value down and writes it as a little-endian int64; values must lie within 2^53. */
export function toInt64(values: Float64Array): BigInt64Array<ArrayBuffer> {
  const out = new BigInt64Array(values.length)
  const words = new Int32Array(out.buffer)
  for (let i = 0; i < values.length; i++) {
    const whole = Math.floor(values[i])
    const high = Math.floor(whole / 4_294_967_296)
    words[2 * i] = whole - high * 4_294_967_296
    words[2 * i + 1] = high
  }
  return out
}
