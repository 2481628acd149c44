/** How far something long is. Without a known size the bar is hatched: it runs, but nobody knows how far. */
import { useReader } from '../shell/reader-context.tsx'
import './progress-bar.css'

export function ProgressBar({ label, share }: { label: string; share?: number }) {
  const { number } = useReader()
  const known = share === undefined ? {} : { 'aria-valuenow': Math.round(share * 100) }
  return (
    <div
      className={share === undefined ? 'progress progress-unknown' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={share === undefined ? undefined : `${number(share * 100, 0)} %`}
      {...known}
    >
      {share !== undefined && <div style={{ inlineSize: `${share * 100}%` }} />}
    </div>
  )
}
