'use client'
import { usePathname } from 'next/navigation'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { paths } from '../../../../../_lib/paths.ts'
import { appLook } from '../../../../../_lib/status.ts'
import type { AppDetail } from '../../../../../_lib/wire.ts'
import { CopyButton } from '../../../../../_ui/copy.tsx'
import { Load } from '../../../../../_ui/load.tsx'
import { PageHeader } from '../../../../../_ui/page.tsx'
import { PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner, Status } from '../../../../../_ui/status.tsx'
import { Tabs } from '../../../../../_ui/tabs.tsx'
import { hostOf } from '../../_components/apps-table.tsx'
import { AppActions } from './app-actions.tsx'
import { LostVolumeBanner } from './lost-volume-banner.tsx'
import { AsleepBanner } from './asleep-banner.tsx'
import { AppScope, useAppQuery } from './app-scope.tsx'

/** The first thing an instance has to say about why it does not serve. */
const trouble = (app: AppDetail): string | null =>
  app.status === 'running' ? null : (app.instances.find((one) => one.reason !== null)?.reason ?? null)

export function AppFrame({ name, children }: { name: string; children: ReactNode }) {
  const { org } = useOrg()
  const query = useAppQuery(name)
  const overview = usePathname() === paths.app(org.slug, name)
  return (
    <Load query={query} skeleton={<PanelSkeleton label="Loading the app" className="h-80" />}>
      {(app) => (
        <AppScope value={app}>
          <PageHeader
            title={app.name}
            above={
              <Link className="link" href={paths.apps(org.slug)}>
                Apps
              </Link>
            }
            status={<Status {...appLook(app)} className="text-13" />}
            action={<AppActions app={app} />}
            facts={
              <>
                {app.url === null ? (
                  <span>No public address</span>
                ) : (
                  <span className="inline-flex max-w-full min-w-0 items-center gap-1">
                    <a className="link break-all" href={app.url} target="_blank" rel="noreferrer">
                      <bdi>{hostOf(app.url)}</bdi>
                    </a>
                    <CopyButton text={app.url} label="Copy address" className="-my-1" />
                  </span>
                )}
                <bdi className="max-w-full">
                  <code className="break-all">{app.image}</code>
                </bdi>
                {app.release === null ? null : <span>Release {app.release}</span>}
              </>
            }>
            {app.asleep_since === null ? null : <AsleepBanner app={app} since={app.asleep_since} />}
            <LostVolumeBanner app={app}>
              {trouble(app) === null ? null : (
                <Banner tone={app.status === 'error' ? 'bad' : 'attention'} className="mt-3">
                  {trouble(app)}
                </Banner>
              )}
            </LostVolumeBanner>
          </PageHeader>
          <div className={overview ? 'mb-6' : 'mb-5'}>
            <Tabs
              label="App"
              tabs={[
                { href: paths.app(org.slug, app.name), label: 'Overview' },
                { href: paths.deployments(org.slug, app.name), label: 'Deployments', deep: true },
                { href: paths.logs(org.slug, app.name), label: 'Logs' },
                { href: paths.terminal(org.slug, app.name), label: 'Terminal' },
                { href: paths.metrics(org.slug, app.name), label: 'Metrics' },
                { href: paths.scaling(org.slug, app.name), label: 'Scaling' },
                { href: paths.appNetwork(org.slug, app.name), label: 'Network' },
                { href: paths.appSettings(org.slug, app.name), label: 'Settings' },
              ]}
            />
          </div>
          {children}
        </AppScope>
      )}
    </Load>
  )
}
