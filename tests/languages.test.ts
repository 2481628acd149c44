/** Seven languages as equals: the same texts in each, the same arguments in each text, and no text outside of them. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { parseSync, Visitor } from 'rolldown/utils'

const root = fileURLToPath(new URL('..', import.meta.url))
const languages = ['zh', 'en', 'km', 'lo', 'my', 'th', 'vi']

/** Text by key; nested objects give keys with dots. */
type Texts = Map<string, unknown>

function flatten(value: unknown, path: string[] = [], into: Texts = new Map()): Texts {
  if (value !== null && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) flatten(inner, [...path, key], into)
  else into.set(path.join('.'), value)
  return into
}

/** The arguments of a message, `name:kind`. Throws when the message is not valid ICU. */
function argumentsOf(message: string, language: string): Set<string> {
  const found = new Set<string>()
  type Element = ReturnType<IntlMessageFormat['getAst']>[number]
  const walk = (elements: readonly Element[]) => {
    for (const element of elements) {
      // Literal text and the number sign of a plural name nothing.
      if (element.type === 0 || element.type === 7) continue
      // A language without plurals says {n} or {n, number} where another says {n, plural, ...}.
      const kind = { 1: '', 2: '', 3: 'date', 4: 'time', 5: 'select', 6: '', 8: 'tag' }[
        element.type as number
      ]
      found.add(`${element.value}:${kind}`)
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value)
      if ('children' in element) walk(element.children)
    }
  }
  walk(new IntlMessageFormat(message, language).getAst())
  return found
}

/** What is wrong with the texts of one folder, by language. */
function faultsOf(texts: Map<string, Texts>): string[] {
  const faults: string[] = []
  const keys = new Set([...texts.values()].flatMap((each) => [...each.keys()]))
  for (const key of keys) {
    const expected = new Map<string, string>()
    for (const language of languages) {
      const message = texts.get(language)?.get(key)
      if (message === undefined) faults.push(`${language}: "${key}" is missing`)
      else if (typeof message !== 'string') faults.push(`${language}: "${key}" is not a text`)
      else if (message.trim() === '') faults.push(`${language}: "${key}" is empty`)
      else
        try {
          expected.set(language, [...argumentsOf(message, language)].sort().join(' '))
        } catch (error) {
          faults.push(`${language}: "${key}" is not a valid message: ${(error as Error).message}`)
        }
    }
    const english = expected.get('en')
    for (const [language, found] of expected)
      if (english !== undefined && found !== english)
        faults.push(`${language}: "${key}" has the arguments [${found}], English has [${english}]`)
  }
  return faults
}

const folders = ['apps/portal/texts', ...globSync('areas/*/texts', { cwd: root })]

for (const folder of folders)
  test(`the texts in ${folder} are the same in seven languages`, () => {
    const files = globSync('*.json', { cwd: join(root, folder) }).sort()
    assert.deepEqual(files, languages.map((language) => `${language}.json`).sort())
    const texts = new Map(
      languages.map((language) => {
        const path = join(root, folder, `${language}.json`)
        return [language, flatten(JSON.parse(readFileSync(path, 'utf8')))]
      }),
    )
    assert.ok((texts.get('en')?.size ?? 0) > 0, 'there are texts')
    assert.deepEqual(faultsOf(texts), [])
  })

const spokenAttributes =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|description|errorMessage)$/

/** Texts a reader would see or hear that stand in the page itself and not among the texts. */
function literalTextsOf(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source)
  assert.deepEqual(
    errors.map((error) => error.message),
    [],
    `${path} cannot be read`,
  )
  const found: string[] = []
  const line = (start: number) => source.slice(0, start).split('\n').length
  const note = (text: string, start: number) => {
    // The name of the system is the same in every language that writes it in Latin letters.
    if (/\p{L}/u.test(text.replaceAll('Lanmei', ''))) found.push(`${path}:${line(start)} "${text.trim()}"`)
  }
  // biome-ignore lint/suspicious/noExplicitAny: the shapes of the syntax tree are many, and only a few matter here
  const shown = (node: any): void => {
    if (node.type === 'Literal' && typeof node.value === 'string') note(node.value, node.start)
    else if (node.type === 'TemplateLiteral')
      for (const quasi of node.quasis) note(quasi.value.cooked ?? '', quasi.start)
    else if (node.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(shown)
    else if (node.type === 'LogicalExpression') [node.left, node.right].forEach(shown)
    else if (node.type === 'JSXExpressionContainer' || node.type === 'ParenthesizedExpression')
      shown(node.expression)
  }
  new Visitor({
    JSXElement(node) {
      const name = node.openingElement.name
      if (name.type === 'JSXIdentifier' && /^(style|script)$/.test(name.name)) return
      for (const child of node.children)
        if (child.type === 'JSXText') note(child.value, child.start)
        else if (child.type === 'JSXExpressionContainer') shown(child)
    },
    JSXFragment(node) {
      for (const child of node.children)
        if (child.type === 'JSXText') note(child.value, child.start)
        else if (child.type === 'JSXExpressionContainer') shown(child)
    },
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (spokenAttributes.test(name) && node.value) shown(node.value)
    },
  }).visit(program)
  return found
}

test('no page of the portal has a text of its own', () => {
  const pages = globSync('apps/portal/**/*.tsx', {
    cwd: root,
    exclude: ['**/node_modules/**', '**/build/**', '**/*.test.tsx'],
  })
  assert.ok(pages.length > 0 || !existsSync(join(root, 'apps/portal/vite.config.ts')), 'the pages were found')
  assert.deepEqual(
    pages.flatMap((path) => literalTextsOf(path, readFileSync(join(root, path), 'utf8'))),
    [],
  )
})

test('each fault in the texts is found', () => {
  const base = {
    hello: 'Hello {name}',
    count: '{n, plural, one {# gauge} other {# gauges}}',
    at: '{t, date, short}',
  }
  const check = (language: string, change: Record<string, unknown>) =>
    faultsOf(
      new Map(languages.map((each) => [each, flatten(each === language ? { ...base, ...change } : base)])),
    )
  assert.deepEqual(check('zh', { count: '{n} 个' }), [], 'a language without plurals needs none')
  assert.match(check('zh', { hello: undefined }).join(), /zh: "hello" is missing/)
  assert.match(check('th', { hello: ' ' }).join(), /th: "hello" is empty/)
  assert.match(check('vi', { hello: 'Chào {ten}' }).join(), /vi: "hello" has the arguments/)
  assert.match(check('my', { at: '{t}' }).join(), /my: "at" has the arguments/)
  assert.match(check('lo', { hello: 'ສະບາຍດີ {name' }).join(), /lo: "hello" is not a valid message/)
  assert.match(check('km', { extra: 'x' }).join(), /zh: "extra" is missing/)
})

test('a literal text is found in each of its hiding places', () => {
  const page = `export const a = (on: boolean) => <main title="Map">Level {'high'} {on ? \`up \${1}\` : '–'} {on && 'late'}
    <img alt={'River'} className="wide" /><style>{'p { color: red }'}</style><><b>42</b>Fragment Lanmei</></main>`
  const found = literalTextsOf('a.tsx', page).map((text) => text.replace(/^.*? /, ''))
  assert.deepEqual(found.sort(), [
    '"Fragment Lanmei"',
    '"Level"',
    '"Map"',
    '"River"',
    '"high"',
    '"late"',
    '"up"',
  ])
})
