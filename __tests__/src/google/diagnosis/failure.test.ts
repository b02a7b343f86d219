import { describe, expect, it } from '@jest/globals'
import { failureInWords, readFailure } from '../../../../src/google/diagnosis/failure.ts'
import { googleError, type HttpAnswer } from '../../../fakes/scripted-http.ts'

function bodyOf(given: HttpAnswer): string {
  if (given instanceof Error) throw given
  return given.body
}

describe('readFailure', () => {
  it.each([
    [
      'an older API',
      bodyOf(googleError(403, { message: 'No.', reason: 'forbidden' })),
      { reason: 'forbidden', message: 'No.' },
    ],
    [
      'a newer API, whose ErrorInfo says most',
      JSON.stringify({
        error: {
          code: 403,
          message: 'No.',
          status: 'PERMISSION_DENIED',
          errors: [{ reason: 'forbidden' }],
          details: [
            { '@type': 'type.googleapis.com/google.rpc.Help', links: [] },
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'IAM_PERMISSION_DENIED',
              metadata: { permission: 'a.b.c' },
            },
          ],
        },
      }),
      { reason: 'IAM_PERMISSION_DENIED', message: 'No.', details: { permission: 'a.b.c' } },
    ],
    [
      'a newer API without details',
      '{"error":{"code":404,"message":"Gone.","status":"NOT_FOUND"}}',
      { reason: 'NOT_FOUND', message: 'Gone.' },
    ],
    [
      'the Docker registry protocol',
      '{"errors":[{"code":"DENIED","message":"denied"}]}',
      { reason: 'DENIED', message: 'denied' },
    ],
    [
      'the token service',
      '{"error":"invalid_target","error_description":"Wrong audience."}',
      { reason: 'invalid_target', message: 'Wrong audience.' },
    ],
    [
      'a page of a proxy',
      '<html>\n  <b>Bad   gateway</b>',
      { reason: '', message: '<html> <b>Bad gateway</b>' },
    ],
    ['nothing', '', { reason: '', message: 'an empty answer' }],
    ['JSON of another kind', '[1]', { reason: '', message: '[1]' }],
    ['an error that is null', '{"error":null}', { reason: '', message: '{"error":null}' }],
  ])('reads the answer of %s', (_, body, read) => {
    expect(readFailure(403, body)).toEqual({ status: 403, details: {}, ...read })
  })

  it('quotes at most 200 characters of what it does not know', () => {
    expect(readFailure(502, 'x'.repeat(5000)).message).toHaveLength(200)
  })
})

describe('failureInWords', () => {
  it.each([
    [
      "Google's Go client, as terraform prints it",
      "Error creating Network: googleapi: Error 403: Required 'compute.networks.create' permission\nfor 'projects/p/x', forbidden",
      {
        status: 403,
        reason: '',
        message:
          "Error creating Network: googleapi: Error 403: Required 'compute.networks.create' permission for 'projects/p/x', forbidden",
      },
    ],
    ['a reason on its line', 'Error 403: No., forbidden', { status: 403, reason: 'forbidden' }],
    ['docker', 'denied: no', { status: 0, reason: '', message: 'denied: no' }],
    ['nothing', '', { status: 0, reason: '', message: '' }],
  ])('reads the words of %s', (_, text, read) => {
    expect(failureInWords(text)).toMatchObject(read)
  })
})
