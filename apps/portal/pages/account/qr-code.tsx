/** A QR code drawn in the page itself, so what it says is sent to nobody. Dark on white in every theme: cameras need that. */
import { encode } from 'uqr'
import { squaresPath } from './present.ts'

export function QrCode({ text, name }: { text: string; name: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} width="208" height="208" role="img" aria-label={name}>
      <rect width={size} height={size} fill="#fff" />
      <path d={squaresPath(data)} fill="#000" />
    </svg>
  )
}
