import type { HttpRequest, HttpResponse } from '../../../src/ports.ts'
import type { Cloud } from './cloud.ts'

const BASES = [
  ['/compute/v1', 'compute'],
  ['/storage/v1', 'storage'],
  ['/upload/storage/v1', 'upload'],
  ['/v2', 'registry'],
] as const

/** What the cloud answers to a request that arrives now. */
export async function cloudAnswer(
  cloud: Cloud,
  { url, method, headers, body }: HttpRequest,
  nowMs: number
): Promise<HttpResponse> {
  const full = pathOf(url)
  const at = url.indexOf('?')
  const query = new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
  const [base, service] = BASES.find(([start]) => full.startsWith(`${start}/`)) ?? BASES[0]
  const path = full.slice(base.length)
  const response = await cloud.ask(service, { method, path, query, headers, body: body ?? '' })
  if (service === 'compute') return response
  return { ...response, headers: { ...response.headers, date: new Date(nowMs).toUTCString() } }
}

/** The path of a URL, as in a log. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', 'https://'.length)
  const end = url.indexOf('?')
  return end < 0 ? url.slice(start) : url.slice(start, end)
}

/** An answer that is an error, in Google's form. */
export function errorResponse({
  status,
  reason,
}: {
  status: number
  reason: string
}): HttpResponse {
  const error = { code: status, message: `Injected ${status}`, errors: [{ reason }] }
  return { status, headers: {}, body: JSON.stringify({ error }) }
}

/** Whether the request is one that the cloud may refuse because somebody else was faster. */
export function hasPrecondition({ method, url }: HttpRequest): boolean {
  return method === 'PATCH' || url.includes('ifGenerationMatch')
}
