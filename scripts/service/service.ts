import { existsSync, writeFileSync } from 'node:fs'
import type { Services } from '../../agent/install/services.ts'
import { serviceUnit, settingsText, UNIT_NAME, type Service } from './unit.ts'

export class ServiceError extends Error {}

export interface ServicePorts {
  services: Services
  isRoot: boolean
  /** Whether a product runs on this data folder, outside of the service. */
  runsByHand: () => boolean
  environment: Readonly<Record<string, string | undefined>>
  say: (line: string) => void
}

function requireSystemd({ isRoot, services }: ServicePorts): void {
  if (!isRoot) throw new ServiceError('A service needs root. Put sudo before the command.')
  if (!services.present()) throw new ServiceError('This machine runs no systemd. Let whatever starts your services run `npm run up`; SIGTERM ends it in order.')
}

/** Writes the unit, enables it and starts the product. Run again, it renews the unit and leaves the settings alone. */
export async function installService(service: Service, ports: ServicePorts): Promise<void> {
  requireSystemd(ports)
  if (ports.runsByHand()) throw new ServiceError('The product runs already, started by hand. End it first: npm run down')
  const unit = { name: UNIT_NAME, text: serviceUnit(service) }
  if (existsSync(service.settings)) ports.say(`settings as they are in ${service.settings}`)
  else {
    writeFileSync(service.settings, settingsText(ports.environment), { mode: 0o600, flag: 'wx' })
    ports.say(`settings of this shell written to ${service.settings}`)
  }
  await ports.services.install([unit])
  ports.say('started, now and after each reboot. Watch it: journalctl -fu shellwego')
}

/** Ends the product in order and takes the unit away; data and settings stay. */
export async function removeService(settings: string, ports: ServicePorts): Promise<void> {
  requireSystemd(ports)
  await ports.services.remove()
  ports.say(`stopped and removed; ${settings} and the data stay`)
}
