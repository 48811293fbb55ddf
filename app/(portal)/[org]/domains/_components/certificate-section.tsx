'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { toast } from 'sonner'
import { z } from 'zod'
import { day } from '../../../../_lib/format.ts'
import { requiredText } from '../../../../_lib/form-rules.ts'
import { useOrg } from '../../../../_lib/org-context.tsx'
import { toProblem } from '../../../../_lib/problem.ts'
import { useTRPC } from '../../../../_lib/trpc.tsx'
import { useProblem } from '../../../../_lib/use-problem.ts'
import type { Domain } from '../../../../_lib/wire.ts'
import { Button } from '../../../../_ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../../../_ui/dialog.tsx'
import { Field } from '../../../../_ui/field.tsx'
import { Textarea } from '../../../../_ui/inputs.tsx'
import { KeyValue, Panel, Section } from '../../../../_ui/page.tsx'
import { ErrorPanel } from '../../../../_ui/states.tsx'
import { Status } from '../../../../_ui/status.tsx'
import { useRefreshDomains } from './use-refresh-domains.ts'
import { tlsLook } from './words.ts'

const Schema = z.object({ certificate: requiredText('Paste the certificate.'), private_key: requiredText('Paste its private key.'), chain: z.string() })

function UploadForm({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  const { org } = useOrg()
  const refresh = useRefreshDomains()
  const form = useForm({ resolver: zodResolver(Schema), defaultValues: { certificate: '', private_key: '', chain: '' } })
  const { problem, fail, clear } = useProblem(form, ['certificate', 'private_key', 'chain'])
  const upload = useMutation(useTRPC().domains.uploadCertificate.mutationOptions({
    onError: fail,
    onSuccess: () => {
      toast('Certificate stored')
      refresh()
      onClose()
    },
  }))
  const { errors } = form.formState
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={form.handleSubmit((values) => {
        clear()
        upload.mutate({ organization_id: org.id, domain_id: domain.id, ...values })
      })}>
      <Field label="Certificate" hint="PEM. The chain may follow it here." error={errors.certificate?.message} required>
        {(control) => <Textarea {...control} {...form.register('certificate')} mono rows={5} spellCheck={false} placeholder="-----BEGIN CERTIFICATE-----" />}
      </Field>
      <Field label="Private key" hint="PEM without a passphrase. Stored encrypted and never shown again." error={errors.private_key?.message} required>
        {(control) => <Textarea {...control} {...form.register('private_key')} mono rows={5} spellCheck={false} autoComplete="off" placeholder="-----BEGIN PRIVATE KEY-----" />}
      </Field>
      <Field label="Chain" hint="Certificates of the authorities in between, in order." error={errors.chain?.message}>
        {(control) => <Textarea {...control} {...form.register('chain')} mono rows={4} spellCheck={false} />}
      </Field>
      {problem === null ? null : <ErrorPanel problem={problem} />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={upload.isPending}>
          Check and store
        </Button>
      </div>
    </form>
  )
}

function Facts({ domain }: { domain: Domain }) {
  const { certificate } = domain
  const items: Array<readonly [string, React.ReactNode]> = [['Status', <Status key="status" {...tlsLook[domain.tls_status]} />]]
  if (certificate !== null) {
    items.push(['For', <bdi key="names" className="break-all">{certificate.names.join(', ')}</bdi>], ['Issued by', <bdi key="issuer">{certificate.issuer}</bdi>],
      ['Valid', `${day(certificate.not_before)} to ${day(certificate.expires_at)}`])
  }
  return (
    <Panel>
      <KeyValue columns items={items} />
      {certificate === null ? <p className="mt-2 text-13 text-muted">One is made when the first visitor comes, and renewed by itself.</p> : null}
      {domain.certificate_fault === null ? null : <p className="mt-2 text-13 text-bad">{domain.certificate_fault}</p>}
    </Panel>
  )
}

export function CertificateSection({ domain, refused }: { domain: Domain; refused: string | null }) {
  const { org } = useOrg()
  const refresh = useRefreshDomains()
  const [open, setOpen] = useState<'upload' | 'remove' | null>(null)
  const close = () => setOpen(null)
  const remove = useMutation(useTRPC().domains.removeCertificate.mutationOptions({
    onSuccess: () => {
      refresh()
      close()
    },
  }))
  const own = domain.certificate?.source === 'upload'
  return (
    <Section
      title="Certificate"
      hint={own ? 'You uploaded it, so you renew it. You are told by mail two weeks before it ends.' : 'Made automatically, unless you bring your own.'}
      action={
        <div className="flex flex-wrap gap-2">
          <Button disabled={refused !== null} title={refused ?? undefined} onClick={() => setOpen('upload')}>{own ? 'Replace it' : 'Upload your own'}</Button>
          {own ? <Button disabled={refused !== null} title={refused ?? undefined} onClick={() => setOpen('remove')}>Remove it</Button> : null}
        </div>
      }>
      <Facts domain={domain} />
      <Dialog open={open === 'upload'} onOpenChange={(on) => setOpen(on ? 'upload' : null)} title="Upload a certificate" description="It is checked for key, name, date and chain before anybody sees it.">
        <UploadForm domain={domain} onClose={close} />
      </Dialog>
      <ConfirmDialog open={open === 'remove'} onOpenChange={(on) => setOpen(on ? 'remove' : null)} title="Remove your certificate?" action="Remove the certificate" danger busy={remove.isPending}
        onConfirm={() => remove.mutate({ organization_id: org.id, domain_id: domain.id })}>
        <p>Visitors get one that is made automatically. The uploaded key is deleted and cannot be shown again.</p>
        {remove.error === null ? null : <ErrorPanel problem={toProblem(remove.error)} />}
      </ConfirmDialog>
    </Section>
  )
}
