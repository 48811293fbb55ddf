'use client'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { paths } from '../../../_lib/paths.ts'
import { toProblem } from '../../../_lib/problem.ts'
import { useTRPCClient } from '../../../_lib/trpc.tsx'
import { AuthCard } from '../../_components/auth-card.tsx'

/** The link's secret stands behind the hash, which no server sees. */
export function OpenVisit() {
  const client = useTRPCClient()
  const { mutate, error } = useMutation({
    mutationFn: (ticket: string) => client.visit.open.mutate({ ticket }),
    onSuccess: ({ organization }) => window.location.assign(paths.apps(organization)),
  })
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const ticket = window.location.hash.slice(1)
    window.history.replaceState(null, '', window.location.pathname)
    mutate(ticket)
  }, [mutate])
  return (
    <AuthCard title="Operator visit" problem={error === null ? null : toProblem(error)}>
      {error === null ? <p role="status">Opening the customer's account for an hour…</p> : null}
    </AuthCard>
  )
}
