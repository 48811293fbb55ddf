import type { Config } from './config.ts'
import type { Ports } from './ports.ts'
import type { Secrets } from './secrets.ts'
import type { Users } from './users.ts'

/** Everything that is decided before the first part starts. */
export interface Setting {
  config: Config
  ports: Ports
  secrets: Secrets
  users: Users
}
