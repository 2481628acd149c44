/** How file formats are called on buttons: the same in every language. */
export const formatNames = {
  arrow: 'Arrow',
  csv: 'CSV',
  geojson: 'GeoJSON',
  json: 'JSON',
  parquet: 'Parquet',
  png: 'PNG',
  svg: 'SVG',
} as const

export type Format = keyof typeof formatNames
