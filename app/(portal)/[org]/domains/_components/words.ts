import type { Domain } from '../../../../_lib/wire.ts'
import type { StatusLook } from '../../../../_ui/status.tsx'

export const domainLook: Record<Domain['status'], StatusLook> = {
  pending: { tone: 'attention', word: 'Not proven yet' }, active: { tone: 'good', word: 'Served' },
  failing: { tone: 'bad', word: 'Record is gone' }, lost: { tone: 'bad', word: 'Given up' },
}

export const tlsLook: Record<Domain['tls_status'], StatusLook> = {
  waiting: { tone: 'idle', word: 'Waits for the proof' }, automatic: { tone: 'good', word: 'Automatic' }, active: { tone: 'good', word: 'Valid' },
  expiring: { tone: 'attention', word: 'Expires soon' }, expired: { tone: 'bad', word: 'Expired' }, failed: { tone: 'bad', word: 'Not obtained' },
}
