'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { appNameRule } from '../../../../_lib/form-rules.ts'
import { money, plural } from '../../../../_lib/format.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { defaultsOf, readParameters } from '../../../../_lib/parameters.ts'
import { paths } from '../../../../_lib/paths.ts'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import type { CatalogEntry } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Input } from '../../../../_ui/inputs.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { useCatalogPrice } from './catalog-price.tsx'
import { ParameterField } from './parameter-field.tsx'

/** Generated from the manifest's schema: what the catalogue asks for is what the person sees. */
export function InstallForm({ entry }: { entry: CatalogEntry }) {
  const { org } = useOrg()
  const router = useRouter()
  const price = useCatalogPrice(entry)
  const [name, setName] = useState(entry.id)
  const [input, setInput] = useState(() => defaultsOf(entry.parameters))
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const install = useMutation(
    useTRPC().catalog.install.mutationOptions({
      onSuccess: (started) => router.push(paths.install(org.slug, started.id)),
      onError: (error) =>
        setFaults(new Map(toProblem(error).fields.map((fault) => [fault.path.replace(/^parameters\./, ''), fault.message]))),
    }),
  )
  const submit = () => {
    const read = readParameters(entry.parameters, input)
    const named = appNameRule.safeParse(name)
    if (!named.success) read.faults.set('name', named.error.issues[0]?.message ?? 'Choose another name.')
    setFaults(read.faults)
    if (read.faults.size === 0) install.mutate({ organization_id: org.id, catalog_id: entry.id, name, parameters: read.values })
  }
  const problem = install.error === null ? null : toProblem(install.error)
  const shownBeside =
    problem !== null && problem.fields.length > 0 && problem.fields.every((fault) => faults.has(fault.path.replace(/^parameters\./, '')))
  return (
    <form
      noValidate
      className="flex flex-col gap-5 rounded-box border border-line bg-surface p-4 sm:p-5"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}>
      <Field label="Name" hint="Names the app and its address." error={faults.get('name')} required>
        {(control) => (
          <Input
            {...control}
            mono
            value={name}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {Object.entries(entry.parameters.properties).map(([field, schema]) => (
        <ParameterField
          key={field}
          schema={schema}
          required={entry.parameters.required.includes(field)}
          value={input[field] ?? ''}
          error={faults.get(field)}
          onChange={(value) => setInput({ ...input, [field]: value })}
        />
      ))}
      {problem === null || shownBeside ? null : <ErrorPanel problem={problem} />}
      <div className="border-t border-line pt-4">
        <Button type="submit" look="primary" busy={install.isPending || install.isSuccess}>
          Install {plural(entry.services.length, 'instance')}
          {price === null ? '' : <>, about {money(price)} a month</>}
        </Button>
      </div>
    </form>
  )
}
