export const id = 190;
export const ids = [190];
export const modules = {

/***/ 8190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeDeploy: () => (/* binding */ composeDeploy)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(6058);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/adapters/clock.js

const systemClock = {
    now: () => Date.now(),
    sleep: async (durationMs, signal) => {
        try {
            await (0,promises_.setTimeout)(durationMs, undefined, { signal });
        }
        catch (error) {
            // The timer throws its own AbortError; the reason says who stopped us and why.
            signal.throwIfAborted();
            throw error;
        }
    },
};

// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/adapters/files.js


const localFiles = {
    read: (path) => (0,external_node_fs_promises_.readFile)(path, 'utf8'),
    writePrivate: async (path, content) => {
        await (0,external_node_fs_promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true, mode: 0o700 });
        await (0,external_node_fs_promises_.writeFile)(path, content, { mode: 0o600 });
        // The mode of writeFile counts only for a file that was not there before.
        await (0,external_node_fs_promises_.chmod)(path, 0o600);
    },
    copyFolder: (from, to) => (0,external_node_fs_promises_.cp)(from, to, { recursive: true, force: true }),
    makeFolder: async (path) => {
        await (0,external_node_fs_promises_.mkdir)(path, { recursive: true, mode: 0o700 });
    },
    remove: (path) => (0,external_node_fs_promises_.rm)(path, { recursive: true, force: true }),
};

// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/lib/json.js
/** Readers for JSON that came from outside: a wrong shape reads as absent, never as a crash. */
function asRecord(value) {
    return isRecord(value) ? value : {};
}
function isRecord(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function asList(value) {
    return Array.isArray(value) ? value : [];
}
function asText(value) {
    return typeof value === 'string' ? value : '';
}
function asNumber(value) {
    return typeof value === 'number' ? value : undefined;
}
/** The parsed text, or undefined when it is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        // Not JSON is an expected answer (a proxy's HTML page, an empty body): the caller decides.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/google/diagnosis.js

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
function readFailure(status, body) {
    const parsed = asRecord(parseJson(body));
    const error = asRecord(parsed['error']);
    const info = asRecord(asList(error['details']).find((detail) => asText(asRecord(detail)['@type']).endsWith('ErrorInfo')));
    const first = asRecord(asList(error['errors'])[0] ?? asList(parsed['errors'])[0]);
    const reason = asText(info['reason']) || asText(first['reason']) || asText(first['code']);
    const message = asText(error['message']) || asText(first['message']) || asText(parsed['error_description']);
    return {
        status,
        reason: reason || asText(error['status']) || asText(parsed['error']),
        message: message || quoted(body),
        details: asRecord(info['metadata']),
    };
}
function quoted(body) {
    const text = body.replace(/\s+/g, ' ').trim();
    if (text === '')
        return 'an empty answer';
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
/** The role that carries a permission, least first (Google's IAM reference; order matters). */
const ROLE_OF_PERMISSION = [
    ['artifactregistry.repositories.uploadArtifacts', 'roles/artifactregistry.writer'],
    ['artifactregistry.repositories.downloadArtifacts', 'roles/artifactregistry.reader'],
    ['artifactregistry.', 'roles/artifactregistry.admin'],
    ['compute.firewalls.', 'roles/compute.securityAdmin'],
    ['compute.networks.', 'roles/compute.networkAdmin'],
    ['compute.subnetworks.', 'roles/compute.networkAdmin'],
    ['compute.healthChecks.', 'roles/compute.networkAdmin'],
    ['compute.', 'roles/compute.instanceAdmin.v1'],
    ['iam.serviceAccounts.getAccessToken', 'roles/iam.workloadIdentityUser'],
    ['iam.serviceAccounts.actAs', 'roles/iam.serviceAccountUser'],
    ['iam.serviceAccounts.', 'roles/iam.serviceAccountAdmin'],
    ['secretmanager.versions.access', 'roles/secretmanager.secretAccessor'],
    ['secretmanager.versions.get', 'roles/secretmanager.viewer'],
    ['secretmanager.', 'roles/secretmanager.admin'],
    ['serviceusage.', 'roles/serviceusage.serviceUsageAdmin'],
    ['storage.objects.', 'roles/storage.objectUser'],
];
/** Not a host name: `compute.googleapis.com` looks like one and is none. */
const PERMISSION = /\b[a-z]+(?:\.(?!googleapis|com\b)[A-Za-z]+){2}\b/g;
/** As gcloud matches it: some APIs say only in words that they are off. */
const API_OFF = /console\.(?:cloud|developers)\.google\.com\/apis\/api\/([^/]+)\/overview/;
/** The next command for a failure that we know, or undefined. */
function fixFor(failure, projectId) {
    const { reason, message, details } = failure;
    const disabled = reason === 'SERVICE_DISABLED' ? asText(details['service']) : API_OFF.exec(message)?.[1];
    if (disabled) {
        return `Run: gcloud services enable ${disabled} --project ${projectId} (it takes effect within some minutes).`;
    }
    if (reason === 'SERVICE_ACCOUNT_ACCESS_DENIED') {
        return 'Grant roles/iam.serviceAccountUser on the VM service account to the deployer.';
    }
    if (failure.status !== 403 && failure.status !== 401)
        return undefined;
    for (const permission of [asText(details['permission']), ...(message.match(PERMISSION) ?? [])]) {
        const role = ROLE_OF_PERMISSION.find(([prefix]) => permission.startsWith(prefix))?.[1];
        if (role)
            return `Grant ${role} (it holds ${permission}) to the deployer in project ${projectId}.`;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/google/federation-failure.js

/** Google's words and what they mean (documentation of workload identity federation, troubleshooting). */
const HINTS = [
    [
        /attribute condition/i,
        'The attribute condition of the workload identity provider does not admit this job: compare repository id, owner id, ref and environment with the condition.',
    ],
    [
        /audience/i,
        'Check the input "workload_identity_provider": the full name of the provider (not of the pool) with the project NUMBER; pool and provider must exist and be enabled.',
    ],
    [
        /getAccessToken/,
        'Grant roles/iam.workloadIdentityUser on the service account to the principalSet of this repository; it takes effect within 5 minutes.',
    ],
    [
        /127 bytes/,
        'Map a shorter attribute to google.subject in the provider, such as assertion.repository_id.',
    ],
    [
        /SERVICE_DISABLED|has not been used in project/,
        'Run: gcloud services enable iamcredentials.googleapis.com sts.googleapis.com',
    ],
];
const OTHERWISE = 'Check the inputs "workload_identity_provider" and "service_account", and that the job has `permissions: id-token: write`.';
/** Says which of the three steps failed, in Google's or GitHub's own words. */
function explainFederationFailure(failure) {
    const step = stepOf(failure.url);
    if (failure.status === undefined) {
        return {
            said: `Could not sign in to Google Cloud: ${step} did not answer (${failure.message}).`,
            hint: 'Run the job again; if it stays so, check the network of the runner.',
        };
    }
    const { message } = readFailure(failure.status, failure.body);
    return {
        said: `Could not sign in to Google Cloud: ${step} answered ${failure.status}: ${message}`,
        hint: HINTS.find(([pattern]) => pattern.test(message) || pattern.test(failure.body))?.[1] ??
            OTHERWISE,
    };
}
function stepOf(url) {
    if (url.includes(':generateAccessToken'))
        return 'the service account (IAM credentials)';
    if (/\/v1\/token$/.test(url))
        return 'the security token service (STS)';
    return "GitHub's OIDC endpoint";
}

;// CONCATENATED MODULE: ./lib/lib/network-reason.js
/**
 * What went wrong on the wire, in a few words: "connect ECONNREFUSED 127.0.0.1:443". The innermost
 * cause says most, and HTTP libraries put a whole URL in front of it.
 */
function networkReason(error) {
    if (typeof error !== 'object' || error === null)
        return String(error);
    const { cause, message } = error;
    if (typeof cause === 'object' && cause !== null && 'message' in cause)
        return networkReason(cause);
    const text = typeof message === 'string' ? message : String(error);
    return /\breason: (.+)$/s.exec(text)?.[1]?.trim() || text;
}

;// CONCATENATED MODULE: ./lib/adapters/google-token.js





/** Direct federated tokens live for 5 minutes: the library's own margin of 5 would never reuse one. */
const REFRESH_BEFORE_MS = 90_000;
/**
 * Access tokens by workload identity federation; each new one is given to `mask` before anyone
 * sees it. Callers at the same time share one exchange.
 *
 * @throws ActionError AUTH_FAILED
 */
function federatedTokens(credentials, mask) {
    // The library's type knows every kind of source; ours is built for exactly one of them.
    const client = new src.IdentityPoolClient({
        ...credentials,
        scopes: ['https://www.googleapis.com/auth/cloud-platform'],
        eagerRefreshThresholdMillis: REFRESH_BEFORE_MS,
    });
    let known = '';
    let running;
    const exchange = async () => {
        try {
            const { token } = await client.getAccessToken();
            if (!token)
                throw new Error('the answer held no token');
            if (token !== known)
                mask(token);
            known = token;
            return token;
        }
        catch (error) {
            throw toActionError(error);
        }
    };
    return {
        accessToken: () => {
            running ??= exchange().finally(() => {
                running = undefined;
            });
            return running;
        },
    };
}
// The library throws errors of several classes, some of them plain ones that carry the answer of
// another: what counts is what they carry.
function toActionError(error) {
    const { response, config } = asRecord(error);
    const { status, data } = asRecord(response);
    const { said, hint } = explainFederationFailure({
        url: String(asRecord(config)['url'] ?? ''),
        status: asNumber(status),
        body: typeof data === 'string' ? data : JSON.stringify(data ?? ''),
        message: networkReason(error),
    });
    // No cause: the library's error carries the request, and the request carries tokens.
    return new lib_errors/* ActionError */.l('AUTH_FAILED', said, { hint });
}

;// CONCATENATED MODULE: ./lib/adapters/http.js

/**
 * HTTP through gaxios, which google-auth-library brings along: it honours HTTP(S)_PROXY and
 * NO_PROXY, as Node's own fetch does not. It never retries: policy is the client's affair.
 */
function gaxiosHttp() {
    const client = new src.gaxios.Gaxios();
    return {
        send: async ({ method, url, headers, body, timeoutMs, signal }) => {
            const response = await client.request({
                method: method,
                url,
                headers: { ...headers },
                ...(body !== undefined && { body }),
                timeout: timeoutMs,
                signal,
                responseType: 'text',
                retry: false,
                validateStatus: () => true,
            });
            return {
                status: response.status,
                headers: Object.fromEntries(response.headers),
                body: typeof response.data === 'string' ? response.data : '',
            };
        },
    };
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./lib/adapters/lines.js

/** Cuts a stream of bytes into whole lines; a character split between two chunks stays whole. */
class LineSplitter {
    #decoder = new external_node_string_decoder_.StringDecoder('utf8');
    #onLine;
    #rest = '';
    constructor(onLine) {
        this.#onLine = onLine;
    }
    write(chunk) {
        const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
        this.#rest = lines.pop() ?? '';
        for (const line of lines)
            this.#onLine(line.replace(/\r$/, ''));
    }
    /** Hands over what stands behind the last line break. */
    end() {
        const rest = this.#rest + this.#decoder.end();
        this.#rest = '';
        if (rest !== '')
            this.#onLine(rest);
    }
}

;// CONCATENATED MODULE: ./lib/adapters/processes.js




/**
 * Starts tools without a shell. Short questions go through @actions/exec; work that can be stopped
 * is spawned here, because exec cannot signal its child (actions/toolkit#1534). The children never
 * get the inputs, nor the right to ask GitHub for tokens.
 */
class ProcessRunner {
    #environment;
    constructor(environment) {
        this.#environment = environment;
    }
    async run(tool, args, options = {}) {
        const { getExecOutput } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 1955));
        const asked = getExecOutput(tool, [...args], {
            silent: true,
            ignoreReturnCode: true,
            env: this.#childEnvironment(options.env),
            ...(options.cwd !== undefined && { cwd: options.cwd }),
        });
        // With exit codes ignored only a tool that cannot be started is left to fail.
        return asked.catch((cause) => {
            throw cannotStart(tool, options.cwd, cause);
        });
    }
    runInterruptible(tool, args, options) {
        options.signal.throwIfAborted();
        const { promise, resolve, reject } = Promise.withResolvers();
        const child = (0,external_node_child_process_.spawn)(tool, args, {
            cwd: options.cwd,
            env: this.#childEnvironment(options.env),
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const texts = { stdout: '', stderr: '' };
        for (const stream of ['stdout', 'stderr']) {
            const lines = new LineSplitter((line) => {
                texts[stream] += `${line}\n`;
                options.onLine?.(line);
            });
            child[stream].on('data', (chunk) => lines.write(chunk));
            child[stream].on('end', () => lines.end());
        }
        // One SIGINT and no more: a second one makes terraform leave its state lock behind.
        let interrupted = false;
        let timedOut = false;
        const interrupt = () => {
            if (!interrupted)
                child.kill('SIGINT');
            interrupted = true;
        };
        const timer = setTimeout(() => {
            timedOut = true;
            interrupt();
        }, options.timeoutMs);
        options.signal.addEventListener('abort', interrupt, { once: true });
        const settle = () => {
            clearTimeout(timer);
            options.signal.removeEventListener('abort', interrupt);
        };
        child.on('error', (cause) => {
            settle();
            reject(cannotStart(tool, options.cwd, cause));
        });
        child.on('close', (code) => {
            settle();
            resolve({ ...texts, exitCode: code ?? 137, timedOut });
        });
        return promise;
    }
    #childEnvironment(more = {}) {
        const inherited = Object.entries(this.#environment).filter(([name]) => !isOurs(name));
        const merged = { ...Object.fromEntries(inherited), ...more };
        return Object.fromEntries(Object.entries(merged).filter((entry) => entry[1] !== undefined));
    }
}
function isOurs(name) {
    return name.startsWith('INPUT_') || name.startsWith('ACTIONS_') || name.startsWith('STATE_');
}
// Node blames the tool when it is the folder that is missing.
function cannotStart(tool, cwd, cause) {
    const why = cwd !== undefined && !(0,external_node_fs_.existsSync)(cwd) ? `there is no folder ${cwd}` : cause.message;
    return new lib_errors/* ActionError */.l('TOOL_MISSING', `Could not start ${tool}: ${why}`, { cause });
}

;// CONCATENATED MODULE: ./lib/adapters/runner-log.js
/** What ends a line for the runner: a lone carriage return does, too. */
const LINE_BREAK = /\r\n|\r|\n/;
/**
 * The job's log. Every text passes the redactor, and no line of it can be taken for a workflow
 * command, whoever wrote it (build output, a VM's log lines).
 */
class RunnerLog {
    #runner;
    #redactor;
    #label;
    constructor(runner, redactor, label = '') {
        this.#runner = runner;
        this.#redactor = redactor;
        this.#label = label;
    }
    debug(message) {
        for (const line of this.#redactor.redact(message).split(LINE_BREAK)) {
            this.#runner.debug(this.#safe(line));
        }
    }
    info(message) {
        for (const line of this.#redactor.redact(message).split(LINE_BREAK))
            this.#runner.info(this.#safe(line));
    }
    warning(message) {
        this.#runner.warning(this.#redactor.redact(message));
    }
    mask(secret) {
        this.#redactor.add(secret);
        this.#runner.setSecret(secret);
    }
    async group(title, work) {
        this.#runner.startGroup(this.#redactor.redact(title));
        try {
            return await work();
        }
        finally {
            this.#runner.endGroup();
        }
    }
    labelled(label) {
        return new RunnerLog(this.#runner, this.#redactor, `${label.padEnd(9)} │ `);
    }
    #safe(text) {
        // `##[` is obeyed anywhere in a line, `::` at its beginning (actions/runner, ActionCommand).
        const line = this.#label + text.replaceAll('##[', '## [');
        return /^\s*::/.test(line) ? `│ ${line}` : line;
    }
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./lib/adapters/tool-cache.js





/** The runner's tool cache; the library behind it is loaded only when something must be looked up. */
const runnerToolCache = {
    find: async (name, version) => (await load()).find(name, version) || undefined,
    download: async (url) => (await load()).downloadTool(url),
    keepZip: async (zipPath, name, version) => {
        const folder = await (0,external_node_fs_promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_path_.dirname)(zipPath), 'unpacked-'));
        await unpack(zipPath, folder);
        const kept = await (await load()).cacheDir(folder, name, version);
        await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
        return kept;
    },
    sha256: async (path) => {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(path), hash);
        return hash.digest('hex');
    },
};
function load() {
    return __webpack_require__.e(/* import() */ 805).then(__webpack_require__.bind(__webpack_require__, 9805));
}
/**
 * Writes the files at the top of a zip, executable. The tool cache's own extractZip wants a program
 * called unzip, which a self-hosted runner may not have.
 */
async function unpack(zipPath, folder) {
    const { unzipSync } = await __webpack_require__.e(/* import() */ 306).then(__webpack_require__.bind(__webpack_require__, 1306));
    const entries = unzipSync(await (0,external_node_fs_promises_.readFile)(zipPath), { filter: ({ name }) => !name.includes('/') });
    await Promise.all(Object.entries(entries).map(([name, content]) => (0,external_node_fs_promises_.writeFile)((0,external_node_path_.join)(folder, name), content, { mode: 0o755 })));
}

;// CONCATENATED MODULE: ./lib/image/build.js

const TIMEOUT_MS = 60 * 60_000;
const LAST_LINES = 15;
/**
 * Builds the image into the local engine and returns its id. The user's own Docker configuration
 * is used as it is, so that private base images work.
 *
 * @throws ActionError IMAGE_BUILD_FAILED with the build's last lines
 */
async function buildImage({ commands, files, log }, engine, options) {
    const idPath = `${options.workDirectory}/image-id`;
    await files.remove(idPath);
    await files.makeFolder(options.workDirectory);
    const lines = [];
    const { exitCode, timedOut } = await commands.runInterruptible('docker', [...buildCommand(engine), ...renderArguments(options, idPath)], {
        env: { ...buildEnvironment(options), ...(!engine.hasBuildx && { DOCKER_BUILDKIT: '0' }) },
        signal: options.signal,
        timeoutMs: TIMEOUT_MS,
        onLine: (line) => {
            if (line.trim() === '')
                return;
            log.info(line);
            lines.push(line);
            if (lines.length > LAST_LINES)
                lines.shift();
        },
    });
    options.signal.throwIfAborted();
    if (exitCode !== 0)
        throw buildFailed(options, timedOut ? 'it took over an hour' : `exit code ${exitCode}`, lines);
    return (await files.read(idPath)).trim();
}
function buildCommand({ hasBuildx }) {
    // --load: a builder in a container would else keep the image to itself.
    return hasBuildx ? ['buildx', 'build', '--load', '--progress=plain'] : ['build'];
}
// Docker's client reads these itself: given through the environment they would change the client.
const CLIENT_VARIABLE = /^(PATH|HOME|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|HTTPS?_PROXY|NO_PROXY)$/i;
function renderArguments(options, idPath) {
    const { context, dockerfile, target, buildArgs, labels } = options;
    return [
        `--iidfile=${idPath}`,
        ...(dockerfile === undefined ? [] : [`--file=${dockerfile}`]),
        ...(target === undefined ? [] : [`--target=${target}`]),
        // A name without "=" takes the value from the environment: no value in argv.
        ...[...buildArgs].map(([name, value]) => CLIENT_VARIABLE.test(name) ? `--build-arg=${name}=${value}` : `--build-arg=${name}`),
        ...[...labels].map(([name, value]) => `--label=${name}=${value}`),
        '--',
        context,
    ];
}
function buildEnvironment({ buildArgs }) {
    return Object.fromEntries([...buildArgs].filter(([name]) => !CLIENT_VARIABLE.test(name)));
}
function buildFailed(options, why, lines) {
    const file = options.dockerfile ?? `${options.context}/Dockerfile`;
    return new lib_errors/* ActionError */.l('IMAGE_BUILD_FAILED', `Building the image from ${file} failed (${why}). Its last lines:\n${lines.join('\n')}`);
}

;// CONCATENATED MODULE: ./lib/image/engine.js

/**
 * Asks Docker what there is.
 *
 * @throws ActionError IMAGE_NO_ENGINE when the engine does not answer
 */
async function findEngine(commands) {
    const [server, buildx, context] = await Promise.all([
        commands.run('docker', ['version', '--format', '{{.Server.Version}}']),
        commands.run('docker', ['buildx', 'version']),
        commands.run('docker', ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']),
    ]).catch(noDocker);
    if (server.exitCode !== 0) {
        throw new lib_errors/* ActionError */.l('IMAGE_NO_ENGINE', `Docker cannot build the image: ${lastLine(server.stderr) || 'the engine does not answer.'}`, {
            hint: 'Use a runner with Docker (ubuntu-latest has it), or start the engine before this step.',
        });
    }
    return { hasBuildx: buildx.exitCode === 0, host: context.stdout.trim() };
}
function noDocker(cause) {
    throw new lib_errors/* ActionError */.l('IMAGE_NO_ENGINE', 'There is no docker command on this runner.', {
        cause,
        hint: 'Use a runner with Docker (ubuntu-latest has it), or install it before this step.',
    });
}
/** The last line that says something. */
function lastLine(text) {
    return text.trim().split('\n').pop()?.trim() ?? '';
}

;// CONCATENATED MODULE: ./lib/image/reference.js
/** The image that a template names: only a digest stays what it is. */
function renderDigestReference({ host, path }, digest) {
    return `${host}/${path}@${digest}`;
}
function renderTagReference({ host, path }, tag) {
    return `${host}/${path}:${tag}`;
}
/** The digest behind `@`, or empty. */
function digestOf(reference) {
    return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] ?? '';
}
/** The repository of a reference by digest, such as `renderDigestReference` makes. */
function repositoryOf(reference) {
    const [name = ''] = reference.split('@');
    const at = name.indexOf('/');
    return { host: name.slice(0, at), path: name.slice(at + 1) };
}
/** The tag that keeps a release's image from being cleaned up as long as the release is kept. */
function releaseTag(releaseId) {
    return `release-${releaseId}`;
}
/** The tag under which a built image is found again: its own id, which the engine derives from its content. */
function buildTag(imageId) {
    return `build-${imageId.replace(/^sha256:/, '')}`;
}
/** A domain-scoped project (`example.com:mervis`) is written with a slash in image names. */
function imageRepository(host, { projectId, repositoryId, name }) {
    return { host, path: `${projectId.replace(':', '/')}/${repositoryId}/${name}` };
}

;// CONCATENATED MODULE: ./lib/image/registry.js



const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const MANIFEST_TYPES = [
    'application/vnd.oci.image.index.v1+json',
    OCI_MANIFEST,
    'application/vnd.docker.distribution.manifest.list.v2+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/**
 * Looks a tag or digest up (https://distribution.github.io/distribution/spec/api/); undefined when
 * the image, or the repository itself, is not there yet.
 */
async function findManifest(google, repository, reference) {
    const answer = await fetchManifest(google, repository, reference);
    const digest = answer.headers['docker-content-digest'];
    if (answer.status === 404 || digest === undefined)
        return undefined;
    return { digest, configDigest: asText(asRecord(asRecord(answer.json)['config'])['digest']) };
}
/**
 * Gives an image that is in the registry one more tag; the same tag again changes nothing.
 *
 * @throws ActionError IMAGE_MISSING when the registry does not have the digest
 */
async function tagManifest(google, reference, tag) {
    const repository = repositoryOf(reference);
    const answer = await fetchManifest(google, repository, digestOf(reference));
    if (answer.status === 404) {
        throw new lib_errors/* ActionError */.l('IMAGE_MISSING', `The image ${reference} is not in the registry.`, {
            hint: 'Somebody may have deleted it: run the job again, which builds and pushes it anew.',
        });
    }
    await google.request({
        service: 'registry',
        method: 'PUT',
        path: `v2/${repository.path}/manifests/${tag}`,
        headers: { 'content-type': answer.headers['content-type'] ?? OCI_MANIFEST },
        body: answer.text,
        purpose: `tag ${repository.path} with ${tag}`,
    });
}
function fetchManifest(google, { path }, reference) {
    return google.request({
        service: 'registry',
        method: 'GET',
        path: `v2/${path}/manifests/${reference}`,
        headers: { accept: MANIFEST_TYPES.join(', ') },
        purpose: `look up ${path}:${reference}`,
        accept: [404],
    });
}

;// CONCATENATED MODULE: ./lib/image/push.js






const push_TIMEOUT_MS = 60 * 60_000;
/**
 * Brings the built image into the registry unless it is there already, and returns it by manifest
 * digest. An image is there when the tag of its id leads to a manifest with exactly that id.
 *
 * @throws ActionError IMAGE_PUSH_FAILED, GCP_*
 */
async function pushImage(ports, engine, options) {
    const { imageId, repository } = options;
    const known = await findManifest(ports.google, repository, buildTag(imageId));
    if (known && (known.configDigest === imageId || known.digest === imageId)) {
        ports.log.info(`The registry has this image already: ${known.digest}`);
        return { reference: renderDigestReference(repository, known.digest), wasPushed: false };
    }
    await pushThroughEngine(ports, engine, options);
    const digest = await confirmedDigest(ports, options);
    return { reference: renderDigestReference(repository, digest), wasPushed: true };
}
async function pushThroughEngine(ports, engine, options) {
    const { commands, files, tokens, log } = ports;
    const configDirectory = `${options.workDirectory}/docker-config`;
    const tag = renderTagReference(options.repository, buildTag(options.imageId));
    await expectSuccess(commands.run('docker', ['tag', options.imageId, tag]), options);
    await files.writePrivate(`${configDirectory}/config.json`, renderLogin(options.repository.host, await tokens.accessToken()));
    try {
        log.info(`Pushing ${tag}`);
        const pushed = commands.runInterruptible('docker', ['push', '--quiet', tag], {
            // The user's own configuration stays untouched; their engine is still the one that pushes.
            env: { DOCKER_CONFIG: configDirectory, ...(engine.host && { DOCKER_HOST: engine.host }) },
            signal: options.signal,
            timeoutMs: push_TIMEOUT_MS,
        });
        await expectSuccess(pushed, options);
    }
    finally {
        await files.remove(configDirectory);
    }
}
/** The login that `docker login` would write, without its round trip and without the user's file. */
function renderLogin(host, token) {
    const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64');
    return JSON.stringify({ auths: { [host]: { auth } } });
}
async function expectSuccess(command, options) {
    const { exitCode, stderr } = await command;
    options.signal.throwIfAborted();
    if (exitCode === 0)
        return;
    const said = lastLine(stderr) || `docker ended with exit code ${exitCode} and said nothing`;
    const { host, path } = options.repository;
    throw new lib_errors/* ActionError */.l('IMAGE_PUSH_FAILED', `Could not push the image to ${host}/${path}: ${said}`, {
        hint: fixFor({ status: 403, reason: '', message: said, details: {} }, options.projectId),
    });
}
// The engine says what it pushed, the registry what it has: only when both agree it goes on.
async function confirmedDigest({ commands, google }, options) {
    const { repository, imageId } = options;
    const inspected = await commands.run('docker', [
        'image',
        'inspect',
        '--format',
        '{{json .RepoDigests}}',
        imageId,
    ]);
    const pushed = asList(parseJson(inspected.stdout)).map(asText);
    const remote = await findManifest(google, repository, buildTag(imageId));
    if (remote === undefined || !pushed.includes(renderDigestReference(repository, remote.digest))) {
        throw new lib_errors/* ActionError */.l('IMAGE_PUSH_FAILED', `The registry has ${remote?.digest ?? 'nothing'} where the image was pushed to ${repository.host}/${repository.path}, and the engine says it pushed ${pushed.map(digestOf).join(', ') || 'nothing'}.`, { hint: 'Somebody may have pushed at the same time: run the job again.' });
    }
    return remote.digest;
}

// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
;// CONCATENATED MODULE: ./lib/lib/stopwatch.js
/** Times named pieces of work, also those that run side by side. */
class Stopwatch {
    #clock;
    #laps = [];
    constructor(clock) {
        this.#clock = clock;
    }
    /** Runs `work` and keeps how long it took, also when it fails. */
    async time(name, work) {
        const startedAt = this.#clock.now();
        try {
            return await work();
        }
        finally {
            this.#laps.push({ name, ms: this.#clock.now() - startedAt });
        }
    }
    get laps() {
        return this.#laps;
    }
}

;// CONCATENATED MODULE: ./lib/lib/together.js
/**
 * Runs two tasks side by side. When one fails the other is aborted and waited for, so that nothing
 * goes on behind the error's back; the first failure is the one thrown.
 */
async function together(signal, first, second) {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    let failure;
    const guarded = async (task) => {
        try {
            return await task(either);
        }
        catch (error) {
            failure ??= { error };
            stop.abort(error);
            throw error;
        }
    };
    const [a, b] = await Promise.allSettled([guarded(first), guarded(second)]);
    if (failure)
        throw failure.error;
    if (a.status === 'rejected')
        throw a.reason;
    if (b.status === 'rejected')
        throw b.reason;
    return [a.value, b.value];
}

;// CONCATENATED MODULE: ./lib/lib/canonical-json.js
/** JSON with sorted keys and no undefined members: equal values give equal text. */
function canonicalJson(value) {
    return JSON.stringify(sorted(value)) ?? 'null';
}
function sorted(value) {
    if (Array.isArray(value))
        return value.map(sorted);
    if (value === null || typeof value !== 'object')
        return value;
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    // A null prototype, so that a key called "__proto__" is data like any other.
    const result = Object.create(null);
    for (const [key, member] of entries)
        result[key] = sorted(member);
    return result;
}

;// CONCATENATED MODULE: ./lib/release/release.js



/** Instance metadata in which the startup script finds what to run. */
const IMAGE_KEY = 'app-image';
const RELEASE_KEY = 'app-release';
const SECRETS_KEY = 'app-secrets';
const NOTICE_KEY = 'app-preemption-notice';
/** Pure: the same parts always give the same release. */
function makeRelease(parts) {
    const properties = withMetadata(withoutServerFields(parts.base.properties), {
        [IMAGE_KEY]: parts.image,
        ...preemptionNotice(parts.base.properties),
        ...(parts.secretLines !== undefined && { [SECRETS_KEY]: parts.secretLines }),
    });
    const id = (0,external_node_crypto_.createHash)('sha256').update(canonicalJson(properties)).digest('hex').slice(0, 12);
    return {
        id,
        template: {
            name: `${parts.name}-${id}`,
            description: JSON.stringify({
                ...parts.provenance,
                image: parts.image,
                base: parts.base.name,
            }),
            properties: {
                ...withMetadata(properties, { [RELEASE_KEY]: id }),
                labels: { ...asRecord(properties['labels']), release: id },
            },
        },
    };
}
// A VM cannot ask how long a notice it will get, so the seconds that its template asks for are told.
function preemptionNotice(properties) {
    const duration = asRecord(asRecord(properties['scheduling'])['preemptionNoticeDuration']);
    const seconds = Number(duration['seconds'] ?? 0);
    return seconds > 0 ? { [NOTICE_KEY]: String(seconds) } : {};
}
const SERVER_FIELDS = new Set(['kind', 'fingerprint']);
/** Their keys are the users' own: one of them may be called "kind". */
const USER_MAPS = new Set(['labels', 'resourceManagerTags']);
// Fields that the server adds to what it returns: they would make equal templates look different.
function withoutServerFields(value) {
    const kept = Object.entries(value).filter(([key]) => !SERVER_FIELDS.has(key));
    return Object.fromEntries(kept.map(([key, member]) => [key, USER_MAPS.has(key) ? member : cleaned(member)]));
}
function cleaned(value) {
    if (Array.isArray(value))
        return value.map(cleaned);
    return isRecord(value) ? withoutServerFields(value) : value;
}
/** Sets metadata items; the list is sorted by key, since its order carries no meaning. */
function withMetadata(properties, set) {
    const metadata = asRecord(properties['metadata']);
    const kept = asList(metadata['items'])
        .map(asRecord)
        .filter((item) => !Object.hasOwn(set, asText(item['key'])));
    const items = [...kept, ...Object.entries(set).map(([key, value]) => ({ key, value }))];
    items.sort((a, b) => (asText(a['key']) < asText(b['key']) ? -1 : 1));
    return { ...properties, metadata: { ...metadata, items } };
}

;// CONCATENATED MODULE: ./lib/release/prepare.js




/** The release of this image on this base, with its instance template in place. */
async function prepareRelease({ google, compute, secretManager, log }, options) {
    const { name, baseTemplateName, image, provenance } = options;
    const [base, secretLines] = await Promise.all([
        fetchBase(compute, baseTemplateName),
        resolveSecretLines(options.secrets, secretManager),
    ]);
    const release = makeRelease({ name, base, image, secretLines, provenance });
    log.info(`Release ${release.id} = ${base.name} + ${image}`);
    if ((await compute.fetchTemplate(release.template.name)) === undefined) {
        // The tag first: a template whose image may be cleaned up could not be rolled back to.
        await tagManifest(google, image, releaseTag(release.id));
        await compute.ensureTemplate(release.template);
    }
    return release;
}
async function fetchBase(compute, name) {
    const base = await compute.fetchTemplate(name);
    if (base)
        return base;
    throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Compute Engine does not know the base template ${name} that Terraform's outputs name.`, { hint: 'Somebody may have deleted it: run the deploy again, so that terraform makes it anew.' });
}
/** `latest` becomes a number here, so that a release stays what it is. Undefined: there are no secrets. */
async function resolveSecretLines(secrets, secretManager) {
    if (secrets.size === 0)
        return undefined;
    const lines = [...secrets].map(async ([name, { secret, version }]) => {
        return `${name}=${secret}/${await secretManager.resolveVersion(secret, version)}`;
    });
    return (await Promise.all(lines)).sort().join('\n');
}

;// CONCATENATED MODULE: ./lib/release/rollout.js
const OBSERVATIONS_THAT_HOLD = 2;
/** The group was patched before the first one: on another version it stays only if somebody else wants it so. */
const STRANGE_OBSERVATIONS = 3;
/** Spot VMs may be lost and come back; beyond this many newly ready ones it is no progress any more. */
const READY_VMS_PER_TARGET = 3;
function initialMemory(atMs) {
    return {
        everReady: new Set(),
        lastProgressAtMs: atMs,
        holdsSinceMs: undefined,
        holdsCount: 0,
        strangeCount: 0,
    };
}
/**
 * Judges one observation. Pure and total: the same code decides in production and in tests.
 * Verified only when the group is stable on our version AND every VM itself reports our digest,
 * on two observations or more and for `minReadyMs`.
 */
function decide(memory, observation, policy) {
    const next = remember(memory, observation, policy);
    return { memory: next, verdict: judge(next, observation, policy) };
}
/** Why the group does not run the release everywhere, most telling first; empty when it does. */
function obstacles({ group, instances, reports }, policy) {
    return [
        ...(isOnRelease(group, policy) ? [] : [`the group is on version ${renderVersions(group)}`]),
        ...instances.flatMap((instance) => {
            const why = obstacleOf(instance, reports.get(instance.name), group, policy);
            return why === undefined ? [] : [`${instance.name} ${why}`];
        }),
        ...(instances.length === group.targetSize
            ? []
            : [`there are ${instances.length} VMs where ${group.targetSize} are wanted`]),
        ...(group.isVersionTargetReached ? [] : ['not every VM has its target version']),
        ...(group.isStable ? [] : ['the group is still changing']),
    ];
}
/** Whether this VM runs the release and serves. */
function isReady(instance, report, { group, policy }) {
    return obstacleOf(instance, report, group, policy) === undefined;
}
function obstacleOf(instance, report, group, policy) {
    if (instance.versionName !== policy.release)
        return `is on version ${instance.versionName || '(none)'}`;
    if (instance.lastErrors.length > 0 && instance.instanceStatus !== 'RUNNING')
        return instance.lastErrors.join('; ');
    if (instance.currentAction !== 'NONE')
        return `is ${instance.currentAction}`;
    if (instance.instanceStatus !== 'RUNNING')
        return `is ${instance.instanceStatus || 'not there yet'}`;
    if (group.hasHealthCheck && !isHealthy(instance))
        return `is ${instance.healthStates.join(', ') || 'not probed yet'}`;
    if (report === undefined)
        return 'has not reported yet';
    if (report.phase !== 'ready')
        return `reports "${report.phase}"${report.detail && `: ${report.detail}`}`;
    if (report.release !== policy.release || report.image !== policy.image) {
        return `runs release ${report.release || '(none)'} with ${report.image || 'no image'}`;
    }
    return undefined;
}
function isOnRelease({ versions }, { release }) {
    return versions.length === 1 && versions[0]?.name === release;
}
function renderVersions({ versions }) {
    return versions.map(({ name }) => name).join(', ') || '(none)';
}
// "every" of nothing is true: without a state there is no health.
function isHealthy({ healthStates }) {
    return healthStates.length > 0 && healthStates.every((state) => state === 'HEALTHY');
}
function remember(memory, observation, policy) {
    const { atMs, group, instances, reports } = observation;
    const everReady = new Set(memory.everReady);
    for (const instance of instances) {
        if (isReady(instance, reports.get(instance.name), { group, policy }))
            everReady.add(instance.id);
    }
    const holds = obstacles(observation, policy).length === 0;
    // An image that is ready for a moment and then dies is recreated for ever: that is bounded.
    const isProgress = everReady.size > memory.everReady.size &&
        everReady.size <= READY_VMS_PER_TARGET * Math.max(group.targetSize, 1);
    return {
        everReady,
        // Time in which everything holds counts: min_ready may be longer than the deadline.
        lastProgressAtMs: holds || isProgress ? atMs : memory.lastProgressAtMs,
        holdsSinceMs: holds ? (memory.holdsSinceMs ?? atMs) : undefined,
        holdsCount: holds ? memory.holdsCount + 1 : 0,
        strangeCount: isOnRelease(group, policy) ? 0 : memory.strangeCount + 1,
    };
}
function judge(memory, observation, policy) {
    const failure = bootFailure(observation, policy);
    if (failure)
        return failure;
    if (memory.strangeCount >= STRANGE_OBSERVATIONS) {
        const reason = `somebody else moved the group to version ${renderVersions(observation.group)}`;
        return { kind: 'superseded', reason, evidence: [] };
    }
    if (memory.holdsSinceMs !== undefined) {
        const heldMs = observation.atMs - memory.holdsSinceMs;
        return memory.holdsCount >= OBSERVATIONS_THAT_HOLD && heldMs >= policy.minReadyMs
            ? { kind: 'verified' }
            : { kind: 'wait', reason: 'everything is ready; making sure that it stays so' };
    }
    const evidence = obstacles(observation, policy);
    if (observation.atMs - memory.lastProgressAtMs >= policy.progressDeadlineMs) {
        return { kind: 'timed-out', reason: 'no progress within the deadline', evidence };
    }
    return { kind: 'wait', reason: evidence[0] ?? 'nothing is known yet' };
}
/** A VM on our version that says it cannot run our image: more time will not mend that. */
function bootFailure({ instances, reports }, policy) {
    for (const { name, versionName } of instances) {
        const report = reports.get(name);
        if (versionName !== policy.release ||
            report?.phase !== 'failed' ||
            report.release !== policy.release)
            continue;
        const evidence = [`${name} reports: ${report.detail}`, ...(report.log ? [report.log] : [])];
        return { kind: 'failed', reason: report.detail || 'a VM could not start the release', evidence };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/release/boot-report.js

/** Guest attribute to which the startup script writes. */
const BOOT_REPORT_PATH = 'deploy/boot';
/** Undefined when the value is no boot report. */
function readBootReport(value) {
    const report = asRecord(value);
    const phase = asText(report['phase']);
    if (phase === '')
        return undefined;
    return {
        phase,
        detail: asText(report['detail']),
        release: asText(report['release']),
        image: asText(report['image']),
        log: asText(report['log']),
    };
}

;// CONCATENATED MODULE: ./lib/release/boot-reports.js

/**
 * Guest attributes allow 10 queries a minute per VM
 * (https://cloud.google.com/compute/docs/metadata/manage-guest-attributes). A VM is asked when
 * something about it changed, then at growing intervals, and never beyond this budget.
 */
const ASKS_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Between one ask and the next while nothing changes; the last one goes on. */
const PAUSES_MS = [2_000, 4_000, 8_000, 12_000];
/** The same once the group says that the VM is well, so that only its own word is missing. */
const LAST_PAUSES_MS = [1_000, 1_000, 2_000, 4_000, 8_000, 12_000];
const MAX_ASKED_AT_ONCE = 10;
/** What the VMs of one group said last, asked for as rarely as may be. */
class BootReports {
    #compute;
    #clock;
    #asked = new Map();
    #reports = new Map();
    /** Asks of the last minute by VM id; they count for the budget whatever became of the VM since. */
    #spent = new Map();
    constructor(compute, clock) {
        this.#compute = compute;
        this.#clock = clock;
    }
    /** By VM name. */
    get latest() {
        return this.#reports;
    }
    /** Drops what was said by VMs that are gone, not running, or other ones by now. */
    forgetAllBut(instances) {
        const running = instances.filter((instance) => instance.instanceStatus === 'RUNNING');
        const ids = new Map(running.map(({ name, id }) => [name, id]));
        for (const [name, { id }] of this.#asked) {
            if (ids.get(name) === id)
                continue;
            this.#asked.delete(name);
            this.#reports.delete(name);
        }
    }
    /** Asks those of `instances` whose turn it is, at most 10 at once, the longest unasked first. */
    async ask(instances) {
        const due = instances
            .filter((instance) => this.#isDue(instance))
            .sort((a, b) => this.#lastAskedAtMs(a) - this.#lastAskedAtMs(b));
        await Promise.all(due.slice(0, MAX_ASKED_AT_ONCE).map((instance) => this.#askOne(instance)));
    }
    #isDue(instance) {
        if (instance.instanceStatus !== 'RUNNING')
            return false;
        if (this.#spentBy(instance).length >= ASKS_PER_MINUTE)
            return false;
        const asked = this.#asked.get(instance.name);
        if (!asked)
            return true;
        const pausesMs = isWell(instance) ? LAST_PAUSES_MS : PAUSES_MS;
        const hasNews = asked.signature !== signatureOf(instance);
        const quietAsks = hasNews ? 1 : Math.min(asked.quietAsks, pausesMs.length);
        return this.#clock.now() - asked.atMs >= (pausesMs[quietAsks - 1] ?? 0);
    }
    #lastAskedAtMs({ name }) {
        return this.#asked.get(name)?.atMs ?? 0;
    }
    #spentBy({ id }) {
        const now = this.#clock.now();
        return (this.#spent.get(id) ?? []).filter((atMs) => now - atMs < MINUTE_MS);
    }
    async #askOne(instance) {
        const atMs = this.#clock.now();
        const before = this.#asked.get(instance.name);
        const signature = signatureOf(instance);
        const quietAsks = before?.signature === signature ? before.quietAsks + 1 : 1;
        this.#asked.set(instance.name, { id: instance.id, atMs, signature, quietAsks });
        this.#spent.set(instance.id, [...this.#spentBy(instance), atMs]);
        const report = readBootReport(await this.#compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH));
        if (report)
            this.#reports.set(instance.name, report);
    }
}
/** Whether the group has nothing more to wait for on this VM. */
function isWell({ currentAction, healthStates }) {
    return currentAction === 'NONE' && healthStates.every((state) => state === 'HEALTHY');
}
/** What the group's own list says of a VM: when it changes, the VM may have something to tell. */
function signatureOf({ currentAction, instanceStatus, healthStates }) {
    return `${currentAction} ${instanceStatus} ${healthStates.join()}`;
}

;// CONCATENATED MODULE: ./lib/release/failure.js


const KEEP_SERVING = 'VMs of an earlier release go on serving with strategy "surge". Fix the cause and push again.';
const ONE_AT_A_TIME = 'Let deploys wait for each other: add `concurrency: { group: deploy, cancel-in-progress: false }` to the workflow.';
/** The one error that a rollout ends with: what became of it, what each VM said, what to do. */
function rolloutFailure(verdict, context) {
    const lines = [...verdict.evidence, ...context.troubles].map((line) => `  ${line}`);
    const text = [headline(verdict, context), ...lines].join('\n');
    switch (verdict.kind) {
        case 'failed':
            return new lib_errors/* ActionError */.l('ROLLOUT_FAILED', text, { hint: KEEP_SERVING });
        case 'timed-out':
            return new lib_errors/* ActionError */.l('ROLLOUT_TIMED_OUT', text, { hint: KEEP_SERVING });
        case 'superseded':
            return new lib_errors/* ActionError */.l('ROLLOUT_SUPERSEDED', text, { hint: ONE_AT_A_TIME });
    }
}
function headline({ kind, reason }, { group, policy }) {
    const { release, progressDeadlineMs } = policy;
    switch (kind) {
        case 'failed':
            return `Release ${release} failed on ${group}: ${reason}`;
        case 'timed-out':
            return `Release ${release} made no progress on ${group} for ${(0,duration/* renderDuration */.P)(progressDeadlineMs)}.`;
        case 'superseded':
            return `Release ${release} was not rolled out: ${reason} while it was rolling.`;
    }
}

;// CONCATENATED MODULE: ./lib/release/troubles.js
const MEANING = {
    TIMEOUT: 'nothing answered (does the app listen on its port, on all addresses?)',
    UNHEALTHY: 'it answered, but not with 200',
};
/**
 * What keeps VMs of a release from being well. The group's own word is that one is verified or
 * recreated; what the health check sees stands behind that, and is gone once the VM is.
 */
class Troubles {
    #byName = new Map();
    /** Takes a look at all VMs of the release. */
    note(instances) {
        for (const { name, currentAction, healthStates } of instances) {
            const before = this.#byName.get(name);
            const isRecreating = currentAction === 'RECREATING';
            const isNew = isRecreating && !before?.isRecreating;
            this.#byName.set(name, {
                health: verdictOf(healthStates, before?.health ?? ''),
                recreations: (before?.recreations ?? 0) + (isNew ? 1 : 0),
                isRecreating,
            });
        }
    }
    /** One line for each VM that was recreated, or whose health check is not content. */
    describe() {
        return [...this.#byName].flatMap(([name, { health, recreations }]) => {
            const seen = health === '' ? '' : `the health check said ${health}: ${MEANING[health]}`;
            if (recreations === 0)
                return seen === '' ? [] : [`${name}: ${seen}`];
            const times = recreations === 1 ? 'once' : `${recreations} times`;
            return [`${name} was recreated ${times}${seen && `; before that ${seen}`}`];
        });
    }
}
function verdictOf(states, before) {
    if (states.includes('HEALTHY'))
        return '';
    return states.find((state) => state in MEANING) ?? before;
}

;// CONCATENATED MODULE: ./lib/release/watch.js





const POLL_MS = 1_000;
/** Observes one group, and remembers what its VMs said so that they are asked as rarely as may be. */
class GroupWatch {
    #ports;
    #options;
    #reports;
    #troubles = new Troubles();
    #said = new Map();
    #startedAtMs;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#reports = new BootReports(ports.compute, ports.clock);
        this.#startedAtMs = ports.clock.now();
    }
    async observe() {
        const { compute, clock } = this.#ports;
        const [group, instances] = await Promise.all([
            compute.fetchGroup(this.#options.group),
            compute.listManagedInstances(this.#options.group),
        ]);
        const { policy } = this.#options;
        this.#reports.forgetAllBut(instances);
        const ours = instances.filter((instance) => instance.versionName === policy.release);
        this.#troubles.note(ours);
        // Only VMs that matter for the verdict are asked: those of our version that are not ready yet.
        const unready = ours.filter((instance) => !isReady(instance, this.#reports.latest.get(instance.name), { group, policy }));
        await this.#reports.ask(unready);
        const reports = new Map(this.#reports.latest);
        const observation = { atMs: clock.now(), group, instances, reports };
        this.#sayChanges(observation);
        return observation;
    }
    /**
     * Waits until the rollout is verified.
     *
     * @throws ActionError ROLLOUT_FAILED, ROLLOUT_TIMED_OUT, ROLLOUT_SUPERSEDED with what each VM last said
     */
    async untilVerified() {
        const { clock } = this.#ports;
        let memory = initialMemory(clock.now());
        for (;;) {
            const observation = await this.observe();
            const decision = decide(memory, observation, this.#options.policy);
            memory = decision.memory;
            if (decision.verdict.kind === 'verified')
                return observation;
            if (decision.verdict.kind !== 'wait') {
                // A VM that says itself why it failed leaves nothing to guess at.
                const troubles = decision.verdict.kind === 'timed-out' ? this.#troubles.describe() : [];
                throw rolloutFailure(decision.verdict, { ...this.#options, troubles });
            }
            this.#ports.log.debug(`Waiting: ${decision.verdict.reason}`);
            await clock.sleep(POLL_MS, this.#options.signal);
        }
    }
    /** One line for each VM whose state changed. */
    #sayChanges({ instances, reports, atMs }) {
        const after = (0,duration/* renderDuration */.P)(atMs - this.#startedAtMs);
        for (const instance of instances) {
            const state = renderState(instance, reports.get(instance.name));
            if (this.#said.get(instance.name) === state)
                continue;
            this.#said.set(instance.name, state);
            this.#ports.log.info(`${instance.name}  ${state}  ${after}`);
        }
        const present = new Set(instances.map((instance) => instance.name));
        for (const name of this.#said.keys()) {
            if (present.has(name))
                continue;
            this.#said.delete(name);
            this.#ports.log.info(`${name}  gone  ${after}`);
        }
    }
}
function renderState(instance, report) {
    const health = instance.healthStates.join(', ').toLowerCase();
    const boot = report ? `${report.phase}${report.detail && ` (${report.detail})`}` : '';
    const action = instance.currentAction === 'NONE' ? '' : instance.currentAction.toLowerCase();
    const parts = [
        instance.versionName || 'no release',
        action,
        instance.instanceStatus.toLowerCase(),
        boot,
        health,
    ];
    return parts.filter((part) => part !== '').join('  ');
}

;// CONCATENATED MODULE: ./lib/release/roll.js



/**
 * Rolls the group onto a release whose template exists, and returns when it is verified.
 *
 * @throws ActionError ROLLOUT_FAILED, ROLLOUT_TIMED_OUT
 */
async function rollGroup(ports, options) {
    const { group, release, policy, signal } = options;
    const watch = new GroupWatch(ports, { group, policy, signal });
    const before = await watch.observe();
    const previousRelease = before.group.versions[0]?.name ?? '';
    if (obstacles(before, policy).length === 0) {
        ports.log.info('Every VM runs this release already: nothing to do.');
        return { wasPatched: false, previousRelease, observation: before };
    }
    const wasPatched = previousRelease !== release.id;
    if (wasPatched)
        await patchGroup(ports.compute, group, release);
    return { wasPatched, previousRelease, observation: await watch.untilVerified() };
}
const PATCH_ATTEMPTS = 5;
/** A group that changed under our hands is read again; a few times, since others may be busy too. */
async function patchGroup(compute, group, release) {
    const template = await compute.fetchTemplate(release.template.name);
    if (template === undefined) {
        throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `The instance template ${release.template.name} is gone, so ${group} was left as it was.`, { hint: 'Somebody may have deleted it: run the job again, which makes it anew.' });
    }
    const version = { name: release.id, instanceTemplate: template.selfLink };
    for (let attempt = 1; attempt <= PATCH_ATTEMPTS; attempt++) {
        const { fingerprint } = await compute.fetchGroup(group);
        if ((await compute.patchVersion(group, version, fingerprint)) === 'done')
            return;
    }
    throw new lib_errors/* ActionError */.l('ROLLOUT_FAILED', `The instance group ${group} was changed by somebody else each of the ${PATCH_ATTEMPTS} times that release ${release.id} was to be rolled out.`, {
        hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    });
}

;// CONCATENATED MODULE: ./lib/terraform/outputs.js


const REQUIRED = [
    'group_name',
    'base_template_name',
    'repository_id',
    'vm_service_account',
];
/** @throws ActionError TERRAFORM_OUTPUTS that names every missing output at once */
function readInfrastructure(outputs) {
    const missing = REQUIRED.filter((name) => asText(outputs[name]) === '');
    if (missing.length > 0) {
        throw new lib_errors/* ActionError */.l('TERRAFORM_OUTPUTS', `The Terraform configuration does not say ${missing.join(', ')}.`, {
            hint: `Add an output of type string for each of them; terraform/outputs.tf of deploy-spot-mig shows how.`,
        });
    }
    return {
        groupName: asText(outputs['group_name']),
        baseTemplateName: asText(outputs['base_template_name']),
        repositoryId: asText(outputs['repository_id']),
        vmServiceAccount: asText(outputs['vm_service_account']),
        port: asNumber(outputs['port']),
        url: asText(outputs['url']) || undefined,
        loadBalancerAddress: asText(outputs['load_balancer_address']) || undefined,
    };
}
/**
 * The repository that a plan leaves as it is, so that a push need not wait for the apply. Undefined
 * when this very plan creates it, or cannot tell.
 */
function knownRepositoryId({ createdTypes, outputs }) {
    if (createdTypes.has('google_artifact_registry_repository'))
        return undefined;
    return asText(outputs['repository_id']) || undefined;
}

;// CONCATENATED MODULE: ./lib/commands/deploy.js










/** A push to main: plan and build side by side, apply and push, then roll the group onto the image. */
async function deploy(config, ports, context) {
    const { clock, log } = ports;
    const startedAt = clock.now();
    const steps = new Stopwatch(clock);
    const story = { config, ports, context, steps };
    const [planned, built] = await log.group('Planning the infrastructure and building the image', () => together(context.signal, (signal) => planInfrastructure(story, signal), (signal) => build(story, signal)));
    const [infrastructure, image] = await log.group('Bringing infrastructure and image in place', () => bringInPlace(story, planned, built));
    const release = await log.group('Making the release', () => steps.time('release', () => deploy_makeRelease(story, infrastructure, image)));
    const rolled = await log.group(`Rolling ${infrastructure.groupName} to release ${release.id}`, () => steps.time('roll', () => roll(story, infrastructure, { release, image })));
    const vms = await describeVms(story, rolled.observation);
    const result = {
        outcome: rolled.wasPatched ? 'deployed' : 'unchanged',
        release: release.id,
        previousRelease: rolled.wasPatched ? rolled.previousRelease : '',
        image: image.reference,
        changes: planned.plan.counts,
        vms,
        url: infrastructure.url ?? urlOf(vms, infrastructure.port),
        steps: steps.laps,
        durationMs: clock.now() - startedAt,
    };
    sayResult(log, infrastructure, result);
    return result;
}
async function planInfrastructure({ ports, steps }, signal) {
    const log = ports.log.labelled('terraform');
    const terraform = await steps.time('terraform', () => ports.terraform(signal));
    await steps.time('init', () => terraform.init(log));
    const plan = await steps.time('plan', () => terraform.plan(log));
    const { add, change, destroy } = plan.counts;
    log.info(plan.hasChanges
        ? `Plan: ${add} to add, ${change} to change, ${destroy} to destroy`
        : 'Plan: no changes');
    return { terraform, plan };
}
async function build({ config, ports, context, steps }, signal) {
    const log = ports.log.labelled('docker');
    const engine = await findEngine(ports.commands);
    const options = {
        context: config.context,
        dockerfile: config.dockerfile,
        target: config.target,
        buildArgs: config.buildArgs,
        labels: new Map([['org.opencontainers.image.source', context.sourceUrl]]),
        workDirectory: context.workDirectory,
        signal,
    };
    const imageId = await steps.time('build', () => buildImage({ ...ports, log }, engine, options));
    log.info(`Built ${imageId}`);
    return { engine, imageId };
}
// The push may not start before the apply that creates its repository has ended.
async function bringInPlace(story, planned, built) {
    const repositoryId = knownRepositoryId(planned.plan);
    if (repositoryId === undefined) {
        const infrastructure = await applyPlan(story, planned);
        const { signal } = story.context;
        return [infrastructure, await push(story, built, { ...infrastructure, signal })];
    }
    return together(story.context.signal, () => applyPlan(story, planned), (signal) => push(story, built, { repositoryId, signal }));
}
async function applyPlan({ ports, steps }, { terraform, plan }) {
    if (!plan.hasChanges)
        return readInfrastructure(plan.outputs);
    const log = ports.log.labelled('terraform');
    await steps.time('apply', () => terraform.apply(plan, log));
    return readInfrastructure(await terraform.readOutputs(log));
}
async function push({ config, ports, context, steps }, { engine, imageId }, { repositoryId, signal }) {
    const { projectId, name } = config;
    const repository = imageRepository(context.registryHost, { projectId, repositoryId, name });
    const options = {
        imageId,
        repository,
        projectId: config.projectId,
        workDirectory: context.workDirectory,
        signal,
    };
    const log = ports.log.labelled('docker');
    return steps.time('push', () => pushImage({ ...ports, log }, engine, options));
}
function deploy_makeRelease({ config, ports, context }, { baseTemplateName }, image) {
    const { name, secrets } = config;
    const { provenance } = context;
    return prepareRelease(ports, {
        name,
        baseTemplateName,
        image: image.reference,
        secrets,
        provenance,
    });
}
function roll({ config, ports, context }, { groupName }, { release, image }) {
    const { minReadyMs, progressDeadlineMs } = config;
    const policy = { release: release.id, image: image.reference, minReadyMs, progressDeadlineMs };
    return rollGroup(ports, { group: groupName, release, policy, signal: context.signal });
}
async function describeVms({ ports }, observation) {
    return Promise.all(observation.instances.map(async (instance) => {
        const report = observation.reports.get(instance.name);
        return {
            name: instance.name,
            release: report?.release ?? '',
            image: report?.image ?? '',
            health: instance.healthStates.join(', '),
            address: (await ports.compute.fetchAddress(instance)) ?? '',
        };
    }));
}
function urlOf(vms, port) {
    const address = vms[0]?.address ?? '';
    return address === '' || port === undefined ? '' : `http://${address}:${port}`;
}
function sayResult(log, infrastructure, result) {
    const { groupName, url, loadBalancerAddress } = infrastructure;
    const took = (0,duration/* renderDuration */.P)(result.durationMs);
    log.info(result.outcome === 'unchanged'
        ? `Unchanged: ${groupName} runs release ${result.release} (${took}).`
        : `Deployed release ${result.release} to ${result.vms.length} VMs of ${groupName} in ${took}.`);
    for (const vm of result.vms)
        log.info(`  ${vm.name}  ${vm.address}  ${vm.health.toLowerCase()}`);
    if (url && loadBalancerAddress)
        log.info(`  ${url}, once its DNS points at ${loadBalancerAddress}`);
}

;// CONCATENATED MODULE: ./lib/github/context.js

function readJobContext(env) {
    const repository = env['GITHUB_REPOSITORY'] ?? '';
    const repositoryUrl = `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}`;
    return {
        repository,
        repositoryUrl,
        commit: env['GITHUB_SHA'] ?? '',
        ref: env['GITHUB_REF'] ?? '',
        actor: env['GITHUB_ACTOR'] ?? '',
        runUrl: `${repositoryUrl}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
    };
}
/** @throws ActionError AUTH_NO_OIDC with the YAML line to add */
function readOidcRequest(env) {
    const requestUrl = env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
    const requestToken = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    if (requestUrl !== '' && requestToken !== '')
        return { requestUrl, requestToken };
    throw new lib_errors/* ActionError */.l('AUTH_NO_OIDC', 'GitHub gives this job no OIDC token.', {
        hint: 'Add `permissions: id-token: write` (and `contents: read`) to the job. Jobs of forks and of Dependabot never get one.',
    });
}

;// CONCATENATED MODULE: ./lib/lib/retry.js
/**
 * Attempts until one is done or the budget is used up; then the last attempt's `giveUp` decides.
 * Delays double and are jittered (half to full), and the budget is checked before a wait, so that
 * nobody waits only to be refused.
 */
async function retry(attempt, policy, tools) {
    const startedAt = tools.clock.now();
    for (let delayMs = policy.firstDelayMs;; delayMs = Math.min(delayMs * 2, policy.maxDelayMs)) {
        const outcome = await attempt();
        if ('done' in outcome)
            return outcome.done;
        const jittered = delayMs * (0.5 + tools.random() / 2);
        const waitMs = Math.max(jittered, outcome.notBeforeMs ?? 0);
        if (tools.clock.now() - startedAt + waitMs > policy.totalMs)
            return outcome.giveUp();
        tools.onRetry?.(outcome.again, waitMs);
        await tools.clock.sleep(waitMs, tools.signal);
    }
}

;// CONCATENATED MODULE: ./lib/google/endpoints.js
const SERVICE_NAMES = {
    compute: 'Compute Engine',
    secretmanager: 'Secret Manager',
    storage: 'Cloud Storage',
    registry: 'Artifact Registry',
};
/**
 * Google's public endpoints, or those that the environment names. The variables are the google
 * Terraform provider's own, so that one setting moves terraform and the action alike; STS and the
 * registry, which the provider does not know, follow the same spelling.
 */
function resolveEndpoints(region, env) {
    const custom = (service, fallback) => env[`GOOGLE_${service}_CUSTOM_ENDPOINT`] || fallback;
    const registryHost = custom('DOCKER_REGISTRY', `${region}-docker.pkg.dev`);
    return {
        compute: custom('COMPUTE', 'https://compute.googleapis.com/compute/v1/'),
        secretmanager: custom('SECRET_MANAGER', 'https://secretmanager.googleapis.com/v1/'),
        storage: custom('STORAGE', 'https://storage.googleapis.com/storage/v1/'),
        registry: `${isLoopback(registryHost) ? 'http' : 'https'}://${registryHost}/`,
        stsToken: `${custom('STS', 'https://sts.googleapis.com/v1/')}token`,
        iamCredentials: custom('IAM_CREDENTIALS', 'https://iamcredentials.googleapis.com/v1/'),
        registryHost,
    };
}
// Docker itself speaks plain HTTP to a registry on loopback and to no other.
function isLoopback(host) {
    return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host);
}

;// CONCATENATED MODULE: ./lib/google/client.js






const RETRY_FOR_MS = 30_000;
const client_TIMEOUT_MS = 15_000;
/** A request that hung until its timeout still gets the whole budget for trying again. */
function retryPolicy(timeoutMs) {
    return { totalMs: timeoutMs + RETRY_FOR_MS, firstDelayMs: 250, maxDelayMs: 8_000 };
}
/**
 * The one way to Google's APIs. Every request must be safe to repeat (reads, PATCH with a
 * fingerprint, inserts with a requestId or a content-addressed name): transient failures are
 * retried for 30 s beyond its own timeout. A rejected token is not refreshed here: the source refreshes by time.
 */
class GoogleClient {
    #ports;
    #options;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
    }
    get clock() {
        return this.#ports.clock;
    }
    /** Waits, unless the run is cancelled. */
    pause(durationMs) {
        return this.#ports.clock.sleep(durationMs, this.#options.signal);
    }
    /** The next command for a failure in this project, or undefined. */
    fixFor(failure) {
        return fixFor(failure, this.#options.projectId);
    }
    /** @throws ActionError GCP_UNREACHABLE, GCP_REQUEST_FAILED, AUTH_FAILED */
    async request(request) {
        const { clock, log } = this.#ports;
        const { signal, random = Math.random } = this.#options;
        return retry(() => this.#attempt(request), retryPolicy(request.timeoutMs ?? client_TIMEOUT_MS), {
            clock,
            signal,
            random,
            onRetry: (why, delayMs) => log.debug(`${request.method} ${request.path}: ${why}; again in ${Math.round(delayMs)} ms`),
        });
    }
    async #attempt(request) {
        let response;
        const token = await this.#ports.tokens.accessToken();
        try {
            response = await this.#ports.http.send(this.#toHttp(request, token));
        }
        catch (error) {
            this.#options.signal.throwIfAborted();
            return { again: networkReason(error), giveUp: () => this.#giveUpUnreachable(request, error) };
        }
        if (response.status < 300 || request.accept?.includes(response.status)) {
            const { status, headers, body } = response;
            return { done: { status, headers, json: parseJson(body), text: body } };
        }
        const failure = readFailure(response.status, response.body);
        if (!isTransient(failure))
            this.#fail(request, failure);
        return {
            again: `${failure.status} ${failure.reason}`,
            notBeforeMs: retryAfterMs(response.headers['retry-after']),
            giveUp: () => this.#fail(request, failure),
        };
    }
    #toHttp(request, token) {
        const url = new URL(request.path, this.#options.endpoints[request.service]);
        for (const [name, value] of Object.entries(request.query ?? {}))
            url.searchParams.set(name, value);
        return {
            method: request.method,
            url: url.href,
            headers: {
                authorization: `Bearer ${token}`,
                ...(request.body !== undefined && { 'content-type': 'application/json' }),
                ...request.headers,
            },
            body: renderBody(request.body),
            timeoutMs: request.timeoutMs ?? client_TIMEOUT_MS,
            signal: this.#options.signal,
        };
    }
    #giveUpUnreachable(request, cause) {
        const service = SERVICE_NAMES[request.service];
        const { host } = new URL(this.#options.endpoints[request.service]);
        throw new lib_errors/* ActionError */.l('GCP_UNREACHABLE', `Could not ${request.purpose}: ${service} did not answer at ${host} (${networkReason(cause)}).`, {
            cause,
            hint: 'Check https://status.cloud.google.com and the network of the runner, then run the job again.',
        });
    }
    #fail(request, failure) {
        const service = SERVICE_NAMES[request.service];
        const reason = failure.reason === '' ? '' : ` ${failure.reason}`;
        throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not ${request.purpose}: ${service} answered ${failure.status}${reason}: ${failure.message}`, { hint: this.fixFor(failure) });
    }
}
// Compute's rate limit is a 403 (https://cloud.google.com/compute/api-quota), told by its reason.
function isTransient({ status, reason }) {
    if (status === 403)
        return RATE_LIMITS.has(reason);
    return status === 408 || status === 429 || status >= 500;
}
const RATE_LIMITS = new Set([
    'rateLimitExceeded',
    'userRateLimitExceeded',
    'RATE_LIMIT_EXCEEDED',
    'RESOURCE_OPERATION_RATE_EXCEEDED',
]);
function retryAfterMs(header) {
    return header !== undefined && /^[0-9]+$/.test(header) ? Number(header) * 1000 : undefined;
}
function renderBody(body) {
    return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

;// CONCATENATED MODULE: ./lib/google/operations.js




// operations.wait answers after 2 minutes at the latest; our own timeout must lie behind that.
const WAIT_TIMEOUT_MS = 130_000;
/** `wait` is best effort and may answer at once: it is not asked again sooner than this. */
const PAUSE_MS = 1_000;
const DEADLINE_MS = 15 * 60_000;
/**
 * Sends the change and waits until its operation is DONE. `requestId` makes a repeated request the
 * same request for Compute Engine
 * (https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroupManagers/patch).
 *
 * @throws ActionError GCP_OPERATION_FAILED when the operation carries an error
 */
async function changeCompute(google, change) {
    const answer = await google.request({
        ...change,
        service: 'compute',
        query: { requestId: (0,external_node_crypto_.randomUUID)() },
    });
    if (answer.status >= 300)
        return { refused: answer.status };
    throwIfFailed(google, await waitUntilDone(google, asRecord(answer.json), change), change.purpose);
    return 'done';
}
async function waitUntilDone(google, first, { purpose }) {
    const startedAt = google.clock.now();
    let operation = first;
    while (operation['status'] !== 'DONE') {
        const askedAt = google.clock.now();
        if (askedAt - startedAt > DEADLINE_MS) {
            throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: operation ${asText(operation['name'])} was still ${asText(operation['status'])} after ${(0,duration/* renderDuration */.P)(DEADLINE_MS)}.`);
        }
        operation = await waitOnce(google, operation, purpose);
        const restMs = PAUSE_MS - (google.clock.now() - askedAt);
        if (operation['status'] !== 'DONE' && restMs > 0)
            await google.pause(restMs);
    }
    return operation;
}
async function waitOnce(google, operation, purpose) {
    const link = asText(operation['selfLink']);
    if (link === '') {
        throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Compute Engine answered without an operation.`);
    }
    const path = link.slice(link.indexOf('projects/'));
    const answer = await google.request({
        service: 'compute',
        method: 'POST',
        path: `${path}/wait`,
        purpose: `${purpose} (waiting for the operation)`,
        timeoutMs: WAIT_TIMEOUT_MS,
    });
    return asRecord(answer.json);
}
// The server does not always set the HTTP status of a failed operation, so both are looked at.
function throwIfFailed(google, operation, purpose) {
    const errors = asList(asRecord(operation['error'])['errors']).map(asRecord);
    if (errors.length === 0 && operation['httpErrorStatusCode'] === undefined)
        return;
    const said = errors.map((error) => `${asText(error['code'])}: ${asText(error['message'])}`);
    const status = asNumber(operation['httpErrorStatusCode']) ?? 403;
    const hints = errors.flatMap(({ code, message }) => google.fixFor({ status, reason: asText(code), message: asText(message), details: {} }) ?? []);
    throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: ${said.join('; ') || asText(operation['httpErrorMessage'])}`, { hint: hints[0] });
}

;// CONCATENATED MODULE: ./lib/google/compute.js


/** Instance templates, groups and instances of one project and region. */
class Compute {
    #google;
    #projectId;
    #regionPath;
    constructor(google, scope) {
        this.#google = google;
        this.#projectId = scope.projectId;
        this.#regionPath = `projects/${scope.projectId}/regions/${scope.region}`;
    }
    async fetchTemplate(name) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: `${this.#regionPath}/instanceTemplates/${name}`,
            purpose: `read the instance template ${name}`,
            accept: [404],
        });
        if (answer.status === 404)
            return undefined;
        const template = asRecord(answer.json);
        return {
            name,
            selfLink: asText(template['selfLink']),
            description: asText(template['description']),
            properties: asRecord(template['properties']),
        };
    }
    /** Creates a template; one of the same name that is already there is left as it is. */
    async ensureTemplate(template) {
        await changeCompute(this.#google, {
            method: 'POST',
            path: `${this.#regionPath}/instanceTemplates`,
            body: template,
            purpose: `create the instance template ${template.name}`,
            accept: [409],
        });
    }
    async fetchGroup(group) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: this.#groupPath(group),
            purpose: `read the instance group ${group}`,
        });
        return readGroup(asRecord(answer.json));
    }
    /** All VMs of the group; most groups give them in one page, which is Google's default here. */
    async listManagedInstances(group) {
        const instances = [];
        let pageToken = '';
        do {
            const answer = await this.#google.request({
                service: 'compute',
                method: 'POST',
                path: `${this.#groupPath(group)}/listManagedInstances`,
                ...(pageToken !== '' && { query: { pageToken } }),
                purpose: `list the VMs of the instance group ${group}`,
            });
            const page = asRecord(answer.json);
            for (const item of asList(page['managedInstances'])) {
                instances.push(readManagedInstance(asRecord(item)));
            }
            pageToken = asText(page['nextPageToken']);
        } while (pageToken !== '');
        return instances;
    }
    /**
     * Makes `version` the group's only one. A group that someone changed since `fingerprint` was read
     * refuses with 412, which is an answer here.
     */
    async patchVersion(group, version, fingerprint) {
        return changeCompute(this.#google, {
            method: 'PATCH',
            path: this.#groupPath(group),
            body: { fingerprint, versions: [version] },
            purpose: `roll the instance group ${group} to release ${version.name}`,
            accept: [412],
        });
    }
    /** The JSON value of one guest attribute, or undefined while the VM has not written it. */
    async fetchGuestAttribute(instance, queryPath) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: `projects/${this.#projectId}/zones/${instance.zone}/instances/${instance.name}/getGuestAttributes`,
            query: { queryPath },
            purpose: `read what VM ${instance.name} reports`,
            accept: [404],
        });
        const items = asList(asRecord(asRecord(answer.json)['queryValue'])['items']);
        return parseJson(asText(asRecord(items[0])['value']));
    }
    /** The external address of a VM, else its internal one; undefined when the VM is gone. */
    async fetchAddress(instance) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: `projects/${this.#projectId}/zones/${instance.zone}/instances/${instance.name}`,
            purpose: `read the VM ${instance.name}`,
            accept: [404],
        });
        const card = asRecord(asList(asRecord(answer.json)['networkInterfaces'])[0]);
        const external = asText(asRecord(asList(card['accessConfigs'])[0])['natIP']);
        return external || asText(card['networkIP']) || undefined;
    }
    #groupPath(group) {
        return `${this.#regionPath}/instanceGroupManagers/${group}`;
    }
}
// A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early.
function readGroup(group) {
    const status = asRecord(group['status']);
    return {
        fingerprint: asText(group['fingerprint']),
        targetSize: asNumber(group['targetSize']) ?? 0,
        versions: asList(group['versions']).map((item) => {
            const version = asRecord(item);
            return {
                name: asText(version['name']),
                instanceTemplate: asText(version['instanceTemplate']),
            };
        }),
        isStable: status['isStable'] === true,
        isVersionTargetReached: asRecord(status['versionTarget'])['isReached'] === true,
        hasHealthCheck: asList(group['autoHealingPolicies']).some((policy) => asText(asRecord(policy)['healthCheck']) !== ''),
    };
}
function readManagedInstance(item) {
    const [, zone = '', name = ''] = /zones\/([^/]+)\/instances\/([^/]+)$/.exec(asText(item['instance'])) ?? [];
    return {
        name: name || asText(item['name']),
        id: asText(item['id']),
        zone,
        currentAction: asText(item['currentAction']),
        instanceStatus: asText(item['instanceStatus']),
        versionName: asText(asRecord(item['version'])['name']),
        healthStates: asList(item['instanceHealth']).map((health) => asText(asRecord(health)['detailedHealthState'])),
        lastErrors: asList(asRecord(asRecord(item['lastAttempt'])['errors'])['errors']).map((error) => {
            const { code, message } = asRecord(error);
            return `${asText(code)}: ${asText(message)}`;
        }),
    };
}

