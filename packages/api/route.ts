/** A route of our HTTP contract as a value: address, right needed, schemas in and out. Handlers are bound to it elsewhere. */
import type { Static, TSchema } from 'typebox'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** Who may call: anybody; a signed-in person or API key; or one with at least that duty. */
export type Right = 'anybody' | 'signed-in' | 'contributor' | 'officer' | 'administrator'

/** Content types of an answer that is no JSON, with a sentence each. */
export type Media = Readonly<Record<string, string>>

export type Route<P = unknown, Q = unknown, B = unknown, R = unknown> = {
  readonly id: string
  readonly method: Method
  /** Path with `:name` parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly right: Right
  /** Area of cooperation the right must be held in; a role for all areas (*) is needed where there is none. */
  readonly area?: string
  readonly parameters?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly answer?: TSchema
  /** Status of success; 200 when absent. */
  readonly status?: number
  readonly media?: Media
  /** Largest body taken, in bytes; the server's default when absent. */
  readonly bodyLimitBytes?: number
  /** Types only; never present at run time. */
  readonly types?: { parameters: P; query: Q; body: B; answer: R }
}

type Of<S> = S extends TSchema ? Static<S> : undefined

/** Defines a route; the types of a handler and of the client follow from the schemas. */
export function route<
  const P extends TSchema | undefined = undefined,
  const Q extends TSchema | undefined = undefined,
  const B extends TSchema | undefined = undefined,
  const R extends TSchema | undefined = undefined,
>(definition: {
  id: string
  method: Method
  path: string
  summary: string
  tag: string
  right: Right
  area?: string
  parameters?: P
  query?: Q
  body?: B
  answer?: R
  status?: number
  media?: Media
  bodyLimitBytes?: number
}): Route<Of<P>, Of<Q>, Of<B>, Of<R>> {
  return definition as unknown as Route<Of<P>, Of<Q>, Of<B>, Of<R>>
}

export type ParametersOf<T> = T extends Route<infer P, unknown, unknown, unknown> ? P : never
export type QueryOf<T> = T extends Route<infer _P, infer Q, unknown, unknown> ? Q : never
export type BodyOf<T> = T extends Route<infer _P, infer _Q, infer B, unknown> ? B : never
export type AnswerOf<T> = T extends Route<infer _P, infer _Q, infer _B, infer R> ? R : never
