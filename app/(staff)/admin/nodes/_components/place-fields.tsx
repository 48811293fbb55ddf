'use client'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { faultOf } from '../../_components/use-act.ts'
import { readLabels } from './node-words.ts'

/** As typed. */
export interface Place { region: string; zone: string; labels: string }

export const toPlace = ({ region, zone, labels }: Place) => ({ region: region.trim(), zone: zone.trim(), labels: readLabels(labels) })

export function PlaceFields({ place, onChange, error }: { place: Place; onChange: (place: Place) => void; error: unknown }) {
  const set = (name: keyof Place) => (event: { target: { value: string } }) => onChange({ ...place, [name]: event.target.value })
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Region" required hint="Customers choose among regions." error={faultOf(error, 'region')}>
          {(control) => <Input {...control} value={place.region} autoComplete="off" onChange={set('region')} />}
        </Field>
        <Field label="Zone" hint="What fails as one: a rack, a room." error={faultOf(error, 'zone')}>
          {(control) => <Input {...control} value={place.zone} autoComplete="off" onChange={set('zone')} />}
        </Field>
      </div>
      <Field label="Labels" hint="Such as disk=fast, gpu" error={faultOf(error, 'labels')}>
        {(control) => <Input {...control} mono value={place.labels} autoComplete="off" onChange={set('labels')} />}
      </Field>
    </>
  )
}
