import { describe, expect, it } from '@jest/globals'
import type { RolloutStory } from '../../../../src/report/summary/rollout-story.ts'
import { renderRolloutSummary } from '../../../../src/report/summary/summary.ts'
import { A_VM, aStory } from './stories.ts'

const TAKEN_BACK: Partial<RolloutStory> = {
  end: 'rolled_back',
  runs: '9f8e7d6c5b4a',
  wayBack: undefined,
  url: '',
  failure: {
    reason: 'Release ab12cd34ef56 failed on mervis: the container exited with code 1',
    evidence: ['mervis-x7k2 reports: the container exited with code 1'],
    logs: [{ vm: 'mervis-x7k2', text: 'Traceback\nKeyError: TOKEN\n``` and more' }],
    ending: 'mervis was taken back: it runs release 9f8e7d6c5b4a again, verified.',
    hint: 'Fix the cause and push again.',
  },
}

const BEFORE_ANYTHING: Partial<RolloutStory> = {
  end: 'refused',
  group: undefined,
  release: undefined,
  previousRelease: undefined,
  image: undefined,
  imageOrigin: undefined,
  vms: [],
  watches: [],
  isApplied: false,
  url: '',
  cost: undefined,
  failure: {
    reason: 'Nobody reviewed this plan: commit c0ffee0 belongs to no merged pull request:',
    evidence: ['delete module.network.google_compute_firewall.main'],
    logs: [],
    ending: 'The VMs run what they ran before.',
    hint: 'Open a pull request, or run this job once with `review: off`.',
  },
}

