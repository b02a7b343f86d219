import { listGenerations, removeGeneration } from '../../google/removal/objects.ts'
import { inTurn } from './releases.ts'
import type { Story } from './story.ts'

/**
 * Ledger, state and all their earlier versions. Listed anew, as terraform has just written another
 * state. The lock stays as long as this run holds it.
 */
export async function removeHistory(story: Story): Promise<string> {
  await removeObjects(story, (name) => HISTORY.test(name))
  return 'ledger and state, with all earlier versions'
}

/** What our own lock has left: only versions that nobody holds, as the next run may have it by now. */
export async function removeLockVersions(story: Story): Promise<void> {
  await removeObjects(story, (name, isLive) => name === LOCK && !isLive)
}

const LOCK = 'deploy.lock'
/** What this action and terraform's backend write; anything else in the folder is somebody's own. */
const HISTORY = /^(default\.tfstate|default\.tflock|releases\.json(\.damaged)?)$/

/** How many versions there are that `removeHistory` would remove. */
export async function countHistory({ config, ports }: Story): Promise<number> {
  const folder = `${config.name}/`
  const found = await listGenerations(ports.google, config.stateBucket, folder)
  return found.filter(({ name }) => HISTORY.test(name.slice(folder.length))).length
}

async function removeObjects(
  story: Story,
  isMeant: (name: string, isLive: boolean) => boolean
): Promise<void> {
  const { google } = story.ports
  const { name: service, stateBucket } = story.config
  // With the slash: the folder of another service may begin alike.
  const folder = `${service}/`
  const found = await listGenerations(google, stateBucket, folder)
  const meant = found.filter(({ name, isLive }) => isMeant(name.slice(folder.length), isLive))
  await inTurn(meant, story, (object) => removeGeneration(google, stateBucket, object))
}
