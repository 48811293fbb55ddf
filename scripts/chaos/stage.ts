import path from 'node:path'
import { SETUP } from '../bench/product.ts'
import { makeProduct, type Product } from '../test/product.ts'
import { mountDisk, type Disk } from './disk.ts'
import { makeWire, type Wire } from './wire.ts'

export interface Stage { product: Product; wire: Wire; disk: Disk }

/** A whole product whose agent has a small disk of its own and reaches the portal by a wire that can be cut. */
export async function onStage<T>(random: () => number, work: (stage: Stage) => Promise<T>): Promise<T> {
  const wire = await makeWire(random)
  const product = await makeProduct({ SHELLWEGO_SETUP: SETUP, SHELLWEGO_PORTAL_URL: `http://127.0.0.1:${wire.port}` })
  const port = product.env['PORT']
  // The edge serves the console from the portal itself: visitors of the console are not on this wire.
  product.env['SHELLWEGO_PORTAL_UPSTREAM'] = `127.0.0.1:${port}`
  wire.aim(Number(port))
  const disk = mountDisk(path.join(product.data, 'agent'))
  try {
    await product.start()
    return await work({ product, wire, disk })
  } finally {
    wire.close()
    disk.free()
    await product.stop()
    disk.unmount()
    await product.remove()
  }
}
