import { evaluateText, evaluateToken, type Scope } from '../expressions/evaluate.ts'
import { messageOf } from '../failures.ts'
import { endJob, type Frame, type JobResult, type LiveJob } from '../run/frame.ts'
import type { JobTemplate } from '../workflow/model.ts'
import { childOf } from '../workflow/tokens.ts'
import { JobDeployment, readEnvironment } from './environment.ts'
import { permissionsOf } from './identity.ts'
import { Machine } from './machine.ts'
import { Patience } from './patience.ts'
import { StepList } from './step-list.ts'

/** One job, once it is its turn. */
export interface JobOptions {
  readonly frame: Frame
  readonly template: JobTemplate
  readonly job: LiveJob
  readonly scope: Scope
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
}

const DEFAULT_TIMEOUT_MINUTES = 360

/** Runs one job on a machine of its own and keeps its record. Never throws. */
export async function runJob(options: JobOptions): Promise<JobResult> {
  const { frame, template, job, scope, signal } = options
  job.status = 'in_progress'
  const list = new StepList(frame.attempt, template, job)
  const timeout = readTimeout(template, scope)
  const patience = new Patience(timeout, signal)
  try {
    return await runOnMachine(options, list, patience)
  } catch (error) {
    list.setUp.complain('error', messageOf(error))
    if (list.setUp.record.status !== 'completed') list.setUp.end('failure')
    endJob(job, 'failure')
    return { result: 'failure', outputs: {} }
  } finally {
    patience.end()
  }
}

function readTimeout({ token }: JobTemplate, scope: Scope): number {
  const minutes = evaluateToken(childOf(token, 'timeout-minutes'), scope)
  return typeof minutes === 'number' ? minutes : DEFAULT_TIMEOUT_MINUTES
}

async function runOnMachine(
  options: JobOptions,
  list: StepList,
  patience: Patience
): Promise<JobResult> {
  const { frame, template, job, scope } = options
  const permissions = permissionsOf(frame, template)
  const environment = readEnvironment(childOf(template.token, 'environment'), scope)
  job.environment = environment.name || undefined
  refuseContainers(template)
  const { signal, deadline } = patience
  const parts = { frame, template, job, permissions, environment, scope }
  const machine = await Machine.open({ ...parts, signal, deadline })
  const deployment =
    environment.name !== '' && environment.makesDeployment
      ? JobDeployment.begin(frame.attempt, job, environment.name)
      : undefined
  try {
    const { steps } = machine
    list.setUp.group(
      'GITHUB_TOKEN Permissions',
      Object.entries(permissions).map(([name, level]) => `${name}: ${level}`)
    )
    await list.runAll(steps)
    if (patience.isOutOfTime)
      list.setUp.complain(
        'error',
        `The job has exceeded the maximum execution time of ${patience.minutes} minutes.`
      )
    job.outputs = list.readOutputs(steps)
    job.environmentUrl = evaluateText(environment.url, steps.toExpressions())
    endJob(job, steps.status)
    return { result: steps.status, outputs: Object.fromEntries(job.outputs) }
  } finally {
    deployment?.end(job.conclusion === 'success')
    await machine.close()
  }
}

function refuseContainers({ token }: JobTemplate): void {
  for (const key of ['container', 'services'])
    if (childOf(token, key))
      throw new Error(`\`${key}\` is not emulated: jobs run on this machine.`)
}
