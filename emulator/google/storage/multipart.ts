import { GoogleError } from '../errors.ts'

export interface Part {
  readonly contentType: string
  readonly body: Buffer
}

/** The parts of a multipart/related body, byte for byte. @throws GoogleError 400 without a boundary. */
export function parseMultipart(contentType: string, body: Buffer): readonly Part[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  const name = boundary?.[1] ?? boundary?.[2]
  if (name === undefined) throw new GoogleError(400, 'Missing boundary in multipart content.')
  const delimiter = Buffer.from(`--${name}`)
  const parts: Part[] = []
  let start = body.indexOf(delimiter)
  while (start >= 0) {
    const next = body.indexOf(delimiter, start + delimiter.length)
    if (next < 0) break
    parts.push(parsePart(body.subarray(start + delimiter.length, next)))
    start = next
  }
  return parts
}

/** A part begins with the line end of its delimiter and ends with the line end before the next one. */
function parsePart(raw: Buffer): Part {
  const afterDelimiter = raw.indexOf('\n') + 1
  const headEnd = raw.indexOf('\r\n\r\n')
  const head = raw.subarray(afterDelimiter, headEnd).toString()
  const contentType = /^content-type:\s*(.+?)\s*$/im.exec(head)?.[1]
  const bodyStart = headEnd + 4
  return {
    contentType: contentType ?? 'application/octet-stream',
    body: raw.subarray(bodyStart, Math.max(bodyStart, raw.length - 2)),
  }
}
