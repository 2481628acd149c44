/** How a loader reaches the node: through the doors it was handed, as the visitor who asks. Server only in effect. */
import { client } from '@lanmei/api/client'
import { isProblem } from '@lanmei/model/problem'
import { createContext, data, type RouterContextProvider } from 'react-router'

export type Doors = { fetch: typeof fetch; nonce?: string }

export const doorsContext = createContext<Doors>()

type Asked = { request: Request; context: Readonly<RouterContextProvider> }

/** What an error page is told of a refusal by the node. */
export type Refusal = { code: string; details: Record<string, unknown> }

/**
 * The typed client for a loader or action, carrying the visitor's cookies and language.
 * A problem becomes a route error response with the node's own status, so the error page can name it.
 */
export function asking({ request, context }: Asked): ReturnType<typeof client> {
  const doors = context.get(doorsContext)
  const origin = new URL(request.url).origin
  const carried: typeof fetch = (address, init) => {
    const headers = new Headers(init?.headers)
    const cookie = request.headers.get('cookie')
    if (cookie) headers.set('cookie', cookie)
    return doors.fetch(address, { ...init, headers, signal: request.signal })
  }
  const call = client(origin, carried)
  return async (route, input) => {
    try {
      return await call(route, input)
    } catch (error) {
      throw isProblem(error) ? refusal(error.code, error.details) : error
    }
  }
}

/** The refusal in what `asking` threw; undefined for any other fault. For forms that show it where it happened. */
export function refusalIn(thrown: unknown): Refusal | undefined {
  const { data: told } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as { data?: unknown }
  const { code, details } = (typeof told === 'object' && told !== null ? told : {}) as Partial<Refusal>
  return typeof code === 'string' && details ? { code, details } : undefined
}

function refusal(code: string, details: Readonly<Record<string, unknown>>) {
  const status = typeof details.status === 'number' ? details.status : 500
  return data({ code, details } satisfies Refusal, { status })
}
