'use client'
import { z } from 'zod'
import { SecretValue } from '../../../../../../server/contract/secret.ts'
import { plural } from '../../../../../_lib/format.ts'
import type { Secret } from '../../../../../_lib/wire.ts'
import { Checkbox } from '../../../../../_ui/choices.tsx'
import { Field, type ControlProps } from '../../../../../_ui/field.tsx'
import { Textarea } from '../../../../../_ui/inputs.tsx'

/** A day of the date field; a secret expires as that day begins, in UTC. */
export const dayRule = z.string().refine((text) => text === '' || /^\d{4}-\d\d-\d\d$/.test(text), 'Choose a day.')
export const expiryOf = (day: string): string | null => (day === '' ? null : `${day}T00:00:00Z`)
export const dayOf = (instant: string | null): string => instant?.slice(0, 10) ?? ''
export const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
export const valueRule = SecretValue

type ValueProps = { error: string | undefined; control: (control: ControlProps) => Record<string, unknown> }

/** Seen while it is typed, and never again. */
export function ValueField({ error, control }: ValueProps) {
  return (
    <Field label="Value" hint="Up to 64 KB, also of several lines. It is not shown again." error={error} required>
      {(given) => <Textarea {...given} {...control(given)} mono spellCheck={false} autoComplete="off" autoCapitalize="off" data-1p-ignore="true" />}
    </Field>
  )
}

type RedeployProps = { users: Secret['used_by'] | 'unknown'; checked: boolean; onChange: (checked: boolean) => void }

/** What runs with it goes on with what it was given until it is deployed again. */
export function RedeployChoice({ users, checked, onChange }: RedeployProps) {
  if (users !== 'unknown' && users.length === 0) return null
  const whom = users === 'unknown' ? 'the apps that use it' : users.length === 1 ? (users[0]?.app_name ?? '') : plural(users.length, 'app')
  return (
    <Checkbox
      checked={checked}
      onChange={onChange}
      label={
        <>
          Redeploy <bdi>{whom}</bdi> now
        </>
      }
      hint="Otherwise running instances keep what they have until their next deployment."
    />
  )
}
