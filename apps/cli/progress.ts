/** The progress bar: one line on a terminal, nothing elsewhere. */
import { texts } from './texts.ts'
import type { Unit } from './work.ts'

type Progress = { label: string; done: number; total: number; unit: Unit }

const everyMs = 100
const barWidth = 24

/** `show` draws, `clear` takes the line away so that something else can be printed. */
export function newProgressBar(out: NodeJS.WriteStream): { show(progress: Progress): void; clear(): void } {
  let label = ''
  let startedAt = 0
  let drawnAt = 0
  let drawn = false
  const clear = () => {
    if (drawn) out.write('\r\u001b[K')
    drawn = false
  }
  return {
    clear,
    show(progress) {
      if (!out.isTTY) return
      const now = performance.now()
      if (progress.label !== label) {
        label = progress.label
        startedAt = now
      } else if (now - drawnAt < everyMs && progress.done < progress.total) return
      drawnAt = now
      out.write(`\r${line(progress, (now - startedAt) / 1000).slice(0, (out.columns || 80) - 1)}\u001b[K`)
      drawn = true
    },
  }
}

function line({ label, done, total, unit }: Progress, seconds: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0
  const full = Math.round(share * barWidth)
  const bar = `${'#'.repeat(full)}${'.'.repeat(barWidth - full)}`
  const rate = seconds > 0.5 ? done / seconds : 0
  const left = rate > 0 && done < total ? texts.remaining(duration((total - done) / rate)) : ''
  const speed = rate > 0 ? `${amount(rate, unit)}/s` : ''
  const parts = [
    `${texts.phases[label] ?? label} [${bar}] ${Math.floor(share * 100)}%`,
    `${amount(done, unit)} of ${amount(total, unit)}`,
    speed,
    left,
  ]
  return parts.filter(Boolean).join('  ')
}

/** 12.3 MB, or 1,234 entries. */
export function amount(count: number, unit: Unit): string {
  if (unit !== 'bytes') return `${Math.round(count).toLocaleString('en')} ${unit}`
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let n = 0
  let size = count
  for (; size >= 1000 && n < units.length - 1; n++) size /= 1000
  return `${size < 10 && n > 0 ? size.toFixed(1) : Math.round(size)} ${units[n]}`
}

/** 45 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  const s = Math.round(seconds)
  if (s < 60) return `${s} s`
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}
