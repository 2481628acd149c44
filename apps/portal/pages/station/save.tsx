/** Saves a chart as a picture. */
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/** The canvas as it stands, on paper, with its title. */
export function savePng(box: HTMLElement, title: string): void {
  const canvas = box.querySelector('canvas')
  if (!canvas) return
  const margin = 48
  const picture = document.createElement('canvas')
  picture.width = canvas.width + margin
  picture.height = canvas.height + 2 * margin
  const ctx = picture.getContext('2d')
  if (!ctx) return
  const css = getComputedStyle(document.documentElement)
  ctx.fillStyle = css.getPropertyValue('--paper')
  ctx.fillRect(0, 0, picture.width, picture.height)
  ctx.drawImage(canvas, margin / 2, margin)
  ctx.fillStyle = css.getPropertyValue('--ink')
  ctx.font = `600 ${Math.round(margin * 0.4)}px ${getComputedStyle(document.body).fontFamily}`
  ctx.fillText(title, margin / 2, margin * 0.7)
  ctx.font = `${Math.round(margin * 0.28)}px ${getComputedStyle(document.body).fontFamily}`
  ctx.fillText(location.href, margin / 2, picture.height - margin * 0.4)
  picture.toBlob((blob) => blob && save(blob, `${title}.png`))
}

/** A drawing rendered aside and written out. */
export function saveSvg(drawing: ReactNode, title: string): void {
  const aside = document.createElement('div')
  const root = createRoot(aside)
  flushSync(() => root.render(drawing))
  const svg = aside.querySelector('svg')
  if (svg) {
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    save(new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' }), `${title}.svg`)
  }
  root.unmount()
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name.replace(/[\\/:*?"<>|]/g, '-')
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
