import type { StatusLook } from '../_ui/status.tsx'
import type { AppStatus, DeploymentStatus, InstallStatus, InstancePhase, InvoiceStatus, StepName } from './wire.ts'
import type { NodeRow } from './wire-staff.ts'

/** One table per state machine: the same state has the same word, shape and tone on every page. */
export const appStatus: Record<AppStatus, StatusLook> = {
  created: { tone: 'idle', word: 'Not deployed' },
  deploying: { tone: 'info', word: 'Deploying', busy: true },
  running: { tone: 'good', word: 'Running' },
  degraded: { tone: 'attention', word: 'Degraded' },
  stopped: { tone: 'idle', word: 'Stopped' },
  stopping: { tone: 'info', word: 'Stopping', busy: true },
  paused: { tone: 'attention', word: 'Paused' },
  error: { tone: 'bad', word: 'Failing' },
  deleting: { tone: 'info', word: 'Deleting', busy: true },
}

export const instancePhase: Record<InstancePhase, StatusLook> = {
  pending: { tone: 'info', word: 'Waiting for a node', busy: true },
  pulling: { tone: 'info', word: 'Pulling image', busy: true },
  preparing: { tone: 'info', word: 'Preparing', busy: true },
  booting: { tone: 'info', word: 'Booting', busy: true },
  running: { tone: 'good', word: 'Running' },
  stopping: { tone: 'info', word: 'Stopping', busy: true },
  stopped: { tone: 'idle', word: 'Stopped' },
  backoff: { tone: 'attention', word: 'Restarting after a crash' },
  failed: { tone: 'bad', word: 'Failed' },
  lost: { tone: 'bad', word: 'Node not reporting' },
}

export const deploymentStatus: Record<DeploymentStatus, StatusLook> = {
  queued: { tone: 'info', word: 'Queued', busy: true },
  running: { tone: 'info', word: 'In progress', busy: true },
  live: { tone: 'good', word: 'Live' },
  failed: { tone: 'bad', word: 'Failed' },
  canceled: { tone: 'idle', word: 'Canceled' },
  superseded: { tone: 'idle', word: 'Replaced' },
}

export const stepNames: Record<StepName, string> = {
  queued: 'Queued', pulling_image: 'Pulling image', creating_instance: 'Creating instance', booting: 'Booting',
  health_check: 'Health check', routing: 'Routing', live: 'Live',
}

export const invoiceStatus: Record<InvoiceStatus, StatusLook> = {
  draft: { tone: 'idle', word: 'Draft' },
  open: { tone: 'attention', word: 'Due' },
  paid: { tone: 'good', word: 'Paid' },
  partially_paid: { tone: 'attention', word: 'Partly paid' },
  overdue: { tone: 'bad', word: 'Overdue' },
  void: { tone: 'idle', word: 'Void' },
  uncollectible: { tone: 'bad', word: 'Written off' },
}

export const installStatus: Record<InstallStatus, StatusLook> = {
  queued: { tone: 'info', word: 'Queued', busy: true },
  running: { tone: 'info', word: 'Installing', busy: true },
  healthy: { tone: 'good', word: 'Ready' },
  failed: { tone: 'bad', word: 'Failed' },
  undoing: { tone: 'attention', word: 'Undoing', busy: true },
  undone: { tone: 'idle', word: 'Undone' },
}

export const nodeStatus: Record<NodeRow['status'], StatusLook> = {
  ready: { tone: 'good', word: 'Ready' },
  joining: { tone: 'info', word: 'Joining', busy: true },
  draining: { tone: 'attention', word: 'Draining' },
  unreachable: { tone: 'attention', word: 'Not reporting' },
  lost: { tone: 'bad', word: 'Lost' },
}
