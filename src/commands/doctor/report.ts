import { codeSpan, counted, fence, oneLine, visible } from '../../report/markdown.ts'
import type { Finding } from './check.ts'
import type { Examined } from './examine.ts'

/** How the three kinds are called. */
const WORDS = { ok: 'ok', error: 'fix', warning: 'fix (warning)', unknown: 'cannot check' } as const
const MOST_TITLES = 10
const WIDTH = WORDS.warning.length

interface Tally {
  readonly ok: number
  readonly errors: number
  readonly warnings: number
  readonly unknown: number
}

function tally(examined: readonly Examined[]): Tally {
  const count = (is: (finding: Finding) => boolean): number =>
    examined.filter(({ finding }) => is(finding)).length
  return {
    ok: count(({ kind }) => kind === 'ok'),
    errors: count((it) => it.kind === 'fix' && it.severity === 'error'),
    warnings: count((it) => it.kind === 'fix' && it.severity === 'warning'),
    unknown: count(({ kind }) => kind === 'unknown'),
  }
}

/** `28 ok, 1 to fix, 1 warning, 2 cannot be checked`. */
function renderTally({ ok, errors, warnings, unknown }: Tally): string {
  const parts = [
    `${ok} ok`,
    errors > 0 && `${errors} to fix`,
    warnings > 0 && counted(warnings, 'warning'),
    unknown > 0 && `${unknown} cannot be checked`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** What the log shows: a heading for each subject, a line for each check, fixes as they are pasted. */
export function renderLines(examined: readonly Examined[]): readonly string[] {
  const titleWidth = Math.max(0, ...examined.map(({ check }) => check.title.length))
  const lines: string[] = []
  for (const [subject, group] of bySubject(examined)) {
    lines.push(subject)
    for (const { check, finding } of group) {
      const word = WORDS[finding.kind === 'fix' ? finding.severity : finding.kind].padEnd(WIDTH)
      lines.push(`  ${word}  ${check.title.padEnd(titleWidth)}  ${oneLine(finding.said)}`)
      for (const line of fixOf(finding).split('\n').filter(Boolean))
        lines.push(`  ${' '.repeat(WIDTH)}    ${visible(line)}`)
    }
  }
  return [...lines, renderTally(tally(examined))]
}

/** The job's page: the result, what is to be done, what is not known, and last what is well. */
export function renderSummary(examined: readonly Examined[]): string {
  const counts = tally(examined)
  const of = (kind: Finding['kind'], severity?: 'error' | 'warning'): readonly Examined[] =>
    examined.filter(
      ({ finding }) =>
        finding.kind === kind && (finding.kind !== 'fix' || finding.severity === severity)
    )
  return [
    `## ${headline(counts)}`,
    renderTally(counts),
    ...section('To fix', of('fix', 'error')),
    ...section('Warnings', of('fix', 'warning')),
    ...unchecked(of('unknown')),
    ...well(of('ok')),
  ].join('\n\n')
}

function headline({ errors, warnings, unknown }: Tally): string {
  if (errors > 0) return `❌ ${counted(errors, 'thing')} to fix before a deploy can work`
  if (warnings > 0) return `⚠️ A deploy can work; ${counted(warnings, 'warning')}`
  return unknown > 0 ? '✅ Nothing to fix in what could be checked' : '✅ All is well'
}

function section(title: string, examined: readonly Examined[]): readonly string[] {
  if (examined.length === 0) return []
  return [`### ${title}`, ...examined.map(renderItem)]
}

/** What waits for the same thing stands together: one obstacle may be before fifty checks. */
function unchecked(examined: readonly Examined[]): readonly string[] {
  const waiting = Map.groupBy(examined, ({ waitsFor }) => waitsFor)
  const own = waiting.get(undefined) ?? []
  const lists = [...waiting].flatMap(([waitsFor, group]) => {
    if (waitsFor === undefined) return []
    return [`**Waiting for "${plain(waitsFor)}"** (${group.length}): ${nameAll(group)}`]
  })
  if (examined.length === 0) return []
  return ['### Cannot be checked', ...own.map(renderItem), ...lists]
}

/** Each by its title, or so many that only their subjects are worth reading. */
function nameAll(group: readonly Examined[]): string {
  if (group.length <= MOST_TITLES) return group.map(({ check }) => plain(check.title)).join(', ')
  const subjects = [...bySubject(group)].map(([subject, { length }]) => `${subject} (${length})`)
  return subjects.join(', ')
}

function renderItem({ check, finding }: Examined): string {
  const fix = fixOf(finding)
  const words = `**${check.subject}: ${check.title}** (${codeSpan(check.id)})\n${plain(finding.said)}`
  return fix === '' ? words : `${words}\n\n${fence(visible(fix), 'text')}`
}

function well(examined: readonly Examined[]): readonly string[] {
  if (examined.length === 0) return []
  const rows = examined.map(
    ({ check, finding }) => `| ${check.subject} | ${check.title} | ${plain(finding.said)} |`
  )
  const table = ['| Subject | Check | Found |', '| --- | --- | --- |', ...rows].join('\n')
  return [`<details><summary>${examined.length} ok</summary>\n\n${table}\n\n</details>`]
}

/** Words that may quote answers of others: they are shown, and never do anything. */
function plain(said: string): string {
  return visible(said)
    .replace(/[\\`*_[\]<>|#@~&]/g, (sign) => (sign === '_' ? sign : `\\${sign}`))
    .replaceAll('\n', '<br>')
}

function fixOf(finding: Finding): string {
  return finding.kind === 'ok' ? '' : (finding.fix ?? '')
}

function bySubject(examined: readonly Examined[]): ReadonlyMap<string, readonly Examined[]> {
  return Map.groupBy(examined, ({ check }) => check.subject)
}
