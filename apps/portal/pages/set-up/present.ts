/** The first set-up: the code out of the address, and what is wrong with the form before it is sent. Pure. */
import type { Language } from '@lanmei/model/language'
import { passwordWrong } from '../account/present.ts'
import { isAddress, type Wrong } from '../sign-in/present.ts'

export type SetUpForm = {
  code: string
  party: string
  languages: Language[]
  name: string
  email: string
  password: string
}

/** The code of the start line: after the # sign, or in the query. */
export function codeIn(search: string, hash: string): string {
  return (
    new URLSearchParams(hash.replace(/^#/, '')).get('code') ?? new URLSearchParams(search).get('code') ?? ''
  )
}

export function setUpWrong(form: SetUpForm): Wrong<SetUpForm> {
  const wrong: Wrong<SetUpForm> = {}
  if (!form.code.trim()) wrong.code = 'set-up.code-missing'
  if (!form.party) wrong.party = 'set-up.party-missing'
  if (form.languages.length === 0) wrong.languages = 'set-up.languages-missing'
  if (!form.name.trim()) wrong.name = 'form.name-missing'
  if (!isAddress(form.email)) wrong.email = form.email.trim() ? 'form.email-malformed' : 'form.email-missing'
  const password = passwordWrong(form.password)
  if (password) wrong.password = password
  return wrong
}
