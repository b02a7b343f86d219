import { describe, expect, it } from '@jest/globals'
import type { Plan } from '../../../src/terraform/plan.ts'
import { Terraform } from '../../../src/terraform/terraform.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { untroubled } from '../../fakes/guards.ts'
import { RecordingLog } from '../../fakes/recording-log.ts'
import { type Answer, ScriptedCommands, untilInterrupted } from '../../fakes/scripted-commands.ts'
import { recorded } from './recordings.ts'

const ENVIRONMENT = {
  GOOGLE_APPLICATION_CREDENTIALS: '/job/google-credentials.json',
  TF_DATA_DIR: '/job/data',
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  CHECKPOINT_DISABLE: '1',
}
const MINUTE_MS = 60_000

const PLAN: Plan = {
  path: '/job/data/deploy.tfplan',
  json: {},
  warnings: [],
  hasChanges: true,
  counts: { add: 1, change: 0, destroy: 0 },
  createdTypes: new Set(),
  outputs: {},
}

function terraformOn(
  script: Readonly<Record<string, Answer>>,
  {
    signal = new AbortController().signal,
    watchBackend = untroubled,
    maskOf = (_plan: unknown) => (text: string) => text,
  } = {}
) {
  const commands = new ScriptedCommands(script)
  const log = new RecordingLog()
  const terraform = new Terraform(commands, {
    executable: '/tools/terraform',
    directory: '/job/terraform',
    dataDirectory: '/job/data',
    planPath: '/job/data/deploy.tfplan',
    outliveIn: '/job',
    variablesPath: '/job/deploy.tfvars.json',
    backend: { bucket: 'mervis-demo-tfstate', prefix: 'mervis' },
    credentialsPath: '/job/google-credentials.json',
    watchBackend,
    maskOf,
    clock: new FakeClock(),
    signal,
  })
  return { terraform, commands, log }
}

const TF = '/tools/terraform'
const PLANNED = { stdout: recorded('plan.jsonl'), exitCode: 2 }
const SHOWN = { stdout: recorded('plan.json') }

describe('Terraform', () => {
  it.each([
    [
      'init',
      (terraform: Terraform, log: RecordingLog) => terraform.init(log),
      [
        'init',
        '-input=false',
        '-no-color',
        '-reconfigure',
        '-backend-config=bucket=mervis-demo-tfstate',
        '-backend-config=prefix=mervis',
      ],
      3,
    ],
    [
      'plan',
      (terraform: Terraform, log: RecordingLog) => terraform.plan(log, { isLocked: true }),
      [
        'plan',
        '-json',
        '-input=false',
        '-detailed-exitcode',
        '-lock-timeout=60s',
        '-var-file=/job/deploy.tfvars.json',
        '-out=/job/data/deploy.tfplan',
      ],
      10,
    ],
    [
      'plan',
      (terraform: Terraform, log: RecordingLog) =>
        terraform.plan(log, { isLocked: true, isDestroy: true }),
      [
        'plan',
        '-destroy',
        '-json',
        '-input=false',
        '-detailed-exitcode',
        '-lock-timeout=60s',
        '-var-file=/job/deploy.tfvars.json',
        '-out=/job/data/deploy.tfplan',
      ],
      10,
    ],
    [
      'show',
      (terraform: Terraform, log: RecordingLog) => terraform.plan(log, { isLocked: true }),
      ['show', '-json', '/job/data/deploy.tfplan'],
      2,
    ],
    [
      'apply',
      (terraform: Terraform, log: RecordingLog) => terraform.apply(PLAN, log),
      ['apply', '-json', '-input=false', '-lock-timeout=60s', '/job/data/deploy.tfplan'],
      30,
    ],
    [
      'output',
      (terraform: Terraform, log: RecordingLog) => terraform.readOutputs(log),
      ['output', '-json'],
      2,
    ],
  ])(
    'runs %s in its folder, with our environment and a time limit',
    async (subcommand, run, args, minutes) => {
      const { terraform, commands, log } = terraformOn({ [TF]: {}, [`${TF} show`]: SHOWN })
      await run(terraform, log)
      const call = commands.call(`${TF} ${subcommand}`)
      expect(call.args).toEqual(args)
      expect(call.options).toMatchObject({
        cwd: '/job/terraform',
        env: ENVIRONMENT,
        timeoutMs: minutes * MINUTE_MS,
        outliveIn: '/job',
      })
      expect(call.options.signal).toBeInstanceOf(AbortSignal)
    }
  )

  it('plans without a lock where nothing may be written', async () => {
    const { terraform, commands, log } = terraformOn({ [TF]: {}, [`${TF} show`]: SHOWN })
    await terraform.plan(log, { isLocked: false })
    expect(commands.call(`${TF} plan`).args).toContain('-lock=false')
    expect(commands.call(`${TF} plan`).args.join(' ')).not.toContain('-lock-timeout')
  })

  it('never puts a variable on a command line', async () => {
    const { terraform, commands, log } = terraformOn({ [TF]: {}, [`${TF} show`]: SHOWN })
    await terraform.plan(log, { isLocked: true })
    expect(commands.lines.join('\n')).not.toMatch(/-var[= ]/)
  })
})

