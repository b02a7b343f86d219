import { buildDataSources } from './data-sources/catalogue.ts'
import { buildResources } from './resources/catalogue.ts'
import { loadSchema } from './schema.ts'
import { ProviderService } from './service.ts'
import { type Environment, readPeerEnvironment } from './session/environment.ts'
import { openSession } from './session/session.ts'
import { servePlugin } from './wire/server.ts'

/** What the provider cannot know by itself. */
export interface ProviderOptions {
  /** Where the APIs are, and whose identity to act with where terraform's own is out of reach. */
  readonly fallbackEnvironment: Environment
  readonly log?: (line: string) => void
}

/** A provider that terraform can be attached to. */
export interface RunningProvider {
  /** The value of TF_REATTACH_PROVIDERS. */
  readonly reattach: string
  stop(): Promise<void>
}

/** Serves the stand-in hashicorp/google from this process, on a free port of 127.0.0.1. */
export async function startProvider(options: ProviderOptions): Promise<RunningProvider> {
  const schema = loadSchema()
  const fallback = options.fallbackEnvironment
  const listening: { port: number } = { port: 0 }
  const service = new ProviderService({
    schema,
    resources: buildResources(schema),
    dataSources: buildDataSources(schema),
    configure: async (config, terraformVersion, peer) => {
      const own = await readPeerEnvironment(connectionOf(peer, listening.port))
      return openSession({ config, terraformVersion, environment: own ?? fallback, fallback })
    },
  })
  const server = await servePlugin(service.calls(), options.log ?? (() => undefined))
  listening.port = server.port
  return { reattach: renderReattach(server.port), stop: () => server.stop() }
}

function connectionOf(peer: string, port: number): { localPort: number; remotePort: number } {
  return { localPort: Number(peer.slice(peer.lastIndexOf(':') + 1)), remotePort: port }
}

// Test makes terraform leave the process alone when it ends; the pid must be one that lives.
function renderReattach(port: number): string {
  return JSON.stringify({
    'registry.terraform.io/hashicorp/google': {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: process.pid,
      Test: true,
      Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
    },
  })
}
