'use client'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { toProblem } from '../../_lib/problem.ts'
import { Button, type ButtonLook } from '../../_ui/button.tsx'
import { AuthCard } from './auth-card.tsx'

type PressProps<R> = {
  title: string
  intro: ReactNode
  press: string
  look?: ButtonLook
  send: () => Promise<R>
  /** What follows; null when the page is left. */
  done: (result: R) => ReactNode
  below?: ReactNode
}

/** A press, not the visit, uses a mailed link up: mail scanners open links too. */
export function PressToConfirm<R>({ title, intro, press, look = 'primary', send, done, below }: PressProps<R>) {
  const act = useMutation({ mutationFn: send })
  const result = act.isSuccess ? done(act.data) : null
  if (result !== null) return result
  return (
    <AuthCard title={title} intro={intro} problem={act.error === null ? null : toProblem(act.error)} below={below}>
      <Button look={look} busy={act.isPending || act.isSuccess} onClick={() => act.mutate()}>
        {press}
      </Button>
    </AuthCard>
  )
}
