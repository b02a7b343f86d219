import { readFileSync } from 'node:fs'
import { parseJson } from '../../../src/lib/json.ts'

/** What terraform 1.11.4 really said; fixtures/record.sh holds the commands. */
export function recorded(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
}

export function recordedJson(name: string): unknown {
  return parseJson(recorded(name))
}
