import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server'
import type { z } from 'zod'
import { PROBLEMS } from '../../contract/problem.ts'
import type { CompositeOperation } from '../../core/composite.ts'
import type { RequestMeta } from '../../core/context.ts'
import { DomainError, toProblem } from '../../core/error.ts'
import { log } from '../../core/log.ts'
import { call, keepsAnswer, type Operation, type Scope } from '../../core/operation.ts'

export interface TrpcContext {
  meta: RequestMeta
  /** The console asks once more, because no answer came. */
  repeated: boolean
}

const CODE_OF_STATUS: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST', 401: 'UNAUTHORIZED', 402: 'PAYMENT_REQUIRED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 409: 'CONFLICT', 412: 'PRECONDITION_FAILED',
  413: 'PAYLOAD_TOO_LARGE', 422: 'UNPROCESSABLE_CONTENT', 429: 'TOO_MANY_REQUESTS', 502: 'BAD_GATEWAY', 503: 'SERVICE_UNAVAILABLE',
}

export const t = initTRPC.context<TrpcContext>().meta<{ operation: string }>().create({
  /** The same problem document as REST, beside tRPC's own shape; never a stack. */
  errorFormatter: ({ shape, error, ctx, path }) => ({
    ...shape,
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, problem: toProblem(error.cause ?? error, ctx?.meta.requestId ?? 'req_unknown', path) },
  }),
})

const asTrpcError = (error: unknown, path: string): TRPCError => {
  if (!(error instanceof DomainError)) log.error({ path, error: error instanceof Error ? error.stack : String(error) }, 'request failed')
  const status = error instanceof DomainError ? PROBLEMS[error.code][0] : 500
  return new TRPCError({ code: CODE_OF_STATUS[status] ?? 'INTERNAL_SERVER_ERROR', message: error instanceof DomainError ? error.message : 'internal', cause: error })
}

type WithOrganization<T> = string extends keyof T ? { organization_id?: string } : T & { organization_id?: string }
/** Version of the spec a form was opened with; the operation refuses when it is another one now. */
interface WithVersion { if_match?: string | undefined }
const expecting = (meta: RequestMeta, ifMatch: string | undefined): RequestMeta => (ifMatch === undefined ? meta : { ...meta, precondition: { ifMatch } })
type InputOf<S extends Scope, I extends z.ZodObject> = S extends 'org' ? WithOrganization<z.input<I>> : z.input<I>

/** Decoding happens once, inside the operation; here the wire value only gets its type. Infinite queries add a `direction` of their own. */
const passed = <T>(raw: unknown): T => {
  const { direction: _, ...input } = (raw ?? {}) as Record<string, unknown>
  return input as T
}

/** The operation's name stays with the procedure, so that each can be checked against what it declares. */
const named = (operation: string) => t.procedure.meta({ operation })

/** What keeps no answer could be done twice by asking twice: the person decides. */
const refuseRepeat = ({ repeated }: TrpcContext, name: string, safe: boolean): void => {
  if (!repeated || safe) return
  throw asTrpcError(new DomainError('answer_lost', 'It may have been carried out all the same: reload the page and look before you send it again.'), name)
}

export const queryOf = <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(op: Operation<S, I, O>) =>
  named(op.name).input(passed<InputOf<S, I>>).query(({ ctx, input }) =>
    call(op, ctx.meta, input).catch((e: unknown) => { throw asTrpcError(e, op.name) }))

export const mutationOf = <S extends Scope, I extends z.ZodObject, O extends z.ZodType>(op: Operation<S, I, O>) =>
  named(op.name).input(passed<InputOf<S, I> & WithVersion>).mutation(({ ctx, input: { if_match: ifMatch, ...input } }) => {
    refuseRepeat(ctx, op.name, keepsAnswer(op) || op.repeatable === true)
    return call(op, expecting(ctx.meta, ifMatch), input).catch((e: unknown) => { throw asTrpcError(e, op.name) })
  })

/** Async, so that a composite that throws before it waits is told as one that throws later. */
const handled = async <I extends z.ZodObject, O extends z.ZodType>(op: CompositeOperation<I, O>, meta: RequestMeta, input: unknown): Promise<z.output<O>> => {
  try {
    return await op.handle(meta, input)
  } catch (error) {
    throw asTrpcError(error, op.name)
  }
}

export const mutationOfComposite = <I extends z.ZodObject, O extends z.ZodType>(op: CompositeOperation<I, O>) =>
  named(op.name).input(passed<z.input<I> & { organization_id?: string } & WithVersion>).mutation(({ ctx, input: { if_match: ifMatch, ...input } }) => {
    refuseRepeat(ctx, op.name, op.keepsAnswer === true || op.repeatable === true)
    return handled(op, expecting(ctx.meta, ifMatch), input)
  })

export const queryOfComposite = <I extends z.ZodObject, O extends z.ZodType>(op: CompositeOperation<I, O>) =>
  named(op.name).input(passed<z.input<I> & { organization_id?: string }>).query(({ ctx, input }) =>
    handled(op, ctx.meta, input))
