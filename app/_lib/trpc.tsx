'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useState, type ReactNode } from 'react'
import { statusOf } from './problem.ts'
import { proveAndRetry } from './reauthentication.ts'
import { repeatHeaders, repeatUnanswered } from './repeat.ts'
import type { AppRouter } from './router-type.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

const TRPC_URL = '/api/trpc'
const CSRF = { 'x-shellwego-csrf': '1' }
const [NO_ANSWER_TRIES, FAULT_TRIES] = [3, 2]

/** Refusals stay refusals: only a server or network fault is worth a second try. */
const worthRetry = (failures: number, error: unknown): boolean => {
  const status = statusOf(error)
  return failures < (status === 0 ? NO_ANSWER_TRIES : status >= 500 ? FAULT_TRIES : 0)
}

const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, retry: worthRetry, refetchOnWindowFocus: true }, mutations: { retry: false } },
  })

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        proveAndRetry, repeatUnanswered(),
        // Each act by itself: its Idempotency-Key is a header of the request.
        splitLink({
          condition: (op) => op.type === 'mutation',
          true: httpLink({ url: TRPC_URL, headers: ({ op }) => ({ ...CSRF, ...repeatHeaders(op.context) }) }),
          false: httpBatchLink({ url: TRPC_URL, maxURLLength: 4000, headers: CSRF }),
        }),
      ],
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  )
}
