import type { StepRun, WorkflowRun } from '../../emulator/runner/runs.ts'
import type { Visits } from './visitor.ts'

/** How long a step of the action took. */
export interface StepTime {
  readonly name: string
  readonly ms: number
}

/** A VM that takes requests. */
export interface Vm {
  readonly name: string
  readonly release: string
  readonly image: string
  readonly health: string
  readonly address: string
}

/** What is known of an act besides its runs. */
export interface Circumstances {
  readonly name: string
  readonly workflow: string
  readonly expected: 'success' | 'failure'
  readonly durationMs: number
  readonly requests: Visits
  /** What ran when it was over. */
  readonly vms: readonly Vm[]
  /** What stands in the pull request; Markdown. */
  readonly comment: string
}

/** One act as data: what `--json` writes. */
export interface ActReport extends Circumstances {
  readonly conclusion: string
  readonly outcome: string
  readonly release: string
  readonly image: string
  readonly steps: readonly StepTime[]
  readonly terraform: { readonly add: number; readonly change: number; readonly destroy: number }
  readonly failureReason: string
}

/** Reads the outputs that the action set; they are its contract, its log is not. */
export function readAct(runs: readonly WorkflowRun[], about: Circumstances): ActReport {
  const run = runs.find(({ name }) => name === about.workflow)
  const step = run && stepOf(run)
  const text = (name: string): string => step?.outputs.get(name) ?? ''
  return {
    ...about,
    durationMs: Math.round(about.durationMs),
    conclusion: run?.conclusion ?? 'not run',
    outcome: text('outcome'),
    release: text('release'),
    image: text('image'),
    steps: JSON.parse(text('steps') || '[]'),
    terraform: JSON.parse(text('changes') || '{"add":0,"change":0,"destroy":0}'),
    failureReason: text('failure_reason') || errorsOf(run),
  }
}

/** The step of the action itself: the one that says most. */
function stepOf(run: WorkflowRun): StepRun | undefined {
  const steps = run.jobs.flatMap((job) => job.steps)
  return [...steps].sort((a, b) => b.outputs.size - a.outputs.size)[0]
}

/** What the run complains of; of a step that ended without a word, its last line. */
function errorsOf(run: WorkflowRun | undefined): string {
  const steps = run?.jobs.flatMap((job) => job.steps) ?? []
  const errors = steps.flatMap((step) =>
    step.annotations.filter(({ level }) => level === 'error').map(({ text }) => text)
  )
  const said = [...(run?.errors ?? []), ...errors].join('\n')
  const failed = steps.find(({ conclusion }) => conclusion === 'failure')
  return said || (failed ? lastLineOf(failed) : '')
}

function lastLineOf({ log }: StepRun): string {
  const last = log.findLast((line) => line.kind === 'text' && line.text.trim() !== '')
  return last?.kind === 'text' ? last.text : ''
}

/** What a demo must have shown; an empty list when it did. */
export function findDisappointments(acts: readonly ActReport[]): readonly string[] {
  const [opened, first, reopened, second, broken, rollback] = acts
  if (!opened || !first || !reopened || !second || !broken || !rollback) {
    const last = acts.at(-1)
    return [`${last?.name ?? 'the story'}: ${last?.failureReason || 'it did not go on'}`]
  }
  return [
    ...acts.filter(isUnexpected).map((act) => `${act.name} ended with ${act.conclusion}`),
    ...[opened, reopened]
      .filter(({ comment }) => comment === '')
      .map(({ name }) => `${name}: no comment appeared`),
    ...expectOutcome(first, 'deployed'),
    ...expectOutcome(second, 'deployed'),
    ...expectOutcome(broken, 'rolled_back'),
    ...(first.image === second.image ? [`${second.name}: the image is that of ${first.name}`] : []),
    ...expectVms(second, second),
    ...expectVms(broken, second),
    ...expectVms(rollback, first),
    ...[reopened, second, broken, rollback].flatMap(findFailedRequests),
  ]
}

function isUnexpected({ conclusion, expected }: ActReport): boolean {
  return conclusion !== expected
}

function expectOutcome({ name, outcome }: ActReport, wanted: string): readonly string[] {
  return outcome === wanted ? [] : [`${name}: the outcome is "${outcome}", not "${wanted}"`]
}

/** After an act the VMs run the release of `wanted`. */
function expectVms(act: ActReport, wanted: ActReport): readonly string[] {
  if (act.vms.length === 0) return [`${act.name}: no VM is left`]
  return act.vms
    .filter(({ image }) => image !== wanted.image)
    .map((vm) => `${act.name}: ${vm.name} runs ${vm.image}, not that of ${wanted.name}`)
}

function findFailedRequests({ name, requests }: ActReport): readonly string[] {
  const { total, failed, failures } = requests
  if (total === 0) return [`${name}: nobody asked the service`]
  return failed === 0 ? [] : [`${name}: ${failed} requests failed: ${failures.join('; ')}`]
}

const WORDS: Readonly<Record<string, string>> = { rolled_back: 'taken back' }

/** A table with a line or two for each act. */
export function renderReport(acts: readonly ActReport[]): string {
  const width = Math.max(...acts.map(({ name }) => name.length), 0) + 2
  return acts.map((act) => renderAct(act, width)).join('\n')
}

function renderAct(act: ActReport, width: number): string {
  const { add, change, destroy } = act.terraform
  const { total, failed } = act.requests
  const seconds = `${(act.durationMs / 1000).toFixed(1)} s`.padStart(7)
  const word = WORDS[act.outcome] ?? (act.outcome || (act.comment === '' ? '' : 'commented'))
  const parts = [
    ...(act.release === '' ? [] : [`release ${act.release}`]),
    ...(add + change + destroy === 0 ? [] : [`terraform +${add} ~${change} -${destroy}`]),
    ...(total === 0 ? [] : [`requests ${total}, failed ${failed}`]),
    ...(act.vms.length === 0 ? [] : [`${act.vms.length} VM`]),
  ]
  const head = `${act.name.padEnd(width)}${act.conclusion.padEnd(9)}${word.padEnd(11)}${seconds}   ${parts.join('   ')}`
  const steps = act.steps.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)}`).join(' · ')
  return steps === '' ? head.trimEnd() : `${head.trimEnd()}\n${' '.repeat(width)}seconds: ${steps}`
}

/** Where each VM is, and what it runs. */
export function renderVms(vms: readonly Vm[], port: number): string {
  return vms
    .map(
      (vm) =>
        `${vm.name}  http://${vm.address}:${port}/  ${vm.health.toLowerCase()}  release ${vm.release}\n  ${vm.image}`
    )
    .join('\n')
}
