'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { EmailDomain } from '../../../../../../server/contract/sso.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../../_lib/use-problem.ts'
import type { SsoDomain } from '../../../../../_lib/wire.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Field } from '../../../../../_ui/field.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { DomainCard } from './domain-card.tsx'

const Schema = z.object({ domain: EmailDomain })

function AddDomain({ refusal }: { refusal: string | null }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const cache = useQueryClient()
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { domain: '' }, disabled: refusal !== null })
  const { problem, fail, clear } = useProblem(form, ['domain'])
  const add = useMutation(
    trpc.sso.addDomain.mutationOptions({
      onSuccess: async () => {
        form.reset()
        await cache.invalidateQueries({ queryKey: trpc.sso.domains.queryKey() })
      },
      onError: fail,
    }),
  )
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={form.handleSubmit(({ domain }) => {
        clear()
        add.mutate({ organization_id: org.id, domain })
      })}>
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Domain" error={form.formState.errors.domain?.message} className="min-w-52 flex-1 sm:max-w-80" required>
          {(control) => <Input {...control} {...form.register('domain')} placeholder="example.com" autoComplete="off" autoCapitalize="none" spellCheck={false} />}
        </Field>
        <Button type="submit" className="mt-6.5" disabled={refusal !== null} busy={add.isPending}>
          Add domain
        </Button>
      </div>
      {problem === null ? null : <ErrorPanel problem={problem} />}
    </form>
  )
}

export function DomainsSection({ query, refusal }: { query: UseQueryResult<{ data: SsoDomain[] }, unknown>; refusal: string | null }) {
  return (
    <Section title="E-mail domains" hint="People with an address there belong to you. A TXT record proves that the domain is yours.">
      <div className="flex flex-col gap-3">
        <Load query={query} skeleton={<PanelSkeleton label="Loading domains" className="h-24" />}>
          {({ data }) =>
            data.length === 0 ? (
              <p className="text-13 text-muted">No domain yet. Without one nobody is led to your identity provider.</p>
            ) : (
              <ul className="flex flex-col gap-3">
                {data.map((domain) => (
                  <li key={domain.id}>
                    <DomainCard domain={domain} refusal={refusal} />
                  </li>
                ))}
              </ul>
            )
          }
        </Load>
        <AddDomain refusal={refusal} />
      </div>
    </Section>
  )
}
