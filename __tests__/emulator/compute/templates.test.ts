import { describe, expect, it } from '@jest/globals'
import { Api, GROUPS, stable, TEMPLATES } from './api.ts'

describe('instanceTemplates.list', () => {
  async function filled(): Promise<Api> {
    const api = new Api()
    for (const name of ['web-000000000001', 'web-000000000002', 'web-2-000000000001', 'web-base']) {
      await api.template(name)
    }
    return api
  }

  it('filters by a regular expression over the whole name, and gives what was asked for', async () => {
    const api = await filled()
    const query = new URLSearchParams({
      filter: 'name eq "web-[0-9a-f]{12}"',
      fields: 'nextPageToken,items(name,properties/machineType)',
    })
    expect(await api.get(`${TEMPLATES}?${query}`)).toEqual({
      items: ['web-000000000001', 'web-000000000002'].map((name) => ({
        name,
        properties: { machineType: 'e2-small' },
      })),
    })
  })

  it('gives page after page', async () => {
    const api = await filled()
    const first = await api.get(`${TEMPLATES}?maxResults=3&fields=nextPageToken,items/name`)
    expect(first.items).toHaveLength(3)
    const rest = await api.get(
      `${TEMPLATES}?maxResults=3&fields=nextPageToken,items/name&pageToken=${first.nextPageToken}`
    )
    expect(rest).toEqual({ items: [{ name: 'web-base' }] })
  })

  it('refuses fields that no template has', async () => {
    const { status } = await (await filled()).call('GET', `${TEMPLATES}?fields=items/colour`)
    expect(status).toBe(400)
  })
})

describe('instanceTemplates.delete', () => {
  it('refuses one that a group or a VM of it is on, and says by whom', async () => {
    const api = await stable()
    expect(await api.call('DELETE', `${TEMPLATES}/r1`)).toMatchObject({
      status: 400,
      body: {
        error: {
          message: `The instance_template resource 'projects/demo${TEMPLATES}/r1' is already being used by 'projects/demo${GROUPS}/app'`,
          errors: [{ reason: 'resourceInUseByAnotherResource' }],
        },
      },
    })
  })

  it('refuses one as long as VMs of it are replaced', async () => {
    const api = await stable()
    await api.template('r2')
    await api.call('PATCH', `${GROUPS}/app`, { versions: [api.version('r2')] })
    expect((await api.call('DELETE', `${TEMPLATES}/r1`)).status).toBe(400)
    api.run(300)
    expect((await api.call('DELETE', `${TEMPLATES}/r1`)).status).toBe(200)
  })

  it('asked twice with one id deletes once', async () => {
    const api = new Api()
    await api.template('r1')
    const first = await api.call('DELETE', `${TEMPLATES}/r1?requestId=5f0c`)
    await api.template('r1')
    const again = await api.call('DELETE', `${TEMPLATES}/r1?requestId=5f0c`)
    expect(again).toMatchObject({ status: 200, body: { name: first.body.name } })
    expect((await api.get(`${TEMPLATES}/r1`)).name).toBe('r1')
    expect((await api.call('DELETE', `${TEMPLATES}/r0`)).status).toBe(404)
  })
})
