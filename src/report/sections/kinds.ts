import { LAST_TO_GO } from '../budget.ts'
import type { ResourceChange } from '../plan/changes.ts'

/** How the changes of one kind are told. */
export interface Kind {
  readonly title: string
  readonly note?: string
  /** See `Group`. */
  readonly importance: number
  /** Takes something away: stands open from the start. */
  readonly isDestructive?: boolean
  /** Nothing but the state changes: told behind everything that reaches the cloud. */
  readonly isBookkeeping?: boolean
  readonly isFolded?: boolean
  readonly has: (change: ResourceChange) => boolean
}

/** In the order in which they are told; a change belongs to the first that has it. */
export const KINDS: readonly Kind[] = [
  {
    title: 'Destroy',
    importance: LAST_TO_GO,
    isDestructive: true,
    has: ({ actions, kind }) => kind !== 'replace' && actions.includes('delete'),
  },
  {
    title: 'Replace',
    importance: LAST_TO_GO + 1,
    isDestructive: true,
    has: ({ kind }) => kind === 'replace',
  },
  {
    title: 'Other actions',
    note: 'deploy-spot-mig does not know them yet.',
    importance: 50,
    has: ({ kind }) => kind === 'other',
  },
  { title: 'Change', importance: 20, has: ({ kind }) => kind === 'update' },
  { title: 'Create', importance: 13, has: ({ kind }) => kind === 'create' },
  {
    title: 'Read during the apply',
    importance: 12,
    isFolded: true,
    has: ({ kind }) => kind === 'read',
  },
  {
    title: 'Import',
    note: 'Exists already; nothing about it changes.',
    importance: 19,
    isBookkeeping: true,
    has: ({ importing }) => importing !== undefined,
  },
  {
    title: 'Move',
    note: 'Only the address changes.',
    importance: 17,
    isBookkeeping: true,
    has: ({ previousAddress }) => previousAddress !== undefined,
  },
  {
    title: 'Forget',
    note: "Leaves terraform's state and stays in the cloud.",
    importance: 40,
    isBookkeeping: true,
    has: ({ kind }) => kind === 'forget',
  },
]
