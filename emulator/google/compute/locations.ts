/** Regions whose zones are not a, b and c. */
const ODD_REGIONS: Readonly<Record<string, string>> = {
  'us-east1': 'bcd',
  'europe-west1': 'bcd',
  'us-central1': 'abcf',
}

/** Whether the name is formed like a region's: `europe-west3`. */
export function isRegion(name: string): boolean {
  return /^[a-z]+-[a-z]+\d{1,2}$/.test(name)
}

/** Whether the zone exists: formed like a zone's name and one of its region's. */
export function isZone(name: string): boolean {
  const region = regionOf(name)
  return isRegion(region) && zonesOf(region).includes(name)
}

/** `europe-west3` of `europe-west3-a`. */
export function regionOf(zone: string): string {
  return zone.replace(/-[a-z]$/, '')
}

/** The zones of a region, in order. */
export function zonesOf(region: string): readonly string[] {
  return [...(ODD_REGIONS[region] ?? 'abc')].map((letter) => `${region}-${letter}`)
}
