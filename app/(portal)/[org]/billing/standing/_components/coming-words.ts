import type { StandingReport } from '../../../../../_lib/wire.ts'

export const comingWords: Readonly<Record<StandingReport['next'][number]['kind'], string>> = {
  reminder: 'A reminder leaves by mail',
  overdue: 'The invoice is due',
  retry: 'The stored card is tried again',
  suspend: 'Apps are stopped; nothing is deleted',
  last_notice: 'The last notice leaves by mail',
  terminate: 'Apps and secrets are deleted',
  recover: 'Apps start again',
}
