import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Examined } from '../../../src/commands/doctor/examine.ts'
import { PERMISSION_CASES, PROJECT_CASES } from './cases/access.ts'
import { BUCKET_CASES } from './cases/bucket.ts'
import { PLACE_CASES, QUOTA_CASES } from './cases/capacity.ts'
import type { Case } from './cases/case.ts'
import { DEPLOYED_CASES } from './cases/deployed.ts'
import { POLICY_CASES } from './cases/policies.ts'
import { Clinic, examineAs } from './clinic.ts'
import { paste } from './gcloud.ts'

const FRESH_CASES = [
  ...PROJECT_CASES,
  ...PERMISSION_CASES,
  ...BUCKET_CASES,
  ...PLACE_CASES,
  ...QUOTA_CASES,
  ...POLICY_CASES,
]

describe('doctor on a project that was set up', () => {
  let clinic: Clinic
  beforeEach(async () => {
    clinic = await Clinic.open()
  })
  afterEach(() => clinic.close())

  it('finds nothing to mend, in well under a second and few requests', async () => {
    const { requests } = clinic.harness.emulator
    const [before, startedAt] = [requests.length, performance.now()]
    const examined = await clinic.examine()
    expect(performance.now() - startedAt).toBeLessThan(3000)
    expect(problemsOf(examined)).toEqual([])
    expect(examined.length).toBeGreaterThanOrEqual(60)
    const asked = requests.slice(before).map(({ method, path }) => `${method} ${path}`)
    expect(asked.length).toBeLessThanOrEqual(50)
  })

  it('says something of everything to somebody with no rights at all', async () => {
    const { emulator } = clinic.harness
    const who = {
      member: 'user:stranger@example.com',
      token: emulator.accessToken('user:stranger@example.com'),
    }
    const examined = await examineAs(who, emulator.environment, { secrets: 'API_KEY=api-key' })
    const [first] = problemsOf(examined)
    expect(first).toBe('project')
    for (const { finding } of examined) {
      expect(finding.said).not.toMatch(/undefined|\[object|^$/)
      if (finding.kind === 'fix') expect(finding.fix).toMatch(/^(gcloud |\w+: )/)
    }
  })

  it('says so where Google fails, of each check by itself', async () => {
    const body = { path: 'getEffectiveOrgPolicy', status: 400, count: 1, message: 'Broken today.' }
    await clinic.rest.post('/emulator/faults', body)
    const examined = await clinic.examine()
    const [only, ...others] = examined.filter(({ finding }) => finding.kind !== 'ok')
    expect(others).toEqual([])
    expect(only?.check.id).toMatch(/^policy-/)
    expect(only?.finding).toMatchObject({
      kind: 'unknown',
      said: expect.stringContaining('Broken today.'),
    })
  })

  it.each(FRESH_CASES.map(named))('%s', (_, one) => isMended(clinic, one))
})

describe('doctor on a project where the service runs', () => {
  let clinic: Clinic
  beforeEach(async () => {
    clinic = await Clinic.open()
    await clinic.deploy()
  })
  afterEach(() => clinic.close())

  it('finds nothing to mend', async () => {
    expect(problemsOf(await clinic.examine())).toEqual([])
  })

  it.each(DEPLOYED_CASES.map(named))('%s', (_, one) => isMended(clinic, one))
})

function named(one: Case): readonly [string, Case] {
  return [`${one.id}: ${one.when}`, one]
}

/** Breaks one thing, sees it found, does what is printed, and sees it gone. */
async function isMended(clinic: Clinic, one: Case): Promise<void> {
  await one.breaks?.(clinic)
  const examined = await clinic.examine(one.inputs)
  const finding = examined.find(({ check }) => check.id === one.id)?.finding
  expect(finding).toMatchObject({
    ...(one.kind === 'unknown' ? { kind: 'unknown' } : { kind: 'fix', severity: one.kind }),
    said: expect.stringMatching(one.said),
  })
  const fix = finding !== undefined && finding.kind !== 'ok' ? (finding.fix ?? '') : ''
  expect(fix).toBe(one.fix)
  const { also = [] } = one
  if (also !== 'many') expect(problemsOf(examined).sort()).toEqual([one.id, ...also].sort())

  await one.helps?.(clinic)
  const inputs = { ...one.inputs, ...(await apply(clinic, fix)) }
  const after = await clinic.examine(inputs)
  expect(after.find(({ check }) => check.id === one.id)?.finding).toMatchObject({ kind: 'ok' })
}

/** A command is carried out; lines of YAML are inputs of the next run. */
async function apply(clinic: Clinic, fix: string): Promise<Readonly<Record<string, string>>> {
  if (fix.startsWith('gcloud')) {
    if (!/^gcloud compute /.test(fix)) await paste(fix, clinic.rest)
    return {}
  }
  const [, name = '', value = ''] = /^(\w+): (?:\|\n)?([\s\S]*)$/.exec(fix) ?? []
  return { [name]: value.trim() }
}

function problemsOf(examined: readonly Examined[]): string[] {
  return examined.filter(({ finding }) => finding.kind !== 'ok').map(({ check }) => check.id)
}
