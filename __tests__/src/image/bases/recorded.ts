/**
 * What docker 28.2 with buildx 0.13.1 and a registry (distribution 2.8) really printed, the layers
 * shortened. Made with `docker buildx imagetools inspect […]`, `docker image inspect` and
 * `docker manifest inspect --verbose` on an image of one layer.
 */
export const AMD64 = 'sha256:9853e050dd0195e38d1c6381b2f5bbbf178dabee72a5ede5db9583cf8e8d4e1f'
export const ARM64 = 'sha256:3148beb4c3cea6ba6c52c086911140c29df0b18cfa0e0209867ce5a82712aee2'
export const INDEX = 'sha256:b5b2478e139e15a604114b0a4c4b5d02b5354492669849b7f6b41f9872347111'
export const LAYER = 'sha256:41ae1dcdd60a91a634d35764dfedd2c239158be70a8865d090d852fec992c084'
export const CONFIG = 'sha256:6e9043b849339a973950c13c07f6245133776d1c070ec02a2bab6c6f5204a19e'

const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json'

/** `docker buildx imagetools inspect NAME` of an image for two platforms. */
export const INSPECTED_INDEX = `Name:      127.0.0.1:5055/base:multi
MediaType: application/vnd.docker.distribution.manifest.list.v2+json
Digest:    ${INDEX}
           
Manifests: 
  Name:      127.0.0.1:5055/base:multi@${AMD64}
  MediaType: ${MANIFEST_TYPE}
  Platform:  linux/amd64
             
  Name:      127.0.0.1:5055/base:multi@${ARM64}
  MediaType: ${MANIFEST_TYPE}
  Platform:  linux/arm64
`

/** The same for an image of one platform. */
export const INSPECTED_IMAGE = `Name:      127.0.0.1:5055/base:amd64
MediaType: ${MANIFEST_TYPE}
Digest:    ${AMD64}
`

/** With `--raw`; BuildKit's index has attestations in it, too. */
export const RAW_INDEX = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifests: [
    {
      mediaType: MANIFEST_TYPE,
      digest: AMD64,
      size: 502,
      platform: { architecture: 'amd64', os: 'linux' },
    },
    {
      mediaType: MANIFEST_TYPE,
      digest: ARM64,
      size: 502,
      platform: { architecture: 'arm64', os: 'linux', variant: 'v8' },
    },
    {
      mediaType: MANIFEST_TYPE,
      digest: `sha256:${'0'.repeat(64)}`,
      size: 1,
      platform: { architecture: 'unknown', os: 'unknown' },
    },
  ],
})

export const RAW_IMAGE = JSON.stringify({
  schemaVersion: 2,
  mediaType: MANIFEST_TYPE,
  config: {
    mediaType: 'application/vnd.docker.container.image.v1+json',
    digest: CONFIG,
    size: 570,
  },
  layers: [],
})

/** With `--format={{json .Image}}` and the digest of one platform. */
export const IMAGE_CONFIG = JSON.stringify({
  architecture: 'amd64',
  os: 'linux',
  config: { Env: ['X=1'], WorkingDir: '/' },
  rootfs: { type: 'layers', diff_ids: [LAYER] },
})

/** `docker image inspect --format={{json .}}`; `id` is the configuration's digest, or the manifest's with containerd. */
export function engineImage(
  id: string,
  repoDigests: readonly string[],
  architecture = 'amd64'
): string {
  return JSON.stringify({
    Id: id,
    RepoTags: ['127.0.0.1:5055/base:amd64'],
    RepoDigests: repoDigests,
    Architecture: architecture,
    Os: 'linux',
    RootFS: { Type: 'layers', Layers: [LAYER] },
  })
}

/** `docker manifest inspect --verbose`: an object for one platform, a list for several. */
export function verboseManifest(digest: string, architecture: string): object {
  return {
    Ref: '127.0.0.1:5055/base:multi',
    Descriptor: {
      mediaType: MANIFEST_TYPE,
      digest,
      size: 502,
      platform: { architecture, os: 'linux' },
    },
  }
}
