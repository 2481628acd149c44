/** The seven languages of the cooperation, as equals, and texts that carry several of them. */
import Type, { type Static } from 'typebox'

/** Language codes in alphabetical order (BCP 47). */
export const languages = ['en', 'km', 'lo', 'my', 'th', 'vi', 'zh'] as const
export type Language = (typeof languages)[number]

export function isLanguage(code: string): code is Language {
  return (languages as readonly string[]).includes(code)
}

const one = () => Type.Optional(Type.String({ minLength: 1, maxLength: 2000 }))

/** A text in as many of the seven languages as are known; at least one. */
export const Words = Type.Object(
  { en: one(), km: one(), lo: one(), my: one(), th: one(), vi: one(), zh: one() },
  {
    additionalProperties: false,
    minProperties: 1,
    description: 'A text in as many of the seven languages as are known',
  },
)
export type Words = Static<typeof Words>

/** The text in the asked language, else in English, else in the first that is there; with the language it is in. */
export function inLanguage(words: Words, language: Language): { text: string; language: Language } {
  for (const code of [language, 'en', ...languages] as Language[]) {
    const text = words[code]
    if (text) return { text, language: code }
  }
  return { text: '', language }
}
