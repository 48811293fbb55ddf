'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { CommandResult } from '../../../../../../server/contract/exec.ts'
import { useOrg } from '../../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../../_lib/problem.ts'
import { useTRPC } from '../../../../../_lib/trpc.tsx'
import { wordsOf } from '../../../../../_lib/words.ts'
import { Button } from '../../../../../_ui/button.tsx'
import { Input } from '../../../../../_ui/inputs.tsx'
import { Section } from '../../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../../_ui/states.tsx'
import { Status, type StatusLook } from '../../../../../_ui/status.tsx'
import { useApp } from './app-scope.tsx'

const lookOf = ({ outcome, exit_code: code }: CommandResult): StatusLook => {
  if (outcome === 'timed_out') return { tone: 'attention', word: 'Killed after 30 s' }
  if (outcome === 'not_found') return { tone: 'bad', word: 'There is no such program in the image' }
  if (outcome === 'not_executable') return { tone: 'bad', word: 'It cannot be run' }
  return code === 0 ? { tone: 'good', word: 'Exit code 0' } : { tone: 'bad', word: `Exit code ${code}` }
}

function Output({ name, output }: { name: string; output: CommandResult['stdout'] }) {
  if (output.text === '') return null
  const notes = [...(output.encoding === 'base64' ? ['bytes that are no text, as base64'] : []), ...(output.truncated ? ['cut at 1 MiB'] : [])]
  return (
    <figure className="mt-3">
      <figcaption className="text-12 text-muted">
        {name}
        {notes.length === 0 ? null : ` (${notes.join(', ')})`}
      </figcaption>
      <pre className="mt-1 max-h-80 overflow-auto rounded-inner border border-line bg-sunken p-3 font-mono text-12 whitespace-pre-wrap">{output.text}</pre>
    </figure>
  )
}

/** One command, to its end. Its words are handed over as they are: no shell reads them unless it is named. */
export function RunCommand({ instanceId }: { instanceId: string | undefined }) {
  const app = useApp()
  const { org } = useOrg()
  const trpc = useTRPC()
  const [line, setLine] = useState('')
  const run = useMutation(trpc.apps.exec.mutationOptions())
  const command = wordsOf(line)
  return (
    <Section title="Run a command">
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          run.mutate({ app_id: app.id, organization_id: org.id, command, ...(instanceId === undefined ? {} : { instance_id: instanceId }) })
        }}>
        <Input
          mono
          aria-label="Command"
          className="min-w-0 flex-1 basis-60"
          placeholder="ls -l /data"
          autoComplete="off"
          spellCheck={false}
          value={line}
          onChange={(event) => setLine(event.target.value)}
        />
        <Button type="submit" busy={run.isPending} disabled={command.length === 0}>
          Run
        </Button>
      </form>
      {run.error === null ? null : <ErrorPanel problem={toProblem(run.error)} className="mt-3" />}
      {run.data === undefined ? null : (
        <div role="status" className="mt-3">
          <Status {...lookOf(run.data)} />
          <Output name="Output" output={run.data.stdout} />
          <Output name="Errors" output={run.data.stderr} />
        </div>
      )}
    </Section>
  )
}
