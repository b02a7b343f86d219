import { RealClock } from '../../emulator/clock.ts'
import { openPort } from '../../emulator/server.ts'
import { createCloud } from './cloud.ts'

/** A process of its own, so that nobody counts the cloud's memory as the watch's. Prints its URL. */
const port = await openPort(0)
const { routes } = await createCloud({
  clock: new RealClock(),
  size: 0,
  surge: 3,
  hasHealthCheck: true,
  slowness: 1,
  seed: 1,
  baseUrl: () => port.url,
})
port.serve((request) => {
  const { pathname, search } = new URL(request.url)
  return routes.request(`${pathname.replace('/compute/v1', '')}${search}`, request)
})
console.log(port.url)
