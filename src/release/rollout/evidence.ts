import { renderDuration } from '../../lib/duration.ts'
import type { Look, Memory } from './memory.ts'
import {
  currentProblems,
  listedProblems,
  type Problem,
  problemKey,
  renderProblem,
} from './problems.ts'
import { renderUnready, type Unready } from './readiness.ts'
import { describeTroubles } from './recreations.ts'

/** The errors behind VMs that cannot be made. */
export interface Findings {
  readonly all: readonly Problem[]
  /** Of VMs that are wanted now, and surely met in this rollout. */
  readonly fresh: readonly Problem[]
}

export function findProblems(memory: Memory, { observation, policy, survey }: Look): Findings {
  const current = currentProblems(survey.unready, policy)
  const listed = listedProblems(observation, policy, memory.startedAtMs)
  const met = new Set(listed.map(problemKey))
  const fresh = current.filter((problem) => {
    const key = problemKey(problem)
    return memory.inherited?.has(key) !== true || met.has(key)
  })
  // Where a VM of the release runs and does not serve, what was refused earlier is not the reason.
  const isRunning = ({ instance }: Unready): boolean =>
    instance.versionName === policy.release && instance.instanceStatus === 'RUNNING'
  return { all: survey.unready.some(isRunning) ? current : [...current, ...listed], fresh }
}

const MAX_LINES = 12

/** Lines that a person reads to the end. */
export function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= MAX_LINES) return lines
  return [...lines.slice(0, MAX_LINES - 1), `and ${lines.length - MAX_LINES + 1} more like these`]
}

/** What keeps the rollout from its end, VM by VM, and what happened to them before. */
export function evidenceOf(
  memory: Memory,
  { observation, policy, survey }: Look
): readonly string[] {
  const listed = listedProblems(observation, policy, memory.startedAtMs)
  const shown = new Set(survey.unready.map(({ instance }) => instance.name))
  // VMs that the group has given up are in no other list.
  const lost = new Map(
    listed.filter(({ vm }) => !shown.has(vm)).map((problem) => [problem.vm, renderProblem(problem)])
  )
  // What is wrong with the group as a whole says something only where no VM does.
  const found = survey.unready.length > 0 ? renderUnready(survey.unready, policy) : survey.groupWide
  return [
    ...shortened(found),
    ...shortened([...lost.values()]),
    ...shortened(describeTroubles(memory.histories)),
  ]
}

/** Where and since when there is no capacity; undefined when that is not what is missing. */
export function describeShortage(
  memory: Memory,
  problems: readonly Problem[],
  { observation, policy }: Look
): string | undefined {
  const short = problems.filter(({ cause }) => cause === 'capacity')
  if (short.length === 0) return undefined
  const zones = [...new Set(short.map(zoneOf))].filter((zone) => zone !== '').sort()
  const machineType = short.find((problem) => problem.machineType !== '')?.machineType
  const kind = machineType ?? policy.machineType
  const firstMs = memory.shortSinceMs ?? observation.atMs
  const sinceMs = short.reduce((earliest, { atMs = firstMs }) => Math.min(earliest, atMs), firstMs)
  const since = new Date(sinceMs).toISOString().slice(11, 16)
  const lasted = renderDuration(observation.atMs - sinceMs)
  return `no ${kind ? `${kind} VM` : 'VM'} is to be had in ${zones.join(', ') || 'the zones of the group'} since ${since} UTC (${lasted})`
}

function zoneOf({ zone, message }: Problem): string {
  return zone || (/\b[a-z]+-[a-z]+\d+-[a-z]\b/.exec(message)?.[0] ?? '')
}
