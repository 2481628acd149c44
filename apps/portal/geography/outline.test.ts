/** Cutting and thinning of outlines. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groundGeoJson, groundSvg, makeGround } from './make.ts'
import { clipLine, clipRing, type Point, ringArea, simplify } from './outline.ts'

const box = { west: 0, south: 0, east: 10, north: 10 }

test('a ring that overlaps a box keeps exactly its part inside', () => {
  const ring: Point[] = [
    [-5, -5],
    [5, -5],
    [5, 5],
    [-5, 5],
  ]
  const cut = clipRing(ring, box)
  assert.equal(ringArea(cut), 25)
  assert.ok(cut.every(([x, y]) => x >= 0 && y >= 0))
})

test('a ring outside of the box vanishes', () => {
  assert.deepEqual(
    clipRing(
      [
        [20, 20],
        [30, 20],
        [30, 30],
      ],
      box,
    ),
    [],
  )
})

test('a line that leaves and comes back is two lines', () => {
  const line: Point[] = [
    [1, 1],
    [2, 2],
    [20, 2],
    [3, 3],
    [4, 4],
  ]
  assert.equal(clipLine(line, box).length, 2)
})

test('thinning keeps the ends and every corner farther than the tolerance', () => {
  const line: Point[] = [
    [0, 0],
    [1, 0.01],
    [2, 0],
    [3, 3],
    [4, 0],
  ]
  assert.deepEqual(simplify(line, 0.1), [
    [0, 0],
    [2, 0],
    [3, 3],
    [4, 0],
  ])
})

test('the ground of the map is small and stays inside its box', () => {
  const ground = makeGround()
  assert.ok(groundGeoJson(ground).length < 150_000)
  assert.ok(groundSvg(ground).length < 150_000)
  for (const [x, y] of ground.borders.flat()) assert.ok(x >= 90 && x <= 112 && y >= 5 && y <= 35)
})

test('boundaries are drawn between the six states only', () => {
  const { borders } = makeGround()
  // The frontier of Thailand and Malaysia runs near 101 E, 5.8 N; that of China and India near 92 E, 27.8 N.
  const near = (lon: number, lat: number) =>
    borders.flat().some(([x, y]) => Math.hypot(x - lon, y - lat) < 0.6)
  assert.equal(near(101.1, 5.8), false)
  assert.equal(near(92, 27.8), false)
  assert.equal(near(102.1, 22.4), true)
})
