import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PER_PUSH_MS } from '../deploy/push.ts'
import { actionOf, complaintsOf, onlyJob, Project } from './project.ts'

const OURS = `
on: workflow_dispatch
jobs:
  look:
    permissions: { contents: read, id-token: write, issues: write }
    uses: mervis/mervis/.github/workflows/drift.yml@main
    with: { name: web }
  tell:
    needs: look
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "drift: \${{ needs.look.outputs.has_drift }}"' }]
`

// One story: each test goes on where the one before it ended.
describe("this repository's own workflows", () => {
  let project: Project

  beforeAll(async () => {
    project = await Project.open()
  }, PER_PUSH_MS)

  afterAll(() => project.close())

  const comments = (number: number) =>
    project.emulator.github.store.commentsOf(number).map(({ body }) => body)

  it(
    'answer a pull request with a comment',
    async () => {
      const { repository, workflows, emulator } = project
      await repository.git('checkout', '--quiet', '-b', 'greeting')
      const headSha = await repository.commit({ content: 'second' }, 'Another greeting')
      const { number } = emulator.github.store.addPull({
        title: 'Another greeting',
        headRef: 'greeting',
        headSha,
        files: ['content'],
      })
      const runs = await workflows.pullRequest({
        action: 'opened',
        number,
        headSha,
        headBranch: 'greeting',
        baseBranch: 'main',
        actor: 'octocat',
      })
      expect(runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([['plan', 'success']])
      expect(complaintsOf(runs[0])).toEqual([])
      expect(comments(number)).toHaveLength(1)
      expect(actionOf(runs[0]).outputs.get('comment_url')).toContain(`/pull/${number}#`)
      expect(emulator.github.deployments.list()).toEqual([])
    },
    PER_PUSH_MS
  )

  it(
    'deploy what is merged',
    async () => {
      const { repository, workflows, emulator } = project
      await repository.git('checkout', '--quiet', 'main')
      await repository.git('merge', '--quiet', '--no-ff', '-m', 'Another greeting (#1)', 'greeting')
      const sha = await repository.git('rev-parse', 'HEAD')
      emulator.github.store.merge(1, sha)
      const runs = await workflows.push({ branch: 'main', sha, actor: 'octocat' })
      expect(runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
        ['deploy', 'success'],
      ])
      expect(complaintsOf(runs[0])).toEqual([])
      expect(onlyJob(runs[0]).outputs.get('release')).toMatch(/^[0-9a-z-]+$/)
      expect(onlyJob(runs[0]).environment).toBe('production')
      expect(actionOf(runs[0]).summary).not.toBe('')
      const deployments = emulator.github.deployments.list()
      expect(deployments.map(({ environment, sha: of }) => [environment, of])).toEqual([
        ['production', sha],
      ])
      expect(deployments[0]?.statuses.at(-1)?.state).toBe('success')
    },
    PER_PUSH_MS
  )

  it(
    'take back what does not come up',
    async () => {
      const [second] = await project.push('A better greeting', 'third')
      expect(complaintsOf(second)).toEqual([])
      const good = onlyJob(second).outputs.get('release')
      project.breakService()
      const runs = await project.push('A mistake', 'fourth')
      expect(runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
        ['deploy', 'failure'],
      ])
      expect(complaintsOf(runs[0])).toHaveLength(1)
      expect(actionOf(runs[0]).outputs.get('failure_code')).toBe('ROLLOUT_FAILED')
      expect(project.releasesThatServe()).toEqual([good])
      const [last] = project.emulator.github.deployments.list()
      expect(last?.statuses.at(-1)?.state).toBe('failure')
    },
    PER_PUSH_MS
  )

  it(
    'bring an earlier release back on request',
    async () => {
      const { workflows } = project
      const deploys = workflows.runs.list().filter(({ name }) => name === 'deploy')
      const first = onlyJob(deploys.at(-1)).outputs.get('release')
      const run = await workflows.dispatch({
        file: 'rollback.yml',
        branch: 'main',
        inputs: { release: '' },
        actor: 'octocat',
      })
      expect(run.title).toBe('Roll back to the previous release')
      expect(complaintsOf(run)).toEqual([])
      expect([run.event, run.conclusion]).toEqual(['workflow_dispatch', 'success'])
      expect(onlyJob(run).outputs.get('release')).toBe(first)
      expect(project.releasesThatServe()).toEqual([first])
    },
    PER_PUSH_MS
  )

  it(
    'look for drift on a schedule',
    async () => {
      const look = () => project.workflows.schedule({ file: 'drift.yml', branch: 'main' })
      const before = await look()
      expect(complaintsOf(before)).toEqual([])
      expect([before.event, before.conclusion]).toEqual(['schedule', 'success'])
      expect(onlyJob(before).outputs.get('has_drift')).toBe('false')
      await project.removeFirewall()
      expect(onlyJob(await look()).outputs.get('has_drift')).toBe('true')
      const { items } = project.emulator.github.store
      expect(items.at(-1)).toMatchObject({
        title: 'The infrastructure of web has drifted',
        state: 'open',
      })
    },
    PER_PUSH_MS
  )

  it(
    "are called from a file of somebody else's in a few lines",
    async () => {
      const { repository, workflows } = project
      await repository.commit({ '.github/workflows/ours.yml': OURS }, 'Look when asked')
      const dispatched = { file: 'ours.yml', branch: 'main', inputs: {}, actor: 'octocat' }
      const run = await workflows.dispatch(dispatched)
      expect(complaintsOf(run)).toEqual([])
      expect(run.jobs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
        ['look / drift', 'success'],
        ['tell', 'success'],
      ])
      expect(project.log).toContain('tell: drift: true')
    },
    PER_PUSH_MS
  )
})
