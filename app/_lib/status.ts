import type { StatusLook } from '../_ui/status.tsx'
import type { AppStatus, Backup, DeploymentState, Install, InvoiceSummary, Snapshot, Volume } from './wire.ts'

/** One table per state machine: the same state has the same word, shape and tone on every page. */
export const appStatus: Record<AppStatus, StatusLook> = {
  deploying: { tone: 'info', word: 'Deploying', busy: true },
  running: { tone: 'good', word: 'Running' },
  degraded: { tone: 'attention', word: 'Degraded' },
  stopping: { tone: 'info', word: 'Stopping', busy: true },
  stopped: { tone: 'idle', word: 'Stopped' },
  error: { tone: 'bad', word: 'Failing' },
}

export const volumeLook: Record<Volume['status'], StatusLook> = {
  creating: { tone: 'info', word: 'Being made', busy: true },
  detached: { tone: 'idle', word: 'Detached' },
  attached: { tone: 'good', word: 'Attached' },
  detaching: { tone: 'info', word: 'Being detached', busy: true },
  restoring: { tone: 'info', word: 'Being restored', busy: true },
  resizing: { tone: 'info', word: 'Being resized', busy: true },
  error: { tone: 'bad', word: 'Failing' },
  deleted: { tone: 'attention', word: 'Deleted' },
}

/** What it is to its app means nothing while its machine is not heard. */
export const volumeStanding = ({ status, silent_since: since }: Pick<Volume, 'status' | 'silent_since'>): StatusLook =>
  (since === null || status === 'deleted' ? volumeLook[status] : { tone: 'bad', word: 'Machine not heard' })

export const snapshotLook: Record<Snapshot['status'], StatusLook> = {
  creating: { tone: 'info', word: 'Being taken', busy: true },
  ready: { tone: 'good', word: 'Ready' },
  deleting: { tone: 'idle', word: 'Being deleted', busy: true },
}

export const backupLook: Record<Backup['status'], StatusLook> = {
  creating: { tone: 'info', word: 'Being made', busy: true },
  ready: { tone: 'good', word: 'Ready' },
  failed: { tone: 'bad', word: 'Failed' },
  deleting: { tone: 'idle', word: 'Being deleted', busy: true },
}
export const drillLook: Record<NonNullable<Volume['safety']['last_drill']>, StatusLook> = {
  running: { tone: 'info', word: 'A restore is on trial', busy: true },
  passed: { tone: 'good', word: 'Restored on trial' },
  failed: { tone: 'bad', word: 'The last restore on trial failed' },
}

const asleep: StatusLook = { tone: 'idle', word: 'Asleep' }

/** All of its instances sleep: the app itself is well. */
export const appLook = (app: { status: AppStatus; asleep_since: string | null }): StatusLook => (app.asleep_since === null ? appStatus[app.status] : asleep)

const phases: Record<string, StatusLook> = {
  pending: { tone: 'info', word: 'Waiting for its node', busy: true },
  pulling: { tone: 'info', word: 'Pulling image', busy: true },
  preparing: { tone: 'info', word: 'Preparing', busy: true },
  booting: { tone: 'info', word: 'Booting', busy: true },
  running: { tone: 'good', word: 'Running' },
  sleeping: asleep,
  stopping: { tone: 'info', word: 'Stopping', busy: true },
  stopped: { tone: 'idle', word: 'Stopped' },
  backoff: { tone: 'attention', word: 'Restarting after a crash' },
  failed: { tone: 'bad', word: 'Failed' },
  lost: { tone: 'bad', word: 'Node not reporting' },
}

/** Running is not yet serving: health decides what the word says. */
export function instanceLook({ phase, health }: { phase: string; health: string | null }): StatusLook {
  if (phase === 'running' && health === 'bad') return { tone: 'bad', word: 'Unhealthy' }
  if (phase === 'running' && health === 'starting') return { tone: 'info', word: 'Checking health', busy: true }
  return phases[phase] ?? { tone: 'idle', word: phase }
}

export const deploymentState: Record<DeploymentState, StatusLook> = {
  queued: { tone: 'info', word: 'Queued', busy: true },
  running: { tone: 'info', word: 'In progress', busy: true },
  succeeded: { tone: 'good', word: 'Live' },
  failed: { tone: 'bad', word: 'Failed' },
  cancelled: { tone: 'idle', word: 'Canceled' },
  superseded: { tone: 'idle', word: 'Replaced' },
}

const reasons: Record<string, string> = {
  create: 'First deployment',
  deploy: 'Deploy',
  update: 'Settings changed',
  start: 'Started',
  restart: 'Restarted',
  rollback: 'Went back',
}
export const reasonWord = (reason: string): string => reasons[reason] ?? reason

export const invoiceStatus: Record<InvoiceSummary['status'], StatusLook> = {
  draft: { tone: 'idle', word: 'Draft' },
  open: { tone: 'attention', word: 'Due' },
  paid: { tone: 'good', word: 'Paid' },
  partially_paid: { tone: 'attention', word: 'Partly paid' },
  overdue: { tone: 'bad', word: 'Overdue' },
  void: { tone: 'idle', word: 'Void' },
  uncollectible: { tone: 'bad', word: 'Written off' },
  issued: { tone: 'idle', word: 'Issued' },
}

export const installState: Record<Install['state'], StatusLook> = {
  running: { tone: 'info', word: 'Installing', busy: true },
  healthy: { tone: 'good', word: 'Ready' },
  failed: { tone: 'bad', word: 'Failed' },
  undone: { tone: 'idle', word: 'Removed' },
}

const nodes: Record<string, StatusLook> = {
  ready: { tone: 'good', word: 'Ready' },
  draining: { tone: 'attention', word: 'Draining' },
  unreachable: { tone: 'attention', word: 'Not reporting' },
  lost: { tone: 'bad', word: 'Lost' },
}
export const nodeLook = (status: string): StatusLook => nodes[status] ?? { tone: 'idle', word: status }
