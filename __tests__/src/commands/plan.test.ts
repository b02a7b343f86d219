import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, it } from '@jest/globals'
import {
  endPlan,
  type PlanContext,
  type PlanPorts,
  type PlanResult,
  plan,
} from '../../../src/commands/plan.ts'
import { subjectName } from '../../../src/github/reviewed.ts'
import { Terraform } from '../../../src/terraform/terraform.ts'
import { aConfig } from '../../fakes/deploy-inputs.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'
import { untroubled } from '../../fakes/guards.ts'
import { MemoryFiles } from '../../fakes/memory-files.ts'
import { MemoryTree } from '../../fakes/memory-tree.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { type Answer, ScriptedCommands } from '../../fakes/scripted-commands.ts'
import { googleError } from '../../fakes/scripted-http.ts'
import { World } from '../github/world.ts'

const HEAD = 'a'.repeat(40)
const GROUP = {
  type: 'google_compute_region_instance_group_manager',
  values: { name: 'mervis', target_size: 1 },
}
const SHOWN = {
  resource_changes: [
    {
      address: 'a.b',
      mode: 'managed',
      type: 'a',
      change: { actions: ['create'], after: { x: 1 } },
    },
  ],
  planned_values: { outputs: { group_name: { value: 'mervis' } } },
  prior_state: { values: { root_module: { resources: [GROUP] } } },
}
const GOOD: Readonly<Record<string, Answer>> = {
  'terraform init': {},
  'terraform plan': { exitCode: 2 },
  'terraform show': { stdout: JSON.stringify(SHOWN) },
}

/** A plan with everything real but the ports. */
class Rig {
  readonly world = new World()
  readonly cloud = new FakeCloud(new FakeClock())
  readonly log = new RecordingLog()
  readonly tree = new MemoryTree(process.cwd(), {
    Dockerfile: 'FROM scratch\n',
    'app.py': 'x = 1\n',
  })
  readonly outputs: PlanResult[] = []
  readonly pages: string[] = []
  pullRequest: PlanContext['pullRequest']
  isOnDefaultBranch = true

  constructor() {
    const { number } = this.world.github.store.addPull({ headSha: HEAD, files: ['app.py'] })
    this.pullRequest = {
      number,
      headSha: HEAD,
      baseRef: 'main',
      author: 'octocat',
      action: 'synchronize',
      state: 'open',
      isFork: false,
      isDependabot: false,
    }
  }

  get comments(): readonly string[] {
    return this.world.bodies(1)
  }

  run(
    script: Readonly<Record<string, Answer>> = {},
    inputs: Readonly<Record<string, string>> = {},
    github: PlanPorts['github'] = this.world.client(),
    prices: PlanPorts['prices'] = async () => ({ unreadable: 'no prices in a test' })
  ): Promise<void> {
    const { log, cloud } = this
    const signal = new AbortController().signal
    const terraform = new Terraform(new ScriptedCommands({ ...GOOD, ...script }), {
      watchBackend: untroubled,
      maskOf: () => (text) => text,
      clock: new FakeClock(),
      executable: 'terraform',
      directory: '/job/terraform',
      dataDirectory: '/job/data',
      planPath: '/report/plan.tfplan',
      outliveIn: '/job',
      variablesPath: '/job/deploy.tfvars.json',
      backend: { bucket: 'mervis-demo-tfstate', prefix: 'mervis' },
      credentialsPath: '/job/google-credentials.json',
      signal,
    })
    const ports: PlanPorts = {
      ...cloud.clients(),
      github,
      log,
      clock: new FakeClock(),
      files: new MemoryFiles(),
      tree: this.tree,
      prices,
      terraform: async () => terraform,
      setOutputs: (result) => this.outputs.push(result),
      summarize: async (markdown) => {
        this.pages.push(markdown)
      },
    }
    return plan(aConfig({ command: 'plan', name: 'mervis', ...inputs }), ports, {
      pullRequest: this.pullRequest,
      run: { runId: 7, runAttempt: 1 },
      commit: 'f'.repeat(40),
      runUrl: 'https://github.com/mervis/mervis/actions/runs/7',
      reportDirectory: '/report',
      isOnDefaultBranch: this.isOnDefaultBranch,
      secrets: [],
      signal,
    })
  }
}

let rig: Rig
beforeEach(() => {
  rig = new Rig()
})

