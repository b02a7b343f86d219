import { describe, expect, it } from '@jest/globals'
import { readLayout } from '../../../../src/image/push/layout.ts'
import { aLayout, digestOf, inMemory, type LayoutShape, tarOf } from './layouts.ts'

async function read(shape: LayoutShape) {
  const made = aLayout(shape)
  return { made, layout: await readLayout(async () => made.open(), '/job/image.tar') }
}

describe('readLayout', () => {
  it.each([
    ['one image', { images: 0 }, 'imageDigest', 1],
    ['an index of one image', { images: 1 }, 'imageDigest', 2],
    ['one image and how it was made', { images: 1, hasAttestation: true }, 'imageDigest', 3],
    ['two platforms', { images: 2, hasAttestation: true }, 'rootDigest', 4],
  ] as const)('deploys %s by the digest that stays', async (_, shape, which, manifests) => {
    const { made, layout } = await read(shape)
    expect(layout.digest).toBe(made[which])
    expect(layout.manifests).toHaveLength(manifests)
    expect(layout.manifests.at(-1)?.digest).toBe(made.rootDigest)
  })

  it('has each blob once, where its bytes are, and manifests byte for byte', async () => {
    const same = Buffer.from('same')
    const { made, layout } = await read({ layers: [same, same], images: 2, hasAttestation: true })
    const digests = layout.blobs.map(({ digest }) => digest)
    expect(new Set(digests).size).toBe(digests.length)
    for (const { digest, offset, sizeBytes } of layout.blobs) {
      expect(digestOf(made.bytes.subarray(offset, offset + sizeBytes))).toBe(digest)
    }
    for (const { digest, text } of layout.manifests) {
      expect(digestOf(Buffer.from(text))).toBe(digest)
    }
  })

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3000), /is missing|cut short/],
    ['empty', () => Buffer.alloc(0), /index\.json is missing/],
    ['no tar', () => Buffer.alloc(5000, 'x'), /has a header that is none/],
    [
      'an index of nothing',
      () => tarOf([{ name: 'index.json', bytes: Buffer.from('{"manifests":[]}') }]),
      /its index names 0 images/,
    ],
  ])('refuses a file that is %s', async (_, spoil, why) => {
    const bytes = spoil(aLayout().bytes)
    await expect(readLayout(async () => inMemory(bytes), '/job/image.tar')).rejects.toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringMatching(why),
    })
  })

  it('refuses a layout without one of its layers', async () => {
    const { layerDigests } = aLayout()
    const leaveOut = [(layerDigests[0] ?? '').slice('sha256:'.length)]
    await expect(read({ leaveOut })).rejects.toThrow(/blobs\/sha256\/\w+ is missing/)
  })
})
