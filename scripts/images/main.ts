/** Command line of the image builder. */
import { parseArgs } from 'node:util'
import { buildBuiltinImages } from './build.ts'

const { values } = parseArgs({ options: { 'work-dir': { type: 'string' }, registry: { type: 'string' } } })
const { 'work-dir': workDir, registry } = values
if (workDir === undefined || registry === undefined) {
  process.stderr.write('Usage: node scripts/images/main.ts --work-dir <folder> --registry <127.0.0.1:port>\n')
  process.exit(2)
}
const { pushed, unchanged } = await buildBuiltinImages({ workDir, registry })
process.stdout.write(`${pushed.length} image tags pushed, ${unchanged.length} unchanged\n`)
