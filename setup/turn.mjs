/** One at a time: set-up steps that change the checkout wait for each other, by a file that names who is at work. */
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { at, textOf } from './checkout.mjs'
import { say } from './say.mjs'

const file = at('.toolchain', 'at-work')
let held = 0

/** Runs `work` while no other set-up of this checkout does. The file of a dead process does not count. */
export async function inTurn(work) {
  if (held > 0) return work()
  mkdirSync(at('.toolchain'), { recursive: true })
  let told = false
  while (!take()) {
    const holder = Number(textOf(file))
    if (holder && !lives(holder)) rmSync(file, { force: true })
    else if (!told) {
      say(`Waiting for another set-up of this checkout (process ${holder}) ...`)
      told = true
    }
    await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 100))
  }
  held++
  const leave = () => rmSync(file, { force: true })
  process.once('exit', leave)
  try {
    return await work()
  } finally {
    held--
    process.off('exit', leave)
    leave()
  }
}

function take() {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

function lives(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
