/** The frame of every page: head, header, footer, and the error page. */
import { me as meRoute, node as nodeRoute } from '@lanmei/api/contract/house'
import type { ReactNode } from 'react'
import {
  isRouteErrorResponse,
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from 'react-router'
import './fonts/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import './shell/shell.css'
import chineseFonts from './fonts/chinese.css?url'
import { asking, type Refusal } from './shell/doors.ts'
import { Footer } from './shell/footer.tsx'
import { Header } from './shell/header.tsx'
import { PageError } from './shell/page-error.tsx'
import { type Preferences, readPreferences } from './shell/preferences.ts'
import { ReaderProvider } from './shell/reader-context.tsx'
import type { Me, Node } from './shell/told.ts'

/** What every page may use: `useRouteLoaderData<typeof rootLoader>('root')`. */
export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const [node, me] = await Promise.all([ask(nodeRoute), ask(meRoute)])
  return {
    node: node as Node,
    me: me as Me,
    preferences: readPreferences(asked.request.headers),
    nowMs: Date.now(),
  }
}
export type RootData = Awaited<ReturnType<typeof loader>>

const standard: Preferences = { language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof loader>('root')
  const preferences = root?.preferences ?? standard
  return (
    <html lang={preferences.language} data-theme={preferences.theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        {preferences.language === 'zh' && <link rel="stylesheet" href={chineseFonts} />}
        <Meta />
        <Links />
      </head>
      <body>
        <ReaderProvider preferences={preferences}>
          <Header root={root} />
          <main id="content" tabIndex={-1}>
            {children}
          </main>
          <Footer root={root} />
        </ReaderProvider>
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  const error = useRouteError()
  if (isRouteErrorResponse(error)) {
    const { code, details } = (error.data ?? {}) as Partial<Refusal>
    return (
      <PageError
        status={error.status}
        code={code ?? 'internal'}
        reference={String(details?.reference ?? details?.instance ?? '')}
        reason={typeof details?.reason === 'string' ? details.reason : undefined}
      />
    )
  }
  return <PageError status={500} code="internal" reference="" />
}
