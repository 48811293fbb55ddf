'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { refusedBecause } from '../../../../_lib/can.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { OrganizationDetail } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Checkbox } from '../../../../_ui/choices.tsx'
import { Load } from '../../../../_ui/load.tsx'
import { Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel, PanelSkeleton } from '../../../../_ui/states.tsx'

const sameSet = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((name) => other.includes(name))

export function RegionsSection({ organization }: { organization: OrganizationDetail }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const regions = useQuery(trpc.orgs.regions.queryOptions({}))
  const stored = organization.settings.regions
  const [chosen, setChosen] = useState(stored)
  const save = useMutation(
    trpc.orgs.updateSettings.mutationOptions({
      onSuccess: (saved) => {
        toast('Saved')
        setChosen(saved.settings.regions)
        void client.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
      },
    }),
  )
  const refused = refusedBecause(org, 'org:write')
  const toggle = (name: string, on: boolean) => setChosen(on ? [...chosen, name] : chosen.filter((one) => one !== name))
  return (
    <Section title="Regions" hint="Where new instances may run. None chosen means everywhere; what runs already stays where it is.">
      <Load query={regions} skeleton={<PanelSkeleton label="Loading regions" className="h-24" />}>
        {({ data }) => (
          <Panel className="flex flex-col gap-3">
            {data.length === 0 ? <p className="text-14 text-muted">No node has joined yet, so there is no region to choose.</p> : null}
            {[...new Set([...data.map((one) => one.name), ...stored])].map((name) => (
              <Checkbox key={name} checked={chosen.includes(name)} disabled={refused !== null} label={name} onChange={(on) => toggle(name, on)} />
            ))}
            {save.error === null ? null : <ErrorPanel problem={toProblem(save.error)} />}
            {refused === null ? null : <p className="text-13 text-muted">{refused}</p>}
            <div>
              <Button
                disabled={refused !== null || sameSet(chosen, stored)}
                title={refused ?? (sameSet(chosen, stored) ? 'Nothing is changed yet.' : undefined)}
                busy={save.isPending}
                onClick={() => save.mutate({ organization_id: org.id, regions: chosen })}>
                Save regions
              </Button>
            </div>
          </Panel>
        )}
      </Load>
    </Section>
  )
}
