import { makeProduct, type Product } from '../test/product.ts'

const EMAIL = 'operator@bench.test'
const PASSWORD = 'bench-operator-password'
export const SETUP = `${EMAIL}:${PASSWORD}`

/** A product of the bench's own, with an operator who may do anything. */
export async function withProduct<T>(work: (product: Product) => Promise<T>): Promise<T> {
  const product = await makeProduct({ SHELLWEGO_SETUP: SETUP })
  try {
    await product.start()
    return await work(product)
  } finally {
    await product.remove()
  }
}

export interface Customer {
  headers: Record<string, string>
  organizationId: string
  call: <T>(method: string, path: string, body?: unknown, more?: Record<string, string>) => Promise<T>
}

async function send<T>(api: string, method: string, path: string, headers: Record<string, string>, body: unknown): Promise<T> {
  const response = await fetch(`${api}/v1${path}`, {
    method, headers: { 'content-type': 'application/json', ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

export async function signIn(api: string): Promise<string> {
  return (await send<{ token: string }>(api, 'POST', '/auth/token', {}, { email: EMAIL, password: PASSWORD })).token
}

export const makeCustomer = (product: Product): Promise<Customer> => customerAt(product.run().api)

export async function customerAt(api: string): Promise<Customer> {
  const authorization = { authorization: `Bearer ${await signIn(api)}` }
  const { id } = await send<{ id: string }>(api, 'POST', '/organizations', authorization, { name: 'Bench' })
  const headers = { ...authorization, 'shellwego-organization': id }
  return { headers, organizationId: id, call: (method, path, body, more) => send(api, method, path, { ...headers, ...more }, body) }
}
