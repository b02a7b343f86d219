import { ActionError } from '../../../errors.ts'
import type { ObjectStore } from '../../../google/object-store.ts'
import { renderDuration } from '../../../lib/duration.ts'
import { asList, asRecord, asText, isRecord, parseJson } from '../../../lib/json.ts'
import { LedgerFile } from '../../../release/ledger/ledger-file.ts'
import {
  ageMsOf,
  describeOwner,
  parseLock,
  STALE_AFTER_MS,
} from '../../../release/ledger/lock-record.ts'
import { stateLockName } from '../../../terraform/state-lock.ts'
import { broken, type Check, doubtful, type Finding, ok, unknown } from '../check.ts'
import { behindApi } from './access/behind-api.ts'
import type { CheckContext } from './context.ts'

const SUBJECT = 'What is deployed'
/** No apply of the bundled configuration takes so long. */
const LONG_APPLY_MS = 60 * 60_000

/** State, ledger and locks as earlier runs left them, and whose the group is. */
export function deploymentChecks(context: CheckContext): readonly Check[] {
  const { ports, config } = context
  const check = (id: string, title: string, look: Check['look']): Check => ({
    id,
    subject: SUBJECT,
    title,
    // All of it lies in the bucket, or is compared with what does.
    after: ['state-bucket', 'state-bucket-permissions'],
    look,
  })
  return [
    check('terraform-state', "Terraform's state can be read", () =>
      lookAtState(ports.store, config.name)
    ),
    check('terraform-lock', 'Nobody holds the state lock', () =>
      lookAtStateLock(ports.store, config.name)
    ),
    check('ledger', 'The ledger of releases can be read', (signal) =>
      lookAtLedger(context, signal)
    ),
    check('deploy-lock', 'No deploy is under way', () =>
      lookAtDeployLock(ports.store, config.name)
    ),
    ...behindApi('compute', context, [
      check('group', 'The group is this service’s own', () => lookAtGroup(context)),
    ]),
  ]
}

function stateName(prefix: string): string {
  return `${prefix}/default.tfstate`
}

async function lookAtState(store: ObjectStore, prefix: string): Promise<Finding> {
  const url = store.url(stateName(prefix))
  const found = await store.read(stateName(prefix))
  if (found === undefined) return ok('None yet: nothing was applied.')
  const state = parseJson(found.text)
  if (isRecord(state) && state['version'] === 4) return ok(`Serial ${String(state['serial'])}.`)
  const said = `${url} is no state of Terraform: every plan fails.`
  return broken(said, putBack(url))
}

/** Which generation is the last good one, a person has to see. */
function putBack(url: string): string {
  return `gcloud storage ls --all-versions ${url}\ngcloud storage cp ${url}#GENERATION ${url}`
}

async function lookAtStateLock(store: ObjectStore, prefix: string): Promise<Finding> {
  const name = stateLockName(prefix)
  const found = await store.read(name)
  if (found === undefined) return ok('Free.')
  const lock = asRecord(parseJson(found.text))
  const ageMs = ageMsOf(found)
  const holder = `${asText(lock['Who']) || 'Somebody'} holds it for ${renderDuration(ageMs)}`
  const said = `${holder} (${asText(lock['Operation']) || 'unknown operation'}).`
  const free = `gcloud storage rm ${store.url(name)}`
  if (ageMs >= LONG_APPLY_MS)
    return broken(`${said} No apply takes so long: its run is dead.`, free)
  return doubtful(`${said} Wait for it; if its run is no more, free it.`, free)
}

async function lookAtLedger(
  { ports, config }: CheckContext,
  signal: AbortSignal
): Promise<Finding> {
  try {
    const { entries } = await new LedgerFile(ports, { prefix: config.name, signal }).read()
    return ok(entries.length === 0 ? 'Empty: no release yet.' : `${entries.length} attempts.`)
  } catch (error) {
    if (!(error instanceof ActionError && error.code === 'LEDGER_UNREADABLE')) throw error
    return broken(error.message, putBack(ports.store.url(`${config.name}/releases.json`)))
  }
}

async function lookAtDeployLock(store: ObjectStore, prefix: string): Promise<Finding> {
  const name = `${prefix}/deploy.lock`
  const found = await store.read(name)
  if (found === undefined) return ok('Free.')
  const owner = describeOwner(parseLock(found.text))
  const ageMs = ageMsOf(found)
  if (ageMs < STALE_AFTER_MS) return ok(`${owner} deploys right now.`)
  return doubtful(
    `${owner} left it ${renderDuration(ageMs)} ago. The next deploy takes it over and puts things straight.`,
    `gcloud storage rm ${store.url(name)}`
  )
}

/** A group that no state knows stands in the way of the one that terraform would make. */
async function lookAtGroup({ readings, ports, config }: CheckContext): Promise<Finding> {
  const { name, projectId, region } = config
  const group = await readings.group()
  if (group === undefined) return ok('None yet: the first deploy makes it.')
  if (config.terraformDirectory !== undefined) return unknown('Your own Terraform knows.')
  const state = await ports.store.read(stateName(name))
  // Terraform's own format of a state, version 4: the only place that says what it made.
  const resources = asList(asRecord(parseJson(state?.text ?? ''))['resources']).map(asRecord)
  const isOurs = resources.some(
    ({ type }) => type === 'google_compute_region_instance_group_manager'
  )
  if (isOurs) return ok(`${String(group['targetSize'] ?? 0)} VMs.`)
  return broken(
    `There is a group ${name} in ${region} of ${projectId} that the state does not know: the apply would fail.`,
    `name: ${name}-2`
  )
}
