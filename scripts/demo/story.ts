import type { GitHub } from '../../emulator/github/github.ts'
import type { WorkflowRun } from '../../emulator/runner/runs.ts'
import type { Developer, PullRequest } from './developer.ts'
import type { Narrator } from './narrator.ts'
import { type ActReport, readAct, type Vm } from './report.ts'
import { raiseVersion } from './service.ts'
import type { Visits } from './visitor.ts'

/** Who plays, and before whom. */
export interface Stage {
  readonly developer: Developer
  readonly github: Pick<GitHub, 'store'>
  readonly narrator: Narrator
  /** What was asked of the service since the last time; nothing before somebody asks. */
  readonly takeVisits: () => Visits
  /** What runs at the moment, as the cloud knows it. */
  readonly lookAtVms: () => readonly Vm[]
  /** Begins to ask the service again and again. */
  readonly startVisitor: () => void
  /** The next commit shall not start; resolves when it can be pushed. */
  readonly breakNext: (directory: string) => Promise<void>
  readonly signal: AbortSignal
}

/** The story of the demo; it ends early when something went another way, since the rest builds on it. */
export async function play(stage: Stage): Promise<readonly ActReport[]> {
  const acts: ActReport[] = []
  const scenes = [openFirst, mergeFirst, openSecond, mergeSecond, pushBroken, rollBack]
  const so: Props = {}
  for (const scene of scenes) {
    const act = await scene(stage, so)
    stage.signal.throwIfAborted()
    acts.push(act)
    if (act.conclusion !== act.expected) break
  }
  return acts
}

/** What one scene leaves to the next. */
interface Props {
  pull?: PullRequest
}

function openFirst(stage: Stage, props: Props): Promise<ActReport> {
  return openPull(stage, props, {
    title: 'A pull request: what would a merge do?',
    branch: 'first-version',
    name: 'pull request',
  })
}

function mergeFirst(stage: Stage, props: Props): Promise<ActReport> {
  return mergePull(stage, props, 'Merged: the first deploy, nothing is there yet')
}

async function openSecond(stage: Stage, props: Props): Promise<ActReport> {
  // From here on somebody uses the service.
  stage.startVisitor()
  return openPull(stage, props, {
    title: 'A second pull request, while a visitor keeps asking',
    branch: 'second-version',
    name: 'second pull request',
  })
}

function mergeSecond(stage: Stage, props: Props): Promise<ActReport> {
  return mergePull(stage, props, 'Merged: new VMs take over from the old ones')
}

function pushBroken(stage: Stage): Promise<ActReport> {
  return perform(stage, {
    title: 'A push that breaks the service: it is taken back by itself',
    name: 'broken push',
    workflow: 'deploy',
    expected: 'failure',
    run: () =>
      stage.developer.push({ title: 'Ask the new model', edit: (at) => stage.breakNext(at) }),
  })
}

function rollBack(stage: Stage): Promise<ActReport> {
  return perform(stage, {
    title: 'A rollback by hand: the release before this one comes back',
    name: 'rollback',
    workflow: 'rollback',
    expected: 'success',
    run: () => stage.developer.dispatch('rollback.yml', { release: '' }),
  })
}

interface Opening {
  readonly title: string
  readonly name: string
  readonly branch: string
}

function openPull(stage: Stage, props: Props, { title, name, branch }: Opening) {
  return perform(stage, {
    title,
    name,
    workflow: 'plan',
    expected: 'success',
    run: async () => {
      const proposal = { branch, title: `Mervis, ${branch.replace('-', ' ')}`, edit: raiseVersion }
      const { pull, runs } = await stage.developer.openPullRequest(proposal)
      props.pull = pull
      return runs
    },
    comment: () => commentOf(stage, props.pull),
  })
}

function mergePull(stage: Stage, { pull }: Props, title: string): Promise<ActReport> {
  return perform(stage, {
    title,
    name: pull?.number === 1 ? 'first deploy' : 'after a change',
    workflow: 'deploy',
    expected: 'success',
    run: () => (pull ? stage.developer.merge(pull) : Promise.resolve([])),
  })
}

interface Scene {
  readonly title: string
  /** For the table. */
  readonly name: string
  /** The one of the workflows that it is about. */
  readonly workflow: string
  readonly expected: 'success' | 'failure'
  readonly run: () => Promise<readonly WorkflowRun[]>
  readonly comment?: () => string
}

async function perform(stage: Stage, scene: Scene): Promise<ActReport> {
  stage.narrator.heading(scene.title)
  stage.narrator.follow(scene.workflow)
  stage.takeVisits()
  const startedAt = performance.now()
  const runs = await scene.run()
  const act = readAct(runs, {
    name: scene.name,
    workflow: scene.workflow,
    expected: scene.expected,
    durationMs: performance.now() - startedAt,
    requests: stage.takeVisits(),
    vms: stage.lookAtVms(),
    comment: scene.comment?.() ?? '',
  })
  if (act.comment !== '')
    stage.narrator.line(`            The comment in the pull request: ${firstLine(act.comment)}`)
  return act
}

/** What the action said in the pull request; empty when it said nothing. */
function commentOf({ github }: Stage, pull: PullRequest | undefined): string {
  const comments = pull === undefined ? [] : github.store.commentsOf(pull.number)
  return comments.find(({ author }) => author.type === 'Bot')?.body ?? ''
}

/** Markers are comments of their own; the answer to "may I merge?" follows them. */
function firstLine(comment: string): string {
  const lines = comment.replace(/<!--[\s\S]*?-->/g, '').split('\n')
  const line = lines.find((one) => one.trim() !== '') ?? ''
  // What follows in small print is meant for a page.
  return line.replace(/\s*<sub>.*$/, '').replaceAll(/[*`]/g, '')
}