;// CONCATENATED MODULE: ./lib/google/federation.js
/**
 * Credentials of type external_account (https://google.aip.dev/auth/4117) that turn this job's OIDC
 * token into Google's. They hold no key, yet the request token in them is as good as one while the
 * job runs. The two audiences differ on purpose: GitHub's has `https:`, STS wants none.
 */
function externalAccount(federation, endpoints) {
    const { workloadIdentityProvider, serviceAccount, requestUrl, requestToken } = federation;
    const audience = `//iam.googleapis.com/${workloadIdentityProvider}`;
    return {
        type: 'external_account',
        audience,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: endpoints.stsToken,
        credential_source: {
            url: `${requestUrl}&audience=${encodeURIComponent(`https:${audience}`)}`,
            headers: { Authorization: `Bearer ${requestToken}` },
            format: { type: 'json', subject_token_field_name: 'value' },
        },
        ...(serviceAccount !== undefined && {
            service_account_impersonation_url: `${endpoints.iamCredentials}projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`,
        }),
    };
}

;// CONCATENATED MODULE: ./lib/google/secret-manager.js


/** Names of secret versions; it never reads a value. */
class SecretManager {
    #google;
    #projectId;
    constructor(google, projectId) {
        this.#google = google;
        this.#projectId = projectId;
    }
    /**
     * The number behind a version (`latest` or a number), as text.
     *
     * @throws ActionError GCP_REQUEST_FAILED when it is disabled or destroyed
     */
    async resolveVersion(secret, version) {
        const name = secret.startsWith('projects/')
            ? secret
            : `projects/${this.#projectId}/secrets/${secret}`;
        const answer = await this.#google.request({
            service: 'secretmanager',
            method: 'GET',
            path: `${name}/versions/${version}`,
            purpose: `find version "${version}" of secret ${secret}`,
        });
        const found = asRecord(answer.json);
        const [, number] = /\/versions\/([0-9]+)$/.exec(asText(found['name'])) ?? [];
        if (number === undefined) {
            throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not say which version of secret ${secret} "${version}" is.`);
        }
        if (found['state'] !== 'ENABLED') {
            throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Version ${number} of secret ${secret} is ${asText(found['state'])}: no VM could read it.`, {
                hint: `Run: gcloud secrets versions enable ${number} --secret ${secret}, or name another version.`,
            });
        }
        return number;
    }
}

