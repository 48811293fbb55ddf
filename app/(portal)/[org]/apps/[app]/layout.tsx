import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { AppFrame } from './_components/app-frame.tsx'

type Params = { params: Promise<{ org: string; app: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await params).app }
}

export default async function AppLayout({ children, params }: Params & { children: ReactNode }) {
  return <AppFrame name={(await params).app}>{children}</AppFrame>
}
