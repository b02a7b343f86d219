import { describe, expect, it } from '@jest/globals'
import { parseAllowList } from '../../../../src/image/gate/allow-list.ts'
import type { GatedFinding } from '../../../../src/image/gate/findings.ts'
import { leaksOf, renderReport, renderWayOut } from '../../../../src/image/gate/report.ts'

function finding(more: Partial<GatedFinding> = {}): GatedFinding {
  const layer = more.layer === undefined ? {} : { layer: more.layer }
  return { rule: 'a-rule', title: 'A key', path: 'app/a.py', line: 3, ...more, ...layer }
}

const LAYER = 'layer 3 of 7 (COPY . /)'

/** The lines of the report below its headline. */
function lines(findings: readonly GatedFinding[]): string[] {
  return renderReport(findings, 'image').split('\n').slice(1)
}

describe('renderReport', () => {
  it.each<[string, Partial<GatedFinding>, string]>([
    ['a line', {}, 'app/a.py:3  A key (a-rule)'],
    ['a name', { line: 0 }, 'app/a.py  A key (a-rule)'],
    ['a layer', { layer: LAYER }, `app/a.py:3  A key (a-rule)  ${LAYER}`],
    [
      'a setting',
      { path: 'ENV KEY', line: 0, layer: 'image config' },
      'ENV KEY  A key (a-rule)  image config',
    ],
  ])('tells %s', (_, more, line) => {
    expect(lines([finding(more)])).toEqual([`  ${line}`])
  })

  it('tells a rule that found much in one file once', () => {
    const many = [3, 5, 8, 13, 21, 34, 55].map((line) => finding({ line }))
    expect(lines(many.slice(0, 3))).toEqual(['  app/a.py:3, 5, 8  A key (a-rule)'])
    expect(lines(many)).toEqual(['  app/a.py:3, 5, 8, 13, 21 …  A key (a-rule)'])
    expect(renderReport(many, 'context')).toMatch(/^The build context holds 7 secrets:\n/)
  })

  it('keeps apart what stands in several layers', () => {
    expect(lines([finding({ layer: LAYER }), finding({ layer: 'layer 4 of 7' })])).toHaveLength(2)
  })

  it('tells fifty places, and how many more there are', () => {
    const many = Array.from({ length: 1_234 }, (_, index) => finding({ path: `f${index}` }))
    expect(lines(many)).toHaveLength(51)
    expect(lines(many).at(-1)).toBe('  … and 1,184 more places')
    expect(renderReport(many, 'image')).toMatch(/^The image holds 1,234 secrets:\n/)
  })

  it.each([
    ['a line break', 'a\n::error::b', 'a\\n::error::b:3'],
    ['a carriage return', 'a\r::error::b', 'a\\r::error::b:3'],
    ['an escape sequence', 'a\u001b[31mb', 'a\\u001b[31mb:3'],
    ['a text that runs backwards', 'a\u202egnp.exe', 'a\\u202egnp.exe:3'],
    ['a name without end', `${'x/'.repeat(4_000)}end`, `…${'x/'.repeat(4_000).slice(-197)}end:3`],
    ['a step to the folder above', '../../etc/key', '../../etc/key:3'],
  ])('shows %s in a path and does not obey it', (_, path, shown) => {
    expect(lines([finding({ path })])).toEqual([`  ${shown}  A key (a-rule)`])
  })

  it('shows a layer in one line, too', () => {
    expect(lines([finding({ layer: 'layer 1 of 1 (COPY a\n/b)' })])).toEqual([
      '  app/a.py:3  A key (a-rule)  layer 1 of 1 (COPY a\\n/b)',
    ])
  })
})

describe('renderWayOut', () => {
  const wayOut = (more: Partial<GatedFinding>, where: 'context' | 'image' = 'image') =>
    renderWayOut([finding(more)], where)

  it('names Secret Manager, the ignore file, a new value and the allow list', () => {
    expect(wayOut({}, 'context').split('\n')).toEqual([
      'A value that the service needs belongs into Secret Manager, from where the VM gets it when it boots:',
      '  printf %s "$API_KEY" | gcloud secrets create api-key --data-file=-',
      '  secrets: API_KEY=api-key    # input of this action; the container then has the variable API_KEY',
      'A file that the image does not need is left out by a line in .dockerignore: **/a.py',
      'A value that was committed or pushed counts as known: revoke it and make a new one.',
      'What is no secret is allowed by a line in .secret-scan-allow, or by a comment `secret-scan:allow REASON` at its place:',
      '  a-rule  app/a.py  # REASON',
    ])
  })

  it('says of a layer that deleting later does not help, and how a step gets a secret', () => {
    const text = wayOut({ layer: LAYER })
    expect(text).toContain('A later step that deletes the file does not help')
    expect(text).toContain('RUN --mount=type=secret,id=API_KEY')
    expect(text).toContain('build_secrets: API_KEY=')
  })

  it.each([
    ['ENV STRIPE_KEY', 'image config', 'secrets: STRIPE_KEY=stripe-key'],
    ['build argument NPM_TOKEN', 'image history', 'secrets: NPM_TOKEN=npm-token'],
  ])('speaks of %s by its name, and of no file', (path, layer, line) => {
    const text = wayOut({ path, layer, line: 0 })
    expect(text).toContain(line)
    expect(text).not.toContain('.dockerignore')
    expect(text).not.toContain('deletes the file')
    expect(text).toContain('RUN --mount=type=secret')
  })

  it.each([
    { path: 'app/a.py' },
    { path: 'a b\tc/d\u202e.txt' },
    { path: 'ENV KEY', layer: 'image config' },
    { path: 'history: RUN curl …', layer: 'image history' },
    { path: 'weird [x](y)|*?$^\n.txt' },
  ])('gives a line that allows exactly what was found: $path', (more) => {
    const line = wayOut(more).split('\n').at(-1) ?? ''
    const allowList = parseAllowList(line.replace('REASON', 'it is a test double'))
    expect(allowList.problems).toEqual([])
    expect(allowList.allows(more.path, finding(more))).toBe(true)
    expect(allowList.allows('other', finding({ path: 'other' }))).toBe(false)
  })
})

describe('leaksOf', () => {
  it('gives each finding its place, and whether the deploy refuses it', () => {
    expect(leaksOf([finding(), finding({ line: 0 })], 'block')).toEqual({
      isRefused: true,
      findings: [
        { place: 'app/a.py:3', what: 'A key (a-rule)' },
        { place: 'app/a.py', what: 'A key (a-rule)' },
      ],
    })
    expect(leaksOf([], 'warn').isRefused).toBe(false)
  })
})
