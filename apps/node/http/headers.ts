/** Headers that keep browsers careful: what a page may load, who may frame it, who may read an answer. */
import type { Config } from '../config.ts'

type Headers = Record<string, string>

/** For every answer. */
export function safetyHeaders({ publicUrl }: Pick<Config, 'publicUrl'>): Headers {
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    // Only where people reach us over https: on a plain address it would lock them out.
    ...(publicUrl.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** For answers that are no pages. */
export const answerPolicy = "default-src 'none'; frame-ancestors 'none'"

/** What a page may load and run. MapLibre works in a worker made from a blob; charts and maps set style attributes. */
export function pagePolicy(nonce: string, { tileSource }: Pick<Config, 'tileSource'>): string {
  const tiles = tileSource ? ` ${new URL(tileSource).origin}` : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: blob:${tiles}`,
    `connect-src 'self'${tiles}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Public answers may be read by pages of anybody, without the visitor's cookies. */
export const readableFromAnywhere: Headers = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'etag, retry-after, ratelimit-remaining, ratelimit-reset, content-disposition, link',
  'cross-origin-resource-policy': 'cross-origin',
}
