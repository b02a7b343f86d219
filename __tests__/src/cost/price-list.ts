import type { PriceList, Sku } from '../../../src/cost/sku.ts'

/** Prices of one region in round numbers, and E2's own of 2026 (Americas). */
const HERE = ['us-central1', 'us-east1']

function sku(description: string, usd: number, unit: string, more: Partial<Sku> = {}): Sku {
  return {
    description,
    usageType: description.startsWith('Spot ') ? 'Preemptible' : 'OnDemand',
    regions: HERE,
    unit,
    nanoUsd: Math.round(usd * 1e9),
    since: '2026-10-08T07:00:00.000Z',
    ...more,
  }
}

const GLOBAL = { regions: ['global'] }

export const PRICES: PriceList = {
  asOf: '2026-10-08',
  skus: [
    sku('E2 Instance Core running in Americas', 0.0218116, 'h'),
    sku('E2 Instance Ram running in Americas', 0.0029235, 'GiBy.h'),
    sku('Spot Preemptible E2 Instance Core running in Americas', 0.01007, 'h'),
    sku('Spot Preemptible E2 Instance Ram running in Americas', 0.00135, 'GiBy.h'),
    sku('E2 Custom Instance Core running in Americas', 0.02, 'h'),
    sku('E2 Custom Instance Ram running in Americas', 0.003, 'GiBy.h'),
    sku('N1 Predefined Instance Core running in Americas', 0.03, 'h'),
    sku('N1 Predefined Instance Ram running in Americas', 0.004, 'GiBy.h'),
    sku('N2 Sole Tenancy Instance Core running in Americas', 9, 'h'),
    sku('Commitment v1: E2 Cpu in Americas for 1 Year', 9, 'h', { usageType: 'Commit1Yr' }),
    sku('E2 Instance Core running in Belgium', 9, 'h', { regions: ['europe-west1'] }),
    sku('Storage PD Capacity', 0.04, 'GiBy.mo'),
    sku('Balanced PD Capacity', 0.1, 'GiBy.mo'),
    sku('SSD backed PD Capacity', 0.17, 'GiBy.mo'),
    sku('Regional Balanced PD Capacity', 9, 'GiBy.mo'),
    sku('External IP Charge on a Standard VM', 0.005, 'h', GLOBAL),
    sku('External IP Charge on a Spot Preemptible VM', 0.0025, 'h', GLOBAL),
    sku('Networking Cloud Nat Gateway Uptime', 0.0014, 'h', GLOBAL),
    sku('Networking Cloud NAT IP Usage', 0.005, 'h', GLOBAL),
    sku('Cloud Load Balancer Forwarding Rule Minimum Global', 0.025, 'h', GLOBAL),
    sku('Cloud Load Balancer Forwarding Rule Additional Global', 0.01, 'h', GLOBAL),
    sku('Secret version replica storage', 0.06, 'mo', GLOBAL),
  ],
}
