import { describe, expect, it } from '@jest/globals'
import { readBootReport } from '../../../../src/release/rollout/boot-report.ts'

describe('readBootReport', () => {
  it('reads what the startup script writes', () => {
    const value = {
      phase: 'failed',
      detail: 'exit 3',
      release: 'r',
      image: 'i',
      at: '2026-11-23T00:00:00Z',
      log: 'boom',
    }
    expect(readBootReport(value)).toEqual({
      phase: 'failed',
      detail: 'exit 3',
      release: 'r',
      image: 'i',
      log: 'boom',
    })
  })

  it('reads what is missing or of another kind as empty', () => {
    expect(readBootReport({ phase: 'ready', detail: 5, image: null })).toEqual({
      phase: 'ready',
      detail: '',
      release: '',
      image: '',
      log: '',
    })
  })

  it.each([[undefined], [null], ['ready'], [[]], [{}], [{ phase: '' }], [{ phase: 1 }]])(
    'makes no report of %j',
    (value) => {
      expect(readBootReport(value)).toBeUndefined()
    }
  )
})
