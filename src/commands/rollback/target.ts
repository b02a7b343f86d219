import { ActionError } from '../../errors.ts'
import type { InstanceTemplate } from '../../google/compute.ts'
import { digestOf, imageRepository } from '../../image/reference.ts'
import { findDigest } from '../../image/registry.ts'
import { unknownRelease } from '../../release/choice/catalogue.ts'
import { type Choice, chooseRelease } from '../../release/choice/choice.ts'
import { earlierReleases } from '../../release/choice/lineage.ts'
import { asVerified, deployUnderWay } from '../../release/choice/under-way.ts'
import { parseWanted, type Wanted } from '../../release/choice/wanted.ts'
import { findDeployLock } from '../../release/ledger/deploy-lock.ts'
import { isVerified, type Ledger, type LedgerEntry } from '../../release/ledger/ledger.ts'
import { LedgerFile } from '../../release/ledger/ledger-file.ts'
import { namePattern } from '../../release/prune/release-template.ts'
import { findStanding, goneRelease, metadataOf } from '../../release/standing.ts'
import { readLastOutputs } from '../../terraform/last-outputs.ts'
import { type Infrastructure, readInfrastructure } from '../../terraform/outputs.ts'
import type { Story } from './story.ts'

/** Where a rollback goes to, and from where. */
export interface Target {
  readonly infrastructure: Infrastructure
  /** The attempt in which the release was verified. */
  readonly entry: LedgerEntry
  readonly template: InstanceTemplate
  /** What the group is on; empty for none. */
  readonly current: string
  /** Where the next rollback without a wish would lead from there; empty when there is nothing. */
  readonly wayBack: string
}

/**
 * The release that is asked for, and whole: chosen by what ledger and group say, before anything is
 * touched. No terraform: what it made is in the outputs that its last apply left.
 *
 * @throws ActionError RELEASE_UNKNOWN, RELEASE_GONE, LEDGER_UNREADABLE, TERRAFORM_OUTPUTS, GCP_*
 */
export async function findTarget(story: Story): Promise<Target> {
  const known = { story, ...(await look(story)) }
  const { infrastructure, ledger, current } = known
  const choice = await choose(known)
  if (choice.kind !== 'chosen') throw await unknown(known, choice.why)
  const { entry } = choice
  const standing = await findStanding(story.ports, entry)
  if (standing === undefined) {
    const why = `release ${entry.release} was pruned: its instance template ${entry.template} is gone`
    throw await unknown(known, why)
  }
  const { template, losses } = standing
  // What runs misses nothing.
  if (losses.length > 0 && entry.release !== current) throw goneRelease(entry, losses)
  warnOf(known, entry, template)
  const [earlier] = earlierReleases(ledger, entry.release)
  return { infrastructure, entry, template, current, wayBack: earlier?.release ?? '' }
}

/** What may keep the release from coming up, and is no reason not to try. */
function warnOf(
  { story, ledger, infrastructure }: Known,
  { release, commit }: LedgerEntry,
  template: InstanceTemplate
): void {
  const { log } = story.ports
  if (!isVerified(ledger, release))
    log.warning(`Release ${release} failed when it was last rolled out; it ran well before.`)
  // The health check is the group's, and no release brings it back.
  const own = metadataOf(template, 'app-port')
  const { port } = infrastructure
  if (port !== undefined && own !== '' && own !== String(port)) {
    log.warning(
      `Release ${release} listens on port ${own}, and the group asks port ${port} by now whether a VM is healthy. If it does not come up, deploy commit ${commit.slice(0, 12)} again, which changes both.`
    )
  }
}

/** What the action knows before it chooses. */
interface Known {
  readonly story: Story
  readonly infrastructure: Infrastructure
  readonly ledger: Ledger
  readonly current: string
  /** A deploy that has the group on its way, or left it there. */
  readonly underWay: LedgerEntry | undefined
}

async function look({ config, ports, context }: Story): Promise<Omit<Known, 'story'>> {
  const { store, clock } = ports
  const file = new LedgerFile({ store, clock }, { prefix: config.name, signal: context.signal })
  const [outputs, ledger, lock] = await Promise.all([
    readLastOutputs(store, config.name),
    file.read(),
    findDeployLock(store, config.name),
  ])
  const folder = store.url(config.name)
  if (Object.keys(outputs).length === 0) {
    throw nothingYet(config.name, `${folder}/ holds no infrastructure of it`)
  }
  const infrastructure = readInfrastructure(outputs)
  if (ledger.entries.length === 0) {
    throw nothingYet(config.name, `the ledger ${folder}/releases.json has no entry`)
  }
  const { versions } = await ports.compute.fetchGroup(infrastructure.groupName)
  const current = versions[0]?.name ?? ''
  const underWay = deployUnderWay(ledger, { current, lockedBy: lock?.holder })
  return { infrastructure, ledger, current, underWay }
}

function nothingYet(service: string, why: string): ActionError {
  return new ActionError(
    'RELEASE_UNKNOWN',
    `There is no release of ${service} to roll back to: ${why}.`,
    {
      hint: 'Deploy first (`command: deploy`). If it is deployed already, compare the inputs `name`, `project_id` and `state_bucket` with those of the deploy.',
    }
  )
}

type Settled = Exclude<Choice, { readonly kind: 'tag' }>

async function choose(known: Known): Promise<Settled> {
  const { story, infrastructure, ledger, current } = known
  const wanted = parseWanted(story.config.release ?? '')
  const choice =
    wanted.kind === 'before' ? chooseBefore(known, wanted) : chooseRelease(ledger, current, wanted)
  if (choice.kind !== 'tag') return choice
  const digest = await findDigestOfTag(story, infrastructure, choice.tag)
  const unknown: Settled = {
    kind: 'refused',
    why: `"${choice.tag}" is neither a release, nor a commit that was deployed, nor a tag of the image`,
  }
  if (digest === undefined) return unknown
  const byDigest = chooseRelease(ledger, current, parseWanted(digest))
  return byDigest.kind === 'tag' ? unknown : byDigest
}

/** Counted from a deploy that is under way, if there is one. */
function chooseBefore({ story, ledger, current, underWay }: Known, wanted: Wanted): Choice {
  if (underWay === undefined) return chooseRelease(ledger, current, wanted)
  const { release, runUrl } = underWay
  story.ports.log.info(`Release ${release} is on its way (${runUrl}): going back from that.`)
  return chooseRelease(asVerified(ledger, underWay), release, wanted)
}

function findDigestOfTag(
  { config, ports, context }: Story,
  { repositoryId }: Infrastructure,
  tag: string
): Promise<string | undefined> {
  const { projectId, name } = config
  const repository = imageRepository(context.registryHost, { projectId, repositoryId, name })
  return findDigest(ports.google, repository, tag)
}

/** Which templates are there is asked only where people are shown the list. */
async function unknown({ story, ledger, current }: Known, why: string): Promise<ActionError> {
  const { name } = story.config
  const templates = await story.ports.compute.listTemplates(namePattern(name))
  const names = new Set(templates.map((template) => template.name))
  return unknownRelease({ service: name, ledger, current, templates: names }, why)
}

/** `release a1b2… (commit c0ffee0, image 0123456789ab)`: how people are told of it. */
export function describeRelease({ release, commit, image }: LedgerEntry): string {
  const digest = digestOf(image).slice('sha256:'.length, 'sha256:'.length + 12)
  return `release ${release} (commit ${commit.slice(0, 7)}, image ${digest})`
}
