/** A typed client made from the contract: `call(stationsGet, { parameters: { id } })`. Works with any fetch. */
import { Problem, type ProblemCode } from '@lanmei/model/problem'
import type { AnswerOf, BodyOf, ParametersOf, QueryOf, Route } from './route.ts'

export type CallInput<T> = {
  parameters?: ParametersOf<T>
  query?: QueryOf<T>
  body?: BodyOf<T>
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** The address of a route with its parameters and query filled in; undefined query values are left out. */
export function addressOf<T extends Route>(
  route: T,
  input: Pick<CallInput<T>, 'parameters' | 'query'> = {},
): string {
  const parameters = (input.parameters ?? {}) as Record<string, unknown>
  const path = route.path.replace(/:([a-z]+)/gi, (_, name: string) =>
    encodeURIComponent(String(parameters[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>))
    if (value !== undefined && value !== null) query.set(name, String(value))
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** Makes a client for a node at `base` ('' for the page's own). A refusal is thrown as a Problem with the node's code. */
export function client(base: string, fetcher: typeof fetch = fetch) {
  return async function call<T extends Route>(route: T, input: CallInput<T> = {}): Promise<AnswerOf<T>> {
    const headers: Record<string, string> = { accept: 'application/json', ...input.headers }
    if (input.body !== undefined) headers['content-type'] = 'application/json'
    const response = await fetcher(base + addressOf(route, input), {
      method: route.method,
      headers,
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
      credentials: 'same-origin',
      signal: input.signal,
    })
    if (!response.ok) throw await refusal(response)
    return (await response.json()) as AnswerOf<T>
  }
}

async function refusal(response: Response): Promise<Problem> {
  let document: Record<string, unknown> = {}
  try {
    document = (await response.json()) as Record<string, unknown>
  } catch {
    // A proxy between may answer without a problem document; the status says enough.
  }
  const { code, type: _type, title: _title, status: _status, detail: _detail, ...details } = document
  return new Problem((code as ProblemCode | undefined) ?? 'internal', { status: response.status, ...details })
}
