import { codeSpan, fence, oneLine } from '../markdown.ts'
import type { ServiceState, StatusReport } from './report.ts'
import { renderMarkdown } from './table.ts'
import {
  ago,
  bootOf,
  headline,
  healthOf,
  notices,
  outcomeOf,
  shortDigest,
  tookOf,
} from './words.ts'

const SIGNS: Readonly<Record<ServiceState, string>> = {
  running: '🟢',
  degraded: '🔴',
  rolling: '🔵',
  none: '⚪',
  unknown: '❔',
}
/** Of a reason: the whole stands in the output and in the ledger. */
const MOST_CHARACTERS = 200

/** The job's summary page, in Markdown. What others wrote is shown as code and does nothing. */
export function renderPage(report: StatusReport): string {
  const { state, problems } = report
  const parts = [
    `### ${SIGNS[state]} ${plain(headline(report))}`,
    notices(report)
      .map((notice) => `- ${plain(notice)}`)
      .join('\n'),
    vmTable(report),
    driftTable(report),
    attemptTable(report),
    problems.length === 0
      ? ''
      : `**Could not be read**\n\n${problems.map((text) => fence(text, 'text')).join('\n\n')}`,
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function vmTable({ vms, atMs }: StatusReport): string {
  if (vms.length === 0) return ''
  return renderMarkdown({
    head: ['VM', 'Zone', 'Release', 'Image', 'Health', 'Address', 'Boot', 'Since', 'But'],
    rows: vms.map((vm) => [
      codeSpan(vm.name),
      vm.zone,
      code(vm.release),
      code(shortDigest(vm.image)),
      healthOf(vm),
      code(vm.address),
      code(bootOf(vm)),
      ago(vm.since, atMs),
      code(vm.obstacle),
    ]),
  })
}

function driftTable({ drift }: StatusReport): string {
  if (drift.length === 0) return ''
  const rows = drift.map(({ what, recorded, found }) => [what, code(recorded), code(found)])
  return `**Drift**\n\n${renderMarkdown({ head: ['What', 'Terraform wrote', 'Found'], rows })}`
}

function attemptTable({ attempts, atMs }: StatusReport): string {
  if (attempts.length === 0) return ''
  const table = renderMarkdown({
    head: ['Attempt', 'Kind', 'Release', 'Outcome', 'By', 'When', 'Took', 'Why'],
    rows: attempts.map((entry) => [
      runLink(String(entry.attempt), entry.runUrl),
      entry.kind,
      code(entry.release),
      plain(outcomeOf(entry)),
      code(entry.actor),
      ago(entry.startedAt, atMs),
      tookOf(entry),
      code(entry.reason ?? ''),
    ]),
  })
  return `**Last attempts**\n\n${table}`
}

/** Only what is an address of a run becomes a link. */
function runLink(text: string, url: string): string {
  return /^https?:\/\/[\w.:/-]+$/.test(url) ? `[${text}](${url})` : text
}

function code(text: string): string {
  const line = oneLine(text)
  if (line === '') return ''
  return codeSpan(line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`)
}

/** Our own sentence around others' words, such as names and addresses of runs. */
function plain(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>@#]/g, (sign) => `\\${sign}`)
}
