/** A process of its own that backs up or restores, so that a test can kill it. */
import { createReadStream } from 'node:fs'
import { createPortalArchives } from '../../server/adapters/portal-archive/index.ts'
import { restoreDatabase } from './restore-database.ts'

export interface Order { what: 'create' | 'restore'; ownerUrl: string; systemUrl: string; folder: string; name: string; passphrase: string; data: string }

process.once('message', (order: Order) => {
  const archives = createPortalArchives()
  const lock = { passphrase: order.passphrase }
  const work = async (): Promise<void> => {
    if (order.what === 'create') {
      const { archive } = await archives.write({ databaseUrl: order.systemUrl, lock, data: order.data, environment: {}, now: new Date() })
      await archives.open({ kind: 'folder', path: order.folder }).put(order.name, archive)
      return
    }
    await restoreDatabase({ ownerUrl: order.ownerUrl, systemUrl: order.systemUrl, archive: createReadStream(`${order.folder}/${order.name}`), key: lock, force: false, file: () => Promise.resolve() })
  }
  work().then(() => process.exit(0), (error: unknown) => {
    process.stderr.write(String(error))
    process.exit(1)
  })
})
process.send?.('ready')
