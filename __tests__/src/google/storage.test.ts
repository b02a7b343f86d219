import { describe, expect, it } from '@jest/globals'
import { watchBucket } from '../../../src/google/storage.ts'
import { googleClientOn } from '../../fakes/google-client.ts'
import { answer, googleError, ScriptedHttp } from '../../fakes/scripted-http.ts'

const { signal } = new AbortController()

describe('watchBucket', () => {
  it('keeps reading, and throws what Google says once the bucket is gone', async () => {
    const http = new ScriptedHttp([answer(200, {}), answer(200, {}), googleError(404)])
    const watching = watchBucket(googleClientOn(http), 'mervis-demo-tfstate', signal)
    await expect(watching).rejects.toMatchObject({
      code: 'GCP_REQUEST_FAILED',
      message: expect.stringContaining('Could not read the state bucket mervis-demo-tfstate'),
    })
    expect(http.requests).toHaveLength(3)
  })

  it('asks nothing when it is over before it began', async () => {
    const http = new ScriptedHttp([])
    const over = AbortSignal.abort(new Error('over'))
    await expect(watchBucket(googleClientOn(http), 'b', over)).rejects.toThrow('over')
    expect(http.requests).toEqual([])
  })
})
