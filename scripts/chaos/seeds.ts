/**
 * Runs that found something, or do what a fault found by hand needs: repeated by `npm run chaos -- --fixed`; a small test stands where the
 * fault was. `kinds`: so many kinds of faults there were then.
 */
export const FIXED_SEEDS: readonly { seed: number; minutes: number; restore: boolean; kinds: number; about: string }[] = [
  { seed: 1, minutes: 1.5, restore: false, kinds: 27, about: '"ready" came before the machine had joined: the first app was refused for want of a node (scripts/up/node-heard.db.test.ts)' },
  {
    seed: 11, minutes: 3, restore: false, kinds: 27,
    about: 'a full disk of the agent and clocks that were set: log lines passed over (agent/reconcile/full-log-disk.test.ts), nodes judged by a time that was just set (nodes/rules/attention.test.ts)',
  },
  {
    seed: 12, minutes: 5, restore: true, kinds: 27,
    about: 'a link that was away for 70 s came back, and for half a second the visitor of an app with one instance was told that it is paused (server/domain/deployments/plan-alone.test.ts); and what was deployed meanwhile failed for want of a node and stayed dead (server/domain/deployments/engine.db.test.ts); after the restore a removed machine\'s tombstone was never dropped (server/domain/nodes/record-status.db.test.ts)',
  },
]
