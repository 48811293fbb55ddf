'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { END_WORDS } from '../../../../../../server/contract/exec.ts'
import type { Ended } from '../../../../../../server/contract/session-wire.ts'
import { refusedBecause } from '../../../../../_lib/can.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { Button } from '../../../../../_ui/button.tsx'
import { Select } from '../../../../../_ui/inputs.tsx'
import { EmptyState, ErrorPanel, Forbidden, PanelSkeleton } from '../../../../../_ui/states.tsx'
import { Banner } from '../../../../../_ui/status.tsx'
import type { Screen } from '../../../../../_ui/terminal-screen.tsx'
import { useApp } from './app-scope.tsx'
import { RunCommand } from './run-command.tsx'
import { useTerminal, type TerminalState } from './use-terminal.ts'

const TerminalScreen = dynamic(() => import('../../../../../_ui/terminal-screen.tsx').then((module) => module.TerminalScreen), {
  ssr: false,
  loading: () => <PanelSkeleton label="Loading the terminal" className="h-full" />,
})

const endText = ({ reason, code }: Ended): string => {
  if (reason === 'exited') return `The shell ended with ${code ?? 0}.`
  if (reason === 'not_found' || reason === 'not_executable') return 'This image has no shell: neither bash nor sh. Run one of its own programs below instead.'
  return END_WORDS[reason]
}

function Outcome({ state }: { state: TerminalState }) {
  if (state.step === 'reconnecting') {
    return <Banner tone="attention" className="mb-3">The connection was lost; it is being opened again. Nothing typed or printed is lost within a minute.</Banner>
  }
  if (state.step === 'ended') {
    return <Banner tone={state.ended.reason === 'exited' ? 'info' : 'attention'} className="mb-3">{endText(state.ended)}</Banner>
  }
  return state.step === 'failed' && state.problem !== null ? <ErrorPanel problem={state.problem} className="mb-3" /> : null
}

export function TerminalPage() {
  const app = useApp()
  const { org } = useOrg()
  const running = app.instances.filter((one) => one.phase === 'running' || one.phase === 'sleeping')
  const [wanted, setWanted] = useState('')
  const [screen, setScreen] = useState<Screen | null>(null)
  const terminal = useTerminal(screen)
  const instance = running.find((one) => one.id === wanted) ?? running[0]
  const refused = refusedBecause(org, 'apps:exec', app.id)
  if (refused !== null) return <Forbidden reason={refused} />
  if (instance === undefined && terminal.state.step === 'idle') {
    return (
      <EmptyState title="No instance runs" command={`shellwego apps start ${app.name}`}>
        A terminal opens inside a running instance. {app.status === 'stopped' ? 'Start the app first.' : 'Wait until one is up; the overview says how far it is.'}
      </EmptyState>
    )
  }
  const busy = terminal.state.step === 'connecting'
  const active = terminal.state.step === 'open' || terminal.state.step === 'reconnecting'
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Select
          aria-label="Instance"
          className="w-full sm:w-80"
          value={instance?.id ?? ''}
          disabled={active}
          onChange={(event) => setWanted(event.target.value)}
          options={running.map((one) => ({ value: one.id, label: one.id }))}
        />
        {active ? (
          <Button id="leave-terminal" onClick={terminal.close}>Close terminal</Button>
        ) : (
          <Button
            id="leave-terminal"
            look="primary"
            busy={busy}
            disabled={screen === null || instance === undefined}
            onClick={() => instance && void terminal.open({ app_id: app.id, instance_id: instance.id, organization_id: org.id })}>
            {terminal.state.step === 'idle' ? 'Open terminal' : 'Open again'}
          </Button>
        )}
      </div>
      <Outcome state={terminal.state} />
      <div
        className="h-[max(280px,calc(100dvh-420px))] rounded-box border border-line bg-surface p-2"
        role="group"
        aria-label={`Terminal of ${app.name}`}>
        <TerminalScreen onReady={setScreen} onKeys={terminal.write} onResize={terminal.resize} />
      </div>
      <p className="mt-2 mb-6 text-12 text-muted">
        Tab and Escape go to the shell; <kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>Escape</kbd> leaves the terminal. Copy with <kbd>Ctrl</kbd>{' '}
        <kbd>Insert</kbd> or the context menu. It ends after 30 minutes without a word, and after 4 hours. Who opened it and when
        is in the audit log; what is typed is not.
      </p>
      <RunCommand instanceId={instance?.id} />
    </>
  )
}
