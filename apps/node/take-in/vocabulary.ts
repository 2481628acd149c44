/** What area data say of observed properties and units: how a written unit becomes the unit a property is kept in. */
import type { Rule } from '@lanmei/watch/evaluate'
import type { Areas } from '../areas.ts'

export type PropertyWord = { id: string; unit: string; aggregation: string; rules: Rule[] }
/** How to convert: value * multiply / divide + add. Only one of multiply and divide differs from 1. */
export type Conversion = { multiply: number; divide: number; add: number }
export type Vocabulary = {
  property(id: string): PropertyWord | undefined
  /** Conversion from a written unit to the property's; undefined when the unit is unknown or of another quantity. */
  conversion(property: string, writtenUnit: string): Conversion | undefined
  properties: PropertyWord[]
}

type UnitData = {
  ucum: string
  quantity: string
  aliases: { written: string; factor: number; offset?: number }[]
}
type PropertyData = { id: string; unit: string; aggregation?: string; quantity?: string; check?: Rule[] }

export const sameUnit: Conversion = { multiply: 1, divide: 1, add: 0 }

export function readVocabulary(areas: Areas): Vocabulary {
  const properties = new Map<string, PropertyWord & { quantity?: string }>()
  const units: UnitData[] = []
  for (const { area } of areas) {
    for (const p of (area.observedProperties ?? []) as PropertyData[])
      properties.set(p.id, {
        id: p.id,
        unit: p.unit,
        aggregation: p.aggregation ?? 'instantaneous',
        rules: p.check ?? [],
        quantity: p.quantity,
      })
    units.push(...((area.units ?? []) as UnitData[]))
  }
  return {
    properties: [...properties.values()],
    property: (id) => properties.get(id),
    conversion(propertyId, written) {
      const property = properties.get(propertyId)
      if (!property) return undefined
      if (written === property.unit) return sameUnit
      for (const unit of units) {
        if (property.quantity !== undefined && unit.quantity !== property.quantity) continue
        const alias =
          unit.aliases.find((a) => a.written === written) ??
          unit.aliases.find((a) => a.written.toLowerCase() === written.trim().toLowerCase())
        const target =
          unit.ucum === property.unit ? 1 : unit.aliases.find((a) => a.written === property.unit)?.factor
        if (alias && target !== undefined) return conversionOf(alias.factor / target, alias.offset ?? 0)
      }
      return undefined
    },
  }
}

/** 166 cm must become the double that "1.66" is: dividing by 100 gives that, multiplying by 0.01 does not. */
function conversionOf(factor: number, add: number): Conversion {
  const inverse = Math.round(1 / factor)
  if (factor < 1 && Math.abs(inverse * factor - 1) < 1e-12) return { multiply: 1, divide: inverse, add }
  return { multiply: factor, divide: 1, add }
}

/** Converts in place. */
export function convert(values: Float64Array, { multiply, divide, add }: Conversion): void {
  if (multiply === 1 && divide === 1 && add === 0) return
  for (let i = 0; i < values.length; i++) values[i] = (values[i] * multiply) / divide + add
}
