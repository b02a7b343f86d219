import { parseArgs } from 'node:util'
import { systemClock } from '../../src/adapters/clock.ts'
import { gaxiosHttp } from '../../src/adapters/network/http.ts'
import { Compute } from '../../src/google/compute.ts'
import type { Http } from '../../src/ports.ts'
import { GroupWatch } from '../../src/release/watch.ts'
import { googleOn, POLICY, quietLog } from './client.ts'
import { GROUP, PROJECT, REGION, RELEASE, TEMPLATE } from './scene.ts'

/** A process of its own: moves the group to the release and to `--vms`, watches it, prints what it took. */
const { values } = parseArgs({ options: { url: { type: 'string' }, vms: { type: 'string' } } })
const counts = { polls: 0, requests: 0 }
const sent = gaxiosHttp()
const http: Http = {
  send: (request) => {
    counts.requests += 1
    if (request.url.includes('/listManagedInstances')) counts.polls += 1
    return sent.send(request)
  },
}
const google = googleOn({ http, clock: systemClock }, values.url)
const compute = new Compute(google, { projectId: PROJECT, region: REGION })
const { fingerprint } = await compute.fetchGroup(GROUP)
await compute.patchVersion(GROUP, { name: RELEASE, instanceTemplate: TEMPLATE }, fingerprint)
await google.request({
  service: 'compute',
  method: 'POST',
  path: `projects/${PROJECT}/regions/${REGION}/instanceGroupManagers/${GROUP}/resize`,
  query: { size: values.vms ?? '' },
  purpose: 'resize the group',
})

const before = process.cpuUsage()
const startedAtMs = Date.now()
const { signal } = new AbortController()
const ports = { compute, clock: systemClock, log: quietLog }
const watch = new GroupWatch(ports, { group: GROUP, policy: POLICY, signal })
const { verdict } = await watch.untilVerdict()
const { user, system } = process.cpuUsage(before)
console.log(
  JSON.stringify({
    verdict: verdict.kind,
    ...counts,
    seconds: (Date.now() - startedAtMs) / 1_000,
    cpuMs: (user + system) / 1_000,
    peakRssMb: process.resourceUsage().maxRSS / 1_024,
  })
)
