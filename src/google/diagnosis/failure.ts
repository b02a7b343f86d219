import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../lib/json.ts'

/** What a Google error body says, in one shape for the older and the newer APIs. */
export interface GoogleFailure {
  /** 0 where only words are known: those of docker or terraform, for example. */
  readonly status: number
  /** Such as `forbidden`, `SERVICE_DISABLED`, `rateLimitExceeded`; empty when there is none. */
  readonly reason: string
  readonly message: string
  readonly details: JsonRecord
}

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
export function readFailure(status: number, body: string): GoogleFailure {
  const parsed = asRecord(parseJson(body))
  const error = asRecord(parsed['error'])
  const info = asRecord(
    asList(error['details']).find((detail) =>
      asText(asRecord(detail)['@type']).endsWith('ErrorInfo')
    )
  )
  const first = asRecord(asList(error['errors'])[0] ?? asList(parsed['errors'])[0])
  const reason = asText(info['reason']) || asText(first['reason']) || asText(first['code'])
  const message =
    asText(error['message']) || asText(first['message']) || asText(parsed['error_description'])
  return {
    status,
    reason: reason || asText(error['status']) || asText(parsed['error']),
    message: message || quoted(body),
    details: asRecord(info['metadata']),
  }
}

/** A failure of which only words are known. */
export function failureInWords(text: string): GoogleFailure {
  // As Google's Go client prints it: `googleapi: Error 403: MESSAGE, REASON`.
  const [, status = '0'] = /\bError (\d{3}):/.exec(text) ?? []
  const [, reason = ''] = /\bError \d{3}: .+, ([A-Za-z_]+)\s*$/m.exec(text) ?? []
  return { status: Number(status), reason, message: text.replace(/\s+/g, ' ').trim(), details: {} }
}

function quoted(body: string): string {
  const text = body.replace(/\s+/g, ' ').trim()
  if (text === '') return 'an empty answer'
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
