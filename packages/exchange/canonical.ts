/** Canonical form: JSON Canonicalization Scheme (RFC 8785), the bytes that are hashed and signed. */
import canonicalize from 'canonicalize'

/** Deepest nesting of arrays and objects in a body. Nothing of ours comes near; a hostile body stops here. */
export const deepestNesting = 100

const utf8 = new TextEncoder()

/**
 * RFC 8785 text of a JSON value. Throws a TypeError that names the place when the value is not plain JSON: NaN, an infinity,
 * undefined (also as a member of an object), a lone surrogate, a Date, a Map, a typed array, a function, nesting over the limit.
 */
export function canonicalText(value: unknown): string {
  const fault = faultOf(value, 0)
  if (fault) throw new TypeError(`no canonical form: ${fault.what} at ${fault.place || '/'}`)
  return canonicalize(value) as string
}

/** RFC 8785 text as UTF-8. Throws as `canonicalText` does. */
export function canonicalBytes(value: unknown): Uint8Array {
  return utf8.encode(canonicalText(value))
}

type Fault = { what: string; place: string }

/** What the library would pass over in silence (undefined members, toJSON, Map) would be signed as something else than was meant. */
function faultOf(value: unknown, depth: number): Fault | undefined {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? undefined : { what: 'a lone surrogate', place: '' }
    case 'number':
      return Number.isFinite(value) ? undefined : { what: String(value), place: '' }
    case 'boolean':
      return undefined
    case 'object':
      break
    default:
      return { what: typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`, place: '' }
  }
  if (value === null) return undefined
  if (depth >= deepestNesting) return { what: `nesting deeper than ${deepestNesting}`, place: '' }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const fault = faultOf(value[i], depth + 1)
      if (fault) return { ...fault, place: `/${i}${fault.place}` }
    }
    return undefined
  }
  if (!isPlain(value))
    return { what: `a ${value.constructor?.name || 'value that is no plain object'}`, place: '' }
  for (const [key, member] of Object.entries(value)) {
    const fault = key.isWellFormed()
      ? faultOf(member, depth + 1)
      : { what: 'a lone surrogate in a name', place: '' }
    if (fault) return { ...fault, place: `/${key.toWellFormed()}${fault.place}` }
  }
  return undefined
}

/** Objects as JSON.parse or a literal makes them, also from another realm, without a toJSON of their own. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  const plain =
    prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
  return plain && typeof (value as { toJSON?: unknown }).toJSON !== 'function'
}
