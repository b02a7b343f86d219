import type { Environment } from './compose/outside/environment.ts'
import type { Job } from './compose/outside/step.ts'
import type { Command } from './inputs/command.ts'
import type { Config } from './inputs.ts'

type Compose = (config: Config, env: Environment, signal: AbortSignal) => Job

// Loaded only when it is called for: a job pays for no other command than its own, and one with a
// wrong input for none.
const COMMANDS: Readonly<Record<Command, () => Promise<Compose>>> = {
  deploy: async () => (await import('./compose/deploy.ts')).composeDeploy,
  plan: async () => (await import('./compose/plan.ts')).composePlan,
  rollback: async () => (await import('./compose/rollback.ts')).composeRollback,
  status: async () => (await import('./compose/status.ts')).composeStatus,
  doctor: async () => (await import('./compose/doctor.ts')).composeDoctor,
  destroy: async () => (await import('./compose/destroy.ts')).composeDestroy,
  secrets: async () => (await import('./compose/secrets.ts')).composeSecrets,
}

/** Builds the job of a command, with the real world behind every port. */
export async function compose(config: Config, env: Environment, signal: AbortSignal): Promise<Job> {
  return (await COMMANDS[config.command]())(config, env, signal)
}

/**
 * Whether wrong inputs are no fault, since nobody plans this pull request anyway; says so then. Only a
 * plan is looked at: any other job would wait for what it never needs.
 */
export async function isUnplanned(env: Environment): Promise<boolean> {
  const { INPUT_COMMAND: command = '', GITHUB_EVENT_NAME: event } = env
  if (command.trim() !== 'plan' || event !== 'pull_request') return false
  const { explainUnplanned } = await import('./compose/unplanned.ts')
  // An event that cannot be read says nothing: then the inputs are what is wrong.
  return explainUnplanned(env).catch(() => false)
}
