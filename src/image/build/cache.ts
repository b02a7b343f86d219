import { renderDuration } from '../../lib/duration.ts'
import { lastLine } from '../../lib/last-line.ts'
import type { Clock, CommandRunner, TokenSource } from '../../ports.ts'
import type { Builder } from './builder.ts'
import { type ClientFolderPorts, withLogin } from './client-folder.ts'
import { type BuildOptions, renderCacheExport } from './command.ts'

export interface CachePorts extends ClientFolderPorts {
  readonly commands: CommandRunner
  readonly tokens: TokenSource
  readonly clock: Clock
}

const TIMEOUT_MS = 10 * 60_000

/**
 * Of what `exportCache` writes; an image from an engine's own store is pushed with it as one more tag.
 * Another one for each period, so that no layer outlives it: what a step installs from the network
 * is as old as the layer. Undefined for a period of 0, which wants every step anew.
 */
export function cacheTag(nowMs: number, periodMs: number): string | undefined {
  return periodMs > 0 ? `buildcache-${Math.floor(nowMs / periodMs)}` : undefined
}

/**
 * Brings the layers of a build that has succeeded into the registry, for the next runner. It is no
 * part of the build itself, so that nothing leaves this machine before the gate has looked at the
 * image. Stages that are no part of the image go along, unless they may have seen a secret: nobody
 * has looked at these. Failing costs a warning.
 */
export async function exportCache(
  ports: CachePorts,
  builder: Builder,
  options: BuildOptions
): Promise<void> {
  const { cache, workDirectory, signal } = options
  if (cache === undefined || !builder.can.exportsLayout) return
  const { commands, clock, log, tokens } = ports
  const startedAt = clock.now()
  const { args, env } = renderCacheExport(builder, options)
  const login = { host: cache.split('/')[0] ?? '', token: await tokens.accessToken() }
  const directory = `${workDirectory}/cache-config`
  const { exitCode, stderr } = await withLogin(ports, { directory, ...login }, (more) =>
    commands.runInterruptible('docker', args, {
      env: { ...env, ...more },
      signal,
      timeoutMs: TIMEOUT_MS,
    })
  )
  signal.throwIfAborted()
  if (exitCode === 0) {
    log.info(`Kept the layers for the next build (${renderDuration(clock.now() - startedAt)})`)
  } else {
    log.warning(`The layers could not be kept for the next build: ${lastLine(stderr)}`)
  }
}
