import path from 'node:path'
import { checkout } from '../host/files.ts'

export function edgePaths(data: string): { folder: string; adminSocket: string; storage: string; rootCertificate: string } {
  const folder = path.join(data, 'edge')
  const storage = path.join(folder, 'storage')
  return {
    folder, storage,
    adminSocket: path.join(folder, 'admin.sock'),
    rootCertificate: path.join(storage, 'pki/authorities/local/root.crt'),
  }
}

/** The portal keeps the one-time code here while there is no operator. */
export function setupCodeFile(data: string): string {
  return path.join(data, 'setup-code')
}

export function dataFolder(environment: NodeJS.ProcessEnv, root = checkout): string {
  if (environment.SHELLWEGO_DATA) return path.resolve(environment.SHELLWEGO_DATA)
  return process.getuid?.() === 0 ? '/var/lib/shellwego' : path.join(root, '.data')
}
