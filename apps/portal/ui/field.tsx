/** A field of a form: its name, a hint, the control, and what is wrong with it, tied together for those who cannot see. */
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from 'react'
import { useReader } from '../shell/reader-context.tsx'
import './form.css'

type Tied = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }
type About = { label: string; hint?: string; wrong?: string }

export function Field({ label, hint, wrong, children }: About & { children: (tied: Tied) => ReactNode }) {
  const id = useId()
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(wrong ? { 'aria-invalid': true } : {}),
      })}
      {wrong && (
        <span className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  )
}

export function TextField({ label, hint, wrong, ...input }: About & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(tied) => <input {...input} {...tied} />}
    </Field>
  )
}

export function PasswordField(props: About & ComponentProps<'input'>) {
  return <TextField {...props} type="password" spellCheck={false} autoCapitalize="none" />
}

export function ChoiceField({
  label,
  hint,
  wrong,
  choices,
  ...select
}: About & ComponentProps<'select'> & { choices: readonly (readonly [value: string, name: string])[] }) {
  return (
    <Field label={label} hint={hint} wrong={wrong}>
      {(tied) => (
        <select {...select} {...tied}>
          {choices.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Several of a few: one box a line. */
export function BoxField({
  label,
  hint,
  wrong,
  boxes,
  chosen,
  onChange,
}: About & {
  boxes: readonly { value: string; name: string; lang?: string; detail?: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}) {
  const id = useId()
  return (
    <fieldset className="field boxes" aria-describedby={wrong ? `${id}-wrong` : undefined}>
      <legend>{label}</legend>
      {hint && <span className="hint">{hint}</span>}
      {boxes.map(({ value, name, lang, detail }, place) => (
        <label key={value} className="box">
          <input
            type="checkbox"
            value={value}
            checked={chosen.includes(value)}
            aria-invalid={(wrong && place === 0) || undefined}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))
            }
          />
          <span>
            <span lang={lang}>{name}</span>
            {detail && <span className="quiet small"> {detail}</span>}
          </span>
        </label>
      ))}
      {wrong && (
        <span className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </fieldset>
  )
}

/**
 * The button that sends a form; it says so while it is under way. After a try that found something wrong it leads to the first
 * such field, which may stand out of sight. `quiet`: where another thing on the page is to be done next.
 */
export function SendButton({
  busy,
  quiet,
  children,
}: {
  busy: boolean
  quiet?: boolean
  children: ReactNode
}) {
  const { t } = useReader()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const form = button.current?.form
    const lead = () =>
      requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
    form?.addEventListener('submit', lead)
    return () => form?.removeEventListener('submit', lead)
  }, [])
  return (
    <button
      ref={button}
      type="submit"
      className={quiet ? undefined : 'button-next'}
      aria-disabled={busy || undefined}
    >
      {busy ? t('form.sending') : children}
    </button>
  )
}
