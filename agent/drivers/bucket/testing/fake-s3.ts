/** A server that speaks enough of S3: it remembers, recomputes every signature, and fails as it is told. */
import { createHmac, hash } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Faults {
  /** What becomes of a request: a status, a connection cut before or after the effect, or nothing unusual. */
  next: (method: string, name: string) => number | 'cut_before' | 'cut_after' | null
}

const PAGE = 3
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const encoded = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

export class FakeS3 {
  readonly objects = new Map<string, Buffer>()
  /** Begun and neither completed nor taken back, by upload id. */
  readonly uploads = new Map<string, { name: string; parts: Map<number, Buffer> }>()
  readonly keys = { accessKeyId: 'AKFAKE', secretAccessKey: 'a secret of the fake' }
  readonly bucket = 'backups'
  faults: Faults = { next: () => null }
  signed = 0
  readonly #server = http.createServer((request, response) => { void this.#serve(request, response) })

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => { this.#server.listen(port, '127.0.0.1', resolve) })
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => { this.#server.close(() => resolve()) })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const url = new URL(request.url ?? '/', 'http://fake')
    const name = decodeURIComponent(url.pathname).slice(this.bucket.length + 2)
    const answer = (status: number, text: string | Buffer = ''): void => { response.writeHead(status, { 'content-type': 'application/xml' }).end(text) }
    const fault = this.faults.next(request.method ?? '', name)
    if (fault === 'cut_before') return void request.socket.destroy()
    if (!this.#signatureHolds(request, url, body)) return answer(403, '<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>')
    this.signed += 1
    if (!url.pathname.startsWith(`/${this.bucket}`)) return answer(404, '<Error><Code>NoSuchBucket</Code><Message>no</Message></Error>')
    if (typeof fault === 'number') return answer(fault, '<Error><Code>SlowDown</Code><Message>later</Message></Error>')
    const [status, text] = this.#act(request.method ?? '', name, url, body)
    if (fault === 'cut_after') return void request.socket.destroy()
    return answer(status, text)
  }

  #act(method: string, name: string, url: URL, body: Buffer): [number, string | Buffer] {
    if (method === 'POST' && url.searchParams.has('delete')) {
      const names = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key)
      for (const key of names) this.objects.delete(key)
      return [200, `<DeleteResult>${names.map((key) => `<Deleted><Key>${escape(key)}</Key></Deleted>`).join('')}</DeleteResult>`]
    }
    if (url.searchParams.has('uploads') || url.searchParams.has('uploadId')) return this.#multipart(method, name, url, body)
    if (method === 'PUT') {
      this.objects.set(name, body)
      return [200, '']
    }
    if (method === 'DELETE') {
      this.objects.delete(name)
      return [204, '']
    }
    if (url.searchParams.has('list-type')) return [200, this.#list(url)]
    const found = this.objects.get(name)
    return found ? [200, found] : [404, '<Error><Code>NoSuchKey</Code><Message>no</Message></Error>']
  }

  #multipart(method: string, name: string, url: URL, body: Buffer): [number, string] {
    const id = url.searchParams.get('uploadId') ?? ''
    if (url.searchParams.has('uploads')) {
      if (method === 'GET') return [200, `<ListMultipartUploadsResult>${[...this.uploads].map(([key, one]) => `<Upload><Key>${escape(one.name)}</Key><UploadId>${key}</UploadId></Upload>`).join('')}</ListMultipartUploadsResult>`]
      const made = `upload-${this.uploads.size + this.signed}`
      this.uploads.set(made, { name, parts: new Map() })
      return [200, `<InitiateMultipartUploadResult><Bucket>${this.bucket}</Bucket><Key>${escape(name)}</Key><UploadId>${made}</UploadId></InitiateMultipartUploadResult>`]
    }
    const upload = this.uploads.get(id)
    if (!upload) return [404, '<Error><Code>NoSuchUpload</Code><Message>no</Message></Error>']
    if (method === 'PUT') {
      upload.parts.set(Number(url.searchParams.get('partNumber')), body)
      return [200, '']
    }
    this.uploads.delete(id)
    if (method === 'DELETE') return [204, '']
    this.objects.set(name, Buffer.concat([...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part)))
    return [200, `<CompleteMultipartUploadResult><Key>${escape(name)}</Key><ETag>"etag"</ETag></CompleteMultipartUploadResult>`]
  }

  /** Small pages, so that whoever forgets to ask for the next one is found out. */
  #list(url: URL): string {
    const prefix = url.searchParams.get('prefix') ?? ''
    const after = url.searchParams.get('continuation-token') ?? ''
    const names = [...this.objects.keys()].filter((name) => name.startsWith(prefix) && name > after).sort()
    const page = names.slice(0, PAGE)
    const more = names.length > PAGE
    return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated><KeyCount>${page.length}</KeyCount>${more ? `<NextContinuationToken>${escape(page.at(-1) ?? '')}</NextContinuationToken>` : ''}${
      page.map((name) => `<Contents><Key>${escape(name)}</Key><Size>${this.objects.get(name)?.length ?? 0}</Size></Contents>`).join('')}</ListBucketResult>`
  }

  /** Version 4, from its description: the canonical request as it arrived, under a key derived from the secret. */
  #signatureHolds(request: IncomingMessage, url: URL, body: Buffer): boolean {
    const [, access, day = '', region = '', service = '', signed = '', signature] =
      /Credential=([^/]+)\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=(\w+)/.exec(request.headers.authorization ?? '') ?? []
    if (access !== this.keys.accessKeyId) return false
    const claimed = String(request.headers['x-amz-content-sha256'] ?? '')
    if (claimed !== 'UNSIGNED-PAYLOAD' && claimed !== hash('sha256', body)) return false
    const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&')
    const headers = signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('')
    const canonical = [request.method, url.pathname, query, headers, signed, claimed].join('\n')
    const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/${service}/aws4_request`, hash('sha256', canonical)].join('\n')
    const key = [region, service, 'aws4_request'].reduce((before, part) => hmac(before, part), hmac(`AWS4${this.keys.secretAccessKey}`, day))
    return hmac(key, text).toString('hex') === signature
  }
}
