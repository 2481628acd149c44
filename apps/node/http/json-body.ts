/** Reads JSON bodies. Texts that no store can hold (NUL, half a surrogate pair) are refused at the door. */
import { problem } from '@lanmei/model/problem'
import type { FastifyInstance, FastifyRequest } from 'fastify'

type Done = (error: Error | null, body?: unknown) => void

const suspicious = /\\u(0000|d[89a-f])/i

/** Parses with the framework's own parser, which refuses `__proto__`, and then looks at the texts where there is reason to. */
export function readJson(server: FastifyInstance, request: FastifyRequest, text: string, done: Done): void {
  // A POST without a body is one without content, not broken JSON.
  if (text === '') {
    done(null)
    return
  }
  const parse = server.getDefaultJsonParser('error', 'error') as (
    request: FastifyRequest,
    text: string,
    done: Done,
  ) => void
  parse(request, text, (error, body) => {
    if (!error && suspicious.test(text) && !isStorable(body))
      done(problem('bad-request', { reason: 'a text holds a character that cannot be stored' }))
    else done(error, body)
  })
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, part]) => isStorable(name) && isStorable(part))
}
