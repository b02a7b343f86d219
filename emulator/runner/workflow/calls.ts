import type { Permissions } from '../../github/tokens.ts'
import type { Repository } from '../repository/git.ts'
import { readWorkflow } from './file.ts'
import { type JobTemplate, type Workflow, WorkflowError } from './model.ts'
import { describeAllowed, findExcess, readPermissions } from './permissions.ts'
import { childOf } from './tokens.ts'

/** A workflow file of a commit, and the files that its jobs call. */
export interface LoadedWorkflow {
  readonly workflow: Workflow
  readonly sha: string
  /** `owner/name/.github/workflows/x.yml@refs/heads/main`. */
  readonly ref: string
  /** By the id of the calling job. */
  readonly calls: ReadonlyMap<string, LoadedWorkflow>
}

/** Where a workflow file is read, and for whom. */
export interface WorkflowSource {
  readonly repository: Repository
  /** `owner/name`. */
  readonly name: string
  readonly path: string
  readonly sha: string
  /** Behind the `@` of its reference. */
  readonly ref: string
  /** What a job has that says nothing, and the most that a called one may have. */
  readonly permissions: Permissions
}

const MAX_DEPTH = 10

/**
 * Reads a workflow and everything that it calls, as GitHub does before a run begins.
 *
 * @throws WorkflowError when a file is wrong, is not there, or asks for more than its caller has
 */
export async function loadWorkflow(source: WorkflowSource, depth = 1): Promise<LoadedWorkflow> {
  const { repository, name, path, sha, ref } = source
  const read = (called: string, version: string): Promise<string> =>
    readAt(repository, called, version || sha)
  const workflow = await readWorkflow(path, await repository.readFile(sha, path), read)
  const calls = new Map<string, LoadedWorkflow>()
  for (const job of workflow.jobs) {
    if (job.uses === undefined) continue
    if (depth >= MAX_DEPTH) throw new WorkflowError(path, ['Too many workflows call one another.'])
    const permissions = permissionsOf(workflow, job) ?? source.permissions
    const called = await resolveCalled(source, job.uses)
    const loaded = await loadWorkflow({ ...source, ...called, permissions }, depth + 1)
    checkPermissions(path, { job, called: loaded.workflow, allowed: permissions })
    calls.set(job.id, loaded)
  }
  return { workflow, sha, ref: `${name}/${path}@${ref}`, calls }
}

async function readAt(repository: Repository, path: string, version: string): Promise<string> {
  return repository.readFile(await resolveVersion(repository, version), path)
}

async function resolveVersion(repository: Repository, version: string): Promise<string> {
  for (const ref of [`refs/tags/${version}`, `refs/heads/${version}`]) {
    try {
      return await repository.resolve(ref)
    } catch {
      // Neither tag nor branch: a commit.
    }
  }
  return repository.resolve(version)
}

async function resolveCalled(
  source: WorkflowSource,
  uses: string
): Promise<Pick<WorkflowSource, 'path' | 'sha' | 'ref'>> {
  const { repository, name, sha, ref } = source
  if (uses.startsWith('./') || uses.startsWith('$/')) return { path: uses.slice(2), sha, ref }
  const [whole = '', version = ''] = uses.split('@')
  if (!whole.toLowerCase().startsWith(`${name.toLowerCase()}/`))
    throw new WorkflowError(source.path, [
      `error parsing called workflow "${uses}": the emulator has no repository but ${name}.`,
    ])
  return {
    path: whole.slice(name.length + 1),
    sha: await resolveVersion(repository, version),
    ref: /^[0-9a-f]{40}$/.test(version) ? version : `refs/heads/${version}`,
  }
}

function permissionsOf(workflow: Workflow, job: JobTemplate): Permissions | undefined {
  return readPermissions(childOf(job.token, 'permissions')) ?? readPermissions(workflow.permissions)
}

interface Call {
  readonly job: JobTemplate
  readonly called: Workflow
  readonly allowed: Permissions
}

function checkPermissions(path: string, { job, called, allowed }: Call): void {
  const problems = called.jobs.flatMap((nested) => {
    const wanted = permissionsOf(called, nested) ?? {}
    const excess = findExcess(wanted, allowed)
    if (excess.length === 0) return []
    const isAllowed = describeAllowed(wanted, allowed)
    return [
      `${path}: Error calling workflow '${job.uses}'. The nested job '${nested.id}' is requesting '${excess.join(', ')}', but is only allowed '${isAllowed}'.`,
    ]
  })
  if (problems.length > 0) throw new WorkflowError(path, problems)
}
