/** OpenAPI 3.1 from the contract: the same schemas that validate. */
import { contract } from './contract.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>
type ObjectSchema = { properties?: Record<string, Json & { description?: string }>; required?: string[] }

function parametersOf(route: Route): Json[] {
  const list: Json[] = []
  for (const [place, schema] of [
    ['path', route.parameters],
    ['query', route.query],
  ] as const) {
    const object = (schema ?? {}) as ObjectSchema
    for (const [name, property] of Object.entries(object.properties ?? {})) {
      const { description, ...rest } = property
      list.push({
        name,
        in: place,
        required: place === 'path' || (object.required ?? []).includes(name),
        ...(description ? { description } : {}),
        schema: rest,
      })
    }
  }
  return list
}

function operationOf(route: Route): Json {
  const content: Json = {}
  if (route.answer) content['application/json'] = { schema: route.answer }
  for (const [type, description] of Object.entries(route.media ?? {}))
    content[type] = { schema: { type: 'string', description } }
  const failed = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  })
  const responses: Json = {
    [String(route.status ?? 200)]: { description: 'Done', content },
    default: failed('A problem document'),
  }
  if (route.right !== 'anybody') {
    responses['401'] = failed('Not signed in')
    responses['403'] = failed('No right to this')
  }
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.tag],
    parameters: parametersOf(route),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }
      : {}),
    responses,
    security: route.right === 'anybody' ? [{}] : [{ session: [] }, { apiKey: [] }],
    'x-right': route.right,
    ...(route.area ? { 'x-area': route.area } : {}),
  }
}

/** The OpenAPI document of a node. */
export function openApiDocument(serverUrl: string, version: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of contract) {
    const path = route.path.replace(/:([a-z]+)/gi, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operationOf(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lanmei',
      version,
      description: 'Information system of the Lancang-Mekong Cooperation: one node',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: {
        Problem: {
          type: 'object',
          description: 'RFC 9457 problem document; codes in contract/errors.md',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { type: 'string' },
            reference: { type: 'string' },
          },
          required: ['title', 'status', 'code'],
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'better-auth.session_token' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key' },
      },
    },
  }
}
