import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IdentityPoolClient } from 'google-auth-library'
import { type Emulator, startEmulator } from '../../../emulator/start.ts'
import { call, OWNER } from '../../emulator/harness.ts'
import { type Checkout, checkOut, type Result, SPEED } from '../terraform/checkout.ts'

/** The emulated GitHub's repository, by number. The emulator's own deployer has other names. */
export const VARIABLES = {
  project_id: 'mervis-demo',
  region: 'europe-west1',
  repository: 'mervis/mervis',
  repository_id: '817263544',
  repository_owner_id: '10293847',
  pool_id: 'actions',
  provider_id: 'github-com',
  deployer_id: 'ci-deployer',
  planner_id: 'ci-planner',
  state_bucket: 'mervis-demo-states',
}

export const PROVIDER =
  'projects/123456789012/locations/global/workloadIdentityPools/actions/providers/github-com'
export const DEPLOYER = 'ci-deployer@mervis-demo.iam.gserviceaccount.com'
export const PLANNER = 'ci-planner@mervis-demo.iam.gserviceaccount.com'

/** An emulated cloud with a checkout of the bundled Terraform, which leaves nothing behind. */
export interface SetUp {
  readonly emulator: Emulator
  readonly checkout: Checkout
  /** Runs terraform in `terraform/bootstrap` as the owner of the project, with `VARIABLES`. */
  bootstrap(verb: string, changes?: object, ...more: readonly string[]): Promise<Result>
  /** Runs terraform with somebody's access token, in `terraform/`. */
  terraform(token: string, ...argv: readonly string[]): Promise<Result>
  /** The access token that a job with these claims gets for the account. @throws as Google refuses. */
  jobToken(account: string, claims?: object): Promise<string>
  stop(): Promise<void>
}

export async function openSetUp(): Promise<SetUp> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'emulator-'))
  const emulator = await startEmulator({ dataDirectory, speed: SPEED })
  const checkout = await checkOut()
  const terraform: SetUp['terraform'] = (token, ...argv) =>
    checkout.terraform([...argv, '-no-color'], {
      ...emulator.environment,
      GOOGLE_OAUTH_ACCESS_TOKEN: token,
    })
  return {
    emulator,
    checkout,
    terraform,
    async bootstrap(verb, changes = {}, ...more) {
      const file = join(checkout.directory, 'bootstrap.tfvars.json')
      await writeFile(file, JSON.stringify({ ...VARIABLES, ...changes }))
      const argv = ['-chdir=bootstrap', verb, '-input=false', `-var-file=${file}`, ...more]
      return terraform(emulator.accessToken(OWNER), ...argv)
    },
    jobToken: (account, claims = {}) => jobToken(emulator, account, claims),
    async stop() {
      await checkout.dispose()
      await emulator.stop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** The output of a command that has to succeed. */
export async function succeeded(running: Promise<Result>): Promise<string> {
  const { exitCode, output } = await running
  if (exitCode !== 0) throw new Error(output)
  return output
}

// What an auth step does: GitHub's token, the exchange, the impersonation, each as the real ones.
async function jobToken(emulator: Emulator, account: string, claims: object): Promise<string> {
  const { environment, url } = emulator
  const client = new IdentityPoolClient({
    type: 'external_account',
    audience: `//iam.googleapis.com/${PROVIDER}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${environment['GOOGLE_STS_CUSTOM_ENDPOINT']}token`,
    credential_source: {
      url: `${environment['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=https://iam.googleapis.com/${PROVIDER}`,
      headers: { Authorization: `Bearer ${environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}` },
      format: { type: 'json', subject_token_field_name: 'value' },
    },
    service_account_impersonation_url: `${environment['GOOGLE_IAM_CREDENTIALS_CUSTOM_ENDPOINT']}projects/-/serviceAccounts/${account}:generateAccessToken`,
  })
  const put = (body: object) => call(`${url}/emulator/github/claims`, { method: 'PUT', body })
  await put(claims)
  try {
    const { token } = await client.getAccessToken()
    if (!token) throw new Error('The exchange gave no token.')
    return token
  } finally {
    await put({})
  }
}
