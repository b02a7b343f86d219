import { describe, expect, it } from '@jest/globals'
import { parsePlatform, renderPlatform } from '../../../../src/image/dockerfile/platform.ts'

describe('parsePlatform', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['Linux/x86_64', 'linux/amd64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/arm64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/aarch64/8', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/6', 'linux/arm/v6'],
    ['linux/armel', 'linux/arm/v6'],
    ['linux/armhf', 'linux/arm/v7'],
    ['linux/i386', 'linux/386'],
    ['macos/arm64', 'darwin/arm64'],
  ])('brings %s into the spelling of builds', (text, expected) => {
    const platform = parsePlatform(text)
    expect(platform && renderPlatform(platform)).toBe(expected)
  })

  it.each(['linux', 'arm64', '', '/', 'a/b/c/d'])('does not guess at %j', (text) => {
    expect(parsePlatform(text)).toBeUndefined()
  })
})
