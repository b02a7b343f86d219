import { deleteSecret } from '../google/removal/secrets.ts'
import type { Config } from '../inputs.ts'
import { withDeployLock } from '../release/ledger/deploy-lock.ts'
import { counted } from '../report/markdown.ts'
import type { Plan } from '../terraform/plan.ts'
import type { Terraform } from '../terraform/terraform.ts'
import { type Found, findAll } from './destroy/found.ts'
import { removeHistory, removeLockVersions } from './destroy/history.ts'
import { Progress } from './destroy/progress.ts'
import { inTurn, nameReleases, removeReleases } from './destroy/releases.ts'
import { type DestroyResult, whatStays } from './destroy/result.ts'
import type { DestroyContext, DestroyPorts, Story } from './destroy/story.ts'
import { stopVms } from './destroy/vms.ts'

/**
 * Takes a service away: VMs first, as they cost the most, then what terraform does not know and
 * would stumble over, then all that terraform made, then the rest. Each step looks at what is there,
 * so that a run after one that died goes on where that one ended.
 *
 * @throws DestroyFailure with the code of what went wrong, and with what is gone and what is left
 */
export async function destroy(
  config: Config,
  ports: DestroyPorts,
  context: DestroyContext
): Promise<DestroyResult> {
  const progress = new Progress()
  const story = { config, ports, context, progress }
  const startedAtMs = ports.clock.now()
  try {
    const { found, resources } = await underLock(story)
    if (config.deleteHistory) await removeLockVersions(story)
    const durationMs = ports.clock.now() - startedAtMs
    const stays = whatStays(config, found)
    return { service: config.name, gone: progress.gone, stays, resources, durationMs }
  } catch (error) {
    throw progress.explain(error)
  }
}

function underLock(story: Story): Promise<{ readonly found: Found; readonly resources: number }> {
  const { config, ports, context } = story
  const { holder, runUrl, actor, signal } = context
  const lock = { prefix: config.name, owner: { holder, runUrl, actor }, signal }
  // Lost, the lock aborts what follows: another run may deploy by then.
  return withDeployLock({ ...ports, store: ports.lasting.store }, lock, (either) =>
    removeAll({ ...story, context: { ...context, signal: either } })
  )
}

async function removeAll(
  story: Story
): Promise<{ readonly found: Found; readonly resources: number }> {
  const { config, ports, progress } = story
  const { log } = ports
  const found = await log.group(`Looking for everything of ${config.name}`, () => findAll(story))
  const left = describe(found)
  progress.expect(Object.values(left))
  const planned = await planDestruction(story, found)

  await progress.step(left.group, () =>
    log.group('Ending the VMs', async () => found.group && stopVms(story, found.group))
  )
  await progress.step(left.releases, () =>
    log.group('Deleting the releases', () => removeReleases(story, found))
  )
  await progress.step(
    left.infrastructure,
    () => log.group('Destroying the infrastructure', async () => planned && apply(story, planned)),
    `what terraform did not get to of ${left.infrastructure}`
  )
  await progress.step(left.secrets, () =>
    log.group('Deleting the secrets', () => removeSecrets(story, found))
  )
  await progress.step(left.history, () =>
    log.group('Deleting the history', () => removeHistory(story))
  )
  return { found, resources: planned?.plan.counts.destroy ?? 0 }
}

/** In words; empty for what is not there. */
function describe({ group, templates, tags, state, secrets, historyCount }: Found) {
  const resources = state?.resources.length ?? 0
  const named = (count: number, words: string): string => (count === 0 ? '' : words)
  return {
    group: group ? `the instance group ${group.group.name} with ${counted(group.vms, 'VM')}` : '',
    releases: named(templates.length + tags.length, nameReleases({ templates, tags })),
    infrastructure: named(resources, `${counted(resources, 'resource')} that terraform made`),
    secrets: named(secrets.length, counted(secrets.length, 'secret')),
    history: named(historyCount, 'ledger and state'),
  }
}

interface Planned {
  readonly terraform: Terraform
  readonly plan: Plan
}

/** Before anything is touched: what must not be destroyed refuses here, and so does a state that is locked. */
async function planDestruction(story: Story, { state }: Found): Promise<Planned | undefined> {
  if (state === undefined || state.resources.length === 0) return undefined
  const { ports, context } = story
  const log = ports.log.labelled('terraform')
  return ports.log.group('Planning the destruction', async () => {
    const terraform = await ports.terraform(context.signal)
    await terraform.init(log)
    return { terraform, plan: await terraform.plan(log, { isLocked: true, isDestroy: true }) }
  })
}

async function apply({ ports }: Story, { terraform, plan }: Planned): Promise<string> {
  await terraform.apply(plan, ports.log.labelled('terraform'))
  return `${counted(plan.counts.destroy, 'resource')} that terraform made`
}

/** After terraform, which takes the VMs' right to read them away before that. */
async function removeSecrets(story: Story, { secrets }: Found): Promise<string> {
  const { config, ports } = story
  const { projectId } = config
  await inTurn(secrets, story, (secret) => deleteSecret(ports.google, { projectId, secret }))
  return counted(secrets.length, 'secret')
}
