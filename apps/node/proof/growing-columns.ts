/** Rows of numbers that only grow, kept in columns of fixed pieces: no copying, no boxing. */

const pieceRows = 1 << 14

export class GrowingColumns {
  length = 0
  private readonly width: number
  private readonly pieces: Float64Array[] = []

  constructor(width: number) {
    this.width = width
  }

  push(...row: number[]): void {
    const within = this.length % pieceRows
    if (within === 0) this.pieces.push(new Float64Array(pieceRows * this.width))
    this.pieces[this.pieces.length - 1].set(row, within * this.width)
    this.length++
  }

  at(row: number, column: number): number {
    return this.pieces[Math.floor(row / pieceRows)][(row % pieceRows) * this.width + column]
  }
}
