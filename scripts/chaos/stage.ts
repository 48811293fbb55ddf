import path from 'node:path'
import { SETUP } from '../bench/product.ts'
import { makeProduct, type Product } from '../test/product.ts'
import { mountDisk, type Disk } from './disk.ts'
import { makeWire, type Wire } from './wire.ts'

export interface Stage { product: Product; wire: Wire; disk: Disk; databaseDisk: Disk }

/** A whole product whose agent and whose database have small disks of their own, and whose agent reaches the portal by a wire that can be cut. */
export async function onStage<T>(random: () => number, work: (stage: Stage) => Promise<T>): Promise<T> {
  const wire = await makeWire(random)
  const product = await makeProduct({ SHELLWEGO_SETUP: SETUP, SHELLWEGO_PORTAL_URL: `http://127.0.0.1:${wire.port}` })
  const port = product.env['PORT']
  // The edge serves the console from the portal itself: visitors of the console are not on this wire.
  product.env['SHELLWEGO_PORTAL_UPSTREAM'] = `127.0.0.1:${port}`
  wire.aim(Number(port))
  const disk = mountDisk(path.join(product.data, 'agent'))
  const databaseDisk = mountDisk(path.join(product.data, 'pg'), '768m')
  const disks = [disk, databaseDisk]
  try {
    await product.start()
    return await work({ product, wire, disk, databaseDisk })
  } finally {
    wire.close()
    for (const { free } of disks) free()
    await product.stop()
    for (const { unmount } of disks) unmount()
    await product.remove()
  }
}
