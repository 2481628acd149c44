/** Everything the command line says, in one place. */

/** Name, arguments and one line about each command. */
export const summaries = {
  load: ['load PATH...', 'take in files and folders of observations'],
  verify: ['verify', 'prove the journal and the tables from the first entry'],
  rebuild: ['rebuild', 'make the tables anew from the journal, then verify'],
  quality: ['quality [SERIES...]', 'run the quality rules again on stored series'],
  backup: ['backup FILE', 'write the whole node into one file'],
  restore: ['restore FILE', 'bring a node back from a backup, then verify'],
  keys: ['keys', 'show the public keys of the journal'],
  node: ['node', 'show address, name and journal of the node'],
  status: ['status', 'show what the node holds and how it is'],
  password: ['password EMAIL', 'give a person a new password'],
  help: ['help [COMMAND]', 'show this, or all about one command'],
} as const

const everywhere = `
The node is the one of this checkout with its data folder (LANMEI_DATA, default ./data). It may be running or not.`

/** The long help of each command. */
export const helps: Record<string, string> = {
  load: `lanmei load PATH... [options]

Takes in files and folders: exports of the MRC portal, wide tables, CSV, JSON, station tables, and archives of these. What is
there already is left alone, so a load can be run again at any time, also after an interruption.

  --station-table PATH   a file or folder of station tables, taken first; may be repeated. Without a PATH: all paths are tables
  --create-stations      make stations that are not known instead of refusing their values
  --dry-run              compare and count, store nothing
  --reason TEXT          why values are revised, where they are; stands in the journal
  --format ID            read everything in this format instead of recognising it
  --profile FILE         how to read the files: a small JSON description of columns, zone and units
  --strict               end with status 1 if anything at all was refused
  --json                 one line of JSON at the end, on standard output; everything else goes to standard error

Status: 0 when what was named was taken (notices tell of single values), 1 when nothing could be taken or a path does not
exist, 2 for a misspelt command line, 130 after Ctrl-C. Ctrl-C stops at the next border of a batch; what was stored stays.
${everywhere}`,
  verify: `lanmei verify [--json]

Proves the whole node from the first entry: that every body unpacks and is what its entry commits to, the tree and its
checkpoints with their signatures, that no version is missing, and that the tables hold exactly what the journal says. Names the
first difference and ends with status 1 when there is one. Reads one snapshot: a running node is not disturbed.
${everywhere}`,
  rebuild: `lanmei rebuild [--json]

Makes all tables that follow from the journal anew, in one transaction: an interruption leaves the old ones. Meanwhile nothing is
taken in, and readers wait. The journal is proved first, the new tables after. Status 1 when there is a difference.
${everywhere}`,
  quality: `lanmei quality [SERIES...] [--dry-run] [--json]

Runs the quality rules of the areas and series again, on all series or the named ones, as after a change of the rules. Where the
outcome differs from the flag that holds, a new judgement is stored; values never change, and no flag that an officer set.

  --dry-run              count, store nothing
${everywhere}`,
  backup: `lanmei backup FILE [--json]

Writes everything the node keeps into one compressed file: journal, tables, people and keys, as they stand at one moment, and
reads it back to prove it whole. Works beside a running node. The file holds secrets; it can be read by its owner alone.
A FILE that exists is not overwritten; for a folder a name with the date is chosen.
${everywhere}`,
  restore: `lanmei restore FILE [--replace] [--json]

Brings a node back from a backup, into an empty node; then verifies it. Stop the node first.

  --replace              throw away what the node holds now
${everywhere}`,
  keys: `lanmei keys [--json]

Shows the public keys of the journal with their dates, as JSON Web Keys and in the form that verifiers of signed notes take.
${everywhere}`,
  node: `lanmei node [--json]

Shows the address, the name and the size of the journal of the node.
${everywhere}`,
  status: `lanmei status [--json]

Shows what the node holds, whether it runs, its last loads and its last backup.
${everywhere}`,
  password: `lanmei password EMAIL [--end-second-factor] [--json]

Gives a person of this node a new random password, shown this once, and ends all sessions. For whoever forgot it.

  --end-second-factor    also takes the second factor off, for whoever lost it
${everywhere}`,
  help: `lanmei help [COMMAND]`,
}

