import type { Config } from '../../inputs.ts'
import { renderDuration } from '../../lib/duration.ts'
import { codeSpan, oneLine } from '../../report/markdown.ts'
import type { Found } from './found.ts'

export interface DestroyResult {
  readonly service: string
  /** In words, in the order in which it went; empty where there was nothing. */
  readonly gone: readonly string[]
  /** What is still there, and why. */
  readonly stays: readonly string[]
  /** Resources that terraform destroyed. */
  readonly resources: number
  readonly durationMs: number
}

/** What nobody asked to go, or nobody may take away. Pure. */
export function whatStays(
  { name, projectId, stateBucket, deleteHistory }: Config,
  { strangers }: Pick<Found, 'strangers'>
): readonly string[] {
  const history = `ledger and state in gs://${stateBucket}/${name}/, as the record of what ran; they serve nothing and cost next to nothing (delete_history: true removes them)`
  const templates = `instance templates that are called like releases and were not made by this action: ${strangers.slice(0, 5).join(', ')}`
  return [
    ...(deleteHistory ? [] : [history]),
    `the bucket ${stateBucket}, which other services may use`,
    `the APIs of ${projectId}, which stay on: other things may call them, and being on costs nothing`,
    'the identities and roles that the bootstrap made, with which the next deploy can begin',
    ...(strangers.length === 0 ? [] : [templates]),
  ]
}

/** The end of the job's log. */
export function renderLog({ service, gone, stays, durationMs }: DestroyResult): string {
  const head =
    gone.length === 0
      ? `There was nothing of ${service} to destroy (${renderDuration(durationMs)}).`
      : `Destroyed ${service} in ${renderDuration(durationMs)}. Gone:`
  return [
    head,
    ...gone.map((what) => `  ${what}`),
    'What stays:',
    ...stays.map((what) => `  ${what}`),
  ].join('\n')
}

/** The job's summary page, in Markdown. */
export function renderPage({ service, gone, stays, durationMs }: DestroyResult): string {
  const list = (items: readonly string[]): string =>
    items
      .map((item) => `- ${oneLine(item).replace(/[\\`*_<>|[\]]/g, (sign) => `\\${sign}`)}`)
      .join('\n')
  const head =
    gone.length === 0
      ? `### There was nothing of ${codeSpan(service)} to destroy`
      : `### 🗑️ Destroyed ${codeSpan(service)} in ${renderDuration(durationMs)}\n\n**Gone**\n\n${list(gone)}`
  return `${head}\n\n**What stays**\n\n${list(stays)}\n`
}

/** The outputs of action.yml after a destroy that came to its end. */
export function renderDestroyOutputs(result: DestroyResult): ReadonlyMap<string, string> {
  return new Map([
    ['outcome', 'destroyed'],
    ['changes', JSON.stringify({ add: 0, change: 0, destroy: result.resources })],
    ['duration_seconds', (result.durationMs / 1000).toFixed(1)],
  ])
}
