import { describe, expect, it } from '@jest/globals'
import { shapeOf } from '../../../src/cost/shapes.ts'

describe('shapeOf', () => {
  it.each([
    // A quarter, a half and a whole of the two cores that they show.
    ['e2-micro', 'E2 Instance', 0.25, 1],
    ['e2-small', 'E2 Instance', 0.5, 2],
    ['e2-medium', 'E2 Instance', 1, 4],
    ['e2-standard-4', 'E2 Instance', 4, 16],
    ['e2-highcpu-8', 'E2 Instance', 8, 8],
    ['e2-highmem-2', 'E2 Instance', 2, 16],
    ['n1-standard-1', 'N1 Predefined Instance', 1, 3.75],
    ['n1-highcpu-2', 'N1 Predefined Instance', 2, 1.8],
    ['n2-standard-8', 'N2 Instance', 8, 32],
    ['n2-highmem-128', 'N2 Instance', 128, 864],
    ['n2d-highcpu-4', 'N2D AMD Instance', 4, 4],
    ['n4-highcpu-2', 'N4 Instance', 2, 4],
    ['c2-standard-4', 'Compute optimized', 4, 16],
    ['c2d-highmem-4', 'C2D AMD Instance', 4, 32],
    ['c3-highcpu-4', 'C3 Instance', 4, 8],
    ['c4-standard-2', 'C4 Instance', 2, 7],
    ['c4-standard-8', 'C4 Instance', 8, 30],
    ['t2d-standard-1', 'T2D AMD Instance', 1, 4],
    ['custom-2-5120', 'Custom Instance', 2, 5],
    ['n2-custom-4-10240', 'N2 Custom Instance', 4, 10],
    ['e2-custom-2-3072', 'E2 Custom Instance', 2, 3],
  ])('knows %s', (machineType, series, cores, memoryGib) => {
    expect(shapeOf(machineType)).toMatchObject({ series, cores, memoryGib })
  })

  it.each([
    ['memory that its name does not tell', 'c4d-standard-2'],
    ['GPUs in its price', 'a2-highgpu-1g'],
    ['local SSDs in its price', 'c3-standard-4-lssd'],
    ['a whole server', 'c3-standard-192-metal'],
    ['extended memory, which has a price of its own', 'n2-custom-2-65536-ext'],
    ['shared cores of a custom size', 'e2-custom-small-2048'],
    ['no custom sizes in its series', 'c3-custom-4-8192'],
    ['a class that its series lacks', 't2d-highmem-2'],
    ['a series of the future', 'e9-standard-2'],
    ['no size', 'e2-standard'],
    ['a size that is none', 'e2-standard-x'],
    ['nothing', ''],
    ['a word of the language', 'constructor-constructor-2'],
  ])('does not guess: %s', (_, machineType) => {
    expect(shapeOf(machineType)).toBeUndefined()
  })

  it('tells where Google takes something off by itself', () => {
    const discounted = ['n1-standard-1', 'n2-standard-2', 'n2d-standard-2', 'c2-standard-4']
    expect(discounted.map((type) => shapeOf(type)?.hasSustainedUseDiscount)).toEqual(
      discounted.map(() => true)
    )
    expect(shapeOf('e2-small')?.hasSustainedUseDiscount).toBe(false)
  })
})
