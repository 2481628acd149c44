/** Puts a text on the clipboard and says so; where that is not allowed, marks it for copying by hand. */
import { useState } from 'react'
import { useReader } from '../shell/reader-context.tsx'

export function CopyButton({ text, from }: { text: string; from: string }) {
  const { t } = useReader()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      const shown = document.getElementById(from)
      if (shown) getSelection()?.selectAllChildren(shown)
    }
  }
  return (
    <button type="button" className="button-small" onClick={copy} aria-live="polite">
      {t(copied ? 'form.copied' : 'form.copy')}
    </button>
  )
}
