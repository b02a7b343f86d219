import type { GoogleClient } from '../../google/client.ts'
import type { ManagedInstance } from '../../google/compute/group.ts'
import type { ListedTemplate } from '../../google/compute/template-list.ts'
import type { Compute } from '../../google/compute.ts'
import { askUnlessOff } from '../../google/inspection/api-off.ts'
import { type InspectedGroup, inspectGroup } from '../../google/inspection/group.ts'
import { askVm, listVmCards, type VmCard } from '../../google/inspection/vms.ts'
import type { ObjectStore } from '../../google/object-store.ts'
import type { Config } from '../../inputs.ts'
import { asRecord, asText } from '../../lib/json.ts'
import type { Clock, Log } from '../../ports.ts'
import { findDeployLock } from '../../release/ledger/deploy-lock.ts'
import type { Ledger } from '../../release/ledger/ledger.ts'
import { LedgerFile } from '../../release/ledger/ledger-file.ts'
import { STALE_AFTER_MS } from '../../release/ledger/lock-record.ts'
import { namePattern } from '../../release/prune/release-template.ts'
import {
  BOOT_REPORT_PATH,
  type BootReport,
  readBootReport,
} from '../../release/rollout/boot-report.ts'
import type { DeployLockStatus, StateLockStatus } from '../../report/status/report.ts'
import { type RecordedState, readStateFile } from '../../terraform/recorded/state-file.ts'
import { readStateLock } from '../../terraform/state-lock.ts'
import type { Answers } from './answers.ts'

export interface StatusPorts {
  readonly google: GoogleClient
  readonly compute: Compute
  readonly store: ObjectStore
  readonly clock: Clock
  readonly log: Log
}

/** A VM's last word. */
export interface Word {
  readonly report: BootReport | undefined
  /** ISO 8601, by the VM's clock; empty where it does not say. */
  readonly at: string
}

/** The group with its VMs, or that there is none. */
export interface GroupFacts {
  readonly group: InspectedGroup
  readonly instances: readonly ManagedInstance[]
  /** By VM name. */
  readonly cards: ReadonlyMap<string, VmCard>
  /** By VM name, of those that were asked. */
  readonly words: ReadonlyMap<string, Word>
}

/** What was found; undefined where there is nothing, or where it could not be read. */
export interface Facts {
  readonly state: RecordedState | undefined
  readonly ledger: Ledger | undefined
  readonly deployLock: DeployLockStatus | undefined
  readonly stateLock: StateLockStatus | undefined
  readonly templates: readonly ListedTemplate[] | undefined
  readonly group: GroupFacts | 'none' | undefined
  /** Of the base template that the outputs name; undefined where nobody could tell. */
  readonly isBaseThere: boolean | undefined
}

interface Asking {
  readonly config: Config
  readonly ports: StatusPorts
  readonly answers: Answers
  readonly signal: AbortSignal
}

/** Asks for everything side by side; what waits for another answer waits for that one alone. */
export async function askAll(asking: Asking): Promise<Facts> {
  const { config, ports, answers, signal } = asking
  const { google, store, clock, compute } = ports
  const { name, projectId } = config
  // Before the first deploy, which switches it on, there is nothing in it.
  const ifOn = <T>(ask: () => Promise<T>, whenOff: T): Promise<T> =>
    askUnlessOff(google, { service: 'compute', projectId, ask, whenOff })
  const state = answers.take(() => readStateFile(store, name))
  const [ledger, deployLock, stateLock, templates, group, isBaseThere] = await Promise.all([
    answers.take(() => new LedgerFile({ store, clock }, { prefix: name, signal }).read()),
    answers.take(() => askDeployLock(store, name)),
    answers.take(() => askStateLock(store, name)),
    answers.take(() => ifOn(() => compute.listTemplates(namePattern(name)), [])),
    answers.take(async () => {
      const reference = await groupReference(config, state)
      return ifOn(() => askGroup(asking, reference), 'none' as const)
    }),
    answers.take(async () => askBase(compute, (await state)?.outputs['base_template_name'])),
  ])
  return { state: await state, ledger, deployLock, stateLock, templates, group, isBaseThere }
}

/** The bundled configuration calls the group by the service's name: nothing has to be waited for. */
async function groupReference(
  { terraformDirectory, name }: Config,
  state: Promise<RecordedState | undefined>
): Promise<string> {
  if (terraformDirectory === undefined) return name
  return asText((await state)?.outputs['group_name']) || name
}

async function askBase(compute: Compute, name: unknown): Promise<boolean | undefined> {
  const base = asText(name)
  return base === '' ? undefined : (await compute.fetchTemplate(base)) !== undefined
}

async function askDeployLock(
  store: ObjectStore,
  prefix: string
): Promise<DeployLockStatus | undefined> {
  const lock = await findDeployLock(store, prefix)
  return lock && { ...lock, isStale: lock.ageMs >= STALE_AFTER_MS }
}

async function askStateLock(
  store: ObjectStore,
  prefix: string
): Promise<StateLockStatus | undefined> {
  const lock = await readStateLock(store, prefix)
  return lock && { ...lock, who: lock.who || 'somebody' }
}

/** Two rounds: the group and its VMs, then what each of them is and says. */
async function askGroup(
  { config, ports, answers }: Asking,
  reference: string
): Promise<GroupFacts | 'none'> {
  const listing = ports.compute.listManagedInstances(reference)
  // Where there is no group there are no VMs either, which is nothing to be told twice.
  listing.catch(() => undefined)
  const group = await inspectGroup(ports.google, config, reference)
  if (group === undefined) return 'none'
  const instances = await listing
  const running = instances.filter(({ instanceStatus }) => instanceStatus === 'RUNNING')
  const [cards, words] = await Promise.all([
    askCards({ config, ports, answers }, { group, instances }),
    askInstances({ config, ports, answers }, running),
  ])
  return { group, instances, cards, words }
}

async function askCards(
  { config, ports, answers }: Omit<Asking, 'signal'>,
  { group, instances }: Pick<GroupFacts, 'group' | 'instances'>
): Promise<ReadonlyMap<string, VmCard>> {
  const { projectId } = config
  const { baseInstanceName } = group
  const zones = new Set(instances.map(({ zone }) => zone).filter((zone) => zone !== ''))
  const lists = [...zones].map((zone) =>
    answers.take(() => listVmCards(ports.google, { projectId, zone, baseInstanceName }))
  )
  const cards = (await Promise.all(lists)).flatMap((list) => list ?? [])
  return new Map(cards.map((card) => [card.name, card]))
}

/** Google's quota for one user among others is not to be spent on a look at a thousand VMs. */
const MOST_ASKED = 100

async function askInstances(
  { config, ports, answers }: Omit<Asking, 'signal'>,
  instances: readonly ManagedInstance[]
): Promise<ReadonlyMap<string, Word>> {
  const { projectId } = config
  const asked = instances.slice(0, MOST_ASKED)
  const words = asked.map(async ({ name, zone }): Promise<readonly (readonly [string, Word])[]> => {
    const queryPath = BOOT_REPORT_PATH
    const said = await answers.take(() => askVm(ports.google, { projectId, zone, name, queryPath }))
    if (said === undefined || said === 'limit') return []
    if (said === 'silent') return [[name, { report: undefined, at: '' }]]
    const at = asText(asRecord(said.value)['at'])
    return [[name, { report: readBootReport(said.value), at }]]
  })
  return new Map((await Promise.all(words)).flat())
}
