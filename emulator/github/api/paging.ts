import type { Context } from 'hono'

const DEFAULT_SIZE = 30
const MAX_SIZE = 100

/** One page as the client asks for it, with the Link header that leads to the others. */
export function pageOf<T>(
  c: Context,
  items: readonly T[]
): { readonly items: readonly T[]; readonly headers: Readonly<Record<string, string>> } {
  const size = Math.min(MAX_SIZE, positive(c.req.query('per_page'), DEFAULT_SIZE))
  const page = positive(c.req.query('page'), 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (to: number, rel: string): string => {
    const url = new URL(c.req.url)
    url.searchParams.set('page', String(to))
    return `<${url.href}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(Math.min(page - 1, last), 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ]
  return {
    items: items.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  }
}

// What is no number, or too small, counts as left out.
function positive(text: string | undefined, otherwise: number): number {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : otherwise
}
