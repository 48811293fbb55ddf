'use client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { TRPCClientError, createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import { useState, type ReactNode } from 'react'
import { proveAndRetry } from './reauthentication.ts'
import type { AppRouter } from './router-type.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

/** Refusals stay refusals: only a server or network fault is worth a second try. */
const worthRetry = (failures: number, error: unknown): boolean => {
  const data: unknown = error instanceof TRPCClientError ? error.data : null
  const status = typeof data === 'object' && data !== null && 'httpStatus' in data ? Number(data.httpStatus) : 0
  return failures < 2 && (status === 0 || status >= 500)
}

const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { staleTime: 5_000, retry: worthRetry, refetchOnWindowFocus: true }, mutations: { retry: false } },
  })

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [proveAndRetry, httpBatchLink({ url: '/api/trpc', maxURLLength: 4000, headers: { 'x-shellwego-csrf': '1' } })],
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
