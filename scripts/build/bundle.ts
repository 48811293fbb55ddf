import { chmodSync } from 'node:fs'
import path from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { checkout } from '../host/files.ts'
import type { Step } from './stamp.ts'

/** CommonJS packages inside an ES module bundle still call `require`. */
const REQUIRE_BANNER = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

const common = {
  absWorkingDir: checkout,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions

function bundle(name: string, entry: string, options: BuildOptions): Step {
  const outfile = `dist/${name}.js`
  return {
    name,
    inputs: ['package-lock.json', 'scripts/build/bundle.ts', entry],
    outputs: [outfile],
    make: async () => {
      const { metafile } = await build({ ...common, ...options, entryPoints: [entry], outfile })
      chmodSync(path.join(checkout, outfile), 0o755)
      return Object.keys(metafile?.inputs ?? {}).filter((input) => !input.startsWith('node_modules/'))
    },
  }
}

/** Runs inside the checkout: its packages, native ones among them, are taken from node_modules. */
export const serverBundle = bundle('server', 'server/main.ts', { packages: 'external' })

/** Travels to other machines as one file, with everything in it. */
export const agentBundle = bundle('agent', 'agent/main.ts', { banner: { js: REQUIRE_BANNER }, minifySyntax: true })
