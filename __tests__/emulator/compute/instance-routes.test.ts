import { describe, expect, it } from '@jest/globals'
import { Api, GROUPS } from './api.ts'

/** A running group and the path of its first VM. */
async function running(): Promise<{ api: Api; name: string; path: string }> {
  const api = new Api()
  await api.group()
  const [machine] = api.run(90).compute.control.machines()
  const name = String(machine?.['name'])
  return { api, name, path: `/zones/${machine?.['zone']}/instances/${name}` }
}

describe('an instance', () => {
  it('shows status, address, metadata and who made it', async () => {
    const { api, name, path } = await running()
    const instance = await api.get(path)
    expect(instance).toMatchObject({ kind: 'compute#instance', name, status: 'RUNNING' })
    expect(instance.networkInterfaces[0].networkIP).toMatch(/^10\./)
    expect(instance.metadata.items).toContainEqual({ key: 'app-release', value: 'r1' })
    expect(instance.metadata.items).toContainEqual({
      key: 'created-by',
      value: 'projects/123456789012/regions/europe-west3/instanceGroupManagers/app',
    })
    const { items } = await api.get(path.replace(/\/[^/]+$/, ''))
    expect(items.map((one: { name: string }) => one.name)).toEqual([name])
  })

  it('is not found under another zone or name', async () => {
    const { api, name, path } = await running()
    const zone = path.includes('west3-a') ? 'europe-west3-c' : 'europe-west3-a'
    expect((await api.call('GET', `/zones/${zone}/instances/${name}`)).status).toBe(404)
    expect((await api.call('GET', `${path}x`)).status).toBe(404)
  })

  it('shows its serial port, from the start or from where one left off', async () => {
    const { api, path } = await running()
    const all = await api.get(`${path}/serialPort`)
    expect(all.contents).toContain('startup-script: ready')
    const rest = await api.get(`${path}/serialPort?port=1&start=${all.next}`)
    expect(rest).toMatchObject({ contents: '', next: all.next })
    expect((await api.get(`${path}/serialPort?port=2`)).contents).toBe('')
  })
})

describe('getGuestAttributes', () => {
  it('gives what the VM reported', async () => {
    const { api, path } = await running()
    const { queryValue } = await api.get(`${path}/getGuestAttributes?queryPath=deploy/`)
    expect(queryValue.items).toHaveLength(1)
    expect(JSON.parse(queryValue.items[0].value)).toMatchObject({ phase: 'ready', release: 'r1' })
  })

  it('finds nothing before the VM has written, or under another name', async () => {
    const api = new Api()
    await api.group()
    const [machine] = api.run(5).compute.control.machines()
    const path = `/zones/${machine?.['zone']}/instances/${machine?.['name']}/getGuestAttributes`
    expect(await api.call('GET', `${path}?queryPath=deploy/`)).toMatchObject({
      status: 404,
      body: {
        error: { message: "The resource 'deploy/' of type 'Guest Attribute' was not found." },
      },
    })
    expect((await api.run(60).call('GET', `${path}?queryPath=other/`)).status).toBe(404)
  })

  it('refuses the fourth query in a second and the eleventh in a minute', async () => {
    const { api, path } = await running()
    const ask = async () =>
      (await api.call('GET', `${path}/getGuestAttributes?queryPath=deploy/`)).status
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([200, 200, 200, 403])
    const later: number[] = []
    for (let query = 0; query < 8; query++) {
      api.run(2)
      later.push(await ask())
    }
    expect(later).toEqual([200, 200, 200, 200, 200, 200, 200, 403])
    api.run(60)
    expect(await ask()).toBe(200)
  })

  it('says so as Compute does', async () => {
    const { api, path } = await running()
    const url = `${path}/getGuestAttributes?queryPath=deploy/`
    for (let query = 0; query < 3; query++) await api.get(url)
    expect((await api.get(url)).error.errors[0].reason).toBe('rateLimitExceeded')
  })
})

describe('control', () => {
  async function post(api: Api, path: string, body: object): Promise<number> {
    const init = { method: 'POST', body: JSON.stringify(body) }
    return (await api.compute.controlRoutes.request(path, init)).status
  }

  it('preempts a VM, which comes back', async () => {
    const { api, name, path } = await running()
    const { id } = await api.get(path)
    expect(await post(api, '/preempt', { instance: name })).toBe(200)
    expect((await api.get(path)).status).toBe('STOPPING')
    expect((await api.get(`${GROUPS}/app`)).status.isStable).toBe(false)
    api.run(120)
    expect((await api.get(path)).id).not.toBe(id)
    expect((await api.get(`${GROUPS}/app`)).status.isStable).toBe(true)
  })

  it('makes capacity and quota run out and come back', async () => {
    const api = new Api()
    await post(api, '/quota', { on: true })
    await api.group()
    api.run(30)
    expect(api.compute.control.machines()).toEqual([])
    await post(api, '/stockout', { zone: 'europe-west3-a', on: true })
    await post(api, '/quota', { on: false })
    api.run(60)
    expect(api.compute.control.machines().map((one) => one['zone'])).not.toContain('europe-west3-a')
    expect((await api.get(`${GROUPS}/app`)).status.isStable).toBe(true)
  })

  it('lists the machines', async () => {
    const { api, name } = await running()
    const response = await api.compute.controlRoutes.request('/machines')
    const healthy = { name, group: 'app', status: 'RUNNING', health: 'HEALTHY' }
    expect(await response.json()).toMatchObject({
      machines: expect.arrayContaining([expect.objectContaining(healthy)]),
    })
  })
})
