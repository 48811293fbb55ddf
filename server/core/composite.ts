import type { z } from 'zod'
import type { Permission } from '../contract/permission.ts'
import type { RequestMeta } from './context.ts'
import type { RestRoute, Scope } from './operation.ts'

interface Described<I extends z.ZodObject> {
  name: string
  summary: string
  scope: Scope
  permission?: Permission
  /** As of operations; those it calls say so too. */
  hidden?: boolean
  input: I
  rest?: RestRoute
}

/**
 * Work that cannot be one transaction, because something outside is asked in between. `handle` gets the raw input (with
 * `organization_id`, as any operation) and calls operations itself, so decoding and authorising stay theirs.
 */
export interface CompositeOperation<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> extends Described<I> {
  kind: 'composite'
  output: O
  /** It hands the Idempotency-Key on to the command that acts: sent again, the same answer comes. */
  keepsAnswer?: boolean
  /** As of operations. */
  repeatable?: boolean
  /** As of operations; those it calls compare. */
  etag?(output: never): string
  ifMatch?: boolean
  handle(meta: RequestMeta, raw: unknown): Promise<z.output<O>>
}

/** Pieces that come one by one are sent as they come; `contentType` overrides the operation's own. */
export interface FileAnswer { body: Buffer | AsyncIterable<string>; fileName: string; contentType?: string }

/** Answers with a file instead of JSON; REST only. */
export interface FileOperation<I extends z.ZodObject = z.ZodObject> extends Described<I> {
  kind: 'file'
  contentType: string
  handle(meta: RequestMeta, raw: unknown): Promise<FileAnswer>
}
