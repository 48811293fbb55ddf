/** What Firecracker allows when, and what it looks at before it says yes. Paths are those of the jail, which is the working folder. */
import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from 'node:fs'

export type State = 'Not started' | 'Running' | 'Paused'
type Body = Record<string, unknown>

export class Fault extends Error {}

const AFTER_START = 'The requested operation is not supported after starting the microVM.'
const BEFORE_START = 'The requested operation is not supported before starting the microVM.'
const MAX_DEVICES = 17
const FREE = new Set(['/logger', '/metrics'])
const ANY_TIME = new Set(['/mmds'])

export interface DriveConfig { id: string; path: string; isRoot: boolean; readOnly: boolean }

export class DoubleMachine {
  state: State = 'Not started'
  readonly settings = new Map<string, Body>()
  drives: DriveConfig[] = []
  onStart: (bootArguments: string) => void = () => {}
  onVsock: (path: string) => void = () => {}
  onSnapshot: (state: string, memory: string) => void = () => {}
  onLoad: (load: { state: string; memory: string; vsock: string | null }) => void = () => {}
  onKeyboard: () => void = () => {}
  readonly #uid: number

  constructor(uid: number) {
    this.#uid = uid
  }

  apply(method: string, path: string, ids: readonly string[], body: Body): void {
    if (method === 'PUT' && path === '/actions') return this.#act(String(body['action_type']))
    if (method === 'PUT' && path === '/snapshot/create') return this.#snapshot(body)
    if (method === 'PATCH') return this.#patch(path, ids, body)
    if (this.state !== 'Not started' && !ANY_TIME.has(path)) throw new Fault(AFTER_START)
    if (path === '/snapshot/load') return this.#load(body)
    if (path === '/drives/{drive_id}') this.#drive(ids[0] ?? '', body)
    else if (path === '/network-interfaces/{iface_id}') this.#network(ids[0] ?? '', body)
    else this.#setting(path, body)
    this.settings.set([path, ...ids].join(' '), body)
  }

  /** A fresh process holds nothing but where to log. */
  isFresh(): boolean {
    return this.drives.length === 0 && [...this.settings.keys()].every((path) => FREE.has(path))
  }

  restore(settings: [string, Body][], drives: DriveConfig[]): void {
    for (const [key, body] of settings) this.settings.set(key, body)
    this.drives = drives
    for (const { path, readOnly } of drives) opens(path, readOnly ? constants.O_RDONLY : constants.O_RDWR)
  }

  #setting(path: string, body: Body): void {
    const file = (key: string): string => String(body[key])
    if (path === '/logger') opens(file('log_path'), constants.O_WRONLY | constants.O_NONBLOCK)
    if (path === '/boot-source') {
      opens(file('kernel_image_path'), constants.O_RDONLY)
      if (body['initrd_path'] !== undefined) opens(file('initrd_path'), constants.O_RDONLY)
    }
    if (path === '/machine-config') checkSize(Number(body['vcpu_count']), Number(body['mem_size_mib']), body)
    if (path === '/mmds/config') for (const id of body['network_interfaces'] as string[]) if (!this.#interfaces().includes(id)) throw new Fault(`The list of network interface IDs contains unknown ${id}`)
    if (path === '/mmds' && !this.settings.has('/mmds/config')) throw new Fault('The MMDS data store is not initialized.')
    if (path === '/serial') opens(file('serial_out_path'), constants.O_WRONLY | constants.O_CREAT | constants.O_NONBLOCK)
    if (path === '/vsock') this.onVsock(file('uds_path'))
  }

