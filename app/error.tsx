'use client'
import { ErrorPanel } from './_ui/states.tsx'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-160 px-4 py-10">
      <ErrorPanel
        onRetry={reset}
        problem={{
          title: 'This page could not be shown',
          code: 'internal',
          requestId: error.digest ?? null,
          fields: [],
          detail: 'Your apps are not affected. Try again; if it stays, send support the request id.',
        }}
      />
    </main>
  )
}
