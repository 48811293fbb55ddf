'use client'
import { useState } from 'react'
import { useTRPCClient } from '../../../_lib/trpc.tsx'
import type { DeviceRequest } from '../../../_lib/wire.ts'
import { PageHeader } from '../../../_ui/page.tsx'
import { Status } from '../../../_ui/status.tsx'
import { CodeForm } from './code-form.tsx'
import { DeviceDecision } from './device-decision.tsx'

/** First the code, then what asks under it, then the answer. The code of a link is filled in, never sent by itself. */
export function DevicePage({ email, code }: { email: string; code: string }) {
  const client = useTRPCClient()
  const [request, setRequest] = useState<DeviceRequest | null>(null)
  const [answer, setAnswer] = useState<'approved' | 'denied' | null>(null)
  if (answer !== null) {
    return (
      <>
        <PageHeader title={answer === 'approved' ? 'The program is connected' : 'The program was refused'} />
        <p role="status" className="flex flex-col gap-2 text-14">
          <Status tone={answer === 'approved' ? 'good' : 'idle'} word={answer === 'approved' ? 'Go back to it: it signs in within a few seconds.' : 'It got nothing.'} className="whitespace-normal" />
          {answer === 'approved' ? <span className="text-muted">You can end its access at any time under Account, Tokens.</span> : null}
        </p>
      </>
    )
  }
  return (
    <>
      <PageHeader title="Connect a program" facts={<span>You are signed in as {email}.</span>} />
      {request === null ? (
        <CodeForm code={code} find={(userCode) => client.devices.get.query({ user_code: userCode })} onFound={setRequest} />
      ) : (
        <DeviceDecision request={request} onAnswer={setAnswer} onBack={() => setRequest(null)} />
      )}
    </>
  )
}