;// CONCATENATED MODULE: ./lib/google/storage.js
const storage_PAUSE_MS = 10_000;
/**
 * Reads from the bucket again and again until `signal` aborts, so that one that is missing, closed
 * or out of reach shows in Google's own words. Terraform's backend would try for ever and say
 * nothing (it retries 503 and refused connections without end).
 *
 * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE; the signal's reason when it aborts
 */
async function watchBucket(google, bucket, signal) {
    for (;;) {
        signal.throwIfAborted();
        await google.request({
            service: 'storage',
            method: 'GET',
            path: `b/${bucket}/o`,
            query: { maxResults: '1', fields: 'kind' },
            purpose: `read the state bucket ${bucket}`,
        });
        await google.clock.sleep(storage_PAUSE_MS, signal);
    }
}

;// CONCATENATED MODULE: ./lib/lib/abortable.js
/** The outcome of `work`, or at once the signal's reason; `work` itself goes on, and nobody waits for it. */
async function abortable(signal, work) {
    signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
        return await Promise.race([work(), promise]);
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}

;// CONCATENATED MODULE: ./lib/lib/redact.js
const SHORTEST_SECRET = 4;
const MASK = '***';
/** Text with every known secret made unreadable, also where it stands in base64 or in a URL. */
class Redactor {
    #forms = new Set();
    /** Each line of a multi-line secret counts on its own, as in the runner's log. */
    add(secret) {
        for (const part of [secret, ...secret.split(/\r?\n/)]) {
            if (part.trim().length < SHORTEST_SECRET)
                continue;
            this.#forms.add(part);
            this.#forms.add(encodeURIComponent(part));
            this.#forms.add(Buffer.from(part).toString('base64').replace(/=+$/, ''));
            this.#forms.add(JSON.stringify(part).slice(1, -1));
        }
    }
    redact(text) {
        let result = text;
        for (const form of this.#longestFirst())
            result = result.replaceAll(form, MASK);
        return result;
    }
    // A secret may contain another one: the longer must go first, or its tail stays readable.
    #longestFirst() {
        return [...this.#forms].sort((a, b) => b.length - a.length);
    }
}

;// CONCATENATED MODULE: ./lib/outputs.js
/** The outputs of action.yml after a deploy that came to its end, as text. */
function renderOutputs(result) {
    return new Map([
        ['outcome', result.outcome],
        ['release', result.release],
        ['previous_release', result.previousRelease],
        ['image', result.image],
        ['changes', JSON.stringify(result.changes)],
        ['vms', JSON.stringify(result.vms)],
        ['url', result.url],
        ['steps', JSON.stringify(result.steps)],
        ['duration_seconds', (result.durationMs / 1000).toFixed(1)],
    ]);
}
/** The outputs after a failure: what went wrong, in a code to branch on and in words. */
function renderFailure(message, code) {
    return new Map([
        ['outcome', 'failed'],
        ['failure_code', code],
        ['failure_reason', message],
    ]);
}

;// CONCATENATED MODULE: ./lib/state.js
/** Key of the runner's state under which main leaves its working folder for post; never a secret. */
const WORK_DIRECTORY_STATE = 'work_directory';

;// CONCATENATED MODULE: ./lib/terraform/version.js
/** The bundled configuration needs 1.9 (validations that look at other variables). */
const OLDEST = [1, 9, 0];
const BEFORE = [2, 0, 0];
/** What is installed where nothing on PATH fits. */
const PINNED_VERSION = '1.11.4';
const FITTING_VERSIONS = '>= 1.9.0, < 2.0.0';
/** Whether a terraform may be used: exactly the wanted one, or any that fits when none is wanted. */
function isFitting(found, wanted) {
    if (wanted !== undefined)
        return found === wanted;
    const version = parse(found);
    return version !== undefined && compare(version, OLDEST) >= 0 && compare(version, BEFORE) < 0;
}
// A pre-release ("1.16.0-rc2") is never picked by itself; who wants it names it.
function parse(text) {
    const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
    return major === undefined ? undefined : [Number(major), Number(minor), Number(patch)];
}
function compare(a, b) {
    return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

;// CONCATENATED MODULE: ./lib/terraform/install.js



/**
 * The path of a terraform that fits: on PATH, kept by an earlier job, or downloaded and checked
 * against HashiCorp's SHA-256 list.
 *
 * @throws ActionError TERRAFORM_MISSING
 */
async function resolveTerraform(ports, options) {
    const found = await versionOnPath(ports.commands);
    if (found !== undefined && isFitting(found, options.wanted))
        return 'terraform';
    const version = options.wanted ?? PINNED_VERSION;
    ports.log.info(found === undefined
        ? `No terraform on PATH: taking ${version}.`
        : `terraform ${found} on PATH does not fit (${options.wanted ?? FITTING_VERSIONS}): taking ${version}.`);
    const kept = await ports.tools.find('terraform', version);
    return `${kept ?? (await install(ports, version, options))}/terraform`;
}
/** `terraform version -json` prints a warning of its CLI configuration to stderr at most. */
async function versionOnPath(commands) {
    try {
        const { exitCode, stdout } = await commands.run('terraform', ['version', '-json']);
        if (exitCode !== 0)
            return undefined;
        return asText(asRecord(parseJson(stdout))['terraform_version']) || undefined;
    }
    catch {
        // Not on PATH is an expected answer: it is installed below.
        return undefined;
    }
}
async function install({ files, tools }, version, { releasesUrl, platform }) {
    const folder = `${releasesUrl}terraform/${version}/`;
    const zipName = `terraform_${version}_${platform}.zip`;
    try {
        const [zipPath, sumsPath] = await Promise.all([
            tools.download(`${folder}${zipName}`),
            tools.download(`${folder}terraform_${version}_SHA256SUMS`),
        ]);
        const [actual, sums] = await Promise.all([tools.sha256(zipPath), files.read(sumsPath)]);
        if (actual !== checksumOf(sums, zipName)) {
            await files.remove(zipPath);
            throw new lib_errors/* ActionError */.l('TERRAFORM_MISSING', `The download ${folder}${zipName} has the SHA-256 ${actual}, which is not the one in HashiCorp's list.`, { hint: 'Run the job again; if it stays so, somebody may be tampering with the download.' });
        }
        return await tools.keepZip(zipPath, 'terraform', version);
    }
    catch (error) {
        if (error instanceof lib_errors/* ActionError */.l)
            throw error;
        throw new lib_errors/* ActionError */.l('TERRAFORM_MISSING', `Could not install terraform ${version} from ${folder}${zipName}: ${error instanceof Error ? error.message : String(error)}`, {
            cause: error,
            hint: 'Put a fitting terraform on PATH before this step, for example with hashicorp/setup-terraform.',
        });
    }
}
/** The hash of one file in a SHA256SUMS list; undefined when it is not listed. */
function checksumOf(sums, fileName) {
    for (const line of sums.split('\n')) {
        const [hash, name] = line.trim().split(/\s+/);
        if (name === fileName)
            return hash;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/lib/guarded.js
/** The outcome of the work, unless the guard fails first: then the work is aborted and that is the error. */
async function guarded(signal, options) {
    signal.throwIfAborted();
    const { work, guard, patienceMs, clock } = options;
    const stop = new AbortController();
    const over = new AbortController();
    const working = work(AbortSignal.any([signal, stop.signal])).finally(() => over.abort());
    // Its outcome counts only when it comes first, or its failure is the reason that is thrown.
    working.catch(() => undefined);
    const guarding = guard(AbortSignal.any([signal, over.signal])).catch(async (error) => {
        if (over.signal.aborted || signal.aborted)
            return await working;
        stop.abort(error);
        const tooLong = clock.sleep(patienceMs, over.signal).catch(() => undefined);
        await Promise.race([working.catch(() => undefined), tooLong]);
        throw error;
    });
    return Promise.race([working.catch(() => guarding), guarding]);
}

;// CONCATENATED MODULE: ./lib/terraform/plan.js

/** Reads `terraform show -json PLAN`; counts as terraform's own summary line does. */
function readPlan(path, hasChanges, json) {
    const plan = asRecord(json);
    const changes = asList(plan['resource_changes']).map(asRecord);
    const actions = changes.map((change) => asList(asRecord(change['change'])['actions']).map(asText));
    const count = (action) => actions.filter((list) => list.includes(action)).length;
    const created = changes.filter((_, index) => actions[index]?.includes('create'));
    return {
        path,
        hasChanges,
        counts: { add: count('create'), change: count('update'), destroy: count('delete') },
        createdTypes: new Set(created.map((change) => asText(change['type']))),
        outputs: outputValues(asRecord(asRecord(plan['planned_values'])['outputs'])),
    };
}
/** Plain values of terraform's `{name: {value, type, sensitive}}`. */
function outputValues(outputs) {
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, asRecord(output)['value']]));
}

;// CONCATENATED MODULE: ./lib/terraform/ui-stream.js

const VERBS = {
    create: ['creating', 'created'],
    update: ['changing', 'changed'],
    delete: ['destroying', 'destroyed'],
    replace: ['replacing', 'replaced'],
};
/**
 * Reads the machine-readable UI (https://developer.hashicorp.com/terraform/internals/machine-readable-ui):
 * the only output of plan and apply that terraform promises to keep.
 */
function readUiLine(text) {
    const event = asRecord(parseJson(text));
    switch (event['type']) {
        case 'diagnostic':
            return { diagnostic: readDiagnostic(asRecord(event['diagnostic'])) };
        case 'planned_change':
            return plannedChange(asRecord(event['change']));
        case 'apply_start':
            return hookLine(asRecord(event['hook']), 0);
        case 'apply_complete':
            return hookLine(asRecord(event['hook']), 1);
        default:
            return undefined;
    }
}
/** A diagnostic as one paragraph, terraform's own words first. */
function renderDiagnostic({ summary, detail, address, place }) {
    const where = [address, place].filter((part) => part !== '').join(' at ');
    return [where === '' ? summary : `${summary} (${where})`, detail]
        .filter((part) => part !== '')
        .join('\n');
}
function readDiagnostic(diagnostic) {
    const range = asRecord(diagnostic['range']);
    const line = asNumber(asRecord(range['start'])['line']);
    return {
        severity: diagnostic['severity'] === 'warning' ? 'warning' : 'error',
        summary: asText(diagnostic['summary']),
        detail: asText(diagnostic['detail']),
        address: asText(diagnostic['address']),
        place: line === undefined ? '' : `${asText(range['filename'])}:${line}`,
    };
}
function plannedChange(change) {
    const verb = VERBS[asText(change['action'])];
    if (!verb)
        return undefined;
    return { line: `${asText(asRecord(change['resource'])['addr'])}: to be ${verb[1]}` };
}
function hookLine(hook, tense) {
    const verb = VERBS[asText(hook['action'])];
    if (!verb)
        return undefined;
    const seconds = asNumber(hook['elapsed_seconds']);
    const took = tense === 1 && seconds !== undefined && seconds > 0 ? ` after ${seconds} s` : '';
    return { line: `${asText(asRecord(hook['resource'])['addr'])}: ${verb[tense]}${took}` };
}

;// CONCATENATED MODULE: ./lib/terraform/terraform.js






const terraform_MINUTE_MS = 60_000;
/** For a terraform whose backend is gone to let go; it may well never do so. */
const PATIENCE_MS = 10_000;
/** Terraform in one directory, with one backend; each method is one subcommand. */
class Terraform {
    #commands;
    #options;
    constructor(commands, options) {
        this.#commands = commands;
        this.#options = options;
    }
    /** @throws ActionError TERRAFORM_FAILED, TERRAFORM_TIMED_OUT (so does every method) */
    async init(log) {
        const { bucket, prefix } = this.#options.backend;
        await this.#run({
            title: 'terraform init',
            args: [
                'init',
                '-input=false',
                '-no-color',
                '-reconfigure',
                `-backend-config=bucket=${bucket}`,
                `-backend-config=prefix=${prefix}`,
            ],
            timeoutMs: 3 * terraform_MINUTE_MS,
            acceptedExitCodes: [0],
            log,
        });
    }
    /** Plans into a file and reads it back as JSON, which is the only form that is parsed. */
    async plan(log) {
        const path = `${this.#options.dataDirectory}/deploy.tfplan`;
        const { exitCode } = await this.#run({
            title: 'terraform plan',
            args: [
                'plan',
                '-json',
                '-input=false',
                '-detailed-exitcode',
                '-lock-timeout=60s',
                `-var-file=${this.#options.variablesPath}`,
                `-out=${path}`,
            ],
            timeoutMs: 10 * terraform_MINUTE_MS,
            acceptedExitCodes: [0, 2],
            log,
        });
        return readPlan(path, exitCode === 2, await this.#showJson(path, log));
    }
    /** Applies exactly the planned file. */
    async apply(plan, log) {
        await this.#run({
            title: 'terraform apply',
            args: ['apply', '-json', '-input=false', '-lock-timeout=60s', plan.path],
            timeoutMs: 30 * terraform_MINUTE_MS,
            acceptedExitCodes: [0],
            log,
        });
    }
    async readOutputs(log) {
        const { stdout } = await this.#run({
            title: 'terraform output',
            args: ['output', '-json'],
            timeoutMs: 2 * terraform_MINUTE_MS,
            acceptedExitCodes: [0],
            log,
        });
        return outputValues(asRecord(parseJson(stdout)));
    }
    async #showJson(path, log) {
        const { stdout } = await this.#run({
            title: 'terraform show',
            args: ['show', '-json', path],
            timeoutMs: 2 * terraform_MINUTE_MS,
            acceptedExitCodes: [0],
            usesBackend: false,
            log,
        });
        return parseJson(stdout);
    }
    #run(step) {
        const { clock, signal, watchBackend } = this.#options;
        const work = (either) => this.#execute(step, either);
        if (step.usesBackend === false)
            return work(signal);
        return guarded(signal, { work, guard: watchBackend, patienceMs: PATIENCE_MS, clock });
    }
    async #execute(step, signal) {
        const { executable, directory } = this.#options;
        const errors = [];
        const result = await this.#commands.runInterruptible(executable, step.args, {
            cwd: directory,
            env: this.#environment(),
            signal,
            timeoutMs: step.timeoutMs,
            onLine: (line) => report(line, step.log, errors),
        });
        signal.throwIfAborted();
        if (result.timedOut)
            throw timedOut(step);
        if (!step.acceptedExitCodes.includes(result.exitCode))
            throw failed(step, result, errors);
        return result;
    }
    #environment() {
        const { credentialsPath, dataDirectory } = this.#options;
        return {
            GOOGLE_APPLICATION_CREDENTIALS: credentialsPath,
            TF_DATA_DIR: dataDirectory,
            TF_IN_AUTOMATION: '1',
            TF_INPUT: '0',
            // Nothing of ours depends on HashiCorp being told of each run.
            CHECKPOINT_DISABLE: '1',
        };
    }
}
function report(line, log, errors) {
    const event = readUiLine(line);
    if (!event)
        return;
    if ('line' in event)
        log.info(event.line);
    else if (event.diagnostic.severity === 'error')
        errors.push(event.diagnostic);
    else
        log.warning(renderDiagnostic(event.diagnostic));
}
function timedOut({ title, timeoutMs }) {
    return new lib_errors/* ActionError */.l('TERRAFORM_TIMED_OUT', `${title} was still running after ${(0,duration/* renderDuration */.P)(timeoutMs)} and was interrupted.`, {
        hint: 'Terraform itself retries a state bucket that does not answer for ever; check that Cloud Storage can be reached.',
    });
}
function failed(step, result, errors) {
    const said = errors.map(renderDiagnostic).join('\n\n') || plainWords(result);
    return new lib_errors/* ActionError */.l('TERRAFORM_FAILED', `${step.title} failed: ${said}`);
}
/** Init and output do not speak JSON: their own last words, without the box that they are drawn in. */
function plainWords({ stderr, stdout, exitCode }) {
    const text = (stderr.trim() || stdout.trim()).replace(/^[╷│╵]\s?/gm, '').trim();
    const from = text.indexOf('Error: ');
    const words = (from < 0 ? text : text.slice(from + 'Error: '.length)).trim();
    return words.slice(0, 2000) || `it ended with exit code ${exitCode} and said nothing.`;
}

