import type { FieldProblem } from '../../../contract/problem.ts'

/** A volume here would hide what the machine or the image needs to run. */
const SYSTEM_PATHS = new Set([
  '/', '/bin', '/boot', '/dev', '/etc', '/home', '/lib', '/lib32', '/lib64', '/libx32', '/proc', '/root', '/run', '/sbin', '/sys', '/tmp', '/usr', '/usr/bin',
  '/usr/lib', '/usr/lib64', '/usr/local', '/usr/local/bin', '/usr/local/lib', '/usr/sbin', '/usr/share', '/var', '/var/lib', '/var/run',
])
/** The kernel's own: nothing at all below them. */
const CLOSED = ['/dev', '/proc', '/sys', '/run', '/var/run', '/etc/ssl', '/boot']

const below = (path: string, parent: string): boolean => path === parent || path.startsWith(`${parent}/`)

/** What is wrong with mounting a volume there, or null. `taken`: where the app has other volumes. */
export const mountFault = (path: string, taken: readonly string[]): FieldProblem | null => {
  const fault = (code: string, message: string): FieldProblem => ({ pointer: '/mount_path', code, message })
  if (!path.startsWith('/')) return fault('not_absolute', 'Begin the path with /, as /data.')
  if (path !== '/' && (path.endsWith('/') || path.slice(1).split('/').some((part) => part === '' || part === '.' || part === '..'))) {
    return fault('not_plain', 'Write the path without empty parts, dots or a slash at the end, as /var/lib/data.')
  }
  if (SYSTEM_PATHS.has(path) || CLOSED.some((closed) => below(path, closed))) {
    return fault('system_path', `The machine itself needs ${path}. Choose a folder of its own, as /data or /var/lib/app.`)
  }
  const other = taken.find((used) => below(path, used) || below(used, path))
  if (other === path) return fault('taken', `Another volume of the app is mounted on ${path}.`)
  if (other !== undefined) return fault('nested', `Another volume of the app is mounted on ${other}; one inside the other cannot be told apart.`)
  return null
}
