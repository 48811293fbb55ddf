import { readFileSync } from 'node:fs'
import os from 'node:os'
import { systemdServices } from '../../agent/install/services.ts'
import { checkout } from '../host/files.ts'
import { readConfig } from '../up/config.ts'
import { supervisorOf } from '../up/data-folder.ts'
import { installService, removeService, ServiceError, type ServicePorts } from './service.ts'
import { SETTINGS_FILE, UNIT_NAME } from './unit.ts'

const [verb, ...rest] = process.argv.slice(2)

const config = readConfig(process.env)
const runsByHand = (): boolean => {
  const supervisor = supervisorOf(config.data)
  return supervisor !== undefined && !readFileSync(`/proc/${supervisor.pid}/cgroup`, 'utf8').includes(UNIT_NAME)
}
const ports: ServicePorts = {
  services: systemdServices([UNIT_NAME]), isRoot: config.isRoot, environment: process.env, runsByHand, say: (line) => console.log(line),
}

try {
  if (rest.length > 0 || (verb !== 'install' && verb !== 'remove')) throw new ServiceError('usage: npm run service install | remove')
  if (verb === 'remove') await removeService(SETTINGS_FILE, ports)
  else await installService({ checkout, node: process.env.npm_node_execpath ?? process.execPath, home: os.homedir(), settings: SETTINGS_FILE }, ports)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
