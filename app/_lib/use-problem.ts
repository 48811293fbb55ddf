'use client'
import { useState } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'
import { applyProblem, type Problem } from './problem.ts'

/** Faults of the named fields go beside them; the rest stays above the button until the next attempt. */
export function useProblem<T extends FieldValues, Out extends FieldValues = T>(
  form: UseFormReturn<T, unknown, Out>,
  names: readonly string[],
  rename?: (path: string) => string,
) {
  const [problem, setProblem] = useState<Problem | null>(null)
  return {
    problem,
    clear: () => setProblem(null),
    fail: (error: unknown) => setProblem(applyProblem(form as unknown as UseFormReturn<T>, error, names, rename)),
  }
}
