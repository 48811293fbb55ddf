import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../_lib/router-type.ts'

export type InvitationOffer = inferRouterOutputs<AppRouter>['invitations']['preview']
