import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const folders = ['agent', 'app', 'cli', 'emails', 'scripts', 'server']
const named = (ending: string): string[] => folders.map((folder) => `${folder}/**/*.${ending}.{ts,tsx}`)
/** Vitest would leave one processor free: of two, half the machine, while tests wait for the database. */
const WORKERS = availableParallelism()
const APART = ['agent/drivers/vmm/**/*.vm.test.ts', 'agent/drivers/route/caddy/acme.vm.test.ts']

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: { name: 'unit', include: named('test'), exclude: [...named('db.test'), ...named('vm.test'), '**/node_modules/**'], maxWorkers: WORKERS },
      },
      {
        test: {
          name: 'integration', include: named('db.test'), globalSetup: 'scripts/test/database-setup.ts',
          maxWorkers: WORKERS, testTimeout: 60_000, hookTimeout: 60_000,
        },
      },
      {
        // Machines, volumes and certificates that touch nothing of the host but folders of their own, or a network of their own.
        test: {
          name: 'vm-apart', include: APART, globalSetup: 'agent/drivers/vmm/qemu/guest-setup.ts', maxWorkers: WORKERS, sequence: { groupOrder: 0 }, testTimeout: 120_000, hookTimeout: 180_000,
        },
      },
      {
        // What changes the network of the host, or runs a whole node: one file at a time.
        test: {
          name: 'vm-host', include: named('vm.test'), exclude: [...APART, '**/node_modules/**'],
          globalSetup: 'scripts/test/database-setup.ts', fileParallelism: false, sequence: { groupOrder: 1 },
          testTimeout: 120_000, hookTimeout: 180_000,
        },
      },
    ],
  },
})
