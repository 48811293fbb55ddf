import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { log } from '../core/log.ts'
import { refuseUpgrade } from './http/refuse-upgrade.ts'
import { createTerminalDoor, isTerminalPath } from './terminal/connect-terminal.ts'
import { createSessionLine, SESSION_LINE_PATH } from './node/session-line.ts'

/** The only paths that are upgraded, each by a handler that knows who asks first; no request is passed on as it came. */
export const createUpgrades = () => {
  const line = createSessionLine()
  const terminals = createTerminalDoor()
  const decide = async (req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/'
    if (path === SESSION_LINE_PATH) return line.upgrade(req, socket, head)
    if (isTerminalPath(path)) return terminals.upgrade(req, socket, head)
    refuseUpgrade(socket, 404, { code: 'not_found', message: 'Nothing is upgraded here.' })
  }
  return {
    handle: (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
      decide(req, socket, head).catch((error: unknown) => {
        log.error({ path: req.url, error: error instanceof Error ? error.stack : String(error) }, 'an upgrade failed')
        refuseUpgrade(socket, 503, { code: 'unavailable', message: 'Try again.' })
      })
    },
    close: () => {
      line.close()
      terminals.close()
    },
  }
}
