import { describe, expect, it } from '@jest/globals'
import type { GroupState, VmState } from '../../../emulator/console/state/group.ts'
import type { AttemptState } from '../../../emulator/console/state/ledger.ts'
import { Traffic } from '../../../emulator/console/traffic.ts'
import { renderGroups } from '../../../emulator/console/view/group.ts'
import { renderLedger } from '../../../emulator/console/view/ledger.ts'
import { ReleaseColours } from '../../../emulator/console/view/release.ts'
import { renderTraffic } from '../../../emulator/console/view/traffic.ts'

function aVm(overrides: Partial<VmState> = {}): VmState {
  return {
    id: '1',
    name: 'web-a1b2',
    zone: 'europe-west1-b',
    release: 'r1',
    status: 'RUNNING',
    health: 'HEALTHY',
    action: 'NONE',
    serves: true,
    phase: 'ready',
    detail: '',
    address: '127.0.1.2',
    port: '8080',
    machineType: 'e2-small',
    isSpot: true,
    createdAtMs: 1_000,
    ...overrides,
  }
}

function aGroup(overrides: Partial<GroupState> = {}): GroupState {
  return {
    name: 'web',
    location: 'europe-west1',
    targetSize: 1,
    versions: ['r1'],
    isStable: true,
    isVersionReached: true,
    hasHealthCheck: true,
    shortages: [],
    vms: [aVm()],
    vacancies: [],
    ...overrides,
  }
}

function anAttempt(overrides: Partial<AttemptState> = {}): AttemptState {
  return {
    service: 'web',
    attempt: 1,
    kind: 'deploy',
    release: 'r1',
    image: '',
    commit: 'abcdef012345',
    actor: 'mervis',
    startedAt: '2026-01-01T00:00:10Z',
    finishedAt: '2026-01-01T00:00:20Z',
    outcome: 'verified',
    rolledBackTo: '',
    reason: '',
    ...overrides,
  }
}

const badges = (text: string): readonly string[] =>
  [...text.matchAll(/class="badge [a-z]+">([^<]*)</g)].map(([, word]) => word ?? '')

describe('renderGroups', () => {
  const draw = (group: GroupState): string => renderGroups([group], new ReleaseColours()).text

  it.each<[string, Partial<VmState>, string]>([
    ['takes requests', {}, 'serving'],
    ['is made', { status: 'STAGING', serves: false, phase: '' }, 'staging'],
    ['boots', { serves: false, health: 'TIMEOUT', phase: 'pulling' }, 'pulling'],
    ['is ready but not yet healthy', { serves: false, health: 'TIMEOUT' }, 'being checked'],
    ['has become sick', { serves: false, health: 'UNHEALTHY' }, 'unhealthy'],
    ['failed', { serves: false, phase: 'failed', detail: 'exit 1' }, 'failed'],
    ['is on its way out', { serves: false, action: 'DELETING' }, 'leaving'],
    ['was preempted', { serves: false, status: 'TERMINATED' }, 'preempted'],
  ])('says of a VM that it %s', (_, overrides, word) => {
    expect(badges(draw(aGroup({ vms: [aVm(overrides)] })))).toContain(word)
  })

  it('tells a group that rolls from one that is done', () => {
    expect(badges(draw(aGroup()))[0]).toBe('stable')
    expect(badges(draw(aGroup({ isVersionReached: false, isStable: false })))[0]).toBe('rolling')
  })

  it('shows shortages, and members that have no VM', () => {
    const vacancies = [
      { name: 'web-x', zone: 'europe-west1-c', problem: 'ZONE_RESOURCE_POOL_EXHAUSTED' },
    ]
    const text = draw(aGroup({ shortages: ['no capacity in europe-west1-c'], vacancies }))
    expect(text).toContain('no capacity in europe-west1-c')
    expect(text).toContain('ZONE_RESOURCE_POOL_EXHAUSTED')
  })

  it('escapes what a VM says about itself', () => {
    const text = draw(aGroup({ vms: [aVm({ phase: '<b>', detail: '" onclick="x' })] }))
    expect(text).not.toMatch(/<b>"|" onclick="x/)
  })
})

describe('renderLedger', () => {
  it('marks the newest attempt of a release that runs, unless it is under way', () => {
    const colours = new ReleaseColours()
    const older = anAttempt()
    const newer = anAttempt({ attempt: 2, kind: 'rollback' })
    const { text } = renderLedger([newer, older], ['r1'], colours)
    expect(badges(text)).toEqual(['verified', 'live now', 'verified'])
    const open = anAttempt({ attempt: 2, outcome: '', finishedAt: '' })
    expect(badges(renderLedger([open], ['r1'], colours).text)).toEqual(['under way'])
  })

  it('says why something failed, and what runs instead', () => {
    const failed = anAttempt({
      release: 'r2',
      outcome: 'rolled_back',
      rolledBackTo: 'r1',
      reason: 'It <fails>.',
    })
    const { text } = renderLedger([failed], ['r1'], new ReleaseColours())
    expect(text).toContain('It &lt;fails&gt;.')
    expect(text).toMatch(/Taken back to [\s\S]*r1/)
  })
})

describe('ReleaseColours', () => {
  it('keeps the colour of a release, and gives the next ones others', () => {
    const colours = new ReleaseColours()
    const names = ['a', 'b', 'c', 'a'].map((release) => colours.classOf(release))
    expect(names).toEqual(['c0', 'c1', 'c2', 'c0'])
    expect(colours.classOf('')).toBe('c-none')
  })
})

describe('renderTraffic', () => {
  const startMs = Date.parse('2026-01-01T00:00:00Z')

  function draw(answersOfSeconds: readonly (readonly (string | undefined)[])[]): string {
    let nowMs = startMs
    const traffic = new Traffic(() => nowMs)
    for (const releases of answersOfSeconds) {
      for (const release of releases) traffic.count('visitor', { release })
      nowMs += 1_000
    }
    return renderTraffic(traffic.read(), [anAttempt()], new ReleaseColours()).text
  }

  it('stacks the answers of a second, failures on top', () => {
    const text = draw([['r1', 'r1', 'r2', undefined], ['r1']])
    const bars = [...text.matchAll(/<rect class="(\w+)"[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"/g)]
    expect(bars.map(([, name, y, height]) => [name, Number(y), Number(height)])).toEqual([
      ['c0', 108, 68],
      ['c1', 74, 34],
      ['failed', 40, 34],
    ])
    expect(text).toContain('1 failed')
  })

  it('leaves out the second that is not over, and shows when a release began to roll', () => {
    const text = draw(Array.from({ length: 30 }, () => ['r1']))
    expect(text.match(/<rect/g)).toHaveLength(29)
    expect(text).toMatch(/class="event-name"[^>]*>deploy</)
    expect(text).toContain('−60 s')
  })

  it('shows the last minutes of a long time only', () => {
    const text = draw(Array.from({ length: 700 }, () => ['r1']))
    expect(text.match(/<rect/g)).toHaveLength(180)
  })

  it('says so when nobody asks', () => {
    expect(draw([])).toContain('Nobody has asked')
  })
})
