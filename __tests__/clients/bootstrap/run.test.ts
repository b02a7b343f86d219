import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals'
import { OWNER } from '../../emulator/harness.ts'
import { MINUTE_MS } from '../terraform/checkout.ts'
import { openSetUp, type SetUp } from './set-up.ts'

jest.setTimeout(3 * MINUTE_MS)

// The one command of docs/setup.md: the real script and the real terraform, with a gcloud that only
// writes down what it was asked and a GitHub that knows one repository.

const REPOSITORY = {
  id: 817263544,
  full_name: 'mervis/mervis',
  default_branch: 'trunk',
  owner: { id: 10293847 },
}

let setUp: SetUp
let github: Server
let authorizations: (string | undefined)[] = []

async function listen(): Promise<Server> {
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization)
    const known = [REPOSITORY, { ...REPOSITORY, full_name: 'mervis/2nd_Service..', id: 817263545 }]
    const found = known.find(({ full_name }) => request.url === `/repos/${full_name}`)
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(found ?? { message: 'Not Found' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function run(argv: readonly string[]): Promise<{ code: number | null; output: string }> {
  const address = github.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = spawn(join(setUp.checkout.directory, 'bootstrap/run.sh'), argv, {
    cwd: '/',
    env: {
      ...setUp.emulator.environment,
      PATH: `${setUp.checkout.directory}:${process.env['PATH'] ?? ''}`,
      HOME: setUp.checkout.directory,
      CHECKPOINT_DISABLE: '1',
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GH_TOKEN: 'token-of-a-person',
      GOOGLE_OAUTH_ACCESS_TOKEN: setUp.emulator.accessToken(OWNER),
    },
  })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }))
  })
}

beforeAll(async () => {
  setUp = await openSetUp()
  const gcloud = '#!/bin/sh\necho "$*" >>"$HOME/gcloud.log"\n'
  await writeFile(join(setUp.checkout.directory, 'gcloud'), gcloud, { mode: 0o755 })
})
afterAll(() => setUp.stop())
beforeEach(async () => {
  authorizations = []
  github = await listen()
})
afterEach(() => new Promise<void>((resolve) => void github.close(() => resolve())))

describe('terraform/bootstrap/run.sh', () => {
  const names = ['pool_id', 'provider_id', 'deployer_id', 'planner_id']
  const otherNames = [
    ...names.flatMap((name) => ['-var', `${name}=ci-${name.replace('_id', '')}`]),
    ...['-var', 'state_bucket=mervis-demo-states', '-auto-approve', '-no-color'],
  ]

  it('sets the project up and prints what is to be pasted, as often as it is run', async () => {
    const argv = ['mervis-demo', 'mervis/mervis', 'europe-west1', ...otherNames]
    const first = await run(argv)
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('Apply complete!') })
    const [summary = ''] = /^Apply complete!.*$/m.exec(first.output) ?? []
    const guide = new URL('../../../docs/setup.md', import.meta.url)
    expect(await readFile(guide, 'utf8')).toContain(`\n${summary}\n`)
    expect(first.output).toContain(
      'gh variable set GCP_DEPLOYER --repo mervis/mervis --body ci-deployer@mervis-demo.iam.gserviceaccount.com'
    )
    expect(first.output).toContain("branches: ['trunk']")
    const { store } = setUp.emulator.cloud
    const states = store.list('mervis-demo-states')
    expect(states.map(({ name }) => name)).toEqual(['mervis/default.tfstate'])
    const again = await run(argv)
    expect(store.list('mervis-demo-states')).toEqual(states)
    expect(again).toMatchObject({ code: 0, output: expect.stringContaining('No changes.') })
  })

  it('trusts the repository by its numbers, on its default branch', async () => {
    const file = join(setUp.checkout.directory, 'bootstrap/bootstrap.auto.tfvars.json')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      project_id: 'mervis-demo',
      region: 'europe-west1',
      repository: 'mervis/mervis',
      repository_id: '817263544',
      repository_owner_id: '10293847',
      deployer_ref: 'refs/heads/trunk',
    })
    const asked = await readFile(join(setUp.checkout.directory, 'gcloud.log'), 'utf8')
    expect(asked).toMatch(/^services enable .*serviceusage.* --project mervis-demo$/m)
  })

  it('begins the state where the action will look for it, whatever the repository is called', async () => {
    const argv = ['mervis-demo', 'mervis/2nd_Service..', 'europe-west1', ...otherNames]
    expect(await run(argv)).toMatchObject({ code: 0 })
    const states = setUp.emulator.cloud.store.list('mervis-demo-states')
    expect(states.map(({ name }) => name)).toContain('nd-service/default.tfstate')
  })

  it('says what to do when GitHub does not show the repository', async () => {
    const { code, output } = await run(['mervis-demo', 'mervis/mervsi', 'europe-west1'])
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining('GitHub does not show mervis/mervsi.'),
    })
    expect(authorizations).toContain('Bearer token-of-a-person')
    expect(output).not.toContain('token-of-a-person')
  })

  it('explains itself without arguments', async () => {
    expect(await run([])).toMatchObject({
      code: 2,
      output: expect.stringMatching(/^usage: run\.sh/),
    })
  })
})
