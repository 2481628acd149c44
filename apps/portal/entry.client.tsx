/** Wakes the page in the browser, once the texts of its language are there. */
import { isLanguage } from '@lanmei/model/language'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { HydratedRouter } from 'react-router/dom'
import { loadTexts } from './shell/texts.ts'

const { lang } = document.documentElement
await loadTexts(isLanguage(lang) ? lang : 'en')
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  )
})
