import { isObject, type JsonObject } from '../../google/route.ts'

/** The object that a text holds; undefined for anything else, since strangers may have written it. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
