/**
 * Reads the columns of a block's or flagging's body straight into typed arrays: millions of values without a list of boxed ones.
 * What is read is right only when the canonical form made of it gives the same bytes; the caller checks that.
 */

export type BodyColumns = {
  /** All other members; the columns stand there as empty lists. */
  header: Record<string, unknown>
  /** NaN where null stands, or where no number can be read. */
  columns: Record<string, Float64Array>
}

const names = ['flags', 'rule', 'times', 'values']
const [comma, open, close, minus, point, zero, nine, small] = [...',[]-.09n'].map((c) => c.charCodeAt(0))
const powers = Array.from({ length: 16 }, (_, n) => 10 ** n)

/** @throws SyntaxError where the rest is no JSON */
export function readBodyColumns(bytes: Buffer): BodyColumns {
  const columns: Record<string, Float64Array> = {}
  const kept: Buffer[] = []
  let done = 0
  for (const name of names) {
    // A quotation mark inside a text is escaped, so this can only be a member's name.
    const at = bytes.indexOf(`,"${name}":[`, done, 'latin1')
    if (at < 0) continue
    const start = at + name.length + 5
    const end = bytes.indexOf(close, start)
    if (end < 0) throw new SyntaxError(`the list ${name} does not end`)
    columns[name] = readNumbers(bytes, start, end)
    kept.push(bytes.subarray(done, start))
    done = end
  }
  kept.push(bytes.subarray(done))
  return { header: JSON.parse(Buffer.concat(kept).toString('utf8')), columns }
}

function readNumbers(bytes: Buffer, start: number, end: number): Float64Array {
  let count = start < end ? 1 : 0
  for (let i = start; i < end; i++) if (bytes[i] === comma) count++
  const numbers = new Float64Array(count)
  for (let i = start, n = 0; n < count; n++) {
    const from = i
    while (i < end && bytes[i] !== comma) i++
    numbers[n] = readNumber(bytes, from, i)
    i++
  }
  return numbers
}

/** A decimal of at most 15 digits is the quotient of two exact doubles; everything else goes the long way. */
function readNumber(bytes: Buffer, from: number, to: number): number {
  if (bytes[from] === small || bytes[from] === open) return Number.NaN
  let i = from
  const negative = bytes[i] === minus
  if (negative) i++
  if (to - i > 16) return Number(bytes.toString('latin1', from, to))
  let digits = 0
  let decimals = -1
  for (; i < to; i++) {
    const byte = bytes[i]
    if (byte === point && decimals < 0) decimals = 0
    else if (byte >= zero && byte <= nine) {
      digits = digits * 10 + (byte - zero)
      if (decimals >= 0) decimals++
    } else return Number(bytes.toString('latin1', from, to))
  }
  if (digits >= 1e15) return Number(bytes.toString('latin1', from, to))
  const size = decimals > 0 ? digits / powers[decimals] : digits
  return negative ? -size : size
}