const denied = () => rig.world.clientWith({ permissions: { 'pull-requests': 'read' } })
const codeOf = (running: Promise<void>): Promise<string> =>
  running.then(
    () => '',
    (error: { readonly code: string }) => error.code
  )

describe('plan', () => {
  it('comments, fills the page and gives the outputs', async () => {
    await rig.run()
    expect(rig.comments).toEqual([expect.stringContaining('1 to add')])
    expect(rig.pages).toEqual([expect.stringContaining('1 to add')])
    expect(rig.outputs.at(-1)).toMatchObject({
      hasChanges: true,
      commentUrl: expect.stringContaining('#issuecomment'),
      paths: { plan: '/report/plan.tfplan' },
    })
  })

  it('shows the plan although the group may not be read, and says so', async () => {
    rig.cloud.fault = ({ url }) =>
      url.includes('instanceGroupManagers') ? googleError(403) : undefined
    await rig.run()
    expect(rig.comments[0]).toContain('1 to add')
    expect(rig.comments[0]).toContain('403')
  })

  it('needs no right to comment where no comment is wanted', async () => {
    const weak = rig.world.clientWith({ permissions: { contents: 'read' } })
    await rig.run({}, { comment: 'false' }, weak)
    expect(rig.pages).toEqual([expect.stringContaining('1 to add')])
    expect(rig.comments).toEqual([])
  })

  it('gives the outputs although the comment is refused', async () => {
    expect(await codeOf(rig.run({}, {}, denied()))).toBe('GITHUB_DENIED')
    expect(rig.outputs).toMatchObject([{ hasChanges: true, commentUrl: '' }])
  })

  it('hides a secret key of for_each in what the comment says to machines, too', async () => {
    const secret = 'Hunter2-Sup3rS3cret'
    const shown = {
      ...SHOWN,
      variables: { pw: { value: secret } },
      configuration: { root_module: { variables: { pw: { sensitive: true } } } },
      resource_changes: [
        {
          address: `a.b["${secret}"]`,
          mode: 'managed',
          type: 'a',
          change: { actions: ['delete'], before: { x: 1 } },
        },
      ],
    }
    await rig.run({ 'terraform show': { stdout: JSON.stringify(shown) } })
    expect(rig.comments[0]).toContain('1 to destroy')
    expect(rig.comments[0]).not.toContain(secret)
  })

  it.each<[string, Record<string, Answer>, string, RegExp]>([
    [
      'an error in the configuration',
      { 'terraform init': { exitCode: 1, stderr: 'Error: Unclosed block\n\n  on a.tf line 3:\n' } },
      'TERRAFORM_FAILED',
      /Unclosed block/,
    ],
    [
      'a terraform that takes too long',
      { 'terraform plan': { exitCode: 1, timedOut: true } },
      'TERRAFORM_TIMED_OUT',
      /still running after/,
    ],
  ])('shows %s instead of the old plan, and ends with it', async (_, script, code, words) => {
    await rig.run()
    expect(await codeOf(rig.run(script))).toBe(code)
    expect(rig.comments).toEqual([expect.stringMatching(words)])
    expect(rig.comments[0]).not.toContain('to add')
  })

  it('does not wait for prices when there is no plan to price', async () => {
    const never = (): Promise<never> => new Promise(() => undefined)
    const script = { 'terraform plan': { exitCode: 1, stderr: 'Error: No' } }
    expect(await codeOf(rig.run(script, {}, undefined, never))).toBe('TERRAFORM_FAILED')
  })

  it('ends with the error itself, not with the refused comment about it', async () => {
    const script = { 'terraform plan': { exitCode: 1, stderr: 'Error: No' } }
    expect(await codeOf(rig.run(script, {}, denied()))).toBe('TERRAFORM_FAILED')
    expect(rig.log.of('warning').join()).toContain('pull-requests: write')
  })
})

