import * as core from '@actions/core'
import { localFiles } from '../adapters/disk/files.ts'
import { explainNoToken, isWithoutToken } from '../github/fork.ts'
import { readPullRequestEvent } from '../github/pull-request-event.ts'
import type { Environment } from './outside/environment.ts'

/**
 * Whether the inputs are wrong in a pull request that nobody plans anyway; says so then, as `plan`
 * would. GitHub keeps the repository's variables from forks, so that inputs made of them arrive empty.
 */
export async function explainUnplanned(env: Environment): Promise<boolean> {
  const event = await localFiles.read(env['GITHUB_EVENT_PATH'] ?? '').catch(() => '')
  const pullRequest = readPullRequestEvent(event, env)
  if (pullRequest === undefined || !isWithoutToken(pullRequest, env)) return false
  const words = explainNoToken(pullRequest)
  core.info(words)
  await core.summary
    .addRaw(words)
    .write()
    // A runner without such a page has the log.
    .catch((error: unknown) => core.debug(`There is no job summary: ${String(error)}`))
  return true
}
