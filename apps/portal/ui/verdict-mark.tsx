/** How a thing stands, as a shape: never in a warning colour, those speak of water. */
import './verdict-mark.css'

/** Well: a full round. Attention: a triangle. Failing: a crossed square. Off: an empty round.  */
export function VerdictMark({ of }: { of: 'well' | 'attention' | 'failing' | 'off' }) {
  return (
    <svg
      className={`verdict-mark verdict-${of}`}
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
    >
      {of === 'well' && <path d="M10 1a9 9 0 1 0 0 18a9 9 0 0 0 0-18M5.5 10l3.2 3.2l5.8-6.2" />}
      {of === 'off' && <circle cx="10" cy="10" r="8" />}
      {of === 'attention' && <path d="M10 2L19 18H1ZM10 8v5M10 15.2v.6" />}
      {of === 'failing' && <path d="M2 2H18V18H2ZM6.5 6.5l7 7M13.5 6.5l-7 7" />}
    </svg>
  )
}
