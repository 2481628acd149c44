/** A text in the seven languages: one field each, the reader's own first. Each field carries its `lang`, so it is spoken and drawn right. */
import { type Language, languages } from '@lanmei/model/language'
import { useId } from 'react'
import chineseFonts from '../fonts/chinese.css?url'
import { languageNames } from '../shell/preferences.ts'
import { useReader } from '../shell/reader-context.tsx'
import './form.css'

type Typed = Partial<Record<Language, string>>

export function WordsFields({
  label,
  hint,
  wrong,
  words,
  onChange,
}: {
  label: string
  hint?: string
  wrong?: string
  words: Typed
  onChange: (words: Typed) => void
}) {
  const { language } = useReader()
  const id = useId()
  const order = [language, ...languages.filter((code) => code !== language)]
  return (
    <fieldset className="words" aria-describedby={wrong ? `${id}-wrong` : undefined}>
      {/* The Chinese name is typed and read in pages that have no Chinese fonts of their own. */}
      <link rel="stylesheet" href={chineseFonts} precedence="default" />
      <legend>{label}</legend>
      {hint && <span className="hint quiet small">{hint}</span>}
      {wrong && (
        <span className="field">
          <span className="wrong" id={`${id}-wrong`} role="alert">
            {wrong}
          </span>
        </span>
      )}
      {order.map((code, place) => (
        <div key={code} className="word">
          <label htmlFor={`${id}-${code}`} lang={code}>
            {languageNames[code]}
          </label>
          <input
            id={`${id}-${code}`}
            lang={code}
            maxLength={2000}
            aria-invalid={(wrong && place === 0) || undefined}
            value={words[code] ?? ''}
            onChange={({ target }) => onChange({ ...words, [code]: target.value })}
          />
        </div>
      ))}
    </fieldset>
  )
}
