'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../_lib/trpc.tsx'
import { Field } from '../../../_ui/field.tsx'
import { Select } from '../../../_ui/inputs.tsx'

export interface ChosenOrganization { id: string; currency: string }

/** Which customer; the first one until another is chosen. */
export function OrganizationField({ value, error,
  onChange }: { value: ChosenOrganization | null; error: string | undefined; onChange: (org: ChosenOrganization) => void }) {
  const rows = useQuery(useTRPC().staff.organizations.queryOptions({})).data?.data ?? []
  return (
    <Field label="Organization" error={error} required>
      {(control) => (
        <Select
          {...control}
          value={value?.id ?? ''}
          options={[{ value: '', label: 'Choose', disabled: true }, ...rows.map((row) => ({ value: row.id, label: row.name }))]}
          onChange={(event) => {
            const row = rows.find((one) => one.id === event.target.value)
            if (row) onChange({ id: row.id, currency: row.currency })
          }}
        />
      )}
    </Field>
  )
}
