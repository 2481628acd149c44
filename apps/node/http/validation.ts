/** Checks what comes in against the contract's schemas, and says in plain words which field does not fit. */
import { problem } from '@lanmei/model/problem'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

type Fault = { keyword: string; instancePath: string; message: string; params: Record<string, unknown> }
type Property = { type?: string; default?: unknown }

/** Makes a checker of bodies: gives the body when it fits. @throws invalid-body */
export function bodyChecker(schema: TSchema): (body: unknown) => unknown {
  const check = Compile(schema)
  return (body) => {
    if (check.Check(body)) return body
    throw problem('invalid-body', describe(check.Errors(body)[0] as unknown as Fault | undefined))
  }
}

/**
 * Makes a checker of path or query parameters, which come as text: numbers and booleans are read, defaults filled in.
 * A parameter that is not in the schema is refused: a misspelt `from` must not silently give everything.
 * @throws invalid-parameter
 */
export function parameterChecker(schema: TSchema): (values: Record<string, unknown>) => unknown {
  const check = Compile(schema)
  const properties = ((schema as { properties?: Record<string, Property> }).properties ?? {}) as Record<
    string,
    Property
  >
  return (values) => {
    const read: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(values)) {
      if (!Object.hasOwn(properties, name))
        throw problem('invalid-parameter', {
          field: name,
          reason: 'there is no such parameter here',
          known: Object.keys(properties),
        })
      if (typeof value !== 'string')
        throw problem('invalid-parameter', { field: name, reason: 'given more than once' })
      read[name] = readText(value, properties[name].type)
    }
    for (const [name, property] of Object.entries(properties))
      if (read[name] === undefined && property.default !== undefined) read[name] = property.default
    if (check.Check(read)) return read
    throw problem('invalid-parameter', describe(check.Errors(read)[0] as unknown as Fault | undefined))
  }
}

function readText(text: string, type: string | undefined): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'number' && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function describe(fault: Fault | undefined): Record<string, unknown> {
  if (!fault) return { reason: 'it does not fit its schema' }
  const place = fault.instancePath.split('/').slice(1)
  const { requiredProperties, additionalProperties } = fault.params as {
    requiredProperties?: string[]
    additionalProperties?: string[]
  }
  if (requiredProperties?.length)
    return { field: [...place, requiredProperties[0]].join('/'), reason: 'is missing' }
  if (additionalProperties?.length)
    return {
      field: [...place, additionalProperties[0]].join('/').slice(0, 200),
      reason: 'there is no such field',
    }
  return { field: place.join('/').slice(0, 200) || '(the whole)', reason: fault.message }
}
