import { describe, expect, it } from '@jest/globals'
import { frontendOf } from '../../../../../src/image/dockerfile/text/directives.ts'

describe('frontendOf', () => {
  it.each([
    ['# syntax=docker/dockerfile:1\nFROM a', 'docker/dockerfile:1'],
    ['#syntax = docker/dockerfile:1  \r\nFROM a', 'docker/dockerfile:1'],
    ['\uFEFF# SYNTAX=a/b@sha256:0\n', 'a/b@sha256:0'],
    ['# check=skip=all\n# syntax=a/b\n', 'a/b'],
    ['# syntax=a/b some words\n', 'a/b'],
    ['#!/usr/bin/env docker\n# syntax=a/b\n', 'a/b'],
    ['// syntax=a/b\n', 'a/b'],
    ['{"syntax": "a/b", "x": 1}', 'a/b'],
    ['# hello\n# syntax=a/b\n', undefined],
    ['\n# syntax=a/b\n', undefined],
    ['FROM a\n# syntax=a/b\n', undefined],
    ['# syntax=\nFROM a', undefined],
    ['# check=a\n# check=b\n# syntax=a/b\n', undefined],
    ['', undefined],
  ])('reads %j', (text, expected) => {
    expect(frontendOf(text)).toBe(expected)
  })
})
