import type { Metadata } from 'next'
import { SsoCallback } from '../_components/sso-callback.tsx'

export const metadata: Metadata = { title: 'Signing in' }

export default function Page() {
  return <SsoCallback />
}
