'use client'
import { useMemo } from 'react'
import { renderSVG } from 'uqr'
import { requiredText } from '../../../../_lib/form-rules.ts'
import { useTRPCClient } from '../../../../_lib/trpc.tsx'
import { Code } from '../../../../_ui/copy.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { OneFieldForm } from '../../_components/one-field-form.tsx'

const codeRule = requiredText('Enter the code your app shows.')

type Props = { enrolment: { secret: string; uri: string }; onDone: (codes: string[] | null) => void }

export function EnrolForm({ enrolment, onDone }: Props) {
  const client = useTRPCClient()
  const picture = useMemo(() => `data:image/svg+xml,${encodeURIComponent(renderSVG(enrolment.uri, { border: 2 }))}`, [enrolment.uri])
  const secret = (
    <>
      <img src={picture} alt="Picture with the secret, for the camera of your phone" className="mx-auto size-48 rounded-inner bg-white" />
      <div className="text-13 text-muted">
        No camera? Enter this key in the app: <Code copy>{enrolment.secret}</Code>
      </div>
    </>
  )
  return (
    <OneFieldForm
      field="code" rule={codeRule} label="Code" hint="Six digits; they change every 30 seconds." act="Turn on" above={secret}
      send={(code) => client.account.confirmTotp.mutate({ code })} onSent={({ recovery_codes: codes }) => onDone(codes)}>
      {(control) => <Input {...control} mono inputMode="numeric" autoComplete="one-time-code" autoFocus className="max-w-40" />}
    </OneFieldForm>
  )
}
