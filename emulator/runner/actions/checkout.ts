import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Repository } from '../repository/git.ts'
import { inWorkspace } from '../steps/program.ts'
import type { Variables } from '../steps/scope.ts'
import type { RunningStep, StepEnd } from '../steps/step.ts'
import type { StepLog } from '../steps/step-log.ts'

const run = promisify(execFile)
const CREDENTIALS = 'http.https://github.com/.extraheader'

interface Wanted {
  readonly sha: string
  /** `refs/heads/main`; empty for a commit without a name. */
  readonly ref: string
}

/** `actions/checkout` by what it does: the commit of the event, or `ref`, in the workspace. */
export async function checkOut(step: RunningStep, inputs: Variables): Promise<StepEnd> {
  const { scope, log } = step
  const { repository, folders, masks } = scope.session
  const github = scope.toExpressions().contexts['github'] as Variables
  const name = inputs['repository'] || (github['repository'] ?? '')
  if (name.toLowerCase() !== (github['repository'] ?? '').toLowerCase())
    throw new Error(`The emulator has no repository but ${github['repository']}: not ${name}.`)
  const wanted = await resolveWanted(repository, inputs['ref'] ?? '', github)
  const directory = inWorkspace(scope, inputs['path'] ?? '')
  const git = gitIn(directory, folders.home, log)
  await mkdir(directory, { recursive: true })
  await fetchInto(git, { repository, wanted, depth: Number(inputs['fetch-depth'] ?? 1) })
  await git('remote', 'set-url', 'origin', `${github['server_url']}/${name}`)
  if (inputs['persist-credentials'] !== 'false') {
    const token = inputs['token'] || (github['token'] ?? '')
    const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
    masks.add(basic)
    await git('config', '--local', CREDENTIALS, `AUTHORIZATION: basic ${basic}`)
  }
  scope.session.posts.push({
    name: `Post ${step.name}`,
    condition: 'always()',
    scope,
    env: step.env,
    run: (postLog) => removeCredentials(gitIn(directory, folders.home, postLog)),
  })
  return { exitCode: 0, outputs: new Map(Object.entries({ ref: wanted.ref, commit: wanted.sha })) }
}

async function resolveWanted(
  repository: Repository,
  ref: string,
  github: Variables
): Promise<Wanted> {
  if (ref === '') return { sha: github['sha'] ?? '', ref: github['ref'] ?? '' }
  if (/^[0-9a-f]{40}$/.test(ref)) return { sha: await repository.resolve(ref), ref: '' }
  const names = ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`]
  for (const name of names) {
    try {
      return { sha: await repository.resolve(name), ref: name }
    } catch {
      // A tag, then.
    }
  }
  throw new Error(`A branch or tag with the name '${ref}' could not be found`)
}

type Git = (...args: readonly string[]) => Promise<void>

function gitIn(directory: string, home: string, log: StepLog): Git {
  return async (...args) => {
    log.say(`[command]git ${args.join(' ')}`)
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, GIT_TERMINAL_PROMPT: '0' }
    await run('git', ['-C', directory, ...args], { env })
  }
}

interface Fetch {
  readonly repository: Repository
  readonly wanted: Wanted
  /** 0 for all history. */
  readonly depth: number
}

async function fetchInto(git: Git, { repository, wanted, depth }: Fetch): Promise<void> {
  const { sha, ref } = wanted
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1]
  const target = branch === undefined ? ref.replace(/^refs\/pull/, 'refs/remotes/pull') : ''
  const local = branch === undefined ? target : `refs/remotes/origin/${branch}`
  await git('init', '--quiet')
  await git('remote', 'add', 'origin', `file://${repository.directory}`)
  await git(
    'fetch',
    '--quiet',
    '--no-tags',
    ...(depth > 0 ? [`--depth=${depth}`] : []),
    'origin',
    local === '' ? sha : `+${sha}:${local}`
  )
  if (branch === undefined) await git('checkout', '--quiet', '--force', sha)
  else await git('checkout', '--quiet', '--force', '-B', branch, local)
}

async function removeCredentials(git: Git): Promise<number> {
  try {
    await git('config', '--local', '--unset-all', CREDENTIALS)
  } catch {
    // They were not kept, or somebody has removed the folder.
  }
  return 0
}
