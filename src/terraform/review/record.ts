import { asList, asRecord, asText } from '../../lib/json.ts'
import type { ReviewedChange } from './changes.ts'

/** What a plan comment keeps for the deploy that comes after it. */
export interface ReviewRecord {
  readonly planHash: string
  /** `delete ADDRESS` or `replace ADDRESS`, as many as there is room for. */
  readonly destructive: readonly string[]
  /** `HASH ADDRESS`, as many as there is room for. */
  readonly changes: readonly string[]
  /** Whether both lists hold everything. */
  readonly isWhole: boolean
}

/** A comment has 65,536 characters, and people want to read something in it, too. */
const ROOM_CHARACTERS = 12_000

export function makeRecord(planHash: string, changes: readonly ReviewedChange[]): ReviewRecord {
  const destructive = fitting(destructiveOf(changes), ROOM_CHARACTERS / 2)
  const marks = fitting(changes.map(markOf), ROOM_CHARACTERS / 2)
  const isWhole = destructive.isWhole && marks.isWhole
  return { planHash, destructive: destructive.items, changes: marks.items, isWhole }
}

/** `delete ADDRESS` or `replace ADDRESS` of each destructive change. */
export function destructiveOf(changes: readonly ReviewedChange[]): readonly string[] {
  return changes
    .filter(({ isDestructive }) => isDestructive)
    .map(({ action, address }) => `${action} ${address}`)
}

export function markOf({ hash, address }: ReviewedChange): string {
  return `${hash} ${address}`
}

/** Undefined for what is no record. */
export function readRecord(json: unknown): ReviewRecord | undefined {
  const record = asRecord(json)
  const planHash = asText(record['plan_hash'])
  if (planHash === '') return undefined
  return {
    planHash,
    destructive: asList(record['destructive']).map(asText),
    changes: asList(record['changes']).map(asText),
    isWhole: record['is_whole'] === true,
  }
}

export function recordJson(record: ReviewRecord): Readonly<Record<string, unknown>> {
  return {
    plan_hash: record.planHash,
    destructive: record.destructive,
    changes: record.changes,
    is_whole: record.isWhole,
  }
}

function fitting(
  items: readonly string[],
  room: number
): { readonly items: readonly string[]; readonly isWhole: boolean } {
  let left = room
  const fits = items.findIndex((item) => {
    left -= item.length
    return left < 0
  })
  return fits < 0 ? { items, isWhole: true } : { items: items.slice(0, fits), isWhole: false }
}
