'use client'
import Link from 'next/link'
import { useState } from 'react'
import { paths } from '../../../_lib/paths.ts'
import { useTRPCClient } from '../../../_lib/trpc.tsx'
import type { SecondFactor } from '../../../_lib/wire.ts'
import { PressToConfirm } from '../../_components/press-to-confirm.tsx'
import { SecondFactorStep } from '../../_components/second-factor-step.tsx'

export function SignInByLink({ token }: { token: string }) {
  const client = useTRPCClient()
  const [factor, setFactor] = useState<SecondFactor | null>(null)
  const below = (
    <Link className="link" href={paths.signIn}>
      Other ways to sign in
    </Link>
  )
  if (factor !== null) return <SecondFactorStep step={factor} onDone={() => window.location.assign(paths.home)} below={below} />
  return (
    <PressToConfirm
      title="Sign in"
      intro="You opened the link from your mail. One press signs you in on this device."
      press="Sign in"
      send={async () => {
        const { second_factor: step, redirect } = await client.auth.signInWithLink.mutate({ token })
        if (step === null) window.location.assign(redirect ?? paths.home)
        else setFactor(step)
      }}
      done={() => null}
      below={below}
    />
  )
}
