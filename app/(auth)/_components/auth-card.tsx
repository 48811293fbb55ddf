import type { ReactNode } from 'react'
import type { Problem } from '../../_lib/problem.ts'
import { ErrorPanel } from '../../_ui/states.tsx'

type AuthCardProps = { title: string; intro?: ReactNode; problem?: Problem | null; children: ReactNode; below?: ReactNode }

/** One column, one act. */
export function AuthCard({ title, intro, problem = null, children, below }: AuthCardProps) {
  return (
    <>
      <h1 className="text-20 font-strong">{title}</h1>
      {intro === undefined ? null : <p className="mt-1 text-muted">{intro}</p>}
      <div className="mt-6 flex flex-col gap-4">
        {problem === null ? null : <ErrorPanel problem={problem} />}
        {children}
      </div>
      {below === undefined ? null : <div className="mt-6 border-t border-line pt-4 text-14 text-muted">{below}</div>}
    </>
  )
}
