import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { call, type Harness, PROJECT, startHarness } from '../emulator/harness.ts'
import { externalAccount } from './external-account.ts'

const CONFIGURATION = `
terraform {
  backend "gcs" {}
}
variable "value" {
  default = "one"
}
resource "terraform_data" "main" {
  input = var.value
}
`
const BUCKET = `${PROJECT}-tfstate`
const LOCK = 'env/demo/default.tflock'
const execute = promisify(execFile)
let harness: Harness
let directory: string

beforeAll(async () => {
  harness = await startHarness()
  directory = join(harness.directory, 'terraform')
  await mkdir(directory)
  await writeFile(join(directory, 'main.tf'), CONFIGURATION)
  const credentials = JSON.stringify(externalAccount(harness.emulator))
  await writeFile(join(directory, 'credentials.json'), credentials, { mode: 0o600 })
  await writeFile(join(directory, 'terraformrc'), '')
})
afterAll(() => harness.stop())

interface Run {
  readonly exitCode: number
  readonly output: string
}

async function terraform(...argv: readonly string[]): Promise<Run> {
  const { environment } = harness.emulator
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: join(directory, 'terraformrc'),
    GOOGLE_APPLICATION_CREDENTIALS: join(directory, 'credentials.json'),
    GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT: environment['GOOGLE_BACKEND_STORAGE_CUSTOM_ENDPOINT'],
  }
  // Terraform retries a server error for ever; a hanging test would say less than a failing one.
  const options = { cwd: directory, env, timeout: 60_000 }
  try {
    const { stdout, stderr } = await execute('terraform', argv, options)
    return { exitCode: 0, output: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { exitCode: code, output: stdout + stderr }
  }
}

/** Terraform wraps its messages wherever a line is full. */
const flat = (text: string): string => text.replace(/[│\s]+/g, ' ')

async function putLock(): Promise<string> {
  const info = {
    ID: 'x',
    Operation: 'OperationTypeApply',
    Who: 'runner@elsewhere',
    Version: '1.11.4',
  }
  const target = `${harness.emulator.url}/upload/storage/v1/b/${BUCKET}/o?uploadType=media&name=${LOCK}`
  const token = harness.emulator.accessToken()
  return (await call(target, { body: info, token })).json.generation
}

describe('the GCS backend of terraform', () => {
  it('keeps its state here, with the identity of the workflow', async () => {
    const init = await terraform(
      'init',
      '-no-color',
      `-backend-config=bucket=${BUCKET}`,
      '-backend-config=prefix=env/demo'
    )
    expect(init).toMatchObject({ exitCode: 0 })
    const apply = await terraform('apply', '-no-color', '-input=false', '-auto-approve')
    expect(apply.output).toContain('1 added, 0 changed, 0 destroyed')
    const names = harness.emulator.cloud.store.list(BUCKET).map(({ name }) => name)
    expect(names).toEqual(['env/demo/default.tfstate'])
    const plan = await terraform('plan', '-no-color', '-input=false', '-detailed-exitcode')
    expect(plan.exitCode).toBe(0)
    const writer = harness.emulator.requests.find(({ path }) => path.startsWith('/upload/'))
    expect(writer?.member).toBe(`serviceAccount:deployer@${PROJECT}.iam.gserviceaccount.com`)
  }, 120_000)

  it('is kept out by a lock, and says whose it is', async () => {
    const generation = await putLock()
    const apply = await terraform(
      'apply',
      '-no-color',
      '-input=false',
      '-auto-approve',
      '-var=value=two'
    )
    expect(apply.exitCode).toBe(1)
    const message = flat(apply.output)
    expect(message).toContain('Error acquiring the state lock')
    expect(message).toContain('conditionNotMet')
    expect(message).toContain(`ID: ${generation}`)
    expect(message).toContain('runner@elsewhere')

    const unlock = await terraform('force-unlock', '-no-color', '-force', generation)
    expect(unlock.output).toContain('successfully unlocked')
    const again = await terraform(
      'apply',
      '-no-color',
      '-input=false',
      '-auto-approve',
      '-var=value=two'
    )
    expect(again.output).toContain('1 changed')
  }, 120_000)

  it('waits for a lock that is released in time', async () => {
    await putLock()
    const apply = terraform(
      'apply',
      '-no-color',
      '-auto-approve',
      '-lock-timeout=30s',
      '-var=value=three'
    )
    // Terraform gives up when the lock vanishes between its refusal and its reading who holds it:
    // the lock goes after the second read (its content, then its generation).
    const lockReads = (): number =>
      harness.emulator.requests.filter(
        ({ method, path }) => method === 'GET' && path.endsWith('default.tflock')
      ).length
    const before = lockReads()
    while (lockReads() < before + 2) await new Promise((resolve) => setTimeout(resolve, 20))
    harness.emulator.cloud.store.delete(BUCKET, LOCK, {})
    expect((await apply).output).toContain('1 changed')
  }, 120_000)

  it('outlives a server that is busy for a moment', async () => {
    const body = { path: '^/storage/', status: 503, count: 2 }
    await call(`${harness.emulator.url}/emulator/faults`, { body })
    expect((await terraform('plan', '-no-color', '-input=false')).exitCode).toBe(0)
    const { faults } = (await call(`${harness.emulator.url}/emulator/faults`)).json
    expect(faults).toEqual([expect.objectContaining({ fired: 2, remaining: 0 })])
  }, 120_000)

  it.each([
    [
      'the bucket is missing',
      ['-backend-config=bucket=not-here', '-reconfigure'],
      "bucket doesn't exist",
    ],
  ])(
    'ends at once when %s',
    async (_, argv, message) => {
      const init = await terraform('init', '-no-color', '-input=false', ...argv)
      expect(init.exitCode).toBe(1)
      expect(flat(init.output)).toContain(message)
    },
    120_000
  )
})
