import { oneLine } from '../markdown.ts'
import type { StatusReport } from './report.ts'
import { alignText } from './table.ts'
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

/** Of a reason, which may be a screen of a container's last words. */
const MOST_CHARACTERS = 120

/** Everything in plain text, for the job's log. */
export function renderLog(report: StatusReport): string {
  const parts = [
    [headline(report), ...originLines(report)],
    vmLines(report),
    notices(report),
    driftLines(report),
    attemptLines(report),
    report.problems.length === 0 ? [] : ['Could not be read:', ...report.problems.map(indent)],
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function originLines({ release, atMs }: StatusReport): readonly string[] {
  if (release === undefined) return []
  const { commit, image, actor, verifiedAt } = release
  const facts = [
    commit && `commit ${commit.slice(0, 12)}`,
    shortDigest(image),
    actor && `by ${actor}`,
    verifiedAt && `verified ${ago(verifiedAt, atMs)}`,
  ]
  return [indent(facts.filter((fact) => fact).join('  '))]
}

function vmLines({ vms, atMs }: StatusReport): readonly string[] {
  if (vms.length === 0) return []
  return alignText({
    head: ['VM', 'ZONE', 'RELEASE', 'IMAGE', 'HEALTH', 'ADDRESS', 'BOOT', 'SINCE', 'BUT'],
    rows: vms.map((vm) => [
      vm.name,
      vm.zone,
      vm.release,
      shortDigest(vm.image),
      healthOf(vm),
      vm.address,
      short(bootOf(vm)),
      ago(vm.since, atMs),
      short(vm.obstacle),
    ]),
  })
}

function driftLines({ drift }: StatusReport): readonly string[] {
  if (drift.length === 0) return []
  const rows = drift.map(({ what, recorded, found }) => [what, recorded, found])
  return alignText({ head: ['DRIFT', 'TERRAFORM WROTE', 'FOUND'], rows })
}

function attemptLines({ attempts, atMs }: StatusReport): readonly string[] {
  if (attempts.length === 0) return []
  return alignText({
    head: ['ATTEMPT', 'KIND', 'RELEASE', 'OUTCOME', 'BY', 'WHEN', 'TOOK', 'RUN', 'WHY'],
    rows: attempts.map((entry) => [
      String(entry.attempt),
      entry.kind,
      entry.release,
      outcomeOf(entry),
      entry.actor,
      ago(entry.startedAt, atMs),
      tookOf(entry),
      entry.runUrl,
      short(entry.reason ?? ''),
    ]),
  })
}

function short(text: string): string {
  const line = oneLine(text)
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 1)}…`
}

function indent(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`
}
