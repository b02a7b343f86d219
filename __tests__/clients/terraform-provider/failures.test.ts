import { afterEach, describe, expect, it } from '@jest/globals'
import { refusal } from './fake-answers.ts'
import type { FakeGoogle } from './fake-google.ts'
import { GROUP, NETWORK, PROVIDER } from './fixtures.ts'
import { openRun, type ProviderRun } from './provider-run.ts'

const NETWORK_ONLY = `${PROVIDER}
resource "google_compute_network" "main" {
  name                    = "net"
  auto_create_subnetworks = false
}
`

let run: ProviderRun | undefined

afterEach(async () => {
  await run?.close()
  run = undefined
})

async function open(hcl: string, environment?: Record<string, string>): Promise<ProviderRun> {
  run = await openRun(hcl, environment)
  return run
}

describe('terraform apply that Google refuses', () => {
  it('shows the words of the real provider and the line', async () => {
    const { google, workspace } = await open(NETWORK_ONLY)
    google.resources.set('compute/projects/demo/global/networks/net', { name: 'net' })
    const { code, stderr } = await workspace.run(['apply', '-auto-approve'])
    expect(code).toBe(1)
    expect(stderr).toContain(
      "Error: Error creating Network: googleapi: Error 409: The resource 'projects/demo/global/networks/net' already exists, alreadyExists"
    )
    expect(stderr).toContain('with google_compute_network.main')
    expect(await workspace.must('state', 'list')).toBe('')
  })

  it('shows the details of an API that is switched off', async () => {
    const { google, workspace } = await open(NETWORK_ONLY)
    const message = 'Compute Engine API has not been used in project 1 before or it is disabled.'
    const details = [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' },
    ]
    google.faults.push({
      request: /^POST .*\/networks$/,
      status: 403,
      body: {
        error: {
          code: 403,
          message,
          details,
          errors: [{ message, reason: 'accessNotConfigured' }],
        },
      },
    })
    const { stderr } = await workspace.run(['apply', '-auto-approve'])
    expect(stderr).toContain(`googleapi: Error 403: ${message}\nDetails:\n[`)
    expect(stderr).toContain('"reason": "SERVICE_DISABLED"')
    expect(stderr).toContain(', accessNotConfigured')
  })

  it('shows what an operation failed with, and keeps nothing in the state', async () => {
    const { google, workspace } = await open(NETWORK_ONLY)
    google.operationErrors.push({
      request: /networks/,
      error: {
        errors: [
          { code: 'QUOTA_EXCEEDED', message: "Quota 'NETWORKS' exceeded.  Limit: 5.0 globally." },
        ],
      },
    })
    const { stderr } = await workspace.run(['apply', '-auto-approve'])
    expect(stderr).toContain(
      "Error: Error waiting to create Network: Error waiting for Creating Network: Quota 'NETWORKS' exceeded.  Limit: 5.0 globally."
    )
    expect(await workspace.must('state', 'list')).toBe('')
  })

  it('keeps the prior state when a change is refused', async () => {
    const { google, workspace } = await open(NETWORK_ONLY)
    await workspace.must('apply', '-auto-approve')
    await workspace.write(
      'main.tf',
      NETWORK_ONLY.replace('name  ', 'routing_mode = "GLOBAL"\n  name  ')
    )
    const [, body] = refusal(
      403,
      "Required 'compute.networks.updatePolicy' permission",
      'forbidden'
    )
    google.faults.push({ request: /^PATCH/, status: 403, body })
    const { stderr } = await workspace.run(['apply', '-auto-approve'])
    expect(stderr).toContain(
      'Error updating Network "projects/demo/global/networks/net": googleapi: Error 403: Required'
    )
    expect(await workspace.state('google_compute_network.main')).toMatchObject({ name: 'net' })
    expect((await workspace.run(['plan', '-detailed-exitcode'])).code).toBe(2)
  })

  it('tries again what passes by itself', async () => {
    const { google, workspace } = await open(NETWORK_ONLY)
    const [, limited] = refusal(403, 'Quota exceeded for quota metric', 'rateLimitExceeded')
    google.faults.push({ request: /^POST/, status: 503, body: {} })
    google.faults.push({ request: /^POST/, status: 403, body: limited })
    await workspace.must('apply', '-auto-approve')
    expect(google.changes()).toHaveLength(3)
  })

  it('taints a group that does not become stable in time', async () => {
    const { google, workspace } = await open(
      PROVIDER +
        NETWORK +
        GROUP.replace(
          'wait_for_instances               = true',
          'wait_for_instances = true\n  timeouts {\n    create = "1s"\n  }'
        )
    )
    google.resources.set('compute/projects/cos-cloud/global/images/family/cos-stable', {})
    google.unstable = true
    const { code, stderr } = await workspace.run(['apply', '-auto-approve'])
    expect(code).toBe(1)
    expect(stderr).toContain(
      "timeout while waiting for state to become 'created' (last state: 'creating', timeout: 0m1s)"
    )
    google.unstable = false
    const planned = await workspace.must('plan')
    expect(planned).toContain(
      'google_compute_region_instance_group_manager.main is tainted, so must be replaced'
    )
  })
})

