/** Web Mercator in the units of the drawn map, so that it and the interactive one show the same picture. Pure. */
import { basinBox, type Point } from './outline.ts'

const unitsPerDegree = 20
const radians = Math.PI / 180

const mercatorDegrees = (latitude: number) =>
  Math.log(Math.tan(Math.PI / 4 + (latitude * radians) / 2)) / radians

const top = mercatorDegrees(basinBox.north)

/** Width and height of the whole drawn map, in its units. */
export const mapWidth = (basinBox.east - basinBox.west) * unitsPerDegree
export const mapHeight = (top - mercatorDegrees(basinBox.south)) * unitsPerDegree

/** Longitude and latitude to x and y of the drawn map, y downwards. */
export function project(longitude: number, latitude: number): Point {
  return [(longitude - basinBox.west) * unitsPerDegree, (top - mercatorDegrees(latitude)) * unitsPerDegree]
}

/** An SVG path through points, with one decimal. */
export function pathOf(line: readonly Point[], closed = false): string {
  const steps = line.map(([longitude, latitude], i) => {
    const [x, y] = project(longitude, latitude)
    return `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return steps.join('') + (closed ? 'Z' : '')
}
