/** What was guessed about a table, to be confirmed or put right: station, property, unit, zone, dates, separator, decimals. */
import { useId } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { useReader } from '../../shell/reader-context.tsx'
import { ChoiceField, TextField } from '../../ui/field.tsx'
import {
  type Answers,
  type answersWrong,
  assumed,
  dateExamples,
  givenByFile,
  type Preview,
  zoneChoices,
} from './present.ts'
import type { Known } from './transfer-item.tsx'

const units = ['m', 'cm', 'mm', 'm3/s', 'L/s', '10*6.m3', 'Cel', 'mg/L']
const usualProcedures = ['manual', 'telemetry', 'calculated', 'simulated']
const separators: readonly (readonly [string, 'comma' | 'semicolon' | 'tab' | 'bar'])[] = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
]

export function ProfileForm({
  preview,
  answers,
  wrong,
  known,
  onChange,
}: {
  preview: Preview
  answers: Answers
  wrong: ReturnType<typeof answersWrong>
  known: Known
  onChange: (to: Partial<Answers>) => void
}) {
  const reader = useReader()
  const { t, find } = reader
  const id = useId()
  const root = useRouteLoaderData<RootData>('root')
  const inFile = givenByFile(preview.profile)
  const open = assumed(preview)
  const field = (name: keyof Answers) => ({
    value: answers[name],
    wrong: wrong[name] && t(wrong[name]),
    hint: open.has(name) ? t('upload.please-check') : undefined,
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onChange({ [name]: target.value }),
  })
  const zones = zoneChoices(root?.node.parties ?? [], reader, known.nowMs)
  if (!zones.some(([zone]) => zone === answers.zone)) zones.push([answers.zone, `UTC${answers.zone}`])
  const stationName = known.stations.find(({ id: one }) => one === answers.station.trim())?.name
  const procedures = [...new Set([...usualProcedures, answers.procedure].filter(Boolean))]
  const properties = [...new Set([...known.properties, answers.property].filter(Boolean))]
  return (
    <fieldset className="profile">
      <legend>{t('upload.profile')}</legend>
      {!inFile.has('station') && (
        <>
          <TextField
            label={t('series.station')}
            list={`${id}-stations`}
            autoComplete="off"
            {...field('station')}
            hint={stationName ? reader.name(stationName).text : field('station').hint}
          />
          <datalist id={`${id}-stations`}>
            {known.stations.map((station) => (
              <option key={station.id} value={station.id}>
                {reader.name(station.name, station.id).text}
              </option>
            ))}
          </datalist>
        </>
      )}
      {!inFile.has('property') && (
        <ChoiceField
          label={t('series.property')}
          choices={[
            ['', t('upload.choose-one')],
            ...properties.map((one) => [one, find(`area.property.${one}.name`) ?? one] as const),
          ]}
          {...field('property')}
        />
      )}
      {!inFile.has('unit') && (
        <>
          <TextField label={t('upload.unit')} list={`${id}-units`} autoComplete="off" {...field('unit')} />
          <datalist id={`${id}-units`}>
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {find(`area.unit.${unit}`) ?? unit}
              </option>
            ))}
          </datalist>
        </>
      )}
      <ChoiceField
        label={t('upload.procedure')}
        choices={procedures.map((one) => [one, find(`area.procedure.${one}.name`) ?? one] as const)}
        {...field('procedure')}
      />
      <ChoiceField label={t('upload.zone')} choices={zones} data-wide="" {...field('zone')} />
      <ChoiceField label={t('upload.dates')} choices={Object.entries(dateExamples)} {...field('format')} />
      <ChoiceField
        label={t('upload.separator')}
        choices={separators.map(([mark, name]) => [mark, t(`upload.separator.${name}`)] as const)}
        {...field('separator')}
      />
      <ChoiceField
        label={t('upload.decimal')}
        choices={[
          ['.', t('upload.decimal.point')],
          [',', t('upload.decimal.comma')],
        ]}
        {...field('decimal')}
      />
    </fieldset>
  )
}
