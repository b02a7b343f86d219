/**
 * Records plans of the bundled Terraform, made by terraform 1.11.4 with the stand-in provider
 * against the emulator, drift included.
 * Run: node __tests__/src/report/record-google.ts
 */
import { cp, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Workspace } from '../../clients/terraform-provider/workspace.ts'
import { call, type Harness, PROJECT, startHarness } from '../../emulator/harness.ts'

const TERRAFORM = fileURLToPath(new URL('../../../terraform', import.meta.url))
const FIXTURES = fileURLToPath(new URL('./fixtures', import.meta.url))
const COMPUTE = `/compute/v1/projects/${PROJECT}`
const FIRST = {
  project_id: PROJECT,
  region: 'europe-west1',
  zones: [],
  name: 'mervis',
  machine_type: 'e2-small',
  size: 2,
  port: 8080,
  health_path: '/',
  env: { LOG_LEVEL: 'debug' },
  ingress_ranges: ['0.0.0.0/0'],
}

const harness = await startHarness({ speed: 60 })
const workspace = await Workspace.open({
  ...harness.emulator.environment,
  GOOGLE_OAUTH_ACCESS_TOKEN: harness.emulator.accessToken(),
})
try {
  await cp(TERRAFORM, workspace.directory, { recursive: true })
  const bucket = `-backend-config=bucket=${PROJECT}-tfstate`
  await workspace.must('init', bucket, '-backend-config=prefix=mervis')
  await record('google-first', FIRST)
  await workspace.must('apply', '-auto-approve')
  await drift(harness)
  await record('google-change', {
    ...FIRST,
    machine_type: 'e2-medium',
    env: { LOG_LEVEL: 'info', TZ: 'Europe/Berlin' },
    ingress_ranges: [],
    load_balancer: { domains: ['mervis.example.com'] },
  })
  await record('google-rename', { ...FIRST, name: 'mervis-two' })
} finally {
  await workspace.close()
  await harness.stop()
}

async function record(name: string, variables: object): Promise<void> {
  await workspace.write('settings.auto.tfvars.json', JSON.stringify(variables))
  await workspace.must('plan', '-out=p.tfplan')
  await writeFile(`${FIXTURES}/${name}.json`, await workspace.must('show', '-json', 'p.tfplan'))
}

/** What somebody does by hand in the console. */
async function drift({ emulator }: Harness): Promise<void> {
  const token = emulator.accessToken('user:owner@example.com')
  const rule = `${emulator.url}${COMPUTE}/global/firewalls/mervis-health-checks`
  const body = { sourceRanges: ['10.0.0.0/8'] }
  const answer = await call(rule, { method: 'PATCH', token, body })
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`)
}
