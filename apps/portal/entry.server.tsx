/** Draws a page on the server, whole, so it can be read without script. */
import { renderToReadableStream } from 'react-dom/server'
import { type EntryContext, type RouterContextProvider, ServerRouter } from 'react-router'
import { doorsContext } from './shell/doors.ts'
import { readPreferences } from './shell/preferences.ts'
import { loadTexts } from './shell/texts.ts'

export default async function draw(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  await loadTexts(readPreferences(request.headers).language)
  const { nonce } = context.get(doorsContext)
  const body = await renderToReadableStream(
    <ServerRouter context={entry} url={request.url} nonce={nonce} />,
    { nonce, signal: request.signal },
  )
  await body.allReady
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.append('vary', 'cookie, accept-language')
  return new Response(body, { status, headers })
}
