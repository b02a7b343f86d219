import type { TokenRule } from './token-rule.ts'

type Row = readonly [prefix: string, vendor: string, shape: string]

// Prefix, vendor, and the rest of the token as a pattern: each of them is enough by itself.
const ROWS: readonly Row[] = [
  ['dop_v1_', 'DigitalOcean token', '[a-f0-9]{64}'],
  ['doo_v1_', 'DigitalOcean token', '[a-f0-9]{64}'],
  ['dor_v1_', 'DigitalOcean token', '[a-f0-9]{64}'],
  ['ABSKQmVkcm9ja0FQSUtleS', 'Amazon Bedrock key', '[A-Za-z0-9+/]{90,260}'],
  ['LTAI', 'Alibaba Cloud access key', '5t[A-Za-z0-9]{18}'],
  ['AGE-SECRET-KEY-1', 'age secret key', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'],
  ['hvs.', 'HashiCorp Vault token', '[\\w-]{90,120}'],
  ['hvb.', 'HashiCorp Vault batch token', '[\\w-]{138,300}'],
  ['pul-', 'Pulumi token', '[a-f0-9]{40}'],
  ['dapi', 'Databricks token', '[a-f0-9]{32}'],
  ['glsa_', 'Grafana service account token', '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}'],
  ['glc_eyJ', 'Grafana Cloud token', '[A-Za-z0-9+/]{50,400}'],
  ['sntrys_', 'Sentry organization token', 'eyJ[A-Za-z0-9+/=]{60,500}_[A-Za-z0-9+/]{43}'],
  ['sntryu_', 'Sentry user token', '[a-f0-9]{64}'],
  ['lin_api_', 'Linear key', '[A-Za-z0-9]{40}'],
  ['ntn_', 'Notion token', '[0-9]{11}[A-Za-z0-9]{35}'],
  ['figd_', 'Figma token', '[\\w-]{40,200}'],
  ['shpat_', 'Shopify token', '[a-fA-F0-9]{32}'],
  ['shpca_', 'Shopify token', '[a-fA-F0-9]{32}'],
  ['shppa_', 'Shopify token', '[a-fA-F0-9]{32}'],
  ['shpss_', 'Shopify shared secret', '[a-fA-F0-9]{32}'],
  ['gsk_', 'Groq key', '[A-Za-z0-9]{52}'],
  ['xai-', 'xAI key', '[A-Za-z0-9]{80}'],
  ['pplx-', 'Perplexity key', '[A-Za-z0-9]{48}'],
  ['sk-or-v1-', 'OpenRouter key', '[a-f0-9]{64}'],
  ['r8_', 'Replicate token', '[A-Za-z0-9]{37}'],
  ['lsv2_pt_', 'LangSmith key', '[a-f0-9]{32}_[a-f0-9]{10}'],
  ['lsv2_sk_', 'LangSmith key', '[a-f0-9]{32}_[a-f0-9]{10}'],
  ['pcsk_', 'Pinecone key', '[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}'],
  ['sbp_', 'Supabase token', '[a-f0-9]{40}'],
  ['sb_secret_', 'Supabase secret key', '[\\w-]{31,40}'],
  ['vcp_', 'Vercel token', '[A-Za-z0-9]{20,60}'],
  ['cfut_', 'Cloudflare token', '[A-Za-z0-9]{40}[0-9a-f]{8}'],
  ['cfat_', 'Cloudflare token', '[A-Za-z0-9]{40}[0-9a-f]{8}'],
  ['v1.0-', 'Cloudflare origin key', '[a-f0-9]{24}-[a-f0-9]{146}'],
  ['pscale_tkn_', 'PlanetScale token', '[\\w.-]{32,64}'],
  ['pscale_pw_', 'PlanetScale password', '[\\w.-]{32,64}'],
  ['PMAK-', 'Postman key', '[a-f0-9]{24}-[a-f0-9]{34}'],
  ['NRAK-', 'New Relic key', '[A-Z0-9]{27}'],
  ['xkeysib-', 'Brevo key', '[a-f0-9]{64}-[A-Za-z0-9]{16}'],
  ['ATATT3', 'Atlassian token', '[\\w=-]{150,250}'],
  ['ATBB', 'Bitbucket app password', '[A-Za-z0-9]{24}[A-F0-9]{8}'],
  ['dp.pt.', 'Doppler token', '[A-Za-z0-9]{43}'],
  ['dp.st.', 'Doppler token', '(?:[\\w-]{2,35}\\.)?[A-Za-z0-9]{40,44}'],
  ['tskey-', 'Tailscale key', '[a-z]{2,20}-[A-Za-z0-9]{8,40}-[A-Za-z0-9]{16,60}'],
  ['fm2_', 'Fly.io token', '[A-Za-z0-9+/]{100,400}'],
  ['sq0csp-', 'Square secret', '[\\w-]{43}'],
  ['EZAK', 'EasyPost key', '[A-Za-z0-9]{54}'],
  ['dt0c01.', 'Dynatrace token', '[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
  ['ops_eyJ', '1Password service account token', '[A-Za-z0-9+/_-]{250,500}'],
  ['bkua_', 'Buildkite token', '[a-f0-9]{40}'],
  ['CCIPAT_', 'CircleCI token', '[A-Za-z0-9]{22}_[a-f0-9]{40}'],
  ['sha256~', 'OpenShift token', '[\\w-]{43}'],
  ['sk.eyJ', 'Mapbox secret token', '[\\w-]{60,120}\\.[\\w-]{22}'],
  ['EAACEdEose0cBA', 'Facebook token', '[A-Za-z0-9]{20,250}'],
  ['ncp_iam_', 'Naver Cloud Platform key', '[A-Za-z0-9]{20,60}'],
]

/** Tokens of other vendors, one shape each. */
export const VENDOR_TOKENS: readonly TokenRule[] = ROWS.map(([prefix, vendor, shape]) => ({
  id: `${vendor.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
  title: vendor,
  anchors: anchorsOf(prefix),
  pattern: new RegExp(`${prefix.replaceAll('.', '\\.')}(${shape})(?![\\w-])`, 'y'),
  longest: 700,
}))

/** Three characters are too few to look for; what follows them is a letter or a digit. */
function anchorsOf(prefix: string): readonly string[] {
  if (prefix.length > 3) return [prefix]
  const next = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return [...next].map((character) => `${prefix}${character}`)
}
