'use client'
import { PasskeyName } from '../../../../../server/contract/sign-in.ts'
import { Input } from '../../../../_ui/inputs.tsx'
import { OneFieldForm } from '../../_components/one-field-form.tsx'

type Props = { name: string; act: string; send: (name: string) => Promise<void> }

export function PasskeyNameForm({ name, act, send }: Props) {
  return (
    <OneFieldForm field="name" rule={PasskeyName} label="Name" hint="For example: work laptop, blue security key." value={name} act={act} send={send}>
      {(control) => <Input {...control} autoComplete="off" autoFocus />}
    </OneFieldForm>
  )
}
