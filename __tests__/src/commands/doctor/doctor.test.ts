import { describe, expect, it } from '@jest/globals'
import { systemClock } from '../../../../src/adapters/clock.ts'
import {
  broken,
  type Check,
  doubtful,
  type Finding,
  ok,
  unknown,
} from '../../../../src/commands/doctor/check.ts'
import type { Examined } from '../../../../src/commands/doctor/examine.ts'
import { renderDoctorOutputs } from '../../../../src/commands/doctor/outputs.ts'
import { renderSummary } from '../../../../src/commands/doctor/report.ts'
import { doctor } from '../../../../src/commands/doctor.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'

const FINDINGS: readonly (readonly [string, string, Finding])[] = [
  ['APIs', 'Compute Engine', ok('It is on.')],
  ['APIs', 'Secret Manager', broken('It is off.', 'gcloud services enable x --project=p')],
  ['Bucket', 'Versions', doubtful('None are kept.', 'gcloud storage buckets update gs://b')],
  ['Bucket', 'Policy', unknown('Nobody may read it.')],
  ['Quotas', 'CPUs', broken('2 of 2 are used.\nAll of <them>', 'a\n  b: `c`')],
]

function checksOf(findings: typeof FINDINGS): readonly Check[] {
  return findings.map(([subject, title, finding], index) => ({
    id: `check-${index}`,
    subject,
    title,
    look: async () => finding,
  }))
}

async function run(findings = FINDINGS) {
  const log = new RecordingLog()
  const pages: string[] = []
  const outputs: (readonly Examined[])[] = []
  const ports = {
    clock: systemClock,
    log,
    setOutputs: (examined: readonly Examined[]) => void outputs.push(examined),
    summarize: async (markdown: string) => void pages.push(markdown),
  }
  const error = await doctor(checksOf(findings), ports, new AbortController().signal).then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  return { error, lines: log.of('info'), page: pages.join(), output: outputs.at(-1) ?? [] }
}

describe('doctor', () => {
  it('shows a line for each check below its subject, aligned, and each fix as it is pasted', async () => {
    const { lines } = await run()
    expect(lines.join('\n')).toBe(
      `APIs
  ok             Compute Engine  It is on.
  fix            Secret Manager  It is off.
                   gcloud services enable x --project=p
Bucket
  fix (warning)  Versions        None are kept.
                   gcloud storage buckets update gs://b
  cannot check   Policy          Nobody may read it.
Quotas
  fix            CPUs            2 of 2 are used.\\nAll of <them>
                   a
                     b: \`c\`
1 ok, 2 to fix, 1 warning, 1 cannot be checked`
    )
  })

  it('writes a page that begins with the result, and on which nothing comes to life', async () => {
    const { page } = await run()
    expect(page.split('\n')[0]).toBe('## ❌ 2 things to fix before a deploy can work')
    expect(page).toContain('```text\ngcloud services enable x --project=p\n```')
    expect(page).toContain('2 of 2 are used.<br>All of \\<them\\>')
    expect(page.indexOf('### To fix')).toBeLessThan(page.indexOf('### Warnings'))
    expect(page.indexOf('### Warnings')).toBeLessThan(page.indexOf('### Cannot be checked'))
    expect(page).toContain('<details><summary>1 ok</summary>')
  })

  it('puts together on the page what waits for the same thing', async () => {
    const waiting = ['b', 'c', 'd'].map((id) => ({
      check: { id, subject: 'S', title: `Title of ${id}` },
      finding: unknown('It needs "A" first.'),
      waitsFor: 'A',
    }))
    const check = { id: 'e', subject: 'S', title: 'Title of e' }
    const page = renderSummary([...waiting, { check, finding: unknown('Nobody may.') }])
    expect(page.split('\n\n').slice(2)).toEqual([
      '### Cannot be checked',
      '**S: Title of e** (`e`)\nNobody may.',
      '**Waiting for "A"** (3): Title of b, Title of c, Title of d',
    ])
  })

  it('names subjects only, where too much waits for the same thing', () => {
    const waiting = Array.from({ length: 11 }, (_, index) => ({
      check: { id: `${index}`, subject: index < 4 ? 'APIs' : 'Quotas', title: 'T' },
      finding: unknown('It needs "A" first.'),
      waitsFor: 'A',
    }))
    expect(renderSummary(waiting)).toContain('**Waiting for "A"** (11): APIs (4), Quotas (7)')
  })

  it('fails the step with one error that names them, and the fix to begin with', async () => {
    const { error } = await run()
    expect(error).toMatchObject({
      code: 'DOCTOR_FOUND',
      message:
        '2 of 5 checks need a fix:\n  APIs, Secret Manager: It is off.\n  Quotas, CPUs: 2 of 2 are used.\nAll of <them>',
      hint: 'Begin with:\ngcloud services enable x --project=p',
    })
  })

  it('names three errors, and how many more there are', async () => {
    const many = Array.from({ length: 7 }, () => ['S', 'T', broken('no', 'x')] as const)
    const { error } = await run(many)
    expect(error).toMatchObject({
      message: expect.stringMatching(/^7 of 7.*(\n {2}S, T: no){3}\n {2}and 4 more/s),
    })
  })

  it.each([
    ['warnings', [['S', 'T', doubtful('meh', 'x')]], '⚠️ A deploy can work; 1 warning'],
    ['what is unknown', [['S', 'T', unknown('?')]], '✅ Nothing to fix in what could be checked'],
    ['nothing', [['S', 'T', ok('well')]], '✅ All is well'],
  ] as const)('leaves the step green for %s', async (_, findings, headline) => {
    const { error, page, output } = await run(findings)
    expect(error).toBeUndefined()
    expect(page.split('\n')[0]).toBe(`## ${headline}`)
    expect(output).toHaveLength(1)
  })
})

describe('renderDoctorOutputs', () => {
  it('gives every check the same fields, also when the step fails', async () => {
    const { output } = await run()
    const records: unknown = JSON.parse(renderDoctorOutputs(output).get('checks') ?? '')
    expect(records).toHaveLength(5)
    expect(records).toMatchObject([
      { id: 'check-0', kind: 'ok', severity: '', said: 'It is on.', fix: '' },
      {
        id: 'check-1',
        subject: 'APIs',
        title: 'Secret Manager',
        kind: 'fix',
        severity: 'error',
        fix: 'gcloud services enable x --project=p',
      },
      { kind: 'fix', severity: 'warning' },
      { kind: 'unknown', severity: '', fix: '' },
      {},
    ])
  })
})
