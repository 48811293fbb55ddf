/** The loopback registry that serves built-in images, and pushing to it. */
import type { Blob, BuiltImage } from './oci-image.ts'

export const registryArgv = (configFile: string): [string, ...string[]] => ['docker-registry', 'serve', configFile]

/** Configuration of Debian's docker-registry. JSON is valid YAML. */
export function registryConfig(options: { dataDir: string, address: string }): string {
  return JSON.stringify({
    version: '0.1',
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: options.dataDir }, delete: { enabled: true } },
    http: { addr: options.address },
  }, null, 2)
}

export async function waitForRegistry(address: string, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const ready = await fetch(`http://${address}/v2/`).then((response) => response.ok, () => false)
    if (ready) return
    if (Date.now() > deadline) throw new Error(`The image registry at ${address} did not answer within ${timeoutMs / 1000} s. See its log.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function expectStatus(response: Response, wanted: number, what: string): Promise<Response> {
  if (response.status === wanted) return response
  throw new Error(`Registry answered ${response.status} to ${what}: ${(await response.text()).slice(0, 300)}`)
}

async function pushBlob(base: string, blob: Blob): Promise<void> {
  const head = await fetch(`${base}/blobs/${blob.digest}`, { method: 'HEAD' })
  if (head.ok) return
  const opened = await expectStatus(await fetch(`${base}/blobs/uploads/`, { method: 'POST' }), 202, 'open an upload')
  const target = new URL(opened.headers.get('location') ?? '', base)
  target.searchParams.set('digest', blob.digest)
  const body = new Uint8Array(blob.content)
  const sent = await fetch(target, { method: 'PUT', body, headers: { 'content-type': 'application/octet-stream' } })
  await expectStatus(sent, 201, `store blob ${blob.digest}`)
}

/** Returns false when the registry already held exactly this image under this tag. */
export async function pushImage(address: string, name: string, tag: string, image: BuiltImage): Promise<boolean> {
  const base = `http://${address}/v2/${name}`
  const { manifest } = image
  const head = await fetch(`${base}/manifests/${tag}`, { method: 'HEAD', headers: { accept: manifest.mediaType } })
  if (head.ok && head.headers.get('docker-content-digest') === manifest.digest) return false
  for (const blob of [...image.layers, image.config]) await pushBlob(base, blob)
  const body = new Uint8Array(manifest.content)
  const sent = await fetch(`${base}/manifests/${tag}`, { method: 'PUT', body, headers: { 'content-type': manifest.mediaType } })
  await expectStatus(sent, 201, `store manifest ${name}:${tag}`)
  return true
}
