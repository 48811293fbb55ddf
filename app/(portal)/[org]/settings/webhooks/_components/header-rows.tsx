'use client'
import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { Fieldset } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'

export interface HeaderRow { name: string; value: string }
type Props = { rows: readonly HeaderRow[]; onChange: (rows: HeaderRow[]) => void; error?: string | undefined }

/** Headers of the customer's own, such as an Authorization that a gateway asks for. */
export function HeaderRows({ rows, onChange, error }: Props) {
  const change = (index: number, part: Partial<HeaderRow>) => onChange(rows.map((row, i) => (i === index ? { ...row, ...part } : row)))
  return (
    <Fieldset legend="Your own headers" hint="Sent with every delivery. Values are stored encrypted and never shown again." error={error}>
      {rows.map((row, index) => (
        <div key={index} className="flex gap-2">
          <Input aria-label={`Name of header ${index + 1}`} placeholder="Authorization" mono value={row.name} onChange={(event) => change(index, { name: event.target.value })} />
          <Input aria-label={`Value of header ${index + 1}`} placeholder="Bearer …" mono autoComplete="off" value={row.value} onChange={(event) => change(index, { value: event.target.value })} />
          <IconButton label={`Remove header ${index + 1}`} onClick={() => onChange(rows.filter((_, i) => i !== index))}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
      {rows.length >= 10 ? null : (
        <div>
          <Button size="sm" icon={<Plus aria-hidden className="size-3.5" />} onClick={() => onChange([...rows, { name: '', value: '' }])}>
            Add a header
          </Button>
        </div>
      )}
    </Fieldset>
  )
}

export const headersOf = (rows: readonly HeaderRow[]): Record<string, string> =>
  Object.fromEntries(rows.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim(), row.value]))