describe('renderRolloutSummary', () => {
  it.each<[string, Partial<RolloutStory>, string]>([
    ['a deploy', {}, '✅ Deployed: `mervis` runs release `ab12cd34ef56` on 1 VM'],
    [
      'a rollback',
      { kind: 'rollback', vms: [...aStory().vms, ...aStory().vms] },
      '✅ Rolled back: `mervis` runs release `ab12cd34ef56` on 2 VMs',
    ],
    [
      'nothing to do',
      { end: 'unchanged' },
      '✅ Unchanged: `mervis` runs release `ab12cd34ef56` already',
    ],
    [
      'a bad release',
      TAKEN_BACK,
      '❌ Failed and taken back: `mervis` runs release `9f8e7d6c5b4a` again',
    ],
    ['a guard', BEFORE_ANYTHING, '❌ Refused: `mervis` was left as it is'],
    ['no way back', { ...TAKEN_BACK, end: 'failed' }, '❌ Failed: `mervis`'],
    ['a cancel', { ...TAKEN_BACK, end: 'cancelled' }, '⚪ Cancelled: `mervis`'],
  ])('begins with the result of %s', (_, story, line) => {
    expect(renderRolloutSummary(aStory(story)).split('\n')[0]).toBe(`## ${line}`)
  })

  it('says what it was made of, and what stayed as it was', () => {
    const lines = renderRolloutSummary(aStory()).split('\n')
    expect(lines.slice(2, 9)).toEqual([
      '[http&#58;//34.64.10.7&#58;8080](http://34.64.10.7:8080) · Took 1 min 24 s.',
      '',
      '- **Release** `ab12cd34ef56`, before it `9f8e7d6c5b4a`',
      `- **Commit** [\`c0ffee00c0ff\`](https://github.com/mervis/mervis/commit/${'c0ffee00'.repeat(5)}) on \`main\` by \`ada\``,
      '- **Image** `sha256:d1d1d1d1d1d1`, built by this run',
      '- **Infrastructure** 2 added, 1 changed, 0 destroyed',
      '- **Cost** about 5.65 USD a month, +0.00; without Spot VMs 16.90 (list prices of 2026-11-20)',
    ])
    const same = renderRolloutSummary(
      aStory({
        end: 'unchanged',
        imageOrigin: 'known',
        infrastructure: { add: 0, change: 0, destroy: 0 },
        cost: undefined,
      })
    )
    expect(same).toContain('- **Release** `ab12cd34ef56`, as before\n')
    expect(same).toContain('as it was: the same source was built before')
    expect(same).toContain('- **Infrastructure** as it was\n')
    expect(same).not.toContain('**Cost**')
  })

  it('has a row for each VM, up to twenty', () => {
    const vms = Array.from({ length: 23 }, (_, n) => ({ ...A_VM, name: `vm-${n}` }))
    const page = renderRolloutSummary(aStory({ vms }))
    expect(page.match(/^\| <code>vm-/gm)).toHaveLength(20)
    expect(page).toContain('and 3 more VMs')
  })

  it('leaves out the addresses that nobody asked for', () => {
    const vms = aStory().vms.map((vm) => ({ ...vm, address: undefined }))
    expect(renderRolloutSummary(aStory({ vms }))).not.toContain('address')
    const inside = aStory().vms.map((vm) => ({ ...vm, address: '' }))
    expect(renderRolloutSummary(aStory({ vms: inside }))).toContain('internal only')
  })

  it('names the exact dispatch that brings the earlier release back', () => {
    const page = renderRolloutSummary(aStory())
    expect(page).toContain(
      'gh workflow run rollback.yml --repo mervis/mervis -f release=9f8e7d6c5b4a\n'
    )
    expect(page).toContain('https://github.com/mervis/mervis/actions/workflows/rollback.yml')
    expect(renderRolloutSummary(aStory({ wayBack: '' }))).toContain('no earlier verified release')
    const first = aStory({ kind: 'rollback', wayBack: '', previousRelease: 'ab12cd34ef56' })
    expect(renderRolloutSummary(first)).toMatch(
      /To undo this rollback:.*-f release=ab12cd34ef56$/ms
    )
    expect(renderRolloutSummary(aStory(TAKEN_BACK))).not.toContain('Roll back')
  })

  it('leads to the group and to the logs of its VMs', () => {
    const group = 'projects/p/zones/europe-west1-b/instanceGroupManagers/mervis'
    const page = renderRolloutSummary(aStory({ group }))
    expect(page).toContain(
      '/compute/instanceGroups/details/europe-west1-b/mervis?project=mervis-demo)'
    )
    const [, query = ''] = /\/logs\/query;query=([^?]+)\?/.exec(page) ?? []
    expect(decodeURIComponent(query)).toBe('resource.type="gce_instance"\n("mervis-x7k2")')
    expect(page).toContain('[Deployments](https://github.com/mervis/mervis/deployments/production)')
  })

  it('says of a failure why, what was seen, what runs now and what to do', () => {
    const page = renderRolloutSummary(aStory(TAKEN_BACK))
    expect(page).toContain(
      [
        '> [!WARNING]',
        '> **Release ab12cd34ef56 failed on mervis: the container exited with code 1**',
        '',
        '- `mervis-x7k2 reports: the container exited with code 1`',
        '',
        '<details><summary>The last words of mervis-x7k2</summary>',
        '',
        '````text',
        'Traceback',
        'KeyError: TOKEN',
        '``` and more',
        '````',
        '',
        '</details>',
        '',
        '**Now:** mervis was taken back: it runs release 9f8e7d6c5b4a again, verified.',
        '',
        '**What to do:** Fix the cause and push again.',
        '',
      ].join('\n')
    )
    expect(page).toContain('- **Release** `ab12cd34ef56`, not kept; before it `9f8e7d6c5b4a`')
  })

  it('tells what was known of a deploy that was refused', () => {
    const page = renderRolloutSummary(aStory(BEFORE_ANYTHING))
    expect(page).toContain('- `delete module.network.google_compute_firewall.main`')
    expect(page).toContain('- **Infrastructure** 3 changes planned, not applied')
    expect(page).toContain('or run this job once with `review: off`.')
    expect(page).not.toContain('**Release**')
    expect(page).not.toContain('### VMs')
  })

  it.each([
    [
      'Enable it. Run: gcloud services enable x',
      'Enable it.\n\n```text\ngcloud services enable x\n```',
    ],
    ['gcloud services enable x', '\n\n```text\ngcloud services enable x\n```'],
    [
      'Write:\n  printf a |\n    gcloud b\nThen push.',
      'Write:\n\n```text\nprintf a |\n  gcloud b\n```\n\nThen push.',
    ],
  ])('puts a command of %j where it can be taken from', (hint, rendered) => {
    const failure = { reason: 'No', evidence: [], logs: [], ending: '', hint }
    expect(renderRolloutSummary(aStory({ end: 'failed', failure }))).toContain(
      `**What to do:** ${rendered}\n`
    )
  })

  it('stays small for a thousand VMs that all fail with long words', () => {
    const names = Array.from({ length: 1000 }, (_, n) => `mervis-${n}`)
    const entries = names.flatMap((name) =>
      ['creating', 'pulling', 'failed'].map((phase, n) => ({ vm: name, phase, atMs: n * 1000 }))
    )
    const failure = {
      reason: 'x'.repeat(50_000),
      evidence: names.map((name) => `${name} ${'y'.repeat(2000)}`),
      logs: names.slice(0, 3).map((name) => ({ vm: name, text: 'z\n'.repeat(100_000) })),
      ending: '',
      hint: '',
    }
    const page = renderRolloutSummary(
      aStory({
        ...TAKEN_BACK,
        failure,
        vms: names.map((name) => ({ ...A_VM, name })),
        watches: [{ direction: 'forth', release: 'r', endedAtMs: 9000, entries }],
      })
    )
    expect(Buffer.byteLength(page)).toBeLessThan(60_000)
    expect(page).toContain('980 more VMs not shown')
  })
})
