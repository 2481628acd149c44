/** `npm test`: runs every test file and counts honestly. Needs Node 24, as the tests do. */
import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import { run } from 'node:test'
import { at, filesBelow, root } from './checkout.mjs'
import { SetupFault } from './say.mjs'

const isTest = (file) => /\.test\.ts$/.test(file)

/** Runs the tests in the named files and folders (all when none is named). Gives the exit code. */
export async function runTests(names) {
  const places = names.length
    ? names.map((name) => resolve(process.env.INIT_CWD ?? '', name))
    : ['packages', 'apps', 'tests'].map((name) => at(name))
  const files = places.flatMap((place, i) => {
    const found = filesBelow(place).filter(isTest)
    if (found.length === 0 && names.length) throw new SetupFault(`There is no test in ${names[i]}.`)
    return found
  })
  const seen = { skipped: [], failed: [], empty: [], counts: undefined }
  const stream = run({
    files: [...new Set(files)],
    cwd: root,
    // One process a file; beside them run databases and browsers, so two cores are busy with two.
    concurrency: Math.max(2, Math.min(4, availableParallelism())),
    timeout: 15 * 60_000,
  })
  stream.on('test:complete', (event) => noteFile(event))
  stream.on('test:pass', (event) => {
    // A file without a test reports itself as one that passed.
    if (event.nesting === 0 && event.name === event.file) seen.empty.push(event.file)
    if (event.skip !== undefined || event.todo !== undefined) seen.skipped.push(event)
  })
  stream.on('test:fail', (event) => {
    // A test that failed only because one inside it did would say the same twice.
    if (event.todo !== undefined) seen.skipped.push(event)
    else if (event.details.error?.failureType !== 'subtestsFailed') seen.failed.push(event)
  })
  stream.on('test:summary', (event) => {
    if (event.file === undefined) seen.counts = event.counts
  })
  const said = new Map()
  for (const kind of ['test:stdout', 'test:stderr'])
    stream.on(kind, ({ file, message }) => said.set(file, ((said.get(file) ?? '') + message).slice(-6000)))
  for await (const _ of stream);
  showFailures(seen.failed, said)
  showSkipped(seen.skipped)
  return showTotals(seen)
}

/** One line when a test file is through. */
function noteFile({ nesting, file, name, details }) {
  if (nesting !== 0 || file === undefined || resolve(root, name) !== file) return
  const seconds = (details.duration_ms / 1000).toFixed(1).padStart(6)
  console.log(`${details.passed === false ? 'FAIL' : '  ok'} ${seconds} s  ${relative(root, file)}`)
}

function showFailures(failed, said) {
  for (const { name, file, line, details } of failed) {
    const error = details.error?.cause ?? details.error
    const text = error?.stack ?? error?.message ?? String(error)
    const { exitCode, signal } = details.error ?? {}
    const end = exitCode || signal ? `: its process ended with ${signal ?? exitCode}` : ''
    console.log(
      `\nFAILED  ${file === name ? relative(root, name) : name}${end}\n        ${file ? `${relative(root, file)}:${line ?? 1}` : ''}`,
    )
    console.log(indent(text))
    if (Object.hasOwn(Object(error), 'expected') && !text.includes('expected'))
      console.log(indent(`expected: ${short(error.expected)}\nactual:   ${short(error.actual)}`))
  }
  for (const file of new Set(failed.map((event) => event.file)))
    if (said.get(file)?.trim()) console.log(`\nSaid by ${relative(root, file)}:\n${indent(said.get(file))}`)
}

function showSkipped(skipped) {
  if (skipped.length) console.log('\nSkipped:')
  for (const { name, file, skip, todo } of skipped) {
    const why = [skip, todo].find((reason) => typeof reason === 'string') ?? 'no reason given'
    console.log(`  ${relative(root, file ?? '')}: ${name} (${why})`)
  }
}

function showTotals({ counts, failed, empty }) {
  if (counts === undefined) {
    console.log('\nThe test runner ended without a count.')
    return 1
  }
  for (const file of empty) console.log(`\nNo test in ${relative(root, file)}`)
  const passed = counts.passed - empty.length
  const wrong = Math.max(counts.failed + counts.cancelled, failed.length)
  console.log(`\n${passed} passed, ${wrong} failed, ${counts.skipped + counts.todo} skipped`)
  return wrong > 0 || passed === 0 ? 1 : 0
}

const indent = (text) => text.trimEnd().replace(/^/gm, '        ')
const short = (value) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return String(text).slice(0, 400)
}
