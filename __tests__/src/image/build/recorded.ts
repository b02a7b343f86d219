import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a real tool said; fixtures/record.sh tells which and how. */
export function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
}
