/**
 * Upstream-downstream consistency: a level or discharge that does not fit the stations above it.
 *
 * Method: regression of the downstream value on the upstream values, each taken at its usual lag, fitted by iteratively
 * reweighted least squares with Huber weights (P. J. Huber, Annals of Mathematical Statistics 35, 1964; k = 1.345), so
 * that the wrong values do not shape the line. A residual is judged by its robust z-score (median absolute deviation).
 * The general idea is WMO-No. 168, Guide to Hydrological Practices (2008), volume I, section 9.4 (inter-station checks).
 */

const NORMAL_CONSISTENCY = 1.4826
const HUBER_K = 1.345

/** Values of a station above, on the same time grid, with its usual lag in steps of the grid. */
export type Upstream = { values: Float64Array; lag: number }

export type RiverModel = {
  /** Intercept, then for each upstream station the factors of its value and of its value squared. */
  coefficients: Float64Array
  /** Robust centre and standard deviation of the residuals of the fit. */
  centre: number
  deviation: number
  /** Number of common values the fit rests on. */
  count: number
}

/** Fits the regression, or gives undefined when fewer than 10 common values per coefficient exist. */
export function fitRiverModel(downstream: Float64Array, upstreams: Upstream[]): RiverModel | undefined {
  const width = 1 + 2 * upstreams.length
  const rows: number[] = []
  const row = new Float64Array(width)
  for (let i = 0; i < downstream.length; i++) {
    if (!Number.isNaN(downstream[i]) && fillRow(row, upstreams, i)) rows.push(i)
  }
  if (rows.length < 10 * width) return undefined
  const weights = new Float64Array(rows.length).fill(1)
  const residuals = new Float64Array(rows.length)
  let coefficients = new Float64Array(width)
  let centre = 0
  let deviation = 0
  for (let round = 0; round < 12; round++) {
    const matrix = Array.from({ length: width }, () => new Float64Array(width + 1))
    for (let r = 0; r < rows.length; r++) {
      fillRow(row, upstreams, rows[r])
      for (let a = 0; a < width; a++) {
        const weighted = weights[r] * row[a]
        for (let b = 0; b < width; b++) matrix[a][b] += weighted * row[b]
        matrix[a][width] += weighted * downstream[rows[r]]
      }
    }
    coefficients = solve(matrix)
    for (let r = 0; r < rows.length; r++) {
      fillRow(row, upstreams, rows[r])
      residuals[r] = downstream[rows[r]] - dot(coefficients, row)
    }
    centre = median(residuals)
    deviation = NORMAL_CONSISTENCY * median(residuals.map((residual) => Math.abs(residual - centre)))
    for (let r = 0; r < rows.length; r++) {
      const z = Math.abs(residuals[r] - centre) / Math.max(deviation, 1e-12)
      weights[r] = z <= HUBER_K ? 1 : HUBER_K / z
    }
  }
  return { coefficients, centre, deviation, count: rows.length }
}

export type RiverConsistencyParameters = {
  /** Robust z-score above which a value is a hit; recommended 6. */
  deviations: number
  /** The residual must also exceed this, in units of the value; recommended for levels 1 m. */
  atLeast: number
}

/** Marks (1) each downstream value whose residual is too large. Where an upstream value is missing nothing is concluded. */
export function riverConsistency(
  downstream: Float64Array,
  upstreams: Upstream[],
  model: RiverModel,
  { deviations, atLeast }: RiverConsistencyParameters,
  out: Uint8Array = new Uint8Array(downstream.length),
  from = 0,
): Uint8Array {
  const row = new Float64Array(1 + 2 * upstreams.length)
  const limit = Math.max(atLeast, deviations * model.deviation)
  for (let i = from; i < downstream.length; i++) {
    out[i] = 0
    if (!fillRow(row, upstreams, i)) continue
    if (Math.abs(downstream[i] - dot(model.coefficients, row) - model.centre) > limit) out[i] = 1
  }
  return out
}

function fillRow(row: Float64Array, upstreams: Upstream[], i: number): boolean {
  row[0] = 1
  for (let u = 0; u < upstreams.length; u++) {
    const value = upstreams[u].values[i - upstreams[u].lag]
    if (value === undefined || Number.isNaN(value)) return false
    row[1 + 2 * u] = value
    row[2 + 2 * u] = value * value
  }
  return true
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** Gauss elimination with pivoting; a column without information gets the factor zero. */
function solve(matrix: Float64Array[]): Float64Array<ArrayBuffer> {
  const n = matrix.length
  const scale = matrix.map((line, a) => line[a])
  const used = new Uint8Array(n)
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let a = column + 1; a < n; a++) {
      if (Math.abs(matrix[a][column]) > Math.abs(matrix[pivot][column])) pivot = a
    }
    if (!(Math.abs(matrix[pivot][column]) > 1e-11 * scale[column])) continue
    ;[matrix[column], matrix[pivot]] = [matrix[pivot], matrix[column]]
    used[column] = 1
    for (let a = 0; a < n; a++) {
      if (a === column) continue
      const factor = matrix[a][column] / matrix[column][column]
      for (let b = column; b <= n; b++) matrix[a][b] -= factor * matrix[column][b]
    }
  }
  return Float64Array.from(matrix, (line, a) => (used[a] ? line[n] / line[a] : 0))
}

function median(values: Float64Array): number {
  const ordered = values.slice().sort()
  const half = ordered.length >> 1
  return ordered.length % 2 === 1 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2
}
