import { renderDuration } from '../../lib/duration.ts'
import type { Layout } from './layout.ts'
import { BlobUpload, shortDigest, type UploadOptions, type UploadPorts } from './upload.ts'

const AT_ONCE = 4

/**
 * Brings a layout into the registry: blobs side by side, then the manifests, those that are named
 * by others first. A blob that the registry has is not sent again, so that what breaks off goes on
 * where it was.
 */
export async function pushLayout(
  ports: UploadPorts,
  layout: Layout,
  options: UploadOptions
): Promise<void> {
  const startedAt = ports.clock.now()
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const waiting = [...layout.blobs].sort((a, b) => b.sizeBytes - a.sizeBytes)
  let sentBytes = 0
  const work = async (): Promise<void> => {
    for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
      const wasSent = await new BlobUpload(ports, { ...options, signal }, blob).run()
      if (wasSent) sentBytes += blob.sizeBytes
      const megabytes = `${(blob.sizeBytes / 1e6).toFixed(1)} MB`
      ports.log.info(
        `${shortDigest(blob.digest)}: ${wasSent ? `sent ${megabytes}` : 'the registry has it'}`
      )
    }
  }
  await allOrNone(stop, Array.from({ length: AT_ONCE }, work))
  for (const manifest of layout.manifests) {
    await options.registry.putManifest(manifest.digest, manifest)
  }
  const took = renderDuration(ports.clock.now() - startedAt)
  ports.log.info(`Pushed ${(sentBytes / 1e6).toFixed(1)} MB in ${took}`)
}

/** When one fails the others are stopped and waited for; its error is the one thrown. */
async function allOrNone(stop: AbortController, tasks: readonly Promise<void>[]): Promise<void> {
  try {
    await Promise.all(tasks)
  } catch (error) {
    stop.abort(error)
    await Promise.allSettled(tasks)
    throw error
  }
}
