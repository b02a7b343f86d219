import { describe, expect, it } from '@jest/globals'
import { type RunnerCommands, RunnerLog } from '../../../../src/adapters/runner/runner-log.ts'
import { Redactor } from '../../../../src/lib/redact.ts'

/** Plays @actions/core and keeps what it is told. */
class FakeRunner implements RunnerCommands {
  readonly calls: (readonly [command: string, text: string])[] = []
  readonly places: unknown[] = []
  debug = (message: string): void => this.#keep('debug', message)
  info = (message: string): void => this.#keep('info', message)
  notice = (message: string, place?: unknown): void => this.#keep('notice', message, place)
  warning = (message: string, place?: unknown): void => this.#keep('warning', message, place)
  error = (message: string, place?: unknown): void => this.#keep('error', message, place)
  setSecret = (secret: string): void => this.#keep('setSecret', secret)
  startGroup = (title: string): void => this.#keep('startGroup', title)
  endGroup = (): void => this.#keep('endGroup', '')

  texts(command: string): readonly string[] {
    return this.calls.filter(([name]) => name === command).map(([, text]) => text)
  }

  #keep(command: string, text: string, place?: unknown): void {
    this.calls.push([command, text])
    if (place !== undefined) this.places.push(place)
  }
}

function aLog() {
  const runner = new FakeRunner()
  return { runner, log: new RunnerLog(runner, new Redactor()) }
}

/** What the runner would obey (actions/runner, ActionCommand.cs): `::` begins a line, `##[` may stand anywhere in it. */
function isObeyed(text: string): boolean {
  return text.split(/\r\n|\r|\n/).some((line) => /^\s*::/.test(line) || line.includes('##['))
}

describe('RunnerLog.annotate', () => {
  const place = { title: 'Secret of s3cret', file: 'app/settings.py' }

  it.each(['error', 'warning', 'notice'] as const)(
    'shows an %s at its line, redacted',
    (severity) => {
      const { runner, log } = aLog()
      log.mask('s3cret')
      log.annotate({ ...place, severity, message: 'holds s3cret', line: 7 })
      expect(runner.texts(severity)).toEqual(['holds ***'])
      expect(runner.places).toEqual([{ title: 'Secret of ***', file: place.file, startLine: 7 }])
    }
  )

  it('shows what belongs to no line at the file', () => {
    const { runner, log } = aLog()
    log.annotate({ ...place, severity: 'error', message: 'no', line: 0 })
    expect(runner.places).toEqual([{ title: place.title, file: place.file }])
  })
})

describe('RunnerLog.info', () => {
  it('says a text of several lines line by line', () => {
    const { runner, log } = aLog()
    log.info('one\ntwo\r\nthree')
    expect(runner.texts('info')).toEqual(['one', 'two', 'three'])
  })

  it.each([
    '::error::gotcha',
    '  ::add-mask::a',
    '\t::stop-commands::x',
    '\u00a0::error::x',
    'harmless\n::error::x',
    'harmless\r::error::x',
    'harmless\r\n::error::x',
    '##[error]x',
    'harmless ##[add-mask]x',
    '##\n##[group]x',
    '####[error]x',
    '##[##[error]x',
  ])('lets nobody give the runner a command: %j', (text) => {
    const { runner, log } = aLog()
    log.info(text)
    log.labelled('docker').info(text)
    expect(runner.texts('info').filter(isObeyed)).toEqual([])
    expect(runner.texts('info').join('')).toContain(text.includes('error') ? 'error' : '')
  })

  it('leaves harmless text as it is', () => {
    const { runner, log } = aLog()
    log.info('a::b ## [x] {"a": 1} 🎉')
    expect(runner.texts('info')).toEqual(['a::b ## [x] {"a": 1} 🎉'])
  })
})

describe('RunnerLog.mask', () => {
  it('hides the secret from then on, here and in the runner', async () => {
    const { runner, log } = aLog()
    log.mask('hunter2-token')
    log.info('a hunter2-token b')
    log.debug('hunter2-token')
    log.warning(`in base64 ${Buffer.from('hunter2-token').toString('base64')}`)
    await log.group('group hunter2-token', async () => undefined)
    log.labelled('docker').info('hunter2-token')
    expect(runner.texts('setSecret')).toEqual(['hunter2-token'])
    const others = runner.calls
      .filter(([command]) => command !== 'setSecret')
      .flat()
      .join('\n')
    expect(others).not.toContain('hunter2-token')
    expect(others).not.toContain(Buffer.from('hunter2-token').toString('base64').replace(/=+$/, ''))
  })

  it('hides a secret of a labelled log everywhere', () => {
    const { runner, log } = aLog()
    log.labelled('docker').mask('hunter2-token')
    log.info('hunter2-token')
    expect(runner.texts('info')).toEqual(['***'])
  })
})

describe('RunnerLog.labelled', () => {
  it('marks every line', () => {
    const { runner, log } = aLog()
    log.labelled('docker').info('one\ntwo')
    expect(runner.texts('info')).toEqual(['docker    │ one', 'docker    │ two'])
  })
})

describe('RunnerLog.group', () => {
  it('gives the result of the work between the ends of the group', async () => {
    const { runner, log } = aLog()
    const work = async (): Promise<number> => {
      log.info('inside')
      return 7
    }
    expect(await log.group('Planning', work)).toBe(7)
    expect(runner.calls).toEqual([
      ['startGroup', 'Planning'],
      ['info', 'inside'],
      ['endGroup', ''],
    ])
  })

  it('ends the group also when the work fails', async () => {
    const { runner, log } = aLog()
    const work = async (): Promise<never> => {
      throw new Error('no')
    }
    await expect(log.group('Planning', work)).rejects.toThrow('no')
    expect(runner.texts('endGroup')).toHaveLength(1)
  })
})
