import type { CommandRunner } from '../../ports.ts'
import { isSamePlatform, parsePlatform } from '../dockerfile/platform.ts'
import type { ImageUse } from '../dockerfile/uses.ts'
import { parseImageName, renderImageName } from '../reference.ts'
import { type AskOptions, askDocker, readDiffIds, readIndex } from './docker.ts'
import type { ResolvedBase } from './resolve.ts'

const TIMEOUT_MS = 20_000

/**
 * The diff ids of the layers that come with the bases of the final image, for those who look only
 * at what the build put above them; undefined when they cannot be had. One or two requests a base:
 * to be asked for only when something is built.
 */
export async function findBaseLayers(
  commands: CommandRunner,
  finalBases: readonly ImageUse[],
  options: { readonly bases: readonly ResolvedBase[] } & Pick<AskOptions, 'signal' | 'env'>
): Promise<readonly string[] | undefined> {
  const ask = { ...options, timeoutMs: TIMEOUT_MS }
  const layers = await Promise.all(
    finalBases.map((use) => {
      const base = options.bases.find(
        ({ name, platform }) => name === use.name && platform === use.platform
      )
      return base?.diffIds ?? (base && askRegistry(commands, base, ask))
    })
  )
  // With one missing its layers would count as the user's own, which is the safe side.
  const known = layers.flatMap((ids) => ids ?? [])
  return layers.includes(undefined) && known.length === 0 ? undefined : [...new Set(known)]
}

async function askRegistry(
  commands: CommandRunner,
  base: ResolvedBase,
  ask: AskOptions
): Promise<readonly string[] | undefined> {
  const image = parseImageName(base.name)
  if (image === undefined) return undefined
  const inspect = ['buildx', 'imagetools', 'inspect']
  const byDigest = (digest: string): string => renderImageName({ ...image, tag: undefined, digest })
  const index = await askDocker(commands, [...inspect, '--raw', byDigest(base.digest)], ask)
  if ('missing' in index) return undefined
  const manifests = readIndex(index.found)
  const wanted = base.platform === undefined ? undefined : parsePlatform(base.platform)
  const one = wanted && manifests.find(({ platform }) => isSamePlatform(platform, wanted))
  if (manifests.length > 0 && one === undefined) return undefined
  const reference = byDigest(one?.digest ?? base.digest)
  const config = await askDocker(commands, [...inspect, '--format={{json .Image}}', reference], ask)
  return 'missing' in config ? undefined : readDiffIds(config.found)
}