  #drive(id: string, body: Body): void {
    const { drive_id: own, path_on_host: path, is_root_device: isRoot, is_read_only: readOnly } = body
    if (own !== id) throw new Fault('The id from the path does not match the id from the body!')
    if (typeof path !== 'string' || typeof readOnly !== 'boolean') throw new Fault('path_on_host and is_read_only are needed for virtio-block')
    const others = this.drives.filter((drive) => drive.id !== id)
    if (isRoot === true && others.some((drive) => drive.isRoot)) throw new Fault('A root block device already exists!')
    opens(path, readOnly ? constants.O_RDONLY : constants.O_RDWR)
    const drive: DriveConfig = { id, path, isRoot: isRoot === true, readOnly }
    this.drives = drive.isRoot ? [drive, ...others] : [...others, drive]
  }

  #network(id: string, body: Body): void {
    if (body['iface_id'] !== id) throw new Fault('The id from the path does not match the id from the body!')
    checkTap(String(body['host_dev_name']), this.#uid)
  }

  #patch(path: string, ids: readonly string[], body: Body): void {
    if (path === '/machine-config') throw new Fault(this.state === 'Not started' ? 'not part of the double' : AFTER_START)
    if (this.state === 'Not started') throw new Fault(BEFORE_START)
    if (path === '/vm') this.state = body['state'] === 'Paused' ? 'Paused' : 'Running'
    else if (path === '/drives/{drive_id}') {
      const drive = this.drives.find(({ id }) => id === ids[0])
      if (drive === undefined || body['drive_id'] !== ids[0]) throw new Fault(`Invalid block device ID: ${ids[0]}`)
      if (typeof body['path_on_host'] === 'string') opens(body['path_on_host'], drive.readOnly ? constants.O_RDONLY : constants.O_RDWR)
    } else throw new Fault('not part of the double')
  }

  #act(action: string): void {
    if (action === 'InstanceStart') {
      if (this.state !== 'Not started') throw new Fault(AFTER_START)
      const source = this.settings.get('/boot-source')
      if (!source) throw new Fault('Cannot start microvm without kernel configuration.')
      const devices = this.drives.length + this.#interfaces().length + ['/vsock', '/entropy', '/balloon'].filter((path) => this.settings.has(path)).length
      if (devices > MAX_DEVICES) throw new Fault('Failed to allocate requested resource: no more interrupts')
      this.state = 'Running'
      this.onStart(typeof source['boot_args'] === 'string' ? source['boot_args'] : '')
    } else if (this.state === 'Not started') throw new Fault(BEFORE_START)
    else if (action === 'SendCtrlAltDel') this.onKeyboard()
  }

  #snapshot(body: Body): void {
    if (this.state === 'Not started') throw new Fault(BEFORE_START)
    if (this.state !== 'Paused') throw new Fault('Cannot create snapshot: the microVM is not paused')
    this.onSnapshot(String(body['snapshot_path']), String(body['mem_file_path']))
  }

  #load(body: Body): void {
    if (!this.isFresh()) throw new Fault('Loading a microVM snapshot not allowed after configuring boot-specific resources.')
    const backend = body['mem_backend'] as Body | undefined
    if ((backend === undefined) === (body['mem_file_path'] === undefined)) throw new Fault('exactly one of mem_backend and mem_file_path is needed')
    for (const { host_dev_name: name } of (body['network_overrides'] ?? []) as Body[]) checkTap(String(name), this.#uid)
    const override = body['vsock_override'] as Body | undefined
    this.onLoad({ state: String(body['snapshot_path']), memory: String(backend?.['backend_path']), vsock: override ? String(override['uds_path']) : null })
    this.state = body['resume_vm'] === true ? 'Running' : 'Paused'
  }

  #interfaces(): string[] {
    const prefix = '/network-interfaces/{iface_id} '
    return [...this.settings.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  }
}

function checkSize(vcpus: number, memoryMib: number, { smt, huge_pages: pages }: Body): void {
  if (memoryMib < 1) throw new Fault('The memory size (MiB) is invalid.')
  if (smt === true && vcpus > 1 && vcpus % 2 === 1) throw new Fault('The vCPU number is invalid!')
  if (pages === '2M' && memoryMib % 2 === 1) throw new Fault('The memory size (MiB) is not a multiple of the page size.')
}

/** By the VM's own user, as Firecracker would. */
export function opens(path: string, flags: number): void {
  if (!path.startsWith('/')) throw new Fault(`${path} is not a path of the jail`)
  try {
    const fd = openSync(`.${path}`, flags)
    const isFolder = fstatSync(fd).isDirectory()
    closeSync(fd)
    if (isFolder) throw new Error('is a directory')
  } catch (error) {
    throw new Fault(`Unable to open ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function checkTap(name: string, uid: number): void {
  if (!existsSync(`/sys/class/net/${name}/tun_flags`)) throw new Fault(`Open tap device failed: ${name} is no tap`)
  const owner = readFileSync(`/sys/class/net/${name}/owner`, 'utf8').trim()
  if (owner !== String(uid)) throw new Fault(`Open tap device failed: ${name} belongs to ${owner}: Operation not permitted`)
}