;// CONCATENATED MODULE: ./lib/terraform/variables.js


/**
 * The content of a `.tfvars.json` file: a file, because values on a command line are readable by
 * every process of the machine.
 *
 * @throws ActionError INPUT_INVALID when `terraform_variables` sets what an input of its own sets
 */
function renderVariables(variables) {
    const own = {
        project_id: variables.projectId,
        region: variables.region,
        zones: variables.zones,
        name: variables.name,
        machine_type: variables.machineType,
        size: variables.size,
        port: variables.port ?? null,
        health_path: variables.healthPath ?? null,
        strategy: variables.strategy,
        provisioning: variables.provisioning,
        env: Object.fromEntries(variables.env),
        secrets: Object.fromEntries([...variables.secrets].map(([name, { secret, version }]) => [name, `${secret}:${version}`])),
    };
    const taken = [...variables.more.keys()].filter((name) => Object.hasOwn(own, name));
    if (taken.length > 0) {
        throw new lib_errors/* ActionError */.l('INPUT_INVALID', `Input "terraform_variables" sets ${taken.join(', ')}: write the input of the same name instead.`);
    }
    const more = [...variables.more].map(([name, text]) => [name, readValue(text)]);
    return `${JSON.stringify({ ...own, ...Object.fromEntries(more) }, null, 2)}\n`;
}
// Terraform turns the text "1.10" into a number where one is wanted; JSON would make it 1.1 before.
function readValue(text) {
    if (text.trim() === 'null')
        return null;
    const value = parseJson(text);
    return value === undefined || typeof value === 'number' ? text : value;
}

