import { describe, expect, it } from '@jest/globals'
import { PlainProgress, withoutOverwritten } from '../../../../src/image/build/progress.ts'
import { StepProgress } from '../../../../src/image/build/step-progress.ts'
import { RecordingLog } from '../../../fakes/recording-log.ts'
import { recorded } from './recorded.ts'

function read(text: string, kind: 'steps' | 'plain') {
  const log = new RecordingLog()
  const progress = kind === 'steps' ? new StepProgress(log) : new PlainProgress(log)
  for (const line of text.split('\n')) progress.write(line)
  return { lines: log.of('info'), failure: progress.failure(), log }
}

/** One line of rawjson. */
function told(status: unknown): string {
  return JSON.stringify(status)
}

function output(vertex: string, text: string | Buffer): unknown {
  return { logs: [{ vertex, stream: 1, data: Buffer.from(text).toString('base64') }] }
}

const at = (seconds: number): string => new Date(1_700_000_000_000 + seconds * 1000).toISOString()

describe.each(['0.13', '0.38'])('StepProgress on buildx %s', (version) => {
  it('shows each step once, with what it wrote and how long it took', () => {
    const { lines } = read(recorded(`built-buildx-${version}.txt`), 'steps')
    expect(lines.join('\n')).not.toMatch(/[{}]|sha256|transferring|\[internal\]/)
    expect(lines.filter((line) => line.includes('COPY busybox'))).toHaveLength(1)
    const texts = lines.map((line) => line.replace(/\d+\.\d s/, 'N s'))
    expect(texts.at(-1)).toMatch(/^exporting to (?:oci|image|docker)/)
  })

  it('tells the failed step, its last 15 lines and the line of the Dockerfile', () => {
    const { failure } = read(recorded(`failed-buildx-${version}.txt`), 'steps')
    expect(failure.step).toMatch(/^\[2\/2\] RUN --network=none .*…$/)
    expect(failure.lastLines).toEqual([
      ...Array.from({ length: 13 }, (_, index) => `line ${index + 18}`),
      '10%\\r50%\\r100%',
      '유니코드',
    ])
    expect(failure.error).toMatch(/^process "\/bin\/busybox sh -c .*exit code: 3$/)
    expect(failure.line).toBe(3)
  })
})

describe('StepProgress', () => {
  const RUN = { digest: 'sha256:1', name: '[2/3] RUN npm ci' }
  const COPY = { digest: 'sha256:2', name: '[3/3] COPY . /' }

  it('names the step again where another one has spoken in between', () => {
    const { lines } = read(
      [
        { vertexes: [{ ...RUN, started: at(0) }] },
        { vertexes: [{ ...COPY, started: at(0) }] },
        output('sha256:1', 'one\n'),
        output('sha256:2', 'two\n'),
        output('sha256:1', 'three\n'),
        { vertexes: [{ ...RUN, started: at(0), completed: at(3.24) }] },
        { vertexes: [{ ...COPY, started: at(0), completed: at(0.5), cached: true }] },
      ]
        .map(told)
        .join('\n'),
      'steps'
    )
    expect(lines).toEqual([
      '[2/3] RUN npm ci',
      '  one',
      '[3/3] COPY . /',
      '  two',
      '[2/3] RUN npm ci (goes on)',
      '  three',
      '[2/3] RUN npm ci (3.2 s)',
      '[3/3] COPY . / (cached)',
    ])
  })

  it('joins what came in pieces, letters too, and shows the end of an overwritten line', () => {
    const letter = Buffer.from('한')
    const { lines } = read(
      [
        { vertexes: [{ ...RUN, started: at(0) }] },
        output('sha256:1', Buffer.concat([Buffer.from(' 1%\r 50%\r100% '), letter.subarray(0, 2)])),
        output('sha256:1', Buffer.concat([letter.subarray(2), Buffer.from(' done\nno end')])),
        { vertexes: [{ ...RUN, started: at(0), completed: at(1) }] },
      ]
        .map(told)
        .join('\n'),
      'steps'
    )
    expect(lines).toEqual([
      '[2/3] RUN npm ci',
      '  100% 한 done',
      '  no end',
      '[2/3] RUN npm ci (1.0 s)',
    ])
  })

  it('names a silent step when it goes on for long', () => {
    const status = { vertex: 'sha256:1', id: 'x', current: 1 }
    const { lines } = read(
      [
        { vertexes: [{ ...RUN, started: at(0) }] },
        { statuses: [{ ...status, timestamp: at(4) }] },
        { statuses: [{ ...status, timestamp: at(6) }] },
        { statuses: [{ ...status, timestamp: at(9) }] },
      ]
        .map(told)
        .join('\n'),
      'steps'
    )
    expect(lines).toEqual(['[2/3] RUN npm ci'])
  })

  it('blames the step that failed, not those that were stopped with it nor a missing cache', () => {
    const { failure } = read(
      [
        {
          vertexes: [
            {
              digest: 'sha256:0',
              name: 'importing cache manifest from host/x:buildcache',
              started: at(0),
              completed: at(0),
              error: 'not found',
            },
            { ...COPY, started: at(0), completed: at(1), error: 'context canceled' },
            { ...RUN, started: at(0), completed: at(1), error: 'exit code: 1' },
          ],
        },
      ]
        .map(told)
        .join('\n'),
      'steps'
    )
    expect(failure).toMatchObject({ step: '[2/3] RUN npm ci', error: 'exit code: 1' })
  })

  it('keeps words that are not of the stream', () => {
    const { lines, failure } = read(
      'ERROR: failed to build: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN\n{not json}',
      'steps'
    )
    expect(lines).toHaveLength(2)
    expect(failure).toMatchObject({
      step: '',
      line: 2,
      error: 'dockerfile parse error on line 2: unknown instruction: RUNN',
    })
  })
})

describe('PlainProgress', () => {
  it.each([
    ['failed-plain.txt', /^\[2\/2\] RUN --network=none/, 3, /^process .* exit code: 3$/],
    ['failed-without-buildx.txt', /^RUN \["\/bin\/busybox"/, 0, /^$/],
  ])('reads %s', (name, step, line, error) => {
    const { failure, lines } = read(recorded(name), 'plain')
    expect(failure.step).toMatch(step)
    expect(failure.line).toBe(line)
    expect(failure.error).toMatch(error)
    expect(failure.lastLines).toHaveLength(15)
    expect(lines).toContain(failure.lastLines[0])
  })
})

describe('withoutOverwritten', () => {
  it.each([
    ['plain', 'plain'],
    ['a\rb\rc', 'c'],
    ['a\rb\r', 'b'],
    ['windows\r', 'windows'],
    ['\r\r', ''],
    ['  kept  ', '  kept'],
  ])('of %j is %j', (line, shown) => {
    expect(withoutOverwritten(line)).toBe(shown)
  })
})
