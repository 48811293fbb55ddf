/** Types only: no line of the portal's own code reaches a browser bundle. */
export type { AppRouter } from '../../server/transport/trpc/router.ts'
