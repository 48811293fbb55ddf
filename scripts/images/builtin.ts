/** What the built-in images and the test fixtures contain. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { busybox, redisServer } from './host-files.ts'
import { buildImage, buildLayer, type BuiltImage, type ImageRuntime, type Layer } from './oci-image.ts'
import { directory, file, type TarEntry } from './tar.ts'

export interface BuiltinImage { name: string, tags: string[], image: BuiltImage }

const ROOTFS = join(import.meta.dirname, 'rootfs')
const HTTP: ImageRuntime = { Entrypoint: ['/app/start.sh'], WorkingDir: '/', ExposedPorts: { '8080/tcp': {} }, StopSignal: 'SIGTERM' }
const PATH = 'PATH=/bin'

async function script(source: string, path: string): Promise<TarEntry> {
  return file(path, await readFile(join(ROOTFS, source)), { mode: /\.(sh|cgi)$/.test(source) ? 0o755 : 0o644 })
}

async function baseLayer(): Promise<Layer> {
  return buildLayer([
    ...await busybox(),
    file('etc/passwd', 'root:x:0:0:root:/:/bin/sh\nredis:x:999:999:redis:/data:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n'),
    file('etc/group', 'root:x:0:\nredis:x:999:\nnobody:x:65534:\n'),
    directory('tmp', { mode: 0o1777 }), directory('run'), directory('proc'), directory('sys'), directory('dev'),
  ])
}

async function pageLayer(name: string, extra: TarEntry[] = []): Promise<Layer> {
  return buildLayer([
    await script('httpd/serve.sh', 'app/serve.sh'), await script('httpd/log.awk', 'app/log.awk'), await script('httpd/html.awk', 'app/html.awk'),
    await script(`${name}/start.sh`, 'app/start.sh'), await script(`${name}/page.awk`, 'app/page.awk'),
    directory('srv/www'), ...extra,
  ])
}

export async function builtinImages(): Promise<BuiltinImage[]> {
  const base = await baseLayer()
  const hello = [base, await pageLayer('hello')]
  const guestbook = await pageLayer('guestbook', [await script('guestbook/index.cgi', 'srv/www/cgi-bin/index.cgi')])
  const redis = buildLayer([...await redisServer(), await script('redis/start.sh', 'app/start.sh'), directory('data', { uid: 999, mode: 0o700 })])
  return [
    { name: 'hello', tags: ['v1'], image: buildImage(hello, { ...HTTP, Env: [PATH, 'IMAGE_VERSION=v1'] }) },
    { name: 'hello', tags: ['v2', 'latest'], image: buildImage(hello, { ...HTTP, Env: [PATH, 'IMAGE_VERSION=v2'] }) },
    { name: 'static-site', tags: ['v1', 'latest'], image: buildImage([base, await pageLayer('static-site')], { ...HTTP, Env: [PATH] }) },
    { name: 'guestbook', tags: ['v1', 'latest'], image: buildImage([base, guestbook], { ...HTTP, Env: [PATH] }) },
    {
      name: 'redis', tags: ['v7', 'latest'],
      image: buildImage([base, redis], { Entrypoint: ['/app/start.sh'], Env: [PATH], User: '999:999', WorkingDir: '/data', ExposedPorts: { '6379/tcp': {} } }),
    },
    ...fixtureImages(base),
  ]
}

/** Images that fail in one way each; tests deploy them. */
function fixtureImages(base: Layer): BuiltinImage[] {
  const owned = buildLayer([
    directory('data', { uid: 999, mode: 0o700 }), file('data/owned-by-999', 'uid 999\n', { uid: 999, mode: 0o600 }),
  ])
  const fixture = (name: string, layers: Layer[], runtime: ImageRuntime): BuiltinImage =>
    ({ name: `fixtures/${name}`, tags: ['v1'], image: buildImage(layers, { Env: [PATH], ...runtime }) })
  return [
    fixture('exit1', [base], { Entrypoint: ['/bin/sh', '-c', 'echo "fixture exits with 1" >&2; exit 1'] }),
    fixture('noentry', [base], {}),
    fixture('silent', [base], { Cmd: ['/bin/sh', '-c', 'echo "fixture never listens"; exec sleep 1000000'] }),
    fixture('uid999', [base, owned], { Cmd: ['/bin/ls', '-ln', '/data'], User: '999:999' }),
  ]
}
