/** `lanmei`: reads the command line, has the node do the work, and says what came of it. */
import type { Notice } from '@lanmei/model/notice'
import { readArguments, UsageFault } from './arguments.ts'
import { newProgressBar } from './progress.ts'
import { helpLines, reportLines } from './report.ts'
import { loadLine, loadSummary, refusedSomething } from './summary.ts'
import { problems, summaries, texts } from './texts.ts'
import { type Counts, type Message, runWork } from './work.ts'

const interrupted = 130

/** Runs a command line to its end. Gives the exit status. */
export async function main(words: string[]): Promise<number> {
  // Who reads us may have enough after the first lines (`lanmei status | head`): that is no fault.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  let asked: ReturnType<typeof readArguments>
  try {
    asked = readArguments(words)
  } catch (error) {
    if (!(error instanceof UsageFault)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  const { command, request, json, strict } = asked
  if (command === 'help') return help(request.about as string | undefined)

  const bar = newProgressBar(process.stderr)
  const examples = new Map<string, Notice[]>()
  const say = (sentence: string) => {
    bar.clear()
    process.stderr.write(`${sentence}\n`)
  }
  const hear = (message: Message) => {
    if (message.type === 'progress') bar.show(message)
    else if (message.type === 'say') say(texts.sayings[message.code] ?? message.code)
    else if (message.type === 'notice') {
      const list = examples.get(message.notice.code) ?? []
      list.push(message.notice)
      examples.set(message.notice.code, list)
    }
  }
  const ended = await runWork(command, request, hear, () => say(texts.stopping))
  bar.clear()
  if (ended.killed) {
    say(texts.killed)
    return interrupted
  }
  if (ended.problem) {
    const { code, details, message } = ended.problem
    say(problems[code]?.(details) ?? message)
    return 1
  }
  if (!ended.result) {
    say(texts.ended(ended.how))
    return 1
  }
  if (command !== 'load' && ended.result.stopped === true) {
    say(texts.stopped)
    return interrupted
  }
  // With --json standard output holds the one line alone.
  const print = json ? say : (line: string) => process.stdout.write(`${line}\n`)
  if (command === 'load')
    return endOfLoad(ended.result, examples, { json, strict, dryRun: request.dryRun === true }, print)
  for (const line of reportLines(command, ended.result)) print(line)
  if (json) process.stdout.write(`${JSON.stringify(ended.result)}\n`)
  return ended.result.ok === false ? 1 : 0
}

type LoadEnd = { counts: Counts; filesTaken: number; stopped: boolean }

function endOfLoad(
  result: Record<string, unknown>,
  examples: Map<string, Notice[]>,
  { json, strict, dryRun }: { json: boolean; strict: boolean; dryRun: boolean },
  print: (line: string) => void,
): number {
  const { counts, filesTaken, stopped } = result as unknown as LoadEnd
  const taken = filesTaken > 0 && (counts.refused === 0 || counts.read > counts.refused)
  for (const line of loadSummary(counts, examples)) print(line)
  if (dryRun) print(texts.dryRun)
  if (stopped) print(texts.stoppedLoad)
  else if (!taken) print(texts.nothingTaken)
  if (json) process.stdout.write(`${loadLine(counts)}\n`)
  if (stopped) return interrupted
  return !taken || (strict && refusedSomething(counts)) ? 1 : 0
}

function help(about: string | undefined): number {
  if (about !== undefined && !Object.hasOwn(summaries, about)) {
    process.stderr.write(`${helpLines(undefined).join('\n')}\n`)
    return 2
  }
  process.stdout.write(`${helpLines(about).join('\n')}\n`)
  return 0
}
