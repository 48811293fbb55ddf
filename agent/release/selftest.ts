/** `agent selftest`: the new release, asked by the one that runs, before it takes over. It changes nothing and attaches to nothing. */
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { VmmDriver } from '../drivers/vmm.ts'
import { ensureArguments } from '../guest/arguments.ts'
import { guestAssets } from '../guest/assets.ts'
import { loadNodeKey } from '../portal/node-key.ts'
import { openLedger } from '../state/ledger.ts'
import { createSecretBox } from '../state/secret-box.ts'

const TALK_MS = 10_000

export interface SelftestConfig { agentDir: string; guestDir: string; vmm: Pick<VmmDriver, 'probe'> }

/** Throws with what is wrong. */
export async function selftest({ agentDir, guestDir, vmm }: SelftestConfig, flags: string[]): Promise<void> {
  const { values } = parseArgs({ args: flags, options: { ledger: { type: 'string' }, talk: { type: 'string' } } })
  if (values.ledger !== undefined) readLedger(agentDir, values.ledger)
  const { kernel, initramfs, init } = guestAssets(guestDir)
  for (const file of [kernel, initramfs, init]) if (!existsSync(file)) throw new Error(`${file} is missing from the release.`)
  await ensureArguments(guestDir)
  await vmm.probe()
  if (values.talk !== undefined) await talkTo(values.talk)
}

/** A copy of what the agent that runs remembers: this release must understand all of it. */
function readLedger(agentDir: string, copy: string): void {
  const box = createSecretBox(loadNodeKey(join(agentDir, 'node.key')).secret)
  const ledger = openLedger(copy, box)
  try {
    const stored = ledger.getMeta('node')
    if (stored !== null) box.open(Buffer.from(stored, 'base64'), 'node')
    ledger.guard()
    ledger.known()
    ledger.networkDesire()
    ledger.routeDesires()
    ledger.volumeRecords()
    for (const { id } of ledger.vmRecords()) ledger.steps(id)
  } finally {
    ledger.close()
  }
}

/** One of the VMs that run, over the network it serves on. */
function talkTo(address: string): Promise<void> {
  const [host = '', port = ''] = address.split(':')
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: TALK_MS })
    const fail = (error: Error): void => {
      socket.destroy()
      reject(new Error(`The VM at ${address} could not be reached: ${error.message}`))
    }
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('timeout', () => fail(new Error(`no answer within ${TALK_MS / 1000} s`)))
    socket.once('error', fail)
  })
}