describe('terraform validate', () => {
  it.each([
    ['a bad name', 'name = "Bad_Name"', '"name" ("Bad_Name") doesn\'t match regexp'],
    [
      'an unknown word',
      'name = "net"\n  routing_mode = "WORLD"',
      'expected routing_mode to be one of ["REGIONAL" "GLOBAL"], got WORLD',
    ],
    [
      'an unknown argument',
      'name = "net"\n  flavour = "mild"',
      'An argument named "flavour" is not expected here.',
    ],
  ])('refuses %s', async (_, body, message) => {
    const { workspace } = await open(
      `${PROVIDER}\nresource "google_compute_network" "main" {\n  ${body}\n}\n`
    )
    const { code, stderr } = await workspace.run(['validate'])
    expect(code).toBe(1)
    expect(stderr).toContain(message)
    expect(stderr).toContain('on main.tf line')
  })

  it('refuses a fixed and a relative limit side by side', async () => {
    const hcl = PROVIDER + NETWORK + GROUP
    const { workspace } = await open(
      hcl.replace('max_surge_fixed ', 'max_surge_percent = 10\n    max_surge_fixed ')
    )
    const { stderr } = await workspace.run(['validate'])
    expect(stderr).toContain('Error: Conflicting configuration arguments')
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      '"update_policy.0.max_surge_fixed": conflicts with update_policy.0.max_surge_percent'
    )
  })
})

describe('terraform that is interrupted', () => {
  it('finishes what is under way and saves it', async () => {
    const { google, workspace } = await open(PROVIDER + NETWORK)
    google.held.push(/POST .*\/networks$/)
    const running = workspace.start(['apply', '-auto-approve'])
    await google.seen(/operations\//)
    running.signal('SIGINT')
    const stopping = google.seen(/operations\//, 2)
    await stopping
    google.held.length = 0
    const { code, stdout } = await running.ended
    expect(code).toBe(1)
    expect(stdout).toContain('Stopping operation...')
    expect(await workspace.must('state', 'list')).toBe('google_compute_network.main\n')
    await workspace.must('apply', '-auto-approve')
  }, 30_000)
})

describe('who the provider acts as', () => {
  it('says so when there are no credentials', async () => {
    const { workspace } = await open(NETWORK_ONLY, {})
    const { code, stderr } = await workspace.run(['plan'])
    expect(code).toBe(1)
    const text = stderr.replace(/\s+/g, ' ')
    expect(text).toContain('Attempted to load application default credentials')
    expect(text).toContain('could not find default credentials')
    expect(text).toContain('provider["registry.terraform.io/hashicorp/google"]')
  })

  it('takes the token of the terraform process, not of the provider process', async () => {
    const { google, workspace } = await open(NETWORK_ONLY)
    await workspace.run(['apply', '-auto-approve'], { GOOGLE_OAUTH_ACCESS_TOKEN: 'somebody-else' })
    expect(new Set(google.requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer somebody-else'])
    )
  })

  it('lets two provider blocks of one run have two identities and projects', async () => {
    const second =
      'provider "google" {\n  alias = "other"\n  project = "other"\n  access_token = "second"\n}\n'
    const resource =
      'resource "google_compute_network" "other" {\n  provider = google.other\n  name = "net"\n}\n'
    const { google, workspace } = await open(NETWORK_ONLY + second + resource)
    await workspace.must('apply', '-auto-approve')
    const tokenFor = (project: string): (string | undefined)[] => {
      const asked = google.requests.filter(({ path }) => path.includes(`/${project}/`))
      return [...new Set(asked.map(({ authorization }) => authorization))]
    }
    expect([tokenFor('demo'), tokenFor('other')]).toEqual([
      ['Bearer test-token'],
      ['Bearer second'],
    ])
  })

  it('exchanges the token of a workload identity federation file', async () => {
    const { google, workspace } = await open(NETWORK_ONLY, {})
    await workspace.write('subject', 'github-jwt')
    await workspace.write(
      'credentials.json',
      JSON.stringify(federation(google, workspace.directory))
    )
    await workspace.run(['apply', '-auto-approve'], {
      GOOGLE_APPLICATION_CREDENTIALS: `${workspace.directory}/credentials.json`,
    })
    const compute = google.requests.filter(({ path }) => path.startsWith('/compute/'))
    expect(new Set(compute.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer token-of-github-jwt'])
    )
  })
})

function federation(google: FakeGoogle, directory: string): unknown {
  return {
    type: 'external_account',
    audience:
      '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${google.url}/sts/v1/token`,
    credential_source: { file: `${directory}/subject` },
  }
}
