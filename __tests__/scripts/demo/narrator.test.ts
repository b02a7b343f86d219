import { describe, expect, it } from '@jest/globals'
import { Narrator } from '../../../scripts/demo/narrator.ts'

function narrated(tell: (narrator: Narrator) => void, hasColour = false): readonly string[] {
  const lines: string[] = []
  tell(new Narrator((text) => lines.push(text), hasColour))
  return lines
}

const DEPLOY = { run: { name: 'deploy' }, step: 'Deploy' }

describe('Narrator', () => {
  it('writes no escape sequence where there is no colour', () => {
    const lines = narrated((narrator) => {
      narrator.heading('First deploy')
      narrator.step('started')
      narrator.actionLine({ kind: 'group', title: 'Rolling' })
      narrator.actionLine({ kind: 'annotation', level: 'error', title: '', text: 'one\ntwo' })
    })
    expect(lines.join('\n')).not.toContain('\u001b')
    expect(lines[0]).toBe('\nFirst deploy')
    expect(lines[1]).toMatch(/^ +\d+\.\d s {2}started$/)
    expect(lines[3]).toBe('            error: one\n            two')
  })

  it('leaves out what only a debugger wants', () => {
    const lines = narrated((narrator) => {
      narrator.actionLine({ kind: 'debug', text: 'Waiting' })
      narrator.actionLine({ kind: 'endgroup' })
      narrator.actionLine({ kind: 'text', text: 'seen' })
    })
    expect(lines).toEqual(['            seen'])
  })

  it('tells the log of the workflow that is followed, and of no other', () => {
    const lines = narrated((narrator) => {
      narrator.follow('deploy')
      narrator.runLine({ kind: 'text', text: 'a plan' }, { run: { name: 'plan' }, step: 'Plan' })
      narrator.runLine({ kind: 'text', text: 'a deploy' }, DEPLOY)
    })
    expect(lines).toEqual(['            a deploy'])
  })

  it('leaves out what every job does', () => {
    const lines = narrated((narrator) => {
      narrator.follow('deploy')
      for (const step of ['Set up job', 'Run actions/checkout@v7', 'Post Deploy', 'Complete job'])
        narrator.runLine({ kind: 'text', text: step }, { ...DEPLOY, step })
      narrator.runLine({ kind: 'group', title: 'Run ./' }, DEPLOY)
      narrator.runLine({ kind: 'text', text: 'command: deploy' }, DEPLOY)
      narrator.runLine({ kind: 'endgroup' }, DEPLOY)
      narrator.runLine({ kind: 'text', text: 'now' }, DEPLOY)
    })
    expect(lines).toEqual(['            now'])
  })

  it('makes headings bold in a terminal', () => {
    expect(narrated((narrator) => narrator.heading('Done'), true)).toEqual([
      '\n\u001b[1mDone\u001b[0m',
    ])
  })
})
