import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { GROUP, NETWORK, PLATFORM, PROVIDER } from './fixtures.ts'
import { openRun, type ProviderRun } from './provider-run.ts'

const NO_CHANGES = /^0: [\s\S]*No changes\./
const HCL = PROVIDER + NETWORK + GROUP + PLATFORM
const IMAGE = 'compute/projects/cos-cloud/global/images/family/cos-stable'

// One story, told in order: each step stands on the one before.
describe('terraform with every resource type', () => {
  let run: ProviderRun

  beforeAll(async () => {
    run = await openRun(HCL)
    run.google.resources.set(IMAGE, { name: 'cos-stable' })
  })
  afterAll(() => run.close())

  const plan = async (): Promise<string> => {
    const { code, stdout, stderr } = await run.workspace.run(['plan', '-detailed-exitcode'])
    return `${code}: ${stderr}${stdout.split('perform the following actions:').at(-1)}`
  }
  const apply = async (): Promise<string> => {
    return summaryOf(await run.workspace.must('apply', '-auto-approve'))
  }
  const replaceInHcl = async (from: string, to: string): Promise<void> => {
    hcl = hcl.replaceAll(from, to)
    await run.workspace.write('main.tf', hcl)
  }
  let hcl = HCL

  it('creates them all', async () => {
    expect(await run.workspace.must('validate')).toContain('Success!')
    const applied = await apply()
    expect(applied).toContain('Apply complete! Resources: 26 added, 0 changed, 0 destroyed.')
    expect(
      run.google.requests.every(({ authorization }) => authorization === 'Bearer test-token')
    ).toBe(true)
  }, 60_000)

  it('sends what Google expects', () => {
    const { properties } = run.google.find('/instanceTemplates/fixed')
    expect(properties).toMatchObject({ machineType: 'e2-small', disks: [{ boot: true }] })
    const group = run.google.find('/instanceGroupManagers/app')
    expect(group).toMatchObject({
      baseInstanceName: 'app',
      targetSize: 2,
      updatePolicy: {
        type: 'PROACTIVE',
        maxSurge: { fixed: 2 },
        maxUnavailable: { fixed: 0 },
        instanceRedistributionType: 'NONE',
      },
      distributionPolicy: {
        targetShape: 'BALANCED',
        zones: [
          { zone: 'projects/demo/zones/europe-west1-b' },
          { zone: 'projects/demo/zones/europe-west1-c' },
        ],
      },
      autoHealingPolicies: [{ initialDelaySec: 300 }],
      namedPorts: [{ name: 'http', port: 8080 }],
    })
    expect(run.google.find('/secrets/token')).toMatchObject({
      replication: { automatic: {} },
      labels: { team: 'blue', 'goog-terraform-provisioned': 'true' },
      annotations: { owner: 'me' },
    })
    expect(run.google.find('/repositories/app')).toMatchObject({
      cleanupPolicies: {
        old: { condition: { olderThan: '2592000s', tagState: 'ANY' } },
        keep: { mostRecentVersions: { keepCount: 10 } },
      },
    })
  })

  it('resolves an image name to its family', async () => {
    const template = await run.workspace.state('google_compute_region_instance_template.main')
    expect(template['disk']).toMatchObject([
      { source_image: 'projects/cos-cloud/global/images/family/cos-stable', disk_size_gb: 20 },
    ])
    expect(template).toMatchObject({
      metadata: { 'app-port': '8080' },
      metadata_startup_script: '#!/bin/bash',
      labels: { app: 'x' },
      effective_labels: { app: 'x', team: 'blue', 'goog-terraform-provisioned': 'true' },
    })
  })

  it('reads the status of the group back', async () => {
    const group = await run.workspace.state('google_compute_region_instance_group_manager.main')
    expect(group['status']).toMatchObject([
      { is_stable: true, version_target: [{ is_reached: true }] },
    ])
  })

  it('reads data sources', async () => {
    const found = JSON.parse(await run.workspace.must('output', '-json', 'found'))
    expect(found).toEqual({
      image: 'cos-stable',
      number: '123456789012',
      zones: ['europe-west1-b', 'europe-west1-c'],
    })
  })

  it('plans no change afterwards', async () => {
    expect(await plan()).toMatch(NO_CHANGES)
  })

  it('plans no change when somebody else has rolled the group', async () => {
    const group = run.google.find('/instanceGroupManagers/app')
    Object.assign(group, {
      instanceTemplate: 'projects/demo/regions/europe-west1/instanceTemplates/release',
      versions: [
        {
          name: 'r-1',
          instanceTemplate: 'projects/demo/regions/europe-west1/instanceTemplates/release',
        },
      ],
    })
    expect(await plan()).toMatch(NO_CHANGES)
  })

  it('sees what somebody else has changed and puts it right', async () => {
    Object.assign(run.google.find('/firewalls/allow'), { sourceRanges: ['0.0.0.0/0'] })
    const stdout = await plan()
    expect(stdout).toMatch(/^2: /)
    expect(stdout).toContain('"0.0.0.0/0"')
    expect(stdout).toContain('Plan: 0 to add, 1 to change, 0 to destroy.')
    await apply()
    expect(run.google.find('/firewalls/allow')['sourceRanges']).toEqual([
      '130.211.0.0/22',
      '35.191.0.0/16',
    ])
  })

  it('makes what somebody else has deleted again', async () => {
    run.google.resources.delete('compute/projects/demo/global/firewalls/allow')
    expect(await plan()).toContain('Plan: 1 to add, 0 to change, 0 to destroy.')
    await apply()
    expect(run.google.find('/firewalls/allow')).toMatchObject({ name: 'allow' })
  })

  it('changes in place only what differs', async () => {
    await replaceInHcl('target_size                      = 2', 'target_size = 3')
    await replaceInHcl('initial_delay_sec = 300', 'initial_delay_sec = 200')
    await replaceInHcl('owner = "me"', 'owner = "you"')
    await replaceInHcl('keep_count = 10', 'keep_count = 12')
    await replaceInHcl('"10.0.0.0/24"', '"10.0.0.0/20"')
    await replaceInHcl('display_name = "VM"', 'display_name = "VMs"')
    await replaceInHcl('min_replicas = 1', 'min_replicas = 2')
    run.google.requests.length = 0
    const applied = await apply()
    expect(applied).toContain('0 added, 6 changed, 0 destroyed')
    expect(run.google.changes().sort()).toEqual([
      'PATCH /artifactregistry/v1/projects/demo/locations/europe-west1/repositories/app?updateMask=cleanupPolicies',
      'PATCH /compute/v1/projects/demo/regions/europe-west1/instanceGroupManagers/app',
      'PATCH /iam/v1/projects/demo/serviceAccounts/app-vm@demo.iam.gserviceaccount.com',
      'PATCH /secretmanager/v1/projects/demo/secrets/token?updateMask=annotations',
      'POST /compute/v1/projects/demo/regions/europe-west1/instanceGroupManagers/app/resize?size=3',
      'POST /compute/v1/projects/demo/regions/europe-west1/subnetworks/sub/expandIpCidrRange',
      'PUT /compute/v1/projects/demo/regions/europe-west1/autoscalers?autoscaler=scaler',
    ])
    const patch = run.google.requests.find(
      ({ method, path }) => method === 'PATCH' && path.endsWith('/app') && path.includes('compute')
    )
    expect(patch?.body).toEqual({
      autoHealingPolicies: [
        { healthCheck: 'projects/demo/global/healthChecks/health', initialDelaySec: 200 },
      ],
      fingerprint: 'ZmluZ2VycHJpbnQ=',
    })
    expect(await plan()).toMatch(NO_CHANGES)
  })

  it('replaces a template, the new one first', async () => {
    await replaceInHcl(
      'machine_type = "e2-small"\n  region',
      'machine_type = "e2-medium"\n  region'
    )
    const stdout = await plan()
    expect(stdout).toContain(
      '~ machine_type            = "e2-small" -> "e2-medium" # forces replacement'
    )
    expect(stdout).toContain('+/- resource "google_compute_region_instance_template" "main"')
    run.google.requests.length = 0
    await apply()
    expect(run.google.changes().map((change) => change.split('/')[0])).toEqual(['POST ', 'DELETE '])
    expect(await plan()).toMatch(NO_CHANGES)
  })

  it('replaces what cannot shrink', async () => {
    await replaceInHcl('"10.0.0.0/20"', '"10.0.0.0/26"')
    expect(await plan()).toContain('"10.0.0.0/20" -> "10.0.0.0/26" # forces replacement')
    await replaceInHcl('"10.0.0.0/26"', '"10.0.0.0/20"')
  })

  it.each([
    ['google_compute_network.main', 'projects/demo/global/networks/net'],
    ['google_compute_subnetwork.main', 'europe-west1/sub'],
    ['google_compute_router_nat.main', 'router/nat'],
    [
      'google_service_account.vm',
      'projects/demo/serviceAccounts/app-vm@demo.iam.gserviceaccount.com',
    ],
    ['google_project_service.main["iam.googleapis.com"]', 'demo/iam.googleapis.com'],
    [
      'google_project_iam_member.main["roles/logging.logWriter"]',
      'demo roles/logging.logWriter serviceAccount:app-vm@demo.iam.gserviceaccount.com',
    ],
    [
      'google_artifact_registry_repository_iam_member.main',
      'projects/demo/locations/europe-west1/repositories/app roles/artifactregistry.reader serviceAccount:app-vm@demo.iam.gserviceaccount.com',
    ],
  ])(
    'imports %s without a difference',
    async (address, id) => {
      await run.workspace.must('state', 'rm', address)
      const imported = await run.workspace.run(['import', address, id])
      expect(imported).toMatchObject({ code: 0 })
      const stdout = await plan()
      expect(stdout).toMatch(NO_CHANGES)
    },
    30_000
  )
})

function summaryOf(output: string): string {
  return /^(?:Apply|Destroy) complete!.*$/m.exec(output)?.[0] ?? output.slice(-500)
}
