import { renderPlanReport } from '../../src/report/plan-comment.ts'

/** `node bench/plan-report/render.ts COUNT`: renders one plan of so many changes; figures as JSON. */
const count = Number(process.argv[2])
const plan: unknown = JSON.parse(JSON.stringify(aPlan(count)))
const bareRssMb = process.memoryUsage().rss / 1e6
const startedAt = performance.now()
const { comment, summary } = renderPlanReport({
  name: 'mervis',
  plan,
  terraformVersion: '1.11.4',
  planHash: 'a'.repeat(64),
  commit: 'b'.repeat(40),
  runUrl: 'https://github.com/mervis/mervis/actions/runs/1',
  secrets: ['a-known-secret'],
  sensitiveVariables: [],
  marker: '<!-- marker -->',
})
const ms = performance.now() - startedAt
if (comment.length > 65_536 || summary.length === 0) throw new Error('That is no comment.')
const peakRssMb = process.resourceUsage().maxRSS / 1e3
process.stdout.write(JSON.stringify({ changes: count, ms, bareRssMb, peakRssMb }))

/** Of all kinds, with some blocks, lists and settings in each: 1.2 KB of JSON for a change. */
function aPlan(changes: number): unknown {
  const actions = [['create'], ['update'], ['delete'], ['delete', 'create']]
  return {
    format_version: '1.2',
    resource_changes: Array.from({ length: changes }, (_, index) => {
      const action = actions[index % actions.length] ?? []
      return {
        address: `module.service.google_compute_instance.vm[${index}]`,
        mode: 'managed',
        type: 'google_compute_instance',
        change: {
          actions: action,
          before: action.includes('create') && action.length === 1 ? null : values(index, 'before'),
          after: action.includes('delete') && action.length === 1 ? null : values(index, 'after'),
          after_unknown: { id: true },
          before_sensitive: {},
          after_sensitive: { metadata: { password: true } },
        },
      }
    }),
  }
}

function values(index: number, state: string): unknown {
  return {
    name: `vm-${index}`,
    machine_type: state === 'before' ? 'e2-small' : 'e2-medium',
    labels: { app: 'mervis', state, shard: String(index % 7) },
    metadata: {
      password: `secret-${index % 100}`,
      'app-env': `MODE=${state}\nREGION=europe-west1\n`,
    },
    boot_disk: [{ auto_delete: true, initialize_params: [{ size: 10, type: 'pd-balanced' }] }],
    tags: ['web', state, `shard-${index % 7}`],
  }
}