describe('Terraform.plan', () => {
  it('takes exit code 2 for changes, and tells each line of them', async () => {
    const { terraform, log } = terraformOn({ [`${TF} plan`]: PLANNED, [`${TF} show`]: SHOWN })
    const plan = await terraform.plan(log, { isLocked: true })
    expect(plan).toMatchObject({
      path: '/job/data/deploy.tfplan',
      hasChanges: true,
      counts: { add: 2, change: 1, destroy: 2 },
      warnings: [{ severity: 'warning', detail: 'Only to see a warning.' }],
    })
    expect(log.of('info')).toHaveLength(4)
    expect(log.of('warning')).toEqual([expect.stringContaining('Only to see a warning.')])
  })

  it('takes exit code 0 for no changes', async () => {
    const script = {
      [`${TF} plan`]: {},
      [`${TF} show`]: { stdout: recorded('plan-without-changes.json') },
    }
    const { terraform, log } = terraformOn(script)
    expect(await terraform.plan(log, { isLocked: true })).toMatchObject({
      hasChanges: false,
      counts: { add: 0, change: 0, destroy: 0 },
    })
  })

  it("fails with terraform's own words and their place", async () => {
    const { terraform, log } = terraformOn({
      [`${TF} plan`]: { exitCode: 1, stdout: recorded('plan-failed.jsonl') },
    })
    await expect(terraform.plan(log, { isLocked: true })).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      message:
        'terraform plan failed: Resource precondition failed (main.tf:7)\nThe region has only 2 zones.',
    })
  })

  it('says why a first plan fails for somebody who may only read', async () => {
    const stderr =
      '\u2577\n\u2502 Error: Error loading state: writing "gs://b/web/default.tflock" failed:\n\u2502 googleapi: Error 403\n\u2575\n'
    const { terraform, log } = terraformOn({ [`${TF} init`]: { exitCode: 1, stderr } })
    await expect(terraform.init(log)).rejects.toMatchObject({
      hint: expect.stringContaining('deployed once'),
    })
  })

  it('says who holds the state lock, and how to free it', async () => {
    const stdout = recorded('plan-locked.jsonl')
    const { terraform, log } = terraformOn({ [`${TF} plan`]: { exitCode: 1, stdout } })
    await expect(terraform.plan(log, { isLocked: true })).rejects.toMatchObject({
      message: expect.stringMatching(/Error acquiring the state lock.*Who: .*Created: /s),
      hint: expect.stringContaining(
        'gcloud storage rm gs://mervis-demo-tfstate/mervis/default.tflock'
      ),
    })
  })

  it('hides in errors and warnings what the plan that failed calls secret', async () => {
    const says = (severity: string): string =>
      JSON.stringify({
        type: 'diagnostic',
        diagnostic: { severity, summary: 'Bad name', detail: '"hunter2" is no name' },
      })
    const { terraform, log } = terraformOn(
      {
        [`${TF} plan`]: { exitCode: 1, stdout: `${says('warning')}\n${says('error')}\n` },
        [`${TF} show`]: { stdout: '{"errored":true}' },
      },
      {
        maskOf: (plan) => (text) => (plan === undefined ? text : text.replaceAll('hunter2', '***')),
      }
    )
    const error: unknown = await terraform
      .plan(log, { isLocked: true })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      message: 'terraform plan failed: Bad name\n"***" is no name',
      diagnostics: [{ detail: '"***" is no name' }, { severity: 'warning' }],
    })
    expect(log.text).toContain('"***" is no name')
    expect(log.text + JSON.stringify(error)).not.toContain('hunter2')
  })

  it('does not flood the error with thousands of them', async () => {
    const error = JSON.stringify({
      type: 'diagnostic',
      diagnostic: { severity: 'error', summary: 'No', detail: 'x'.repeat(500) },
    })
    const { terraform, log } = terraformOn({
      [`${TF} plan`]: { exitCode: 1, stdout: `${error}\n`.repeat(5_000) },
      [`${TF} show`]: { exitCode: 1 },
    })
    await expect(terraform.plan(log, { isLocked: true })).rejects.toMatchObject({
      message: expect.stringMatching(/^.{1000,21000}and 4980 more errors$/s),
    })
  })

  it('shows nothing of the values that the plan holds', async () => {
    const show = { stdout: '{"variables":{"password":{"value":"hunter2"}}}' }
    const { terraform, log } = terraformOn({ [`${TF} plan`]: PLANNED, [`${TF} show`]: show })
    await terraform.plan(log, { isLocked: true })
    expect(log.text).not.toContain('hunter2')
  })
})

