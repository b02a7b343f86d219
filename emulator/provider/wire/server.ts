import { fileURLToPath } from 'node:url'
import grpc from '@grpc/grpc-js'
import loader from '@grpc/proto-loader'
import { toDiagnostic, wireDiagnostic } from './diagnostics.ts'

/** One call of terraform; `peer` names its connection, of which it has one per provider instance. */
export interface Call {
  readonly request: Readonly<Record<string, unknown>>
  readonly peer: string
}

/** The provider's side of the protocol: one function per call, whose throw becomes a diagnostic. */
export type Calls = Readonly<Record<string, (call: Call) => object | Promise<object>>>

/** A listening provider. */
export interface PluginServer {
  readonly port: number
  stop(): Promise<void>
}

/** Serves `calls` over plain gRPC on a free port of 127.0.0.1; `log` gets a line per failed call. */
export async function servePlugin(
  calls: Calls,
  log: (line: string) => void
): Promise<PluginServer> {
  const server = new grpc.Server({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  })
  server.addService(loadService(), implement(calls, log))
  const port = await listen(server)
  return { port, stop: () => shutDown(server) }
}

function loadService(): grpc.ServiceDefinition {
  const proto = fileURLToPath(new URL('plugin.proto', import.meta.url))
  const loaded = grpc.loadPackageDefinition(
    loader.loadSync(proto, { keepCase: true, longs: Number, oneofs: true })
  )
  const service: unknown = Reflect.get(Object(loaded['tfplugin5']), 'Provider')
  if (typeof service !== 'function' || !('service' in service)) {
    throw new Error('plugin.proto does not define tfplugin5.Provider.')
  }
  return service.service as grpc.ServiceDefinition
}

type Unary = grpc.handleUnaryCall<Readonly<Record<string, unknown>>, object>

function implement(calls: Calls, log: (line: string) => void): Record<string, Unary> {
  const unary = ([name, answer]: [string, Calls[string]]): [string, Unary] => [
    name,
    (call, reply) => {
      respond(() => answer({ request: call.request, peer: call.getPeer() }))
        .catch((error: unknown) => {
          log(`${name} ${String(call.request['type_name'] ?? '')}: ${String(error)}`)
          return { diagnostics: [wireDiagnostic(toDiagnostic(error))] }
        })
        .then((result) => reply(null, result))
    },
  ]
  return Object.fromEntries(Object.entries(calls).map(unary))
}

async function respond(answer: () => object | Promise<object>): Promise<object> {
  return await answer()
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    const credentials = grpc.ServerCredentials.createInsecure()
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
      if (error) reject(error)
      else resolve(port)
    })
  })
}

// A terraform that still holds its connection must not keep the process alive.
async function shutDown(server: grpc.Server): Promise<void> {
  server.forceShutdown()
}
