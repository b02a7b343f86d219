import { describe, expect, it } from '@jest/globals'
import { ActionError, describeError } from '../../src/errors.ts'

describe('describeError', () => {
  it('gives the message and, on a line of its own, what to do next', () => {
    const error = new ActionError('GCP_REQUEST_FAILED', 'Could not read.', {
      hint: 'Grant a role.',
    })
    expect(describeError(error)).toBe('Could not read.\nGrant a role.')
  })

  it('gives the message alone where there is nothing to advise', () => {
    expect(describeError(new ActionError('CANCELLED', 'Cancelled.'))).toBe('Cancelled.')
  })

  it.each([
    ['an Error', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'boom', 'boom'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a number', 137, '137'],
  ])('calls %s a bug of ours, in one line without a stack', (_, thrown, said) => {
    const text = describeError(thrown)
    expect(text).toMatch(/^Unexpected error, .*please report it.*: /)
    expect(text).toContain(said)
    expect(text).not.toContain('\n')
  })

  it('never shows the cause, which may hold anything', () => {
    const error = new ActionError('GCP_UNREACHABLE', 'No answer.', {
      cause: new Error('Bearer ya29'),
    })
    expect(describeError(error)).not.toContain('ya29')
  })
})

describe('ActionError', () => {
  it('carries a code to branch on and its cause', () => {
    const cause = new Error('why')
    const error = new ActionError('TERRAFORM_FAILED', 'No.', { cause })
    expect(error).toBeInstanceOf(Error)
    expect({ code: error.code, hint: error.hint, cause: error.cause, name: error.name }).toEqual({
      code: 'TERRAFORM_FAILED',
      hint: undefined,
      cause,
      name: 'ActionError',
    })
  })
})
