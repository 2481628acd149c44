/** What the set-up says: short lines for a person, on standard error so that a command's own output stays clean. */

/** Prints one line. */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/** A fault the user can do something about: its message is all that is shown. */
export class SetupFault extends Error {}

/** A program's words without the addresses it fetched from: they differ by place and help nobody. */
export function withoutAddresses(text) {
  return text.replace(/https?:\/\/[^\s'")]+/g, '(address)').trim()
}
