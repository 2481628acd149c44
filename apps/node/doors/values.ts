/** GET /api/series/{id}/observations: values of a series, streamed in the asked form. */
import { createHash } from 'node:crypto'
import { observations } from '@lanmei/api/contract/values'
import { arrowMediaType, writeArrow } from '@lanmei/standards/arrow/write'
import { csvMediaType, writeCsv } from '@lanmei/standards/csv/write'
import { parquetMediaType, writeParquet } from '@lanmei/standards/parquet/write'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { byteStream } from '../reading/byte-stream.ts'
import type { Catalogue, KeptSeries } from '../reading/catalogue.ts'
import { findSeries } from '../reading/find-series.ts'
import { readingOf } from '../reading/reading.ts'
import { readValueQuery, type ValueQuery } from '../reading/value-query.ts'
import { openValues, type ValueRead } from '../reading/values.ts'
import { valuesBinary } from '../reading/values-binary.ts'
import { aggregatesCsv } from '../reading/values-csv.ts'
import { valuesJson } from '../reading/values-json.ts'

export function valueDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  return [
    bind(observations, async ({ parameters, query, asker, request, reply }) => {
      const asked = readValueQuery(query)
      const catalogue = await reading.catalogue()
      const series = findSeries(catalogue, parameters.id, asker)
      const etag = etagOf(catalogue, series, asked)
      if (isKnown(request, etag)) return reply.header('etag', etag).code(304).send('')
      // The framework would read a stream to its end only to throw it away.
      if (request.method === 'HEAD') return reply.header('etag', etag).type(mediaTypes[asked.format]).send('')
      const leaving = new AbortController()
      const open = () => openValues(reading, catalogue, series, asked, leaving.signal)
      const stream = await byteStream(whole(open, series, asked), (reason) => leaving.abort(reason))
      reply.header('etag', etag).type(mediaTypes[asked.format])
      nameFile(reply, series, asked)
      return reply.send(stream)
    }),
  ]
}

const mediaTypes = {
  json: 'application/json; charset=utf-8',
  csv: csvMediaType,
  parquet: parquetMediaType,
  arrow: arrowMediaType,
  binary: 'application/octet-stream',
}

/** The bytes of the answer; the read ends with them, however they end. */
async function* whole(
  open: () => Promise<ValueRead>,
  series: KeptSeries,
  query: ValueQuery,
): AsyncGenerator<Uint8Array> {
  const read = await open()
  try {
    yield* written(read, series, query)
  } finally {
    await read.close()
  }
}

function written(read: ValueRead, { id, fields }: KeptSeries, query: ValueQuery): AsyncGenerator<Uint8Array> {
  const { unit, origin } = fields
  const { resolution, format } = query
  if (format === 'json') return valuesJson({ series: id, unit, origin, resolution }, read.parts)
  if (format === 'binary') return valuesBinary(read.parts())
  if (format === 'arrow') return writeArrow(read.parts(), describe(id, fields, resolution))
  if (format === 'parquet') return writeParquet(read.parts(), describe(id, fields, resolution))
  if (resolution === 'raw' || resolution === 'auto')
    return writeCsv(read.parts(), origin === 'simulated' ? ['simulated, not observed'] : [])
  return aggregatesCsv(read.parts(), origin === 'simulated')
}

function describe(id: string, fields: KeptSeries['fields'], resolution: string) {
  const { station, property, unit, procedure, aggregation, origin, datum, source } = fields
  return { id, station, property, unit, procedure, aggregation, origin, datum, source, resolution }
}

/** Changes when a block or a judgement comes to the series, or its record or its station's (zone) is written anew. */
function etagOf(catalogue: Catalogue, { id, entry, state, fields }: KeptSeries, query: ValueQuery): string {
  const parts = [
    id,
    entry,
    catalogue.stations.get(fields.station)?.entry,
    state?.lastEntry,
    state?.blocks,
    state?.flaggings,
    JSON.stringify(query),
  ]
  return `W/"${createHash('sha256').update(parts.join(' ')).digest('base64url').slice(0, 22)}"`
}

function isKnown(request: FastifyRequest, etag: string): boolean {
  const known = request.headers['if-none-match']
  return known?.split(',').some((tag) => tag.trim() === etag || tag.trim() === etag.slice(2)) ?? false
}

/** Downloads get a name; what a page reads does not. */
function nameFile(reply: FastifyReply, { id }: KeptSeries, { format }: ValueQuery): void {
  if (format === 'json' || format === 'binary') return
  const safe = id.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  reply.header('content-disposition', `attachment; filename="${safe}.${format}"`)
}
