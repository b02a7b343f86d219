import { describe, expect, it } from '@jest/globals'
import { diagnose, fixFor, ROWS } from '../../../../src/google/diagnosis/diagnose.ts'
import { failureInWords, readFailure } from '../../../../src/google/diagnosis/failure.ts'
import { googleError } from '../../../fakes/scripted-http.ts'
import { KNOWN_FAILURES, SURROUNDINGS } from './failures.ts'

describe('diagnose', () => {
  it.each(KNOWN_FAILURES.map((known) => [known.told, known] as const))(
    'knows %s, and what to paste',
    (_, { failure, id, fix }) => {
      const diagnosis = diagnose(failure, SURROUNDINGS)
      expect({ id: diagnosis?.id, fix: diagnosis?.fix }).toEqual({ id, fix })
      expect(diagnosis?.means).toMatch(/^\S.{20,}/)
    }
  )

  it('has met every row of its table', () => {
    const met = new Set(KNOWN_FAILURES.map(({ id }) => id))
    expect(ROWS.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([])
  })

  it.each([
    [
      'something that is not there',
      404,
      { message: "The resource 'projects/p/x' was not found", reason: 'notFound' },
    ],
    [
      'a permission that no role is known for',
      403,
      { message: "Permission 'spanner.databases.read' denied" },
    ],
    [
      'the name of a host',
      403,
      { message: 'Request to compute.googleapis.com is prohibited by organization policy' },
    ],
    ['a 404 that mentions a permission', 404, { message: 'storage.objects.get' }],
    ['an answer of a proxy', 502, { message: 'Bad gateway' }],
  ])('says nothing of %s', (_, status, error) => {
    const { body } = googleError(status, error)
    expect(diagnose(readFailure(status, body), SURROUNDINGS)).toBeUndefined()
  })

  it.each([
    ['a permission in words that deny nothing', 'storage.objects.get is a permission'],
    ['an app that speaks of quotas', 'the quota of patience is used up'],
    ['nothing', ''],
  ])('says nothing of %s', (_, words) => {
    expect(diagnose(failureInWords(words), SURROUNDINGS)).toBeUndefined()
  })

  it('tells requests that count against another project by its number, where its own is known', () => {
    const off = readFailure(
      403,
      JSON.stringify({
        error: {
          code: 403,
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'SERVICE_DISABLED',
              metadata: { service: 'compute.googleapis.com', consumer: 'projects/42' },
            },
          ],
        },
      })
    )
    expect(diagnose(off, { ...SURROUNDINGS, projectNumber: '7' })?.id).toBe('quota-project')
    expect(diagnose(off, { ...SURROUNDINGS, projectNumber: '42' })?.id).toBe('api-off')
    expect(diagnose(off, SURROUNDINGS)?.id).toBe('api-off')
  })

  it('lets nothing of an answer run in a shell', () => {
    const hostile = failureInWords(
      'Error 403: Permission "artifactregistry.repositories.uploadArtifacts" denied on resource "projects/p/locations/l/repositories/$(reboot);`id`"'
    )
    expect(fixFor(hostile, SURROUNDINGS)).toContain("add-iam-policy-binding '$(reboot);`id`' ")
  })

  it('names nobody where nobody is known', () => {
    const denied = failureInWords("Error 403: Required 'compute.regions.get' permission for 'x'")
    expect(diagnose(denied, { projectId: 'p' })?.fix).toContain('--member=MEMBER ')
  })
})