describe('plan, as to what the image would be made of', () => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })

  beforeEach(() => {
    rig.tree.files.set('settings.py', `A = 1\nKEY = """${key}"""\n`)
  })

  it('shows a secret in the comment first, and only then ends with it', async () => {
    expect(await codeOf(rig.run())).toBe('IMAGE_SECRETS')
    expect(rig.comments[0]).toContain('the build context holds 1 secret, the deploy will refuse it')
    expect(rig.comments[0]).toContain('`settings.py:2`')
    expect(rig.comments[0]).toContain('1 to add')
    expect(rig.outputs.at(-1)).toMatchObject({ hasChanges: true })
    expect(`${rig.comments}${rig.pages}${rig.log.text}`).not.toContain(String(key).split('\n')[1])
  })

  it('shows it beside a plan that failed, too', async () => {
    const script = { 'terraform plan': { exitCode: 1, stderr: 'Error: No' } }
    expect(await codeOf(rig.run(script))).toBe('TERRAFORM_FAILED')
    expect(rig.comments[0]).toContain('settings.py:2')
  })

  it('stays green where secrets are only warned about', async () => {
    await rig.run({}, { secret_scan: 'warn' })
    expect(rig.comments[0]).toContain('the build context holds 1 secret')
    expect(rig.comments[0]).not.toContain('refuse')
    expect(rig.log.of('warning').join()).toContain('settings.py:2')
  })

  it.each([
    ['where nobody wants to know', { secret_scan: 'off' }],
    ['of an image that is there already', { image: 'europe-west1-docker.pkg.dev/p/r/i:v1' }],
  ])('says nothing of them %s', async (_, inputs) => {
    await rig.run({}, inputs)
    expect(rig.comments[0]).not.toContain('secret')
  })

  it('lets pass what the build never gets', async () => {
    rig.tree.files.set('.dockerignore', 'settings.py\n')
    await rig.run()
    expect(rig.comments[0]).not.toContain('secret')
  })

  it('shows the plan although the context cannot be read, and says so', async () => {
    await rig.run({}, { context: 'nowhere' })
    expect(rig.comments[0]).toContain('1 to add')
    expect(rig.comments[0]).toContain('nowhere is not a folder')
  })

  it.each([
    ['counts a', 'x = 1\n', '', 1],
    ['does not count a', 'x = 1\n', 'app.py\n', 0],
    ['counts a deleted', undefined, '', 1],
  ])('%s changed file by what the build gets', async (_, content, ignored, count) => {
    rig.tree.files.delete('settings.py')
    if (content === undefined) rig.tree.files.delete('app.py')
    rig.tree.files.set('.dockerignore', ignored)
    rig.cloud.templates.set('mervis-1', { description: JSON.stringify({ base: '' }) })
    rig.cloud.set({ versions: [{ name: '1', instanceTemplate: 'projects/p/mervis-1' }] })
    const outputs = { group_name: { value: 'mervis' }, base_template_name: { value: 'base' } }
    const shown = JSON.stringify({ ...SHOWN, planned_values: { outputs } })
    await rig.run({ 'terraform show': { stdout: shown } })
    const [told] = /new image \(\d+ file/.exec(rig.comments[0] ?? '') ?? []
    expect(told).toBe(count === 0 ? undefined : `new image (${count} file`)
  })
})

describe('plan outside of pull requests', () => {
  const issues = () => rig.world.github.store.items.filter(({ pull }) => pull === undefined)
  beforeEach(() => {
    rig.pullRequest = undefined
  })

  it('keeps an issue about drift on the default branch', async () => {
    await rig.run({}, { drift_issue: 'true' })
    expect(rig.outputs.at(-1)).toMatchObject({ hasDrift: true })
    expect(issues()).toHaveLength(1)
  })

  it('leaves the issue alone on any other branch', async () => {
    rig.isOnDefaultBranch = false
    await rig.run({}, { drift_issue: 'true' })
    expect(rig.outputs.at(-1)).toMatchObject({ hasDrift: true })
    expect(issues()).toEqual([])
  })
})

describe('endPlan', () => {
  it('asks for nothing where no comment was wanted', async () => {
    const { pullRequest, log, world } = rig
    if (!pullRequest) throw new Error('there is no pull request')
    await endPlan(aConfig({ comment: 'false' }), { github: world.client(), log }, pullRequest)
    expect(world.sent).toEqual([])
  })
})

describe('subjectName', () => {
  it('tells two environments of one service apart', () => {
    const service = { projectId: 'staging', region: 'europe-west1', name: 'web' }
    expect(subjectName(service)).not.toBe(subjectName({ ...service, projectId: 'production' }))
    expect(subjectName(service)).not.toBe(subjectName({ ...service, region: 'us-central1' }))
  })
})