describe('Terraform.apply', () => {
  it.each([2, 1, 137])('does not take exit code %d for success', async (exitCode) => {
    const { terraform, log } = terraformOn({ [`${TF} apply`]: { exitCode } })
    await expect(terraform.apply(PLAN, log)).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      message: `terraform apply failed: it ended with exit code ${exitCode} and said nothing.`,
    })
  })

  it('takes exit code 0 for success although there are words on standard error', async () => {
    const { terraform, log } = terraformOn({
      [`${TF} apply`]: { stderr: 'Warning: CLI configuration' },
    })
    await expect(terraform.apply(PLAN, log)).resolves.toBeUndefined()
  })

  it('names the resource that failed', async () => {
    const stdout = recorded('apply-failed.jsonl')
    const { terraform, log } = terraformOn({ [`${TF} apply`]: { exitCode: 1, stdout } })
    await expect(terraform.apply(PLAN, log)).rejects.toThrow('(terraform_data.broken at main.tf:2)')
  })

  it('tells every error when there are several', async () => {
    const error = (summary: string): string =>
      JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'error', summary } })
    const stdout = `${error('first')}\n${error('second')}\n`
    const { terraform, log } = terraformOn({ [`${TF} apply`]: { exitCode: 1, stdout } })
    await expect(terraform.apply(PLAN, log)).rejects.toThrow(
      'terraform apply failed: first\n\nsecond'
    )
  })

  it('says how long it was given when it takes too long', async () => {
    const { terraform, log } = terraformOn({ [`${TF} apply`]: { exitCode: 1, timedOut: true } })
    await expect(terraform.apply(PLAN, log)).rejects.toMatchObject({
      code: 'TERRAFORM_TIMED_OUT',
      message: 'terraform apply was still running after 30 min and was interrupted.',
      hint: expect.stringContaining('Cloud Storage'),
    })
  })

  it('ends with the reason of a cancel, not with what the interrupted terraform says', async () => {
    const cancel = new AbortController()
    const { terraform, log } = terraformOn(
      { [`${TF} apply`]: untilInterrupted },
      { signal: cancel.signal }
    )
    const applying = terraform.apply(PLAN, log)
    cancel.abort(new Error('cancelled by a person'))
    await expect(applying).rejects.toThrow('cancelled by a person')
  })

  it('does not begin after a cancel', async () => {
    const { terraform, commands, log } = terraformOn(
      { [TF]: {} },
      { signal: AbortSignal.abort(new Error('cancelled')) }
    )
    await expect(terraform.apply(PLAN, log)).rejects.toThrow('cancelled')
    expect(commands.calls).toEqual([])
  })
})

describe('Terraform.init', () => {
  it('fails with what terraform says', async () => {
    const stderr = recorded('init-failed.txt')
    const { terraform, log } = terraformOn({ [`${TF} init`]: { exitCode: 1, stderr } })
    await expect(terraform.init(log)).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      message: expect.stringMatching(
        /^terraform init failed: Terraform encountered problems during initialisation.*Unclosed configuration block/s
      ),
      diagnostics: [{ severity: 'error', file: 'main.tf', line: 1 }],
    })
  })

  it('takes the words out of the box that terraform draws', async () => {
    const stderr = '╷\n│ Error: Failed to get existing workspaces\n│ \n│ bucket does not exist\n╵\n'
    const { terraform, log } = terraformOn({ [`${TF} init`]: { exitCode: 1, stderr } })
    await expect(terraform.init(log)).rejects.toMatchObject({
      message: 'terraform init failed: Failed to get existing workspaces\nbucket does not exist',
    })
  })

  it('says so when terraform says nothing', async () => {
    const { terraform, log } = terraformOn({ [`${TF} init`]: { exitCode: 1 } })
    await expect(terraform.init(log)).rejects.toThrow(
      'terraform init failed: it ended with exit code 1 and said nothing.'
    )
  })

  it('does not flood the message', async () => {
    const { terraform, log } = terraformOn({
      [`${TF} init`]: { exitCode: 1, stderr: `Error: ${'x'.repeat(50_000)}` },
    })
    const error: unknown = await terraform.init(log).catch((thrown: unknown) => thrown)
    expect(String(error).length).toBeLessThan(2_100)
  })
})

describe('Terraform.readOutputs', () => {
  it('gives the plain values', async () => {
    const { terraform, log } = terraformOn({
      [`${TF} output`]: { stdout: recorded('output.json') },
    })
    expect(await terraform.readOutputs(log)).toEqual({
      group_name: 'mervis',
      port: 8080,
      base_template_name: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(log.entries).toEqual([])
  })
})
