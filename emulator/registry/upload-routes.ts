import type { Blobs, Upload } from './blobs.ts'
import { RegistryError } from './errors.ts'
import type { RegistryOptions, RegistryRequest } from './request.ts'

/** `/v2/<name>/blobs/uploads/[<id>]`: monolithic, chunked and mounted uploads. */
export async function serveUpload(
  request: RegistryRequest,
  options: RegistryOptions
): Promise<Response> {
  const { c, repository, reference: id } = request
  const { blobs } = options
  if (c.req.method === 'POST' && id === '') return startUpload(request, options)
  const upload = blobs.upload(repository, id)
  switch (c.req.method) {
    case 'GET':
      return progress(request, upload, 204)
    case 'PATCH':
      await appendChunk(request, blobs, upload)
      return progress(request, upload, 202)
    case 'PUT':
      await appendChunk(request, blobs, upload)
      return finishUpload(request, blobs, upload)
    case 'DELETE':
      await blobs.cancel(upload)
      return c.body(null, 204)
    default:
      throw new RegistryError(405, 'UNSUPPORTED', 'The operation is unsupported.')
  }
}

async function startUpload(request: RegistryRequest, options: RegistryOptions): Promise<Response> {
  const { c, repository } = request
  const { blobs } = options
  const mounted = c.req.query('mount')
  if (mounted !== undefined && mount(request, mounted, options)) {
    return created(request, mounted)
  }
  const upload = blobs.begin(repository)
  if (c.req.query('digest') === undefined) return progress(request, upload, 202)
  await appendChunk(request, blobs, upload)
  return finishUpload(request, blobs, upload)
}

/** Takes over a blob of another image, when it is there and the caller may read it. */
function mount(request: RegistryRequest, digest: string, options: RegistryOptions): boolean {
  const { c, member, repository } = request
  const [project = '', id = ''] = (c.req.query('from') ?? request.name).split('/')
  const source = options.repositories.findByPath(project, id)
  // What cannot be mounted is uploaded: the protocol knows no refusal here.
  const permission = 'artifactregistry.repositories.downloadArtifacts'
  if (!source || !options.access.holds(member, permission, source.name)) return false
  if (!options.blobs.has(`${source.project}/${source.id}`, digest)) return false
  options.blobs.link(repository, digest)
  return true
}

async function appendChunk(request: RegistryRequest, blobs: Blobs, upload: Upload): Promise<void> {
  const { incoming } = request.c.env
  const start = /^(?:bytes )?(\d+)-\d+/.exec(request.c.req.header('content-range') ?? '')?.[1]
  if (start !== undefined && Number(start) !== upload.sizeBytes) {
    throw new RegistryError(416, 'RANGE_INVALID', 'blob uploads must be appended in order')
  }
  await blobs.append(upload, incoming)
}

async function finishUpload(
  request: RegistryRequest,
  blobs: Blobs,
  upload: Upload
): Promise<Response> {
  const digest = request.c.req.query('digest') ?? ''
  await blobs.finish(upload, digest)
  return created(request, digest)
}

function created({ c, name }: RegistryRequest, digest: string): Response {
  return c.body(null, 201, {
    location: `/v2/${name}/blobs/${digest}`,
    'docker-content-digest': digest,
  })
}

function progress({ c, name }: RegistryRequest, upload: Upload, status: 202 | 204): Response {
  return c.body(null, status, {
    location: `/v2/${name}/blobs/uploads/${upload.id}`,
    range: `0-${Math.max(0, upload.sizeBytes - 1)}`,
    'docker-upload-uuid': upload.id,
  })
}
