'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Play, RotateCw, Scaling, Square } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { toast } from 'sonner'
import { blockedBecause, refusedBecause } from '../../../../../_lib/can.ts'
import { plural } from '../../../../../_lib/format.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import type { App, AppDetail } from '../../../../../_lib/wire.ts'
import { Button, IconButton } from '../../../../../_ui/button.tsx'
import { ConfirmDialog } from '../../../../../_ui/dialog.tsx'
import { Menu } from '../../../../../_ui/menu.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { RedeployDialog } from './redeploy-dialog.tsx'
import { ScaleDialog } from './scale-dialog.tsx'

const icon = 'size-4'
type Act = Parameters<typeof blockedBecause>[0]
type Open = 'stop' | 'scale' | 'redeploy' | null

/** Nothing here is optimistic: the page says what was asked and then shows what the platform confirms. */
export function AppActions({ app }: { app: AppDetail }) {
  const { org } = useOrg()
  const trpc = useTRPC()
  const client = useQueryClient()
  const router = useRouter()
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const refresh = () => client.invalidateQueries({ queryKey: trpc.apps.pathKey() })
  const asked = (text: string) => (_: App) => {
    close()
    toast(text)
    void refresh()
  }
  const start = useMutation(trpc.apps.start.mutationOptions({ onSuccess: asked(`Start of ${app.name} requested`) }))
  const stop = useMutation(trpc.apps.stop.mutationOptions({ onSuccess: asked(`Stop of ${app.name} requested`) }))
  const refused = refusedBecause(org, 'apps:write', app.id)
  const why = (act: Act) => refused ?? blockedBecause(act, app.status)
  const failed = start.error ?? stop.error
  const stopped = app.status === 'stopped'
  return (
    <>
      {stopped ? (
        <Button
          look="primary"
          busy={start.isPending}
          disabled={why('start') !== null}
          title={why('start') ?? undefined}
          icon={<Play aria-hidden className={icon} />}
          onClick={() => start.mutate({ organization_id: org.id, app_id: app.id })}>
          Start
        </Button>
      ) : (
        <Button
          look="primary"
          disabled={why('deploy') !== null}
          title={why('deploy') ?? undefined}
          icon={<RotateCw aria-hidden className={icon} />}
          onClick={() => setOpen('redeploy')}>
          Redeploy
        </Button>
      )}
      <Menu
        label="More actions"
        trigger={
          <IconButton label="More actions">
            <Ellipsis aria-hidden className={icon} />
          </IconButton>
        }
        items={[
          {
            kind: 'act',
            label: 'Scale',
            icon: <Scaling aria-hidden className={icon} />,
            disabled: app.autoscaling === null ? why('scale') : `Autoscaled between ${app.autoscaling.min} and ${app.autoscaling.max}: see Scaling`,
            onSelect: () => setOpen('scale'),
          },
          ...(stopped
            ? [
                {
                  kind: 'act' as const,
                  label: 'Redeploy',
                  icon: <RotateCw aria-hidden className={icon} />,
                  disabled: why('deploy'),
                  onSelect: () => setOpen('redeploy'),
                },
              ]
            : []),
          {
            kind: 'act',
            label: 'Stop',
            icon: <Square aria-hidden className={icon} />,
            disabled: why('stop'),
            onSelect: () => setOpen('stop'),
          },
          { kind: 'line' },
          { kind: 'link', label: 'Settings', href: paths.appSettings(org.slug, app.name) },
        ]}
      />
      {failed === null ? null : <ErrorPanel problem={toProblem(failed)} className="basis-full" />}
      <ScaleDialog app={app} open={open === 'scale'} onOpenChange={close} onDone={asked(`Scaling ${app.name} requested`)} />
      <RedeployDialog
        app={app}
        open={open === 'redeploy'}
        onOpenChange={close}
        onDone={(id) => {
          close()
          void refresh()
          router.push(paths.deployment(org.slug, app.name, id))
        }}
      />
      <ConfirmDialog
        open={open === 'stop'}
        onOpenChange={close}
        title={`Stop ${app.name}?`}
        action={`Stop ${plural(app.replicas.desired, 'instance')}`}
        busy={stop.isPending}
        onConfirm={() => stop.mutate({ organization_id: org.id, app_id: app.id })}>
        <p>
          {app.url === null ? 'Its work stops' : 'Its address stops answering'} until you start it again. Data on the scratch disk of its
          instances is lost.
        </p>
        <p>Running costs end with the last instance.</p>
      </ConfirmDialog>
    </>
  )
}