export const texts = {
  usage: 'Usage: lanmei COMMAND [options]',
  moreHelp: 'More about one: lanmei help COMMAND',
  unknownCommand: (name: string, nearest: string) =>
    `There is no command "${name}". Did you mean "${nearest}"? All commands: lanmei help`,
  unknownOption: (option: string, command: string) =>
    `The command "${command}" has no option ${option}. Its options: lanmei help ${command}`,
  optionNeedsValue: (option: string) => `The option ${option} needs a value behind it.`,
  optionTakesNoValue: (option: string) => `The option ${option} takes no value.`,
  needsAddress: (command: string) => `lanmei ${command} needs the e-mail address of one person.`,
  newPassword: 'The new password, shown this once:',
  sessionsEnded: 'All sessions of this person have ended.',
  secondFactorEnded: 'The second factor is off; set up a new one after signing in.',
  needsPath: (command: string) => `The command "${command}" needs a path: lanmei help ${command}`,
  onePath: (command: string) => `The command "${command}" takes one path: lanmei help ${command}`,
  noPath: (command: string) => `The command "${command}" takes no path: lanmei help ${command}`,
  profileUnreadable: (file: string, why: string) => `The profile ${file} cannot be read: ${why}`,
  stopping: 'Stopping at the next border of a batch; Ctrl-C again stops at once.',
  stopped: 'Stopped before the end.',
  killed: 'Stopped at once. What was stored stays; run it again to finish.',
  ended: (how: string) => `The work ended before its time (${how}).`,
  stored: 'What was stored before stays; running it again goes on from there.',
  nothingTaken: 'Nothing could be taken.',
  stoppedLoad: 'Stopped. What is counted as stored is stored; run the same again to finish.',
  dryRun: 'Dry run: nothing was stored.',
  noticesOf: (code: string, count: number, sentence: string) =>
    `${code}, ${count} ${count === 1 ? 'time' : 'times'}: ${sentence}.`,
  more: (count: number) => `... and ${count} more`,
  read: 'read',
  expected: 'expected',
  counts: {
    read: 'read',
    stored: 'stored',
    unchanged: 'unchanged',
    revised: 'revised',
    refused: 'refused',
  },
  phases: { 'phase:journal': 'Proving the journal', 'phase:tables': 'Proving the tables' } as Record<
    string,
    string
  >,
  sayings: {
    'no-stations-yet':
      'This node has no stations yet; a load that is no dry run brings the known ones first.',
  } as Record<string, string>,
  verified: 'Everything is as the journal says.',
  differs: 'There is a difference.',
  rebuilt: 'The tables were made anew.',
  remaining: (time: string) => `${time} left`,
  labels: {
    entries: 'entries of the journal',
    checkpoints: 'signed checkpoints',
    records: 'versions of records',
    series: 'series',
    values: 'values',
    revisions: 'revised values',
    judgements: 'judgements',
    changed: 'flags changed',
    flaggings: 'judgements entered in the journal',
    held: "officers' flags left alone",
    file: 'file',
    bytes: 'bytes',
    rows: 'rows',
    tables: 'tables',
    at: 'moment',
    verified: 'read back and found whole',
  } as Record<string, string>,
  secretsInside: 'The file holds the keys and the people of this node. Keep it where only you can read it.',
  plainKey:
    'The signing key in it is NOT encrypted, because no LANMEI_KEY_PASSPHRASE is set: who has the file can sign as this node.',
  restored: 'The node is restored.',
  running: 'runs',
  notRunning: 'does not run now',
  never: 'never',
}

/** Problems of the node in plain words; others are told by their own sentence. */
export const problems: Record<string, (details: Record<string, unknown>) => string> = {
  'path-missing': ({ path }) => `There is no file or folder ${path}.`,
  'format-unknown': ({ format, known }) =>
    `There is no format "${format}".${known ? ` There are: ${known}.` : ''}`,
  'profile-invalid': (details) =>
    `The profile does not fit: ${Object.entries(details)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}`,
  'setting-unknown': ({ name, nearest }) => `There is no setting ${name}. Did you mean ${nearest}?`,
  'setting-invalid': ({ name, read, expected }) =>
    `The setting ${name} cannot be "${read}"; expected: ${expected}.`,
  'store-unreachable': ({ reason, fix }) => `${reason}${fix ? ` ${fix}` : ''}`,
  'store-newer': ({ migration }) =>
    `The data were written by a newer version of this program (${migration}). Bring the program up to date.`,
  'key-missing': ({ file, reason, fix }) =>
    `The signing key cannot be used: ${file} (${[reason, fix].filter(Boolean).join('; ')}).`,
  'disk-nearly-full': () =>
    'The disk is nearly full; the node has stopped taking in. Make room and run it again.',
  'backup-invalid': ({ reason, file }) => `The backup ${file ?? ''} cannot be used: ${reason}`,
  conflict: ({ reason, fix }) => `${reason}${fix ? ` ${fix}` : ''}`,
  'series-unknown': ({ series }) => `There is no series ${series}.`,
}
