import { defineConfig } from 'vitest/config'

const folders = ['agent', 'app', 'cli', 'emails', 'scripts', 'server']
const named = (ending: string): string[] => folders.map((folder) => `${folder}/**/*.${ending}.{ts,tsx}`)

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      {
        test: { name: 'unit', include: named('test'), exclude: [...named('db.test'), ...named('vm.test'), '**/node_modules/**'] },
      },
      {
        test: {
          name: 'integration', include: named('db.test'), globalSetup: 'scripts/test/database-setup.ts',
          testTimeout: 60_000, hookTimeout: 60_000,
        },
      },
      {
        // Real machines share two cores: one file at a time.
        test: {
          name: 'vm', include: named('vm.test'), globalSetup: 'scripts/test/database-setup.ts', fileParallelism: false,
          testTimeout: 120_000, hookTimeout: 180_000,
        },
      },
    ],
  },
})
