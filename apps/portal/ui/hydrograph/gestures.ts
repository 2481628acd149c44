/** Hands on the chart: wheel, drag, pinch and keys become windows of time. Dragging a stretch with the mouse is the chart's own. */
import type uPlot from 'uplot'
import { panned, type Window, zoomed } from './model.ts'

type Hands = {
  window(): Window
  limits(): Window
  move(window: Window): void
  reset(): void
}

/** Attaches the gestures to a chart; gives a function that takes them away again. */
export function attachGestures(u: uPlot, box: HTMLElement, hands: Hands): () => void {
  const over = u.over
  const momentAt = (clientX: number) => {
    const { left, width } = over.getBoundingClientRect()
    const { from, to } = hands.window()
    return from + ((clientX - left) / width) * (to - from)
  }

  function wheel(event: WheelEvent) {
    // Without the focus the wheel belongs to the page.
    if (!event.ctrlKey && !event.metaKey && !box.contains(document.activeElement)) return
    event.preventDefault()
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
      return hands.move(panned(hands.window(), Math.sign(event.deltaX || event.deltaY) * 0.1, hands.limits()))
    const factor = Math.exp(Math.max(-1, Math.min(1, event.deltaY / 200)))
    hands.move(zoomed(hands.window(), factor, momentAt(event.clientX), hands.limits()))
  }

  function key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const window = hands.window()
    const middle = (window.from + window.to) / 2
    const to = nextWindow(event.key, window, middle, hands.limits())
    if (event.key === '0' || event.key === 'Escape') hands.reset()
    else if (to) hands.move(to)
    else return
    event.preventDefault()
  }

  const touches = new Map<number, number>()
  let start: { window: Window; places: number[] } | undefined
  const places = () => [...touches.values()].sort((a, b) => a - b)

  function touchStart(event: PointerEvent) {
    if (event.pointerType === 'mouse') return
    touches.set(event.pointerId, event.clientX)
    start = { window: hands.window(), places: places() }
    if (touches.size === 2) over.setPointerCapture(event.pointerId)
  }
  function touchMove(event: PointerEvent) {
    if (!touches.has(event.pointerId) || !start) return
    touches.set(event.pointerId, event.clientX)
    const now = places()
    const width = over.getBoundingClientRect().width
    const { from, to } = start.window
    if (now.length === 1) {
      const share = (start.places[0] - now[0]) / width
      if (Math.abs(share) > 0.01) hands.move(panned(start.window, share, hands.limits()))
    } else if (now.length === 2 && start.places.length === 2) {
      const factor = (start.places[1] - start.places[0]) / Math.max(20, now[1] - now[0])
      const { left } = over.getBoundingClientRect()
      const middle = (start.places[0] + start.places[1]) / 2
      hands.move(zoomed(start.window, factor, from + ((middle - left) / width) * (to - from), hands.limits()))
    }
  }
  function touchEnd(event: PointerEvent) {
    touches.delete(event.pointerId)
    start = touches.size ? { window: hands.window(), places: places() } : undefined
  }

  over.addEventListener('wheel', wheel, { passive: false })
  over.addEventListener('pointerdown', touchStart)
  over.addEventListener('pointermove', touchMove)
  over.addEventListener('pointerup', touchEnd)
  over.addEventListener('pointercancel', touchEnd)
  box.addEventListener('keydown', key)
  return () => {
    over.removeEventListener('wheel', wheel)
    over.removeEventListener('pointerdown', touchStart)
    over.removeEventListener('pointermove', touchMove)
    over.removeEventListener('pointerup', touchEnd)
    over.removeEventListener('pointercancel', touchEnd)
    box.removeEventListener('keydown', key)
  }
}

/** Where a key leads; undefined for a key that means nothing here. */
function nextWindow(key: string, window: Window, middle: number, limits: Window): Window | undefined {
  switch (key) {
    case 'ArrowLeft':
      return panned(window, -0.2, limits)
    case 'ArrowRight':
      return panned(window, 0.2, limits)
    case 'ArrowUp':
    case '+':
      return zoomed(window, 0.5, middle, limits)
    case 'ArrowDown':
    case '-':
      return zoomed(window, 2, middle, limits)
    case 'Home':
      return panned(window, -1e6, limits)
    case 'End':
      return panned(window, 1e6, limits)
  }
}
