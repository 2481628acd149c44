/** Hands the reader (texts, numbers, times) down to every component. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { Preferences } from './preferences.ts'
import { makeReader, type NamedText, type Reader } from './reader.ts'
import { textsOf } from './texts.ts'

const ReaderContext = createContext<Reader | undefined>(undefined)

export function ReaderProvider({ preferences, children }: { preferences: Preferences; children: ReactNode }) {
  const reader = useMemo(() => makeReader(preferences, textsOf(preferences.language)), [preferences])
  return <ReaderContext value={reader}>{children}</ReaderContext>
}

/** `const { t, number, time } = useReader()` */
export function useReader(): Reader {
  const reader = useContext(ReaderContext)
  if (!reader) throw new Error('useReader stands outside of a ReaderProvider')
  return reader
}

/** A name that may be in another language than the page. */
export function Named({ of: { text, lang } }: { of: NamedText }) {
  return lang ? <span lang={lang}>{text}</span> : text
}
