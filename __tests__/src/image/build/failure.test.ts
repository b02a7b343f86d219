import { describe, expect, it } from '@jest/globals'
import { BuildFailure } from '../../../../src/image/build/failure.ts'

function failure(told: { error?: string; lastLines?: readonly string[]; step?: string } = {}) {
  return new BuildFailure({
    dockerfile: 'app/Dockerfile',
    ending: 'exit code 1',
    told: { step: '', error: '', lastLines: [], line: 3, ...told },
  })
}

describe('BuildFailure', () => {
  it('says what failed, where, and with which last lines', () => {
    const { message, code, annotations } = failure({
      step: '[2/3] RUN npm ci',
      error: 'process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
      lastLines: ['npm error one', 'npm error two'],
    })
    expect(code).toBe('IMAGE_BUILD_FAILED')
    expect(
      message
    ).toBe(`Building the image from app/Dockerfile:3 failed (exit code 1) in the step [2/3] RUN npm ci.
process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
Its last lines:
npm error one
npm error two`)
    expect(annotations).toEqual([
      {
        severity: 'error',
        title: 'Failed: [2/3] RUN npm ci',
        message: 'process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
        file: 'app/Dockerfile',
        line: 3,
      },
    ])
  })

  it('says that much where nothing was told', () => {
    const { message, annotations } = failure()
    expect(message).toBe('Building the image from app/Dockerfile:3 failed (exit code 1).')
    expect(annotations[0]).toMatchObject({
      title: 'The image could not be built',
      message: 'exit code 1',
    })
  })

  // The words are those of buildx 0.13 and 0.38, of docker 26.1.5 and of Docker Hub.
  it.each([
    [
      'failed to compute cache key: failed to calculate checksum of ref 5dc::eyg: "/missing": not found',
      'left out by .dockerignore',
    ],
    ['COPY failed: file not found in build context or excluded by .dockerignore', '.dockerignore'],
    ['COPY failed: no source files were specified', '.dockerignore'],
    [
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating',
      'docker/login-action',
    ],
    ['429 Too Many Requests - Server message: toomanyrequests', 'Docker Hub allows few pulls'],
    ['write /var/lib/docker/tmp: no space left on device', 'The disk is full'],
    [
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'does not exist, or is private',
    ],
    ['docker.io/library/python:3.99: not found', 'There is no such base image'],
    ['manifest for 127.0.0.1:5055/x:1 not found: manifest unknown', 'There is no such base image'],
    [
      'failed to do request: Head "https://nowhere.invalid/v2/x/manifests/1": dial tcp: lookup nowhere.invalid on 10.0.0.53:53: no such host',
      'The network',
    ],
    ['target stage "prod" could not be found', 'the input `target`'.replace('the', 'The')],
    ['failed to read dockerfile: open Dockerfile: no such file or directory', '`context`'],
    ['no match for platform in manifest: not found', 'platform'],
  ])('explains %j', (error, hint) => {
    expect(failure({ error }).hint).toContain(hint)
  })

  it.each([
    ['npm error ENOTFOUND', undefined],
    [
      "E: Failed to fetch http://packages.example/x  Temporary failure resolving 'packages.example'",
      true,
    ],
    ['curl: (28) Connection timed out', undefined],
  ])('looks into the last lines too: %j', (line, isPassing) => {
    const found = failure({ error: 'process did not complete: exit code: 100', lastLines: [line] })
    expect(found.isPassing).toBe(isPassing ?? false)
  })
})
