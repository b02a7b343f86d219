import type { CommandRunner } from '../ports.ts'
import { pinsOf } from './bases/resolve.ts'
import type { BuildOptions } from './build/command.ts'
import { readCommitTime } from './commit-time.ts'
import { renderTagReference } from './reference.ts'
import { platformsOf } from './source.ts'
import type { Buildable, ImageOptions, ImageRequest } from './story.ts'

interface BuildStory {
  readonly ports: { readonly commands: CommandRunner }
  readonly request: Omit<ImageRequest, 'image' | 'rebuildAfterMs' | 'secretScan'>
  readonly options: Omit<ImageOptions, 'repository' | 'steps'>
}

type ToBuild = Pick<Buildable, 'builder' | 'source' | 'repository' | 'isStale'>

/** How this source is built, once it is known that it has to be. */
export async function settleBuild(
  { ports, request, options }: BuildStory,
  { builder, source, repository, isStale }: ToBuild,
  layersTag: string | undefined
): Promise<BuildOptions> {
  const { commit, sourceUrl, workDirectory, signal } = options
  const commitTime = await readCommitTime(ports.commands, { folder: request.context, commit })
  const created = commitTime === undefined ? [] : [new Date(commitTime * 1000).toISOString()]
  return {
    context: request.context,
    dockerfile: request.dockerfile,
    target: request.target,
    buildArgs: request.buildArgs,
    labels: new Map([
      ['org.opencontainers.image.source', sourceUrl],
      ['org.opencontainers.image.revision', commit],
      ...created.map((time) => ['org.opencontainers.image.created', time] as const),
    ]),
    secrets: request.buildSecrets,
    commitTime,
    // Said to whoever takes it: by itself a builder asks its environment, of which the name knows nothing.
    platforms: builder.hasBuildx ? platformsOf(request, builder) : request.platforms,
    bases: pinsOf(source.bases, source.reading.stageNames),
    noCache: isStale,
    registryHost: options.fallback.host,
    cache: repository && layersTag && renderTagReference(repository, layersTag),
    cachesStages: request.buildSecrets.size === 0 && !source.reading.usesSecrets,
    sbom: request.sbom,
    provenance: true,
    workDirectory,
    signal,
  }
}
