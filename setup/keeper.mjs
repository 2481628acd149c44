/** Keeps a program running: when it ends in a way nobody asked for, it is started again from what is on disk. */
import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './checkout.mjs'
import { say } from './say.mjs'

/** A program that ends sooner than this was never up: a wrong setting or a taken port, which starting again will not mend. */
const upAfterMs = 10_000
/** So many ends within the window are no accident. */
const mostEnds = 5
const windowMs = 600_000
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']

/**
 * Runs a Node program in the foreground. Signals are passed on, and after one the program may end for good.
 * @returns its exit code
 */
export async function keepRunning(args, { wait = sleep, now = Date.now } = {}) {
  const ends = []
  for (;;) {
    const started = now()
    const { code, signal, asked } = await runOnce(args)
    if (asked || (signal === null && code === 0)) return code ?? 0
    const crashed = signal !== null || now() - started >= upAfterMs
    if (!crashed) return code ?? 1
    ends.push(now())
    const recent = ends.filter((at) => at > now() - windowMs).length
    if (recent > mostEnds) {
      say(`The node ended ${recent} times within ten minutes; look at its log before starting it again.`)
      return code ?? 1
    }
    say(`The node ended unexpectedly (${signal ?? `code ${code}`}); it starts again from what is on disk.`)
    await wait(1000 * recent)
  }
}

function runOnce(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
    const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
    let asked = false
    const pass = (signal) => {
      asked = true
      // A terminal sends Ctrl-C to the child as well; twice would mean "at once" to it.
      if (!(signal === 'SIGINT' && atTerminal)) child.kill(signal)
    }
    for (const signal of signals) process.on(signal, pass)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      resolve({ code, signal, asked })
    })
  })
}
