import { globSync } from 'node:fs'
import { build } from 'esbuild'
import { checkout } from '../host/files.ts'
import { run } from '../host/run.ts'
import type { Step } from './stamp.ts'

const environment: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' }

const runsNode = (script: string, ...args: string[]): Promise<string> =>
  run([process.execPath, script, ...args], { cwd: checkout, env: environment })

/** Files outside `app/` that the pages use, as a bundler sees it: types do not count. */
async function importedByPages(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: checkout, entryPoints: globSync('app/**/*.{ts,tsx}', { cwd: checkout, exclude: (name) => /\.test\.tsx?$/.test(name) }),
    bundle: true, packages: 'external', write: false, outdir: 'dist/none', metafile: true, logLevel: 'silent', jsx: 'automatic',
    loader: { '.css': 'empty', '.woff2': 'empty', '.svg': 'empty', '.png': 'empty', '.ico': 'empty' },
  })
  return Object.keys(metafile.inputs).filter((input) => !input.startsWith('app/'))
}

export const prismaClient: Step = {
  name: 'prisma',
  inputs: ['package-lock.json', 'prisma/schema', 'prisma.config.ts'],
  outputs: ['prisma/generated/client.ts'],
  make: async () => {
    await runsNode('node_modules/prisma/build/index.js', 'generate')
    return []
  },
}

export const consolePages: Step = {
  name: 'console',
  inputs: ['package-lock.json', 'tsconfig.json', 'next.config.mjs', 'postcss.config.mjs', 'app', 'public'],
  outputs: ['.next/BUILD_ID'],
  make: async () => {
    await runsNode('node_modules/next/dist/bin/next', 'build')
    return importedByPages()
  },
}
