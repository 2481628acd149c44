/** A route of the contract together with what answers it. The server checks right and shapes before the handler is called. */
import type { Route } from '@lanmei/api/route'
import type { Duty } from '@lanmei/model/kinds/role'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A role somebody holds: id of the role's record, and what the record says. */
export type HeldRole = { id: string; party: string; area: string; duty: Duty }

/**
 * Who asks. `duty` is the highest that holds; `author` is what is written into the journal: a role with a pseudonym
 * (`role:la-officer#p-1f3c...`) or a key (`key:...`), never a name. For nobody, `id` and `author` are ''.
 */
export type Asker = {
  readonly kind: 'nobody' | 'person' | 'key'
  readonly id: string
  readonly duty: Duty | 'none'
  readonly author: string
  readonly roles: readonly HeldRole[]
  /** True when the person's duty asks for a second factor and the days of grace are over. */
  readonly secondFactorMissing: boolean
}

export const nobody: Asker = {
  kind: 'nobody',
  id: '',
  duty: 'none',
  author: '',
  roles: [],
  secondFactorMissing: false,
}

export type Call<P, Q, B> = {
  readonly parameters: P
  readonly query: Q
  readonly body: B
  readonly asker: Asker
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type Handler<P, Q, B, R> = (call: Call<P, Q, B>) => R | FastifyReply | Promise<R | FastifyReply>

export type Binding = {
  readonly route: Route
  readonly handler: Handler<unknown, unknown, unknown, unknown>
}

/**
 * Binds a handler to a route; its types follow from the route's schemas. The handler returns the answer, which is sent as
 * JSON with the route's status, or sends something else itself and returns `reply` (`return reply.type(...).send(stream)`).
 */
export function bind<P, Q, B, R>(route: Route<P, Q, B, R>, handler: Handler<P, Q, B, R>): Binding {
  return { route: route as Route, handler: handler as Binding['handler'] }
}
