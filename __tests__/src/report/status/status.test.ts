import { describe, expect, it } from '@jest/globals'
import { marked } from 'marked'
import { renderJson } from '../../../../src/report/status/json.ts'
import { renderLog } from '../../../../src/report/status/log.ts'
import { renderPage } from '../../../../src/report/status/page.ts'
import { aLedger } from '../../release/ledger/entries.ts'
import { aReport, aVm } from './reports.ts'

const RUN = 'https://github.com/mervis/mervis/actions/runs/7'
const LOCK = {
  holder: 'run-7',
  runUrl: RUN,
  actor: 'octocat',
  acquiredAt: '2026-11-23T00:00:00Z',
  renewedAt: '2026-11-23T00:01:00Z',
  ageMs: 60_000,
  isStale: false,
}

describe('renderLog', () => {
  it('is a table that a person reads at once', () => {
    expect(
      renderLog(aReport())
    ).toBe(`web in europe-west1 runs release a1b2c3d4e5f6 on 1 VM, verified.
  commit c0ffeec0ffee  sha256:abababababab  by octocat  verified 1 min ago

VM        ZONE            RELEASE       IMAGE                HEALTH   ADDRESS      BOOT   SINCE
web-x7k2  europe-west1-b  a1b2c3d4e5f6  sha256:abababababab  healthy  203.0.113.7  ready  1 min 12 s ago

ATTEMPT  KIND    RELEASE       OUTCOME   BY       WHEN       TOOK   RUN
1        deploy  a1b2c3d4e5f6  verified  octocat  2 min ago  1 min  ${RUN}`)
  })

  it.each([
    ['nothing is deployed', { state: 'none', group: undefined }, 'is not deployed'],
    ['there is no release yet', { state: 'none' }, 'has no release yet'],
    ['the group could not be read', { state: 'unknown' }, 'could not be read'],
    [
      'a VM does not serve',
      { state: 'degraded', vms: [aVm({ obstacle: 'is UNHEALTHY', health: 'UNHEALTHY' })] },
      'web in europe-west1 is degraded: 0 of 1 VM serve release a1b2c3d4e5f6, verified.',
    ],
    [
      'the group is on its way',
      { state: 'rolling', vms: [aVm()] },
      'is rolling to release a1b2c3d4e5f6: 1 of 1 VM serve it.',
    ],
    [
      'the base is ahead',
      { newBase: 'web-base-2' },
      "Terraform's base template is web-base-2 by now, and release a1b2c3d4e5f6 was made of web-base-1",
    ],
    [
      'an attempt is under way',
      { openAttempts: aLedger('b1').entries, deployLock: LOCK },
      `Attempt 1 (release b1, since 2 min ago, ${RUN}) is under way.`,
    ],
    [
      'a run died',
      { openAttempts: aLedger('b1').entries, deployLock: { ...LOCK, isStale: true } },
      'was left by a run that is no more; the next one settles it.',
    ],
    [
      'a lock is held',
      { deployLock: LOCK },
      `is held by ${RUN} (started by octocat), renewed 1 min ago.`,
    ],
    [
      'a lock is stale',
      { deployLock: { ...LOCK, isStale: true } },
      'is stale: it was not renewed for',
    ],
    [
      "terraform's lock is held",
      {
        stateLock: {
          who: 'me@host',
          operation: 'Apply',
          since: '',
          url: 'gs://b/web/default.tflock',
        },
      },
      "Terraform's state is locked by me@host (Apply). If that run is no more, free it with: gcloud storage rm gs://b/web/default.tflock",
    ],
    [
      'something drifted',
      { drift: [{ what: 'target size', recorded: '2', found: '1' }] },
      'DRIFT        TERRAFORM WROTE  FOUND\ntarget size  2                1',
    ],
    [
      'something was not read',
      { problems: ['No.\nFix it.'] },
      'Could not be read:\n  No.\n  Fix it.',
    ],
  ] as const)('tells when %s', (_, change, words) => {
    expect(renderLog(aReport(change))).toContain(words)
  })

  it('says when the ledger would go back to another release', () => {
    const { release } = aReport()
    const other = release && { ...release, verifiedAt: undefined, newestVerified: 'b1' }
    const text = renderLog(aReport({ release: other }))
    expect(text).toContain('not verified')
    expect(text).toContain("The ledger's newest verified release is b1, not a1b2c3d4e5f6.")
  })
})

describe('renderPage', () => {
  it('begins with the answer, and has the tables', () => {
    const page = renderPage(aReport())
    expect(page).toMatch(
      /^### 🟢 web in europe-west1 runs release a1b2c3d4e5f6 on 1 VM, verified\.\n/
    )
    expect(page).toContain('| `web-x7k2` | europe-west1-b | `a1b2c3d4e5f6` |')
    expect(page).toContain(`| [1](${RUN}) | deploy |`)
  })

  it('lets nothing of what others wrote come to life', () => {
    const hostile = 'x | <img src=x> @everyone `a` [b](javascript:c)\n# d'
    const entries = aLedger('b1 failed').entries.map((entry) => ({
      ...entry,
      reason: hostile,
      actor: hostile,
      runUrl: 'javascript:alert(1)',
    }))
    const vms = [aVm({ boot: 'failed', detail: hostile, obstacle: hostile })]
    const page = renderPage(aReport({ attempts: entries, vms, problems: [hostile] }))
    const rows = page
      .split('\n')
      .filter((line) => line.startsWith('| `web') || line.startsWith('| 1'))
    expect(rows).toHaveLength(2)
    // As many cells as the head has: no bar of theirs ended one.
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).length - 2)
    expect(cells).toEqual([9, 8])
    expect(page).not.toContain('](javascript:alert(1))')
  })

  it.each(['x \\| <img src=x>', '\\\\| <img src=x>', '`\\|` | <img src=x>'])(
    'keeps %s in its cell',
    async (hostile) => {
      const attempts = aLedger('b1 failed').entries.map((entry) => ({
        ...entry,
        reason: hostile,
        actor: hostile,
        rolledBackTo: hostile,
      }))
      const vms = [aVm({ boot: 'failed', detail: hostile, obstacle: hostile, release: hostile })]
      const drift = [{ what: 'zones', recorded: hostile, found: hostile }]
      const html = await marked.parse(renderPage(aReport({ attempts, vms, drift })))
      expect(html).not.toContain('<img')
      expect(html.match(/<td>/g)).toHaveLength(9 + 3 + 8)
    }
  )
})

describe('renderJson', () => {
  it('has what later steps branch on', () => {
    expect(renderJson(aReport())).toMatchObject({
      state: 'running',
      healthy: true,
      release: { id: 'a1b2c3d4e5f6', verified: true, is_newest_verified: true },
      vms: [{ name: 'web-x7k2', verified: true, boot: 'ready' }],
      attempts: [{ attempt: 1, outcome: 'verified', duration_seconds: 60, run_url: RUN }],
      base_is_ahead: false,
      drifted: false,
      open_attempts: [],
      locks: { deploy: null, terraform: null },
    })
  })

  it('is whole where there is nothing', () => {
    const nothing = {
      state: 'none',
      group: undefined,
      release: undefined,
      vms: [],
      attempts: [],
    } as const
    const text = JSON.stringify(renderJson(aReport({ ...nothing, deployLock: LOCK })))
    expect(JSON.parse(text)).toMatchObject({
      healthy: false,
      group: null,
      release: null,
      locks: { deploy: { run_url: RUN, stale: false, age_seconds: 60 } },
    })
  })
})
