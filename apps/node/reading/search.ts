/** Search in names of all languages and in codes: part of a word is enough, accents of Latin letters do not matter. */
import type { Words } from '@lanmei/model/language'

/** Lower case, without the accents of Latin letters. Marks of other scripts are vowels and stay. */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFC')
}

/** True when every word of the question stands in a name, an id or an alias. */
export function matches(question: string, name: Words, codes: readonly string[]): boolean {
  const text = searchable([...Object.values(name), ...codes].join('\n'))
  return searchable(question)
    .split(/\s+/)
    .every((word) => text.includes(word))
}
