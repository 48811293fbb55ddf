interface Answer<T> { data?: T; response: Response }
interface Page<T> { data: T[]; pagination: { has_more: boolean; next_cursor: string | null } }

/** The body of an answer; refusals were thrown before. */
export async function dataOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await answer).data as T
}

/** Every item of a list, page after page. */
export async function* pagesOf<T>(load: (cursor: string | undefined) => Promise<Answer<Page<T>>>): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const { data, pagination } = await dataOf(load(cursor))
    yield* data
    cursor = pagination.has_more ? pagination.next_cursor ?? undefined : undefined
  } while (cursor !== undefined)
}