;// CONCATENATED MODULE: ./lib/compose.js

























/** Builds the deploy with the real world behind every port. Nothing is written or asked before run(). */
function composeDeploy(config, env, signal) {
    const redactor = new Redactor();
    const log = new RunnerLog(core, redactor);
    const setOutputs = (outputs) => {
        for (const [name, value] of outputs)
            core.setOutput(name, redactor.redact(value));
    };
    return {
        run: async () => {
            const workDirectory = (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? '/tmp', `deploy-spot-mig-${(0,external_node_crypto_.randomUUID)()}`);
            core.saveState(WORK_DIRECTORY_STATE, workDirectory);
            setOutputs(renderOutputs(await runDeploy({ config, env, signal, log, workDirectory })));
        },
        fail: (message, code) => {
            setOutputs(renderFailure(message, code));
            core.setFailed(redactor.redact(message));
        },
    };
}
async function runDeploy({ config, env, signal, log, workDirectory, }) {
    const oidc = readOidcRequest(env);
    log.mask(oidc.requestToken);
    const endpoints = resolveEndpoints(config.region, env);
    const credentials = externalAccount({ ...config, ...oidc }, endpoints);
    const tokens = federatedTokens(credentials, (secret) => log.mask(secret));
    const outside = { commands: new ProcessRunner(env), files: localFiles, clock: systemClock, log };
    const google = new GoogleClient({ ...outside, http: gaxiosHttp(), tokens }, { endpoints, projectId: config.projectId, signal });
    const ports = {
        ...outside,
        tokens,
        google,
        compute: new Compute(google, config),
        secretManager: new SecretManager(google, config.projectId),
        terraform: (either) => composeTerraform({
            ...outside,
            config,
            env,
            google,
            credentials,
            workDirectory,
            signal: either,
        }),
    };
    const { repositoryUrl, ...provenance } = readJobContext(env);
    return deploy(config, ports, {
        provenance,
        registryHost: endpoints.registryHost,
        workDirectory,
        sourceUrl: repositoryUrl,
        signal,
    });
}
/** Lays out what terraform needs, all of it in our own folder: the workspace stays as it is. */
async function composeTerraform(parts) {
    const { commands, files, log, config, env, google, credentials, workDirectory, signal } = parts;
    const credentialsPath = (0,external_node_path_.join)(workDirectory, 'google-credentials.json');
    const variablesPath = (0,external_node_path_.join)(workDirectory, 'deploy.tfvars.json');
    const dataDirectory = (0,external_node_path_.join)(workDirectory, 'terraform-data');
    const [executable, directory] = await Promise.all([
        // A download cannot be interrupted; a cancelled run does not wait for it.
        abortable(signal, () => resolveTerraform({ commands, files, tools: runnerToolCache, log }, {
            wanted: config.terraformVersion,
            releasesUrl: env['HASHICORP_RELEASES_URL'] || 'https://releases.hashicorp.com/',
            platform: `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`,
        })),
        layOutConfiguration(parts),
        files.writePrivate(credentialsPath, JSON.stringify(credentials)),
        files.writePrivate(variablesPath, renderVariables({ ...config, more: config.terraformVariables })),
        files.makeFolder(dataDirectory),
    ]);
    const backend = { bucket: config.stateBucket, prefix: config.name };
    return new Terraform(commands, {
        executable,
        directory,
        dataDirectory,
        variablesPath,
        backend,
        credentialsPath,
        watchBackend: (either) => watchBucket(google, config.stateBucket, either),
        clock: systemClock,
        signal,
    });
}
// The bundled configuration is copied, so that terraform's lock file is not left in the action's folder.
async function layOutConfiguration({ config, files, workDirectory, }) {
    if (config.terraformDirectory !== undefined)
        return (0,external_node_path_.resolve)(config.terraformDirectory);
    const directory = (0,external_node_path_.join)(workDirectory, 'terraform');
    // dist/main/index.js is what node was started with; import.meta.url would be that of a chunk.
    const bundled = (0,external_node_path_.join)((0,external_node_path_.dirname)(process.argv[1] ?? ''), '..', '..', 'terraform');
    await files.copyFolder(bundled, directory);
    return directory;
}


/***/ })

};
