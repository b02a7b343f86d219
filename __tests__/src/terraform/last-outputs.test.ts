import { describe, expect, it } from '@jest/globals'
import { readLastOutputs } from '../../../src/terraform/last-outputs.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { FakeCloud } from '../../fakes/fake-cloud.ts'

const STATE = {
  version: 4,
  outputs: { repository_id: { value: 'images', type: 'string' }, port: { value: 8080 } },
  resources: [{ type: 'x', instances: [{ attributes: { password: 'hunter2' } }] }],
}

function aCloud(text?: string) {
  const cloud = new FakeCloud(new FakeClock())
  if (text !== undefined) cloud.bucket.put('web/default.tfstate', text)
  return cloud.clients().store
}

describe('readLastOutputs', () => {
  it('are the values that the last apply left', async () => {
    expect(await readLastOutputs(aCloud(JSON.stringify(STATE)), 'web')).toEqual({
      repository_id: 'images',
      port: 8080,
    })
  })

  it.each([
    ['before the first apply', undefined],
    ['of a state that is not JSON', 'encrypted'],
    ['of a state without outputs', '{"version":4}'],
    ['of a state with odd outputs', '{"outputs":[1]}'],
  ])('are none %s', async (_, text) => {
    expect(await readLastOutputs(aCloud(text), 'web')).toEqual({})
  })
})
