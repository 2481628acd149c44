/** Running other programs: quietly with their output kept, in the foreground, or in our own place. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { at, root, textOf } from './checkout.mjs'

/** Runs a program to its end. Gives its exit code and all it said. */
export function runQuietly(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    const hear = (chunk) => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code, signal) => resolve({ code: code ?? 1, signal, output }))
  })
}

/** Runs a program in the foreground: it has our terminal and gets our signals. Gives its exit code, or dies by its signal. */
export function runInFront(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options })
    const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']
    const pass = (signal) => {
      // A terminal sends Ctrl-C to the child as well; twice would mean "at once" to many programs.
      if (!(signal === 'SIGINT' && atTerminal)) child.kill(signal)
    }
    for (const signal of signals) process.on(signal, pass)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      if (signal) process.kill(process.pid, signal)
      else resolve(code ?? 1)
    })
  })
}

/** Whether npm and its shell are right above us. */
function isBelowNpm() {
  return (
    process.platform !== 'win32' && Boolean(process.env.npm_lifecycle_event) && !process.env.SETUP_FIRST_NODE
  )
}

/** Ends us when npm ends: on a signal npm ends only its shell, and what that started would stay behind. */
export function endWithNpm() {
  if (!isBelowNpm()) return
  const parent = process.ppid
  const watch = () => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }
  const timer = setInterval(watch, 250).unref()
}

/** Puts a Node program in our own place, so that no idle process stays above it; in front of us where that cannot be. */
export async function becomeNode(args) {
  if (process.platform !== 'win32' && typeof process.execve === 'function' && !isBelowNpm()) {
    process.chdir(root)
    process.removeAllListeners('warning')
    process.emitWarning = () => {}
    process.execve(process.execPath, [process.execPath, ...args], process.env)
  }
  return runInFront(process.execPath, args)
}

/** npm, run by the Node it came with: where the set-up changed to a newer Node, an old npm may not know that one. */
export function runNpm(args) {
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier', '--loglevel=error']
  const { npm_execpath: script, npm_node_execpath: node, ...rest } = process.env
  // What npm told us of the script we run in would steer the npm we start.
  const env = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !/^npm_(package|lifecycle|command)/.test(name)),
  )
  if (script?.endsWith('.js') && /npm/.test(script))
    return runQuietly(process.env.SETUP_FIRST_NODE ?? node ?? process.execPath, [script, ...args, ...quiet], {
      env,
    })
  const windows = process.platform === 'win32'
  return runQuietly(windows ? 'npm.cmd' : 'npm', [...args, ...quiet], { env, shell: windows })
}

/** The JavaScript file behind a command of an installed package, to be run by Node without a shell. */
export function commandOf(name) {
  const home = at('node_modules', name)
  const { bin } = JSON.parse(textOf(join(home, 'package.json')) ?? '{ "bin": "" }')
  return join(home, typeof bin === 'string' ? bin : Object.values(bin)[0])
}
