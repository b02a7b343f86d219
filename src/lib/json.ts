export type JsonRecord = Readonly<Record<string, unknown>>

/** Readers for JSON that came from outside: a wrong shape reads as absent, never as a crash. */

export function asRecord(value: unknown): JsonRecord {
  return isRecord(value) ? value : {}
}

export function isRecord(value: unknown): value is JsonRecord {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** The parsed text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is an expected answer (a proxy's HTML page, an empty body): the caller decides.
    return undefined
  }
}
