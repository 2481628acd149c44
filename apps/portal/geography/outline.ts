/** Cutting and thinning of lines and rings on a plane of longitude and latitude. Pure; used when the portal is built. */

export type Point = readonly [number, number]
export type Box = { west: number; south: number; east: number; north: number }

/** The part of the earth the map shows, in degrees. */
export const basinBox: Box = { west: 86, south: 0, east: 116, north: 40 }

/** Cuts a ring to a box (Sutherland and Hodgman, 1974). The result may run along the edges of the box. */
export function clipRing(ring: readonly Point[], box: Box): Point[] {
  const sides: { inside(p: Point): boolean; cross(a: Point, b: Point): Point }[] = [
    { inside: (p) => p[0] >= box.west, cross: (a, b) => atX(a, b, box.west) },
    { inside: (p) => p[0] <= box.east, cross: (a, b) => atX(a, b, box.east) },
    { inside: (p) => p[1] >= box.south, cross: (a, b) => atY(a, b, box.south) },
    { inside: (p) => p[1] <= box.north, cross: (a, b) => atY(a, b, box.north) },
  ]
  let points: readonly Point[] = ring
  for (const { inside, cross } of sides) {
    const kept: Point[] = []
    for (let i = 0; i < points.length; i++) {
      const here = points[i]
      const before = points[(i + points.length - 1) % points.length]
      if (inside(here) !== inside(before)) kept.push(cross(before, here))
      if (inside(here)) kept.push(here)
    }
    points = kept
  }
  return [...points]
}

/** The runs of a line that lie inside a box; points outside are dropped without a cut at the edge. */
export function clipLine(line: readonly Point[], box: Box): Point[][] {
  const runs: Point[][] = []
  let run: Point[] = []
  for (const point of line) {
    const [x, y] = point
    if (x >= box.west && x <= box.east && y >= box.south && y <= box.north) run.push(point)
    else if (run.length) {
      runs.push(run)
      run = []
    }
  }
  if (run.length) runs.push(run)
  return runs.filter((part) => part.length > 1)
}

/** Drops points that lie nearer than `tolerance` to the line without them (Douglas and Peucker, 1973). Ends stay. */
export function simplify(line: readonly Point[], tolerance: number): Point[] {
  if (line.length < 3) return [...line]
  const keep = new Uint8Array(line.length)
  keep[0] = keep[line.length - 1] = 1
  const open: [number, number][] = [[0, line.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    const [first, last] = span
    let farthest = -1
    let distance = tolerance
    for (let i = first + 1; i < last; i++) {
      const away = distanceToSegment(line[i], line[first], line[last])
      if (away > distance) {
        distance = away
        farthest = i
      }
    }
    if (farthest < 0) continue
    keep[farthest] = 1
    open.push([first, farthest], [farthest, last])
  }
  return line.filter((_, i) => keep[i])
}

/** Area of a ring in square degrees, without sign. */
export function ringArea(ring: readonly Point[]): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const [x1, y1] = ring[i]
    const [x2, y2] = ring[(i + 1) % ring.length]
    sum += x1 * y2 - x2 * y1
  }
  return Math.abs(sum) / 2
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const square = dx * dx + dy * dy
  const along =
    square === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square))
  return Math.hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy)
}

function atX(a: Point, b: Point, x: number): Point {
  return [x, a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0])]
}

function atY(a: Point, b: Point, y: number): Point {
  return [a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]), y]
}
