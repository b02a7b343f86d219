export const id = 181;
export const ids = [181];
export const modules = {

/***/ 4181:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
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

;// CONCATENATED MODULE: ./lib/adapters/followed-file.js


const CHUNK_BYTES = 64 * 1024;
/** How late a line may be. A watch would be told of it at once, but fails where a system is out of them. */
const LOOK_EVERY_MS = 100;
/** A file that a child process writes, read line by line while it grows. */
class FollowedFile {
    /** For the child to write to. */
    descriptor;
    #reading;
    #lines;
    #looking;
    #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    /** Begins an empty file that its owner alone may read. */
    constructor(path, onLine) {
        this.descriptor = (0,external_node_fs_.openSync)(path, 'w', 0o600);
        this.#reading = (0,external_node_fs_.openSync)(path, 'r');
        this.#lines = new LineSplitter(onLine);
        this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS);
    }
    /** Hands over what is left, once nobody writes any more. */
    close() {
        clearInterval(this.#looking);
        this.#look();
        this.#lines.end();
        (0,external_node_fs_.closeSync)(this.#reading);
        (0,external_node_fs_.closeSync)(this.descriptor);
    }
    #look() {
        for (;;) {
            const count = (0,external_node_fs_.readSync)(this.#reading, this.#chunk);
            if (count === 0)
                return;
            this.#lines.write(this.#chunk.subarray(0, count));
        }
    }
}

;// CONCATENATED MODULE: ./lib/adapters/outliving.js



/**
 * The one child of a folder that may outlive its parent. Its process id stands there as long as it
 * runs, and whether it was interrupted: terraform that is interrupted twice leaves its state lock.
 */
class OutlivingChild {
    #notePath;
    #interruptedPath;
    constructor(folder) {
        this.#notePath = (0,external_node_path_.join)(folder, 'child.pid');
        this.#interruptedPath = (0,external_node_path_.join)(folder, 'child.interrupted');
    }
    begin(pid) {
        (0,external_node_fs_.rmSync)(this.#interruptedPath, { force: true });
        (0,external_node_fs_.writeFileSync)(this.#notePath, String(pid), { mode: 0o600 });
    }
    /** Sends the one SIGINT, unless it was sent already. */
    interrupt() {
        const pid = this.pid;
        if (pid === undefined || (0,external_node_fs_.existsSync)(this.#interruptedPath))
            return;
        (0,external_node_fs_.writeFileSync)(this.#interruptedPath, '');
        isSent('SIGINT', pid);
    }
    end() {
        (0,external_node_fs_.rmSync)(this.#notePath, { force: true });
    }
    /** Its process id while it runs. */
    get pid() {
        const pid = Number(readIfThere(this.#notePath));
        return pid > 0 && isRunning(pid) ? pid : undefined;
    }
    /** Whether it ended within `patienceMs`. */
    async hasEnded(patienceMs) {
        const untilMs = performance.now() + patienceMs;
        // It is nobody's child any more, so there is no event to wait for.
        while (this.pid !== undefined && performance.now() < untilMs)
            await (0,promises_.setTimeout)(outliving_LOOK_EVERY_MS);
        return this.pid === undefined;
    }
}
const outliving_LOOK_EVERY_MS = 100;
// In a container nobody may bury the dead: they keep their process id and are in state Z.
function isRunning(pid) {
    return isSent(0, pid) && !/\) Z /.test(readIfThere(`/proc/${pid}/stat`));
}
/** False where there is no such process, or only one of somebody else that has its id by now. */
function isSent(signal, pid) {
    try {
        return process.kill(pid, signal);
    }
    catch {
        return false;
    }
}
function readIfThere(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch {
        return '';
    }
}

;// CONCATENATED MODULE: ./lib/adapters/children.js





/** Starts a child without a shell and without input, whose output is cut into lines. */
function startChild(command, options) {
    const { outliveIn } = options;
    return outliveIn === undefined
        ? startPiped(command, options)
        : startOutliving(command, { ...options, outliveIn });
}
function startPiped([tool = '', ...args], { cwd, env, onLine }) {
    const child = (0,external_node_child_process_.spawn)(tool, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of ['stdout', 'stderr']) {
        const lines = new LineSplitter((line) => onLine(stream, line));
        child[stream].on('data', (chunk) => lines.write(chunk));
        child[stream].on('end', () => lines.end());
    }
    return { child, interrupt: () => child.kill('SIGINT'), close: () => undefined };
}
/**
 * A pipe whose reader was killed kills its writer too, so this child writes to files. It leads a
 * session of its own: a Ctrl-C in the terminal would be its second interrupt.
 */
function startOutliving([tool = '', ...args], { cwd, env, outliveIn, onLine }) {
    const follow = (stream) => new FollowedFile((0,external_node_path_.join)(outliveIn, `child.${stream}`), (line) => onLine(stream, line));
    const [stdout, stderr] = [follow('stdout'), follow('stderr')];
    const child = (0,external_node_child_process_.spawn)(tool, args, {
        cwd,
        env,
        detached: true,
        stdio: ['ignore', stdout.descriptor, stderr.descriptor],
    });
    const outliving = new OutlivingChild(outliveIn);
    if (child.pid !== undefined)
        outliving.begin(child.pid);
    let isOpen = true;
    return {
        child,
        interrupt: () => outliving.interrupt(),
        close: () => {
            if (!isOpen)
                return;
            isOpen = false;
            outliving.end();
            stdout.close();
            stderr.close();
        },
    };
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
        const texts = { stdout: '', stderr: '' };
        const onLine = (stream, line) => {
            texts[stream] += `${line}\n`;
            options.onLine?.(line);
        };
        const running = startChild([tool, ...args], {
            cwd: options.cwd,
            env: this.#childEnvironment(options.env),
            outliveIn: options.outliveIn,
            onLine,
        });
        // One SIGINT and no more: a second one makes terraform leave its state lock behind.
        let interrupted = false;
        let timedOut = false;
        const interrupt = () => {
            if (!interrupted)
                running.interrupt();
            interrupted = true;
        };
        const timer = setTimeout(() => {
            timedOut = true;
            interrupt();
        }, options.timeoutMs);
        options.signal.addEventListener('abort', interrupt, { once: true });
        running.child.on('error', (cause) => {
            running.close();
            reject(cannotStart(tool, options.cwd, cause));
        });
        running.child.on('close', (code) => {
            running.close();
            resolve({ ...texts, exitCode: code ?? 137, timedOut });
        });
        return promise.finally(() => {
            clearTimeout(timer);
            options.signal.removeEventListener('abort', interrupt);
        });
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

;// CONCATENATED MODULE: ./lib/google/compute/group-reference.js

/** `zones/Z` or `regions/R`, with or without project and host in front of it. */
const LINK = /^(?:https:\/\/[^?#]*?\/)?(?:projects\/([^/]+)\/)?(zones|regions)\/([^/]+)\/instanceGroupManagers\/([^/?#]+)$/;
/** https://cloud.google.com/compute/docs/naming-resources */
const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
/**
 * The API path of a group: of a plain name in the scope's region, or of the zonal or regional group
 * that an id or a URL names.
 *
 * @throws ActionError TERRAFORM_OUTPUTS when it is none of these
 */
function groupPath(reference, { projectId, region }) {
    if (NAME.test(reference)) {
        return `projects/${projectId}/regions/${region}/instanceGroupManagers/${reference}`;
    }
    const [, project = projectId, kind, location, name] = LINK.exec(reference) ?? [];
    if (name === undefined || !NAME.test(name)) {
        throw new lib_errors/* ActionError */.l('TERRAFORM_OUTPUTS', `The instance group "${reference}" is neither the name of a regional group nor the id of a zonal or regional one.`, {
            hint: 'Let the output group_name be the name or the id of the group: value = google_compute_instance_group_manager.main.id',
        });
    }
    return `projects/${project}/${kind}/${location}/instanceGroupManagers/${name}`;
}
/** What people call the group: the last part of a name, an id or a URL. */
function groupName(reference) {
    return reference.slice(reference.lastIndexOf('/') + 1);
}
/** The API path of an instance template: a plain name is one of the scope's region. */
function templatePath(reference, { projectId, region }) {
    const [, project = projectId, place, name] = /(?:projects\/([^/]+)\/)?(global|regions\/[^/]+)\/instanceTemplates\/([^/?#]+)/.exec(reference) ?? [];
    return name === undefined
        ? `projects/${projectId}/regions/${region}/instanceTemplates/${reference}`
        : `projects/${project}/${place}/instanceTemplates/${name}`;
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

;// CONCATENATED MODULE: ./lib/release/failure.js



const ONE_AT_A_TIME = 'Let deploys wait for each other: add `concurrency: { group: deploy, cancel-in-progress: false }` to the workflow.';
const CODES = {
    release: 'ROLLOUT_FAILED',
    capacity: 'ROLLOUT_CAPACITY',
    quota: 'ROLLOUT_QUOTA',
    permission: 'ROLLOUT_PERMISSION',
    configuration: 'ROLLOUT_CONFIGURATION',
    deadline: 'ROLLOUT_TIMED_OUT',
};
/** The one error that a rollout ends with: what became of it, what each VM said, what to do. */
function rolloutFailure(verdict, context) {
    if (verdict.kind === 'superseded') {
        const text = supersededText(verdict, context);
        return new lib_errors/* ActionError */.l('ROLLOUT_SUPERSEDED', text, { hint: ONE_AT_A_TIME });
    }
    const lines = verdict.evidence.map((line) => `  ${line.trimEnd().replaceAll('\n', '\n  ')}`);
    const text = [headline(verdict, context), ...lines].join('\n');
    return new lib_errors/* ActionError */.l(CODES[verdict.cause], text, { hint: hintFor(verdict) });
}
function supersededText({ reason }, { policy }) {
    return `Release ${policy.release} was not rolled out: ${reason} while it was rolling.`;
}
function headline({ cause, reason }, { group, policy }) {
    const { release, progressDeadlineMs } = policy;
    const name = groupName(group);
    switch (cause) {
        case 'deadline':
            return `Release ${release} made no progress on ${name} for ${(0,duration/* renderDuration */.P)(progressDeadlineMs)}.`;
        case 'release':
            return `Release ${release} failed on ${name}: ${reason}`;
        default:
            return `Release ${release} could not be rolled out on ${name}: ${reason}`;
    }
}
function hintFor({ cause, reason, evidence }) {
    switch (cause) {
        case 'capacity':
            return `Nothing is wrong with the release. Push again later, or let Google choose from more: further \`zones\`, another \`machine_type\`, or \`provisioning: standard\`.`;
        case 'quota':
            return `See what is used: gcloud compute regions describe ${regionIn([reason, ...evidence])} --format="yaml(quotas)", and ask for more at https://console.cloud.google.com/iam-admin/quotas. With strategy "surge" it must do for the group and its new VMs together.`;
        case 'permission':
            return permissionHint(reason);
        case 'configuration':
            return 'Correct the setting that the error names, then push again.';
        default:
            return 'Fix the cause and push again.';
    }
}
function regionIn(texts) {
    return /\b[a-z]+-[a-z]+\d+\b/.exec(texts.join(' '))?.[0] ?? 'REGION';
}
/** Google names both accounts (SERVICE_ACCOUNT_ACCESS_DENIED), so the command can be whole. */
function permissionHint(reason) {
    const [, account, user] = /service account '([^']+)'\. User: '([^']+)'/.exec(reason) ?? [];
    if (account !== undefined && user !== undefined) {
        return `Run: gcloud iam service-accounts add-iam-policy-binding ${account} --member=serviceAccount:${user} --role=roles/iam.serviceAccountUser`;
    }
    return "VMs of a group are made by the project's Google APIs service agent. Run: gcloud projects add-iam-policy-binding PROJECT_ID --member=serviceAccount:PROJECT_NUMBER@cloudservices.gserviceaccount.com --role=roles/compute.instanceGroupManagerServiceAgent";
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

;// CONCATENATED MODULE: ./lib/release/ledger/lock-record.js

/** A lock that nobody renewed for so long has no living holder. */
const STALE_AFTER_MS = 180_000;
/** Whoever wrote a lock that cannot be read: its age alone counts. */
function parseLock(text) {
    const record = asRecord(parseJson(text));
    return {
        holder: asText(record['holder']),
        runUrl: asText(record['run_url']),
        actor: asText(record['actor']),
        acquiredAt: asText(record['acquired_at']),
        renewedAt: asText(record['renewed_at']),
    };
}
function renderLock(record) {
    const file = {
        holder: record.holder,
        run_url: record.runUrl,
        actor: record.actor,
        acquired_at: record.acquiredAt,
        renewed_at: record.renewedAt,
    };
    return `${JSON.stringify(file, undefined, 2)}\n`;
}
/** Since the last renewal, by Google's clock alone. */
function ageMsOf({ updatedAtMs, serverNowMs }) {
    return serverNowMs - updatedAtMs;
}
/** `https://…/runs/7 (started by octocat)`. */
function describeOwner({ runUrl, actor }) {
    return `${runUrl || 'a run that left no URL'}${actor && ` (started by ${actor})`}`;
}

;// CONCATENATED MODULE: ./lib/release/ledger/lease.js





const RENEW_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 10_000;
/** Given up before others may take it, so that the work is told in time. */
const LOST_AFTER_MS = STALE_AFTER_MS - 15_000;
/** A lock that this run holds: renewed by `keep`, gone after `release`. */
class Lease {
    #ports;
    #held;
    constructor(ports, held) {
        this.#ports = ports;
        this.#held = held;
    }
    /**
     * Renews until `over` aborts. One renewal that fails is tried again; only so many that the lock
     * may be somebody else's by now are the end.
     *
     * @throws ActionError DEPLOY_LOCK_LOST; the reason of `over`
     */
    async keep(over) {
        const { clock, log } = this.#ports;
        let dueAtMs = this.#held.confirmedAtMs + RENEW_EVERY_MS;
        for (;;) {
            await clock.sleep(Math.max(dueAtMs - clock.now(), 0), over);
            try {
                await this.#renewInTime(over);
                dueAtMs = this.#held.confirmedAtMs + RENEW_EVERY_MS;
            }
            catch (error) {
                over.throwIfAborted();
                if (error instanceof lib_errors/* ActionError */.l && error.code === 'DEPLOY_LOCK_LOST')
                    throw error;
                log.info(`The deploy lock could not be renewed, which is tried again: ${networkReason(error)}`);
                dueAtMs = clock.now() + RETRY_AFTER_MS;
            }
        }
    }
    /** Removes the lock if it is still ours. */
    async release() {
        const { name, owner, generation } = this.#held;
        await lease_removeLock(this.#ports.store, { name, holder: owner.holder, generation });
    }
    /** A request that hangs must not hide that the time is up. */
    async #renewInTime(over) {
        const { clock } = this.#ports;
        const restMs = Math.max(this.#held.confirmedAtMs + LOST_AFTER_MS - clock.now(), 0);
        const guard = async (renewed) => {
            await clock.sleep(restMs, renewed);
            throw this.#tooLate();
        };
        await guarded(over, { work: () => this.#renew(), guard, patienceMs: 0, clock });
    }
    async #renew() {
        if (await this.#rewrite(this.#held.generation))
            return;
        // Somebody else's, or our own earlier renewal that we took for failed.
        const { name, owner } = this.#held;
        const found = await this.#ports.store.read(name);
        if (found === undefined)
            throw this.#lost('somebody removed it');
        const there = parseLock(found.text);
        if (there.holder !== owner.holder)
            throw this.#lost(`${describeOwner(there)} has it now`);
        if (!(await this.#rewrite(found.generation)))
            throw this.#lost('it changed hands just now');
    }
    async #rewrite(ifGeneration) {
        const confirmedAtMs = this.#ports.clock.now();
        const { name, owner, acquiredAt } = this.#held;
        const renewedAt = new Date(confirmedAtMs).toISOString();
        const text = renderLock({ ...owner, acquiredAt, renewedAt });
        const written = await this.#ports.store.write(name, text, { ifGeneration });
        if (written === 'conflict')
            return false;
        this.#held = { ...this.#held, generation: written.generation, confirmedAtMs };
        return true;
    }
    #tooLate() {
        return this.#lost(`it could not be renewed for ${(0,duration/* renderDuration */.P)(LOST_AFTER_MS)}`);
    }
    #lost(why) {
        const { store } = this.#ports;
        return new lib_errors/* ActionError */.l('DEPLOY_LOCK_LOST', `This run lost its deploy lock ${store.url(this.#held.name)}: ${why}.`, {
            hint: 'Another run may be deploying: look at what it came to before running this job again.',
        });
    }
}
/** Removes a lock of this holder, whichever generation it has by now; anybody else's stays. */
async function lease_removeLock(store, lock) {
    let generation = lock.generation ?? (await ownGeneration(store, lock));
    // Only a renewal of our own that was under way can make this go round again.
    while (generation !== undefined) {
        const outcome = await store.remove(lock.name, { ifGeneration: generation });
        generation = outcome === 'conflict' ? await ownGeneration(store, lock) : undefined;
    }
}
async function ownGeneration(store, { name, holder }) {
    const found = await store.read(name);
    return found && parseLock(found.text).holder === holder ? found.generation : undefined;
}

;// CONCATENATED MODULE: ./lib/release/ledger/deploy-lock.js






const WAIT_MS = 15 * 60_000;
const POLL_MS = 5_000;
const RACE_PAUSE_MS = 500;
/** How long work whose lock was lost may take to stop before the run ends without it. */
const PATIENCE_MS = 120_000;
/**
 * Runs `work` while this run alone holds the deploy lock. Its signal aborts when the lock is lost.
 * A lock that cannot be removed afterwards is no failure of the work: it frees itself.
 *
 * @throws ActionError DEPLOY_LOCKED, DEPLOY_LOCK_LOST, GCP_*; what `work` throws
 */
async function withDeployLock(ports, options, work) {
    const lease = await acquireDeployLock(ports, options);
    try {
        return await guarded(options.signal, {
            work,
            guard: (over) => lease.keep(over),
            patienceMs: PATIENCE_MS,
            clock: ports.clock,
        });
    }
    finally {
        await lease.release().catch((error) => {
            const freeIn = (0,duration/* renderDuration */.P)(STALE_AFTER_MS);
            ports.log.warning(`The deploy lock could not be removed; it frees itself in ${freeIn}: ${networkReason(error)}`);
        });
    }
}
/**
 * Creates the lock, waiting while a living run holds it; one of a run that died is taken over. The
 * lease is not renewed yet.
 *
 * @throws ActionError DEPLOY_LOCKED when the wait was too long, GCP_*; the signal's reason
 */
async function acquireDeployLock(ports, options) {
    const wait = new Wait(ports, options);
    let found;
    let claim = claimOn(found, options.owner);
    for (let isFirst = true;; isFirst = false) {
        const lease = claim === undefined ? undefined : await tryClaim(ports, options, claim);
        if (lease) {
            sayTakeover(ports, found, options.owner);
            return lease;
        }
        // The first claim is a guess; one that fails after a look at the lock lost a race.
        if (!isFirst)
            await wait.pause(claim === undefined ? found : undefined);
        found = await ports.store.read(lockName(options.prefix));
        claim = claimOn(found, options.owner);
    }
}
async function tryClaim(ports, { prefix, owner }, ifGeneration) {
    const name = lockName(prefix);
    const confirmedAtMs = ports.clock.now();
    const acquiredAt = new Date(confirmedAtMs).toISOString();
    const text = renderLock({ ...owner, acquiredAt, renewedAt: acquiredAt });
    const written = await ports.store.write(name, text, { ifGeneration });
    if (written === 'conflict')
        return undefined;
    const { generation } = written;
    return new Lease(ports, { name, owner, acquiredAt, generation, confirmedAtMs });
}
/** Whether any run, living or dead, holds the lock. */
async function isDeployLocked(store, prefix) {
    return (await store.read(lockName(prefix))) !== undefined;
}
/** For the step after a run that could not do it itself: removes the lock if that run still holds it. */
async function releaseDeployLock(store, { prefix, holder }) {
    await removeLock(store, { name: lockName(prefix), holder });
}
function lockName(prefix) {
    return `${prefix}/deploy.lock`;
}
/** The generation that may be overwritten; undefined while a living run holds the lock. */
function claimOn(found, owner) {
    if (found === undefined)
        return '0';
    const isOurs = parseLock(found.text).holder === owner.holder;
    return isOurs || ageMsOf(found) >= STALE_AFTER_MS ? found.generation : undefined;
}
function sayTakeover({ log }, found, owner) {
    if (found === undefined)
        return;
    const before = parseLock(found.text);
    log.info(before.holder === owner.holder
        ? 'This run holds the deploy lock already, from an earlier start.'
        : `Took over the deploy lock of ${describeOwner(before)}, which did not renew it for ${(0,duration/* renderDuration */.P)(ageMsOf(found))}.`);
}
/** Waits for one holder after the other, up to a limit for all of them. */
class Wait {
    #ports;
    #options;
    #startedAtMs;
    #said;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#startedAtMs = ports.clock.now();
    }
    /** `found` is the lock of a living run; undefined after a race that was lost. */
    async pause(found) {
        const { clock, log } = this.#ports;
        const { signal, waitMs = WAIT_MS, random = Math.random } = this.#options;
        const record = parseLock(found?.text ?? '');
        const restMs = this.#startedAtMs + waitMs - clock.now();
        if (restMs <= 0)
            throw this.#tooLong(record, waitMs);
        if (found && this.#said !== record.holder) {
            this.#said = record.holder;
            log.info(`Waiting for the deploy lock: ${describeOwner(record)} holds it.`);
        }
        // Some jitter, so that several waiting runs do not ask in step.
        const pauseMs = (found ? POLL_MS : RACE_PAUSE_MS) * (0.8 + 0.4 * random());
        await clock.sleep(Math.min(pauseMs, restMs), signal);
    }
    #tooLong(record, waitMs) {
        const { store } = this.#ports;
        const since = record.acquiredAt && ` since ${record.acquiredAt}`;
        return new lib_errors/* ActionError */.l('DEPLOY_LOCKED', `Another run holds the deploy lock ${store.url(lockName(this.#options.prefix))}${since}: ${describeOwner(record)}. This run waited ${(0,duration/* renderDuration */.P)(waitMs)} for it.`, {
            hint: `Wait for that run to end, or cancel it, then run this job again. A run that died loses the lock after ${(0,duration/* renderDuration */.P)(STALE_AFTER_MS)} by itself.`,
        });
    }
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

;// CONCATENATED MODULE: ./lib/release/ledger/ledger.js

const EMPTY_LEDGER = { entries: [], more: {} };
/** Adds an open entry with the next number, as the last one. */
function openEntry(ledger, entry, startedAt) {
    const opened = {
        ...entry,
        attempt: (ledger.entries.at(-1)?.attempt ?? 0) + 1,
        startedAt,
        finishedAt: null,
        outcome: null,
        rolledBackTo: null,
        reason: null,
        more: {},
    };
    return { ...ledger, entries: [...ledger.entries, opened] };
}
/**
 * Writes down how an attempt ended. A second time with the same outcome changes nothing.
 *
 * @throws ActionError LEDGER_CONFLICT when it ended in another way already, or never began
 */
function closeEntry(ledger, attempt, closing) {
    const entry = ledger.entries.find((known) => known.attempt === attempt);
    if (entry === undefined) {
        throw new lib_errors/* ActionError */.l('LEDGER_CONFLICT', `The ledger holds no attempt ${attempt}.`, {
            hint: 'Somebody may have replaced it while this run deployed: look at its earlier versions.',
        });
    }
    if (entry.outcome === closing.outcome)
        return ledger;
    if (entry.outcome !== null)
        throw alreadyClosed(entry, closing.outcome);
    const { finishedAt, outcome, rolledBackTo = null, reason = null } = closing;
    const closed = { ...entry, finishedAt, outcome, rolledBackTo, reason };
    return {
        ...ledger,
        entries: ledger.entries.map((known) => (known === entry ? closed : known)),
    };
}
function alreadyClosed({ attempt, outcome, runUrl }, wanted) {
    return new lib_errors/* ActionError */.l('LEDGER_CONFLICT', `Attempt ${attempt} (${runUrl}) is in the ledger as "${outcome}" already; it cannot become "${wanted}".`, {
        hint: 'Another run has finished it, which happens when this one did not renew its deploy lock: trust the ledger.',
    });
}
/** Attempts that no run has finished: one that runs now, or that a dead run left behind. */
function openEntries({ entries }) {
    return entries.filter(({ outcome }) => outcome === null);
}
/**
 * Where to go back to, best first: for each release whose last word is that it was verified, the
 * entry that says so, newest first. One that failed or was taken back after that is none.
 */
function lastVerified({ entries }, { otherThan }) {
    const lastWords = new Map();
    for (const entry of entries.toReversed()) {
        if (isVerdict(entry) && !lastWords.has(entry.release))
            lastWords.set(entry.release, entry);
    }
    return [...lastWords.values()].filter(({ release, outcome }) => outcome === 'verified' && release !== otherThan);
}
/** Whether the last word on a release is that it was verified. */
function isVerified(ledger, release) {
    return lastVerified(ledger, { otherThan: undefined }).some((entry) => entry.release === release);
}
// A run that was interrupted says nothing about the release.
function isVerdict({ outcome }) {
    return outcome !== null && outcome !== 'interrupted';
}

;// CONCATENATED MODULE: ./lib/release/ledger/ledger-format.js


const VERSION = 1;
const KINDS = ['deploy', 'rollback'];
const OUTCOMES = ['verified', 'rolled_back', 'failed', 'interrupted'];
/**
 * Reads the file; `url` is its gs:// address, for the message. Unknown fields are kept, everything
 * else that is not as this version writes it is refused: a ledger that is taken for empty would
 * forget where to go back to.
 *
 * @throws ActionError LEDGER_UNREADABLE
 */
function parseLedger(text, url) {
    const file = parseJson(text);
    if (!isRecord(file))
        throw damaged(url, 'it is not a JSON object');
    const { version, entries, ...more } = file;
    if (typeof version !== 'number')
        throw damaged(url, 'it has no "version"');
    if (version !== VERSION)
        throw unknownVersion(url, version);
    if (!Array.isArray(entries))
        throw damaged(url, 'it has no list "entries"');
    const parsed = entries.map((entry, index) => parseEntry(entry, index, url));
    const unordered = parsed.find((entry, index) => entry.attempt <= (parsed[index - 1]?.attempt ?? 0));
    if (unordered)
        throw damaged(url, `attempt ${unordered.attempt} does not follow the one before it`);
    return { entries: parsed, more };
}
/** The file, pretty-printed because people read it. */
function renderLedger({ entries, more }) {
    const file = { version: VERSION, ...more, entries: entries.map(renderEntry) };
    return `${JSON.stringify(file, undefined, 2)}\n`;
}
/** In the order of the file. */
function renderEntry(entry) {
    return {
        attempt: entry.attempt,
        kind: entry.kind,
        release: entry.release,
        template: entry.template,
        image: entry.image,
        previous: entry.previous,
        commit: entry.commit,
        ref: entry.ref,
        actor: entry.actor,
        run_url: entry.runUrl,
        holder: entry.holder,
        started_at: entry.startedAt,
        finished_at: entry.finishedAt,
        outcome: entry.outcome,
        rolled_back_to: entry.rolledBackTo,
        reason: entry.reason,
        ...entry.more,
    };
}
function parseEntry(value, index, url) {
    if (!isRecord(value))
        throw damaged(url, `entry ${index + 1} is not a JSON object`);
    const fields = new Fields(value, (field, wanted) => damaged(url, `"${field}" of entry ${index + 1} is not ${wanted}`));
    const entry = {
        attempt: fields.positiveInteger('attempt'),
        kind: fields.oneOf('kind', KINDS),
        release: fields.name('release'),
        template: fields.name('template'),
        image: fields.name('image'),
        previous: fields.orNull('previous', () => fields.name('previous')),
        commit: fields.text('commit'),
        ref: fields.text('ref'),
        actor: fields.text('actor'),
        runUrl: fields.text('run_url'),
        holder: fields.name('holder'),
        startedAt: fields.time('started_at'),
        finishedAt: fields.orNull('finished_at', () => fields.time('finished_at')),
        outcome: fields.orNull('outcome', () => fields.oneOf('outcome', OUTCOMES)),
        rolledBackTo: fields.orNull('rolled_back_to', () => fields.name('rolled_back_to')),
        reason: fields.orNull('reason', () => fields.text('reason')),
    };
    if ((entry.outcome === null) !== (entry.finishedAt === null)) {
        throw damaged(url, `entry ${index + 1} has only one of "finished_at" and "outcome"`);
    }
    return { ...entry, more: fields.rest() };
}
/** Takes known fields out of a record; what is left is unknown. */
class Fields {
    #record;
    #taken = new Set();
    #wrong;
    constructor(record, wrong) {
        this.#record = record;
        this.#wrong = wrong;
    }
    text(field) {
        const value = this.#take(field);
        if (typeof value !== 'string')
            throw this.#wrong(field, 'a text');
        return value;
    }
    name(field) {
        const value = this.text(field);
        if (value === '')
            throw this.#wrong(field, 'a name: it is empty');
        return value;
    }
    time(field) {
        const value = this.text(field);
        if (Number.isNaN(Date.parse(value)))
            throw this.#wrong(field, 'a time');
        return value;
    }
    positiveInteger(field) {
        const value = this.#take(field);
        if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
            return value;
        throw this.#wrong(field, 'a whole number above 0');
    }
    oneOf(field, choices) {
        const value = this.#take(field);
        const choice = choices.find((known) => known === value);
        if (choice === undefined)
            throw this.#wrong(field, `one of ${choices.join(', ')}`);
        return choice;
    }
    /** A field that is missing is not null. */
    orNull(field, read) {
        return this.#take(field) === null ? null : read();
    }
    rest() {
        return Object.fromEntries(Object.entries(this.#record).filter(([field]) => !this.#taken.has(field)));
    }
    #take(field) {
        this.#taken.add(field);
        return this.#record[field];
    }
}
function damaged(url, problem) {
    return new lib_errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} is damaged: ${problem}.`, {
        hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one. To begin a new history instead, run: gcloud storage mv ${url} ${url}.damaged`,
    });
}
function unknownVersion(url, version) {
    return new lib_errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} has format version ${version}; this release of deploy-spot-mig reads version ${VERSION} only.`, { hint: 'Use the release of deploy-spot-mig that deployed last, or a newer one.' });
}

;// CONCATENATED MODULE: ./lib/release/ledger/ledger-file.js




/**
 * Whoever writes holds the deploy lock, so conflicts are rare, and Google takes one write a second.
 * Long, because requests that hang count as well and an entry that is not written is a loss.
 */
const PATIENCE = { totalMs: 300_000, firstDelayMs: 250, maxDelayMs: 4_000 };
/** The ledger in the state bucket. No change is ever lost to another writer, or made twice. */
class LedgerFile {
    #ports;
    #options;
    #name;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#name = `${options.prefix}/releases.json`;
    }
    /**
     * An empty ledger before the first deploy.
     *
     * @throws ActionError LEDGER_UNREADABLE, GCP_*
     */
    async read() {
        const { ledger } = await this.#load();
        return ledger;
    }
    /**
     * Adds an open entry and gives its number.
     *
     * @throws ActionError LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
     */
    async open(entry) {
        const startedAt = this.#now();
        const tried = new Set();
        let attempt = 0;
        await this.change((ledger) => {
            // Written by an earlier try whose answer was lost, and with another run's entry behind it by now.
            const ours = ledger.entries.find((known) => known.holder === entry.holder && tried.has(known.attempt));
            const next = ours ? ledger : openEntry(ledger, entry, startedAt);
            attempt = ours?.attempt ?? next.entries.at(-1)?.attempt ?? 0;
            tried.add(attempt);
            return next;
        });
        return attempt;
    }
    /**
     * Writes down how an attempt ended; a second time with the same outcome changes nothing.
     *
     * @throws ActionError LEDGER_CONFLICT when it ended in another way already, LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
     */
    async close(attempt, closing) {
        const finishedAt = this.#now();
        return this.change((ledger) => closeEntry(ledger, attempt, { ...closing, finishedAt }));
    }
    /**
     * Replaces the ledger by what `change` makes of it, and gives that; the same ledger again means
     * that nothing is to be written. `change` may be called again, also on a ledger in which its
     * effect stands already, and must see that.
     *
     * @throws what `change` throws; ActionError LEDGER_UNREADABLE, LEDGER_BUSY, GCP_*
     */
    async change(change) {
        const { signal, random = Math.random } = this.#options;
        const tools = { clock: this.#ports.clock, signal, random };
        return retry(() => this.#tryChange(change), PATIENCE, tools);
    }
    async #tryChange(change) {
        const { ledger, generation } = await this.#load();
        const next = change(ledger);
        if (next === ledger)
            return { done: ledger };
        const written = await this.#ports.store.write(this.#name, renderLedger(next), {
            ifGeneration: generation,
        });
        if (written !== 'conflict')
            return { done: next };
        return { again: 'somebody else changed the ledger', giveUp: () => this.#giveUp() };
    }
    async #load() {
        const { store } = this.#ports;
        const found = await store.read(this.#name);
        if (found === undefined)
            return { ledger: EMPTY_LEDGER, generation: '0' };
        const ledger = parseLedger(found.text, store.url(this.#name));
        return { ledger, generation: found.generation };
    }
    #giveUp() {
        throw new lib_errors/* ActionError */.l('LEDGER_BUSY', `Could not write the ledger ${this.#ports.store.url(this.#name)}: others changed it each time between reading and writing.`, {
            hint: 'Look for runs or scripts that write this object without end, then run the job again.',
        });
    }
    #now() {
        return new Date(this.#ports.clock.now()).toISOString();
    }
}

;// CONCATENATED MODULE: ./lib/release/passing.js

/**
 * Whether an error is one that passes by itself: no network, an overloaded or failing service, a
 * used-up rate. The client has tried for half a minute by then; a rollout has more time than that.
 * What a person must mend (401, 403, 404) is none.
 */
function isPassing(error) {
    return error instanceof lib_errors/* ActionError */.l && error.isPassing;
}

;// CONCATENATED MODULE: ./lib/release/move.js



const ATTEMPTS = 5;
/**
 * Makes the release the group's one version, forth or back. The group is read first, and again
 * after every refusal or lost answer: what was already sent is not sent twice, and what somebody
 * else changed meanwhile is not overwritten unseen.
 *
 * @throws ActionError ROLLOUT_FAILED when somebody else is faster every time; the signal's reason
 */
async function moveGroup({ compute, signal }, group, destination) {
    let previousRelease;
    for (let attempt = 1;; attempt++) {
        const found = await compute.fetchGroup(group);
        previousRelease ??= found.versions[0]?.name ?? '';
        if (isOn(found, destination))
            return { wasPatched: attempt > 1, previousRelease };
        if (attempt > ATTEMPTS)
            throw alwaysChanged(group, destination);
        signal.throwIfAborted();
        if (await patch(compute, group, { ...destination, fingerprint: found.fingerprint }))
            return { wasPatched: true, previousRelease };
    }
}
/** Whether the group is known to be moved; it may be nevertheless. */
async function patch(compute, group, { release, templateLink, fingerprint }) {
    const version = { name: release, instanceTemplate: templateLink };
    try {
        return (await compute.patchVersion(group, version, fingerprint)) === 'done';
    }
    catch (error) {
        // No answer is no proof that nothing was done.
        if (isPassing(error))
            return false;
        throw error;
    }
}
function isOn({ versions }, { release }) {
    return versions.length === 1 && versions[0]?.name === release;
}
function alwaysChanged(group, { release }) {
    return new lib_errors/* ActionError */.l('ROLLOUT_FAILED', `The instance group ${groupName(group)} was changed by somebody else each of the ${ATTEMPTS} times that release ${release} was to be rolled out.`, {
        hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run the job again.',
    });
}

;// CONCATENATED MODULE: ./lib/release/rollout/boot-failure.js
/**
 * Whether a VM of ours says that it cannot run our image, which more time will not mend. One that
 * stops is not believed: its container ends because the VM does.
 */
function isBootFailure({ name, versionName, instanceStatus, currentAction }, { reports }, { release }) {
    if (versionName !== release || instanceStatus !== 'RUNNING' || currentAction === 'DELETING')
        return false;
    const report = reports.get(name);
    return report?.phase === 'failed' && report.release === release;
}
/**
 * The failure in the words of the first VM that has one to tell. A container that is stopped with its
 * preempted VM may say that it failed just before the VM stops: hence only VMs that said so twice.
 */
function bootFailure({ instances, reports }, saidTwice) {
    const failed = instances.filter((instance) => saidTwice.has(identityOf(instance)));
    const [first] = failed;
    const report = first && reports.get(first.name);
    if (!report)
        return undefined;
    const others = failed.length - 1;
    return {
        kind: 'failed',
        cause: 'release',
        reason: report.detail || 'a VM could not start the release',
        evidence: [
            `${first.name} reports: ${report.detail}`,
            ...(report.log ? [report.log] : []),
            ...(others > 0 ? [`and ${others} more VMs report that they failed`] : []),
        ],
    };
}
/** A VM that is recreated keeps its name but not its id. */
function identityOf({ id, name }) {
    return id || name;
}

;// CONCATENATED MODULE: ./lib/release/rollout/problems.js
/**
 * What an error of the group means. Codes as Google and others who watch groups know them
 * (kubernetes/autoscaler, skypilot); an unknown one is taken for passing, since the group tries again.
 */
function causeOf({ code, message, }) {
    if (SHORTAGE.test(code) || SHORTAGE_IN_WORDS.test(message))
        return 'capacity';
    if (code.includes('QUOTA'))
        return 'quota';
    if (problems_PERMISSION.test(code))
        return 'permission';
    // The VM itself is not found when it is lost, as to Spot, while the group works on it.
    if (code.includes('NOT_FOUND') && /\/instances\//.test(message))
        return undefined;
    return CONFIGURATION.test(code) ? 'configuration' : undefined;
}
// UNSUPPORTED_OPERATION: a Spot VM that was preempted while it was being made.
const SHORTAGE = /RESOURCE_POOL_EXHAUSTED|STOCKOUT|UNSUPPORTED_OPERATION|INSUFFICIENT_?CAPACITY/i;
const SHORTAGE_IN_WORDS = /does not have enough resources available|state:\s*STOCKOUT|VM instance is currently unavailable/;
const problems_PERMISSION = /PERMISSION|ACCESS_DENIED|^FORBIDDEN$/;
const CONFIGURATION = /NOT_FOUND|^CONDITION_NOT_MET|^INVALID|IP_SPACE_EXHAUSTED/;
/** Whether more time cannot mend it. Capacity comes back, and another zone may have some. */
function isPermanent({ cause }) {
    return cause !== undefined && cause !== 'capacity';
}
/** Room that VMs which are about to go may still make. */
function mayBeFreed({ code, cause }) {
    return cause === 'quota' || code.includes('IP_SPACE_EXHAUSTED');
}
/** What keeps VMs of the release from being made at this moment. */
function currentProblems(unready, { release }) {
    const problems = [];
    for (const { instance } of unready) {
        const { name, zone, versionName, instanceStatus, lastErrors } = instance;
        // A VM that runs has its failed attempts behind it.
        if (lastErrors.length === 0 || versionName !== release || instanceStatus === 'RUNNING')
            continue;
        for (const error of lastErrors)
            problems.push({ ...error, vm: name, zone, cause: causeOf(error) });
    }
    return problems;
}
/** What the group's own list says of VMs of the release since `sinceMs`, of those not made till now. */
function listedProblems({ errors, instances }, { release }, sinceMs) {
    if (errors.length === 0)
        return [];
    const made = new Set(instances.filter(({ instanceStatus }) => instanceStatus === 'RUNNING').map(({ name }) => name));
    return errors
        .filter(({ atMs, vm, versionName }) => {
        return atMs >= sinceMs && versionName === release && !made.has(vm);
    })
        .map((error) => ({ ...error, cause: causeOf(error) }));
}
function problemKey({ vm, code }) {
    return `${vm} ${code}`;
}
function renderProblem({ vm, code, message }) {
    return `${vm} ${code}: ${message}`;
}

;// CONCATENATED MODULE: ./lib/release/rollout/readiness.js
function survey({ group, instances, reports }, policy) {
    const unready = [];
    for (const instance of instances) {
        const why = obstacleOf(instance, reports.get(instance.name), { group, policy });
        if (why !== undefined)
            unready.push({ instance, why });
    }
    const groupWide = [
        ...(instances.length === group.targetSize
            ? []
            : [`there are ${instances.length} VMs where ${group.targetSize} are wanted`]),
        ...(group.isVersionTargetReached ? [] : ['not every VM has its target version']),
        ...(group.isStable ? [] : ['the group is still changing']),
    ];
    const elsewhere = isOnRelease(group, policy)
        ? []
        : [`the group is on version ${renderVersions(group)}`];
    return { unready, groupWide: [...elsewhere, ...groupWide] };
}
/** Why the group does not run the release everywhere, most telling first; empty when it does. */
function renderObstacles({ unready, groupWide }, group, policy) {
    const vms = renderUnready(unready, policy);
    // Where the group is on another version, that is why its VMs are.
    if (isOnRelease(group, policy))
        return [...vms, ...groupWide];
    return [...groupWide.slice(0, 1), ...vms, ...groupWide.slice(1)];
}
/** VM by VM, those of the release first: that the others are still there is only the consequence. */
function renderUnready(unready, { release }) {
    const isOurs = ({ instance }) => instance.versionName === release;
    return [...unready.filter(isOurs), ...unready.filter((vm) => !isOurs(vm))].map(({ instance, why }) => `${instance.name} ${why}`);
}
/** Whether this VM runs the release and serves. */
function isReady(instance, report, context) {
    return obstacleOf(instance, report, context) === undefined;
}
function isOnRelease({ versions }, { release }) {
    return versions.length === 1 && versions[0]?.name === release;
}
function renderVersions({ versions }) {
    return versions.map(({ name }) => name).join(', ') || '(none)';
}
function obstacleOf(instance, report, { group, policy }) {
    const { versionName, currentAction, instanceStatus, lastErrors, healthStates } = instance;
    if (versionName !== policy.release)
        return `is on version ${versionName || '(none)'}`;
    if (lastErrors.length > 0 && instanceStatus !== 'RUNNING')
        return lastErrors.map(({ code, message }) => `${code}: ${message}`).join('; ');
    if (currentAction !== 'NONE')
        return `is ${currentAction}`;
    if (instanceStatus !== 'RUNNING')
        return `is ${instanceStatus || 'not there yet'}`;
    if (group.hasHealthCheck && !isHealthy(instance))
        return `is ${healthStates.join(', ') || 'not probed yet'}`;
    return obstacleIn(report, policy);
}
function obstacleIn(report, policy) {
    if (report === undefined)
        return 'has not reported yet';
    if (report.phase !== 'ready')
        return `reports "${report.phase}"${report.detail && `: ${report.detail}`}`;
    if (report.release !== policy.release || report.image !== policy.image)
        return `runs release ${report.release || '(none)'} with ${report.image || 'no image'}`;
    return undefined;
}
// "every" of nothing is true: without a state there is no health.
function isHealthy({ healthStates }) {
    return healthStates.length > 0 && healthStates.every((state) => state === 'HEALTHY');
}

;// CONCATENATED MODULE: ./lib/release/rollout/recreations.js
const MEANING = {
    TIMEOUT: 'nothing answered (does the app listen on its port, on all addresses?)',
    UNHEALTHY: 'it answered, but not with 200',
};
/** Twice the same VM, or once more VMs than chance or a slow start would explain. */
const REPAIRS_OF_ONE_VM = 2;
const TOLERATED_VMS = 3;
/**
 * Takes a look at the VMs of the release. The group's own word is only that one is verified or
 * recreated; what the health check saw stands behind that, and is gone once the VM is.
 */
function noteHistories(before, { instances, reports }, release) {
    const after = new Map();
    for (const instance of instances) {
        if (instance.versionName !== release)
            continue;
        const isLeaving = reports.get(instance.name)?.phase === 'stopping';
        after.set(instance.name, noteOne(before.get(instance.name), instance, isLeaving));
    }
    return after;
}
function noteOne(before, instance, isLeaving) {
    const { id, instanceStatus: status, currentAction, healthStates } = instance;
    const isRecreating = currentAction === 'RECREATING';
    const begins = isRecreating && before?.isRecreating !== true;
    const health = verdictOf(healthStates, before?.health ?? '');
    const history = {
        id,
        status,
        health,
        recreations: (before?.recreations ?? 0) + (begins ? 1 : 0),
        repairs: (before?.repairs ?? 0) + (begins && health !== '' && isRepair(before, instance) ? 1 : 0),
        isRecreating,
        isLeaving,
    };
    return before && isSame(before, history) ? before : history;
}
/**
 * Whether the group, and not Google, took the VM away, which it does when the health check is not
 * content: that may show in the same look only. A preempted VM stops first and is recreated when
 * it is TERMINATED or gone; a sick one is RUNNING when the group decides to take it away. With a
 * long notice the app of a preempted VM is stopped, and so found sick, while the VM still runs: that
 * one has said so.
 */
function isRepair(before, instance) {
    if (before?.status !== 'RUNNING' || before.id !== instance.id || before.isLeaving)
        return false;
    const { instanceStatus } = instance;
    return instanceStatus === 'RUNNING' || instanceStatus === 'STOPPING';
}
function isSame(one, other) {
    return (one.id === other.id &&
        one.status === other.status &&
        one.health === other.health &&
        one.recreations === other.recreations &&
        one.isRecreating === other.isRecreating &&
        one.isLeaving === other.isLeaving);
}
/** Whether the release's VMs are repaired over and over, which one more repair would not mend. */
function isSick(histories, targetSize) {
    let repaired = 0;
    for (const { repairs } of histories.values()) {
        if (repairs >= REPAIRS_OF_ONE_VM)
            return true;
        if (repairs > 0)
            repaired += 1;
    }
    return repaired > Math.max(TOLERATED_VMS, targetSize / 2);
}
/** One line for each VM that was recreated, or whose health check is not content. */
function describeTroubles(histories) {
    return [...histories].flatMap(([name, { health, recreations }]) => {
        const seen = health === '' ? '' : `the health check said ${health}: ${MEANING[health]}`;
        if (recreations === 0)
            return seen === '' ? [] : [`${name}: ${seen}`];
        const times = recreations === 1 ? 'once' : `${recreations} times`;
        return [`${name} was recreated ${times}${seen && `; before that ${seen}`}`];
    });
}
function verdictOf(states, before) {
    if (states.includes('HEALTHY'))
        return '';
    return states.find((state) => state in MEANING) ?? before;
}

;// CONCATENATED MODULE: ./lib/release/rollout/memory.js




/** Spot VMs may be lost and come back; beyond this many newly ready ones it is no progress any more. */
const READY_VMS_PER_TARGET = 3;
/** After so many holds that broke, one more is no progress either: an app that dies and dies again. */
const HOLDS_THAT_COUNT = 3;
/** `startedAtMs`: from when on errors are this rollout's own, if that is not now. */
function initialMemory(atMs, startedAtMs = atMs) {
    return {
        startedAtMs,
        everReady: new Set(),
        lastProgressAtMs: atMs,
        holdsSinceMs: undefined,
        holdsCount: 0,
        holdsBegun: 0,
        holdingIds: new Set(),
        strangeCount: 0,
        failing: new Set(),
        failed: new Set(),
        inherited: undefined,
        stuckSinceMs: undefined,
        shortSinceMs: undefined,
        histories: new Map(),
    };
}
/** The memory after one more look. */
function remember(memory, { observation, policy, survey }) {
    const { atMs, group, instances } = observation;
    const unready = new Set(survey.unready.map(({ instance }) => instance));
    const problems = currentProblems(survey.unready, policy);
    const everReady = withReady(memory.everReady, { observation, unready });
    const failing = new Set(instances.filter((vm) => isBootFailure(vm, observation, policy)).map(identityOf));
    const holds = unready.size === 0 && survey.groupWide.length === 0;
    const hold = rememberHold(memory, observation, holds);
    const isProgress = everReady !== memory.everReady || (holds && hold.holdsBegun <= HOLDS_THAT_COUNT);
    const isStuck = problems.length > 0 && !isMoving(instances, { unready, problems, policy });
    const isShort = problems.some(({ cause }) => cause === 'capacity');
    return {
        startedAtMs: memory.startedAtMs,
        everReady,
        // Time in which everything holds counts: min_ready may be longer than the deadline.
        lastProgressAtMs: isProgress ? atMs : memory.lastProgressAtMs,
        ...hold,
        strangeCount: isOnRelease(group, policy) ? 0 : memory.strangeCount + 1,
        failing,
        failed: new Set([...failing].filter((id) => memory.failing.has(id))),
        inherited: stillInherited(memory.inherited, problems),
        stuckSinceMs: isStuck ? (memory.stuckSinceMs ?? atMs) : undefined,
        shortSinceMs: isShort ? (memory.shortSinceMs ?? atMs) : undefined,
        histories: noteHistories(memory.histories, observation, policy.release),
    };
}
const NO_HOLD = { holdsSinceMs: undefined, holdsCount: 0, holdingIds: new Set() };
function rememberHold(memory, { atMs, instances }, holds) {
    const { holdsBegun } = memory;
    if (!holds)
        return { ...NO_HOLD, holdsBegun };
    const holdingIds = new Set(instances.map(identityOf));
    // A VM may be lost and come back between two looks. One that has left the group may do so.
    const isUnbroken = instances.every((instance) => memory.holdingIds.has(identityOf(instance)));
    const goesOn = memory.holdsSinceMs !== undefined && isUnbroken;
    return {
        holdsSinceMs: goesOn ? memory.holdsSinceMs : atMs,
        holdsCount: goesOn ? memory.holdsCount + 1 : 1,
        holdsBegun: goesOn ? holdsBegun : holdsBegun + 1,
        holdingIds,
    };
}
/** The same set when nothing was added. An image that dies again and again adds only so much. */
function withReady(before, { observation, unready, }) {
    const { group, instances } = observation;
    const limit = READY_VMS_PER_TARGET * Math.max(group.targetSize, 1);
    const added = instances
        .filter((instance) => !unready.has(instance))
        .map(identityOf)
        .filter((id) => !before.has(id))
        .slice(0, Math.max(0, limit - before.size));
    return added.length === 0 ? before : new Set([...before, ...added]);
}
/** Whether anything is under way that may make room: a VM that leaves, or one that comes up. */
function isMoving(instances, { unready, problems, policy }) {
    const refused = new Set(problems.map(({ vm }) => vm));
    return instances.some((instance) => {
        const { name, currentAction, versionName } = instance;
        if (currentAction === 'DELETING' || currentAction === 'ABANDONING')
            return true;
        return versionName === policy.release && unready.has(instance) && !refused.has(name);
    });
}
// The errors of the first look may be left from an earlier attempt, whose cause was mended since.
function stillInherited(before, problems) {
    if (before?.size === 0)
        return before;
    const keys = problems.map(problemKey);
    return new Set(before ? keys.filter((key) => before.has(key)) : keys);
}

;// CONCATENATED MODULE: ./lib/release/rollout/evidence.js




function findProblems(memory, { observation, policy, survey }) {
    const current = currentProblems(survey.unready, policy);
    const listed = listedProblems(observation, policy, memory.startedAtMs);
    const met = new Set(listed.map(problemKey));
    const fresh = current.filter((problem) => {
        const key = problemKey(problem);
        return memory.inherited?.has(key) !== true || met.has(key);
    });
    // Where a VM of the release runs and does not serve, what was refused earlier is not the reason.
    const isRunning = ({ instance }) => instance.versionName === policy.release && instance.instanceStatus === 'RUNNING';
    return { all: survey.unready.some(isRunning) ? current : [...current, ...listed], fresh };
}
const MAX_LINES = 12;
/** Lines that a person reads to the end. */
function shortened(lines) {
    if (lines.length <= MAX_LINES)
        return lines;
    return [...lines.slice(0, MAX_LINES - 1), `and ${lines.length - MAX_LINES + 1} more like these`];
}
/** What keeps the rollout from its end, VM by VM, and what happened to them before. */
function evidenceOf(memory, { observation, policy, survey }) {
    const listed = listedProblems(observation, policy, memory.startedAtMs);
    const shown = new Set(survey.unready.map(({ instance }) => instance.name));
    // VMs that the group has given up are in no other list.
    const lost = new Map(listed.filter(({ vm }) => !shown.has(vm)).map((problem) => [problem.vm, renderProblem(problem)]));
    // What is wrong with the group as a whole says something only where no VM does.
    const found = survey.unready.length > 0 ? renderUnready(survey.unready, policy) : survey.groupWide;
    return [
        ...shortened(found),
        ...shortened([...lost.values()]),
        ...shortened(describeTroubles(memory.histories)),
    ];
}
/** Where and since when there is no capacity; undefined when that is not what is missing. */
function describeShortage(memory, problems, { observation, policy }) {
    const short = problems.filter(({ cause }) => cause === 'capacity');
    if (short.length === 0)
        return undefined;
    const zones = [...new Set(short.map(zoneOf))].filter((zone) => zone !== '').sort();
    const machineType = short.find((problem) => problem.machineType !== '')?.machineType;
    const kind = machineType ?? policy.machineType;
    const firstMs = memory.shortSinceMs ?? observation.atMs;
    const sinceMs = short.reduce((earliest, { atMs = firstMs }) => Math.min(earliest, atMs), firstMs);
    const since = new Date(sinceMs).toISOString().slice(11, 16);
    const lasted = (0,duration/* renderDuration */.P)(observation.atMs - sinceMs);
    return `no ${kind ? `${kind} VM` : 'VM'} is to be had in ${zones.join(', ') || 'the zones of the group'} since ${since} UTC (${lasted})`;
}
function zoneOf({ zone, message }) {
    return zone || (/\b[a-z]+-[a-z]+\d+-[a-z]\b/.exec(message)?.[0] ?? '');
}

;// CONCATENATED MODULE: ./lib/release/rollout.js






const OBSERVATIONS_THAT_HOLD = 2;
/** The group was patched before the first one: on another version it stays only if somebody else wants it so. */
const STRANGE_OBSERVATIONS = 3;
/** Room that VMs on their way out make is taken up by the group's next attempt. */
const ROOM_PATIENCE_MS = 60_000;
/**
 * Judges one observation. Pure and total: the same code decides in production and in tests.
 * Verified only when the group is stable on our version AND every VM itself reports our digest,
 * on two observations or more and for `minReadyMs`, without one VM being replaced in between.
 */
function decide(memory, observation, policy) {
    const look = { observation, policy, survey: survey(observation, policy) };
    const next = remember(memory, look);
    return { memory: next, verdict: judge(next, look) };
}
/** Why the group does not run the release everywhere, most telling first; empty when it does. */
function obstacles(observation, policy) {
    return renderObstacles(survey(observation, policy), observation.group, policy);
}
function judge(memory, look) {
    const { observation, policy } = look;
    if (memory.strangeCount >= STRANGE_OBSERVATIONS) {
        const reason = `somebody else moved the group to version ${renderVersions(observation.group)}`;
        return { kind: 'superseded', reason };
    }
    const bootFailed = bootFailure(observation, memory.failed);
    if (bootFailed)
        return bootFailed;
    if (memory.holdsSinceMs !== undefined)
        return judgeHold(memory, memory.holdsSinceMs, look);
    const findings = findProblems(memory, look);
    const failure = sickness(memory, look) ?? refusal(memory, findings, look);
    if (failure)
        return failure;
    const untilMs = memory.lastProgressAtMs + policy.progressDeadlineMs;
    if (observation.atMs >= untilMs)
        return timeout(memory, findings, look);
    const [reason] = renderObstacles(look.survey, observation.group, policy);
    return { kind: 'wait', reason: reason ?? 'nothing is known yet', untilMs };
}
function judgeHold(memory, sinceMs, { observation, policy }) {
    const untilMs = sinceMs + policy.minReadyMs;
    if (memory.holdsCount >= OBSERVATIONS_THAT_HOLD && observation.atMs >= untilMs)
        return { kind: 'verified' };
    return { kind: 'wait', reason: 'everything is ready; making sure that it stays so', untilMs };
}
/** VMs that the group repairs over and over. */
function sickness(memory, look) {
    if (!isSick(memory.histories, look.observation.group.targetSize))
        return undefined;
    const reason = 'its VMs do not stay healthy and are recreated over and over';
    return { kind: 'failed', cause: 'release', reason, evidence: evidenceOf(memory, look) };
}
/** An error that the next attempt will meet again. */
function refusal(memory, { fresh }, { observation }) {
    const stuckForMs = observation.atMs - (memory.stuckSinceMs ?? observation.atMs);
    const final = fresh.filter((problem) => isPermanent(problem) && (!mayBeFreed(problem) || stuckForMs >= ROOM_PATIENCE_MS));
    const [first] = final;
    if (!first?.cause)
        return undefined;
    return {
        kind: 'failed',
        cause: first.cause,
        reason: `${first.code}: ${first.message}`,
        evidence: shortened(final.map(renderProblem)),
    };
}
function timeout(memory, { all }, look) {
    const evidence = evidenceOf(memory, look);
    const [permanent] = all.filter(isPermanent);
    if (permanent?.cause) {
        const reason = `${permanent.code}: ${permanent.message}`;
        return { kind: 'failed', cause: permanent.cause, reason, evidence };
    }
    const shortage = describeShortage(memory, all, look);
    if (shortage)
        return { kind: 'failed', cause: 'capacity', reason: shortage, evidence };
    return { kind: 'failed', cause: 'deadline', reason: 'no progress within the deadline', evidence };
}

;// CONCATENATED MODULE: ./lib/release/rollout/boot-report.js

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

;// CONCATENATED MODULE: ./lib/release/watch/boot-reports.js

/**
 * Guest attributes allow 10 queries a minute per VM
 * (https://cloud.google.com/compute/docs/metadata/manage-guest-attributes). A VM is asked when
 * something about it changed, then at growing intervals, and never beyond this budget.
 */
const ASKS_PER_MINUTE = 10;
const MINUTE_MS = 60_000;
/** Between one ask and the next while nothing changes; the last one goes on. */
const PAUSES_MS = [2_000, 4_000, 8_000, 12_000];
/** Without a health check a VM boots for long before it has something to tell. */
const SILENT_PAUSES_MS = [12_000];
/** The same where nothing is missing but its word: the whole budget, evenly. */
const ONLY_WORD_PAUSES_MS = [MINUTE_MS / ASKS_PER_MINUTE];
/** Where that word is about to be said: an app without HEALTHCHECK counts as ready after 10 s. */
const LAST_PAUSES_MS = [3_000, 3_000, 4_000, 6_000];
const MAX_ASKED_AT_ONCE = 10;
/** All VMs together: what Google's quota leaves for one user among others. */
const ASKS_PER_SECOND = 10;
/** The most that a look at a thousand VMs, which are looked at less often, is made to cost. */
const MAX_ASKED_IN_A_LOOK = 15;
/** What the VMs of one group said last, asked for as rarely as may be. */
class BootReports {
    #compute;
    #clock;
    #asked = new Map();
    #reports = new Map();
    /** Asks of the last minute by VM id; they count for the budget whatever became of the VM since. */
    #spent = new Map();
    #hasBacklog = false;
    #snapshot;
    /** VMs that were to be asked the last time, be it their turn or not. */
    #waiting = [];
    #isLastWord = false;
    #askedAtMs;
    constructor(compute, clock) {
        this.#compute = compute;
        this.#clock = clock;
        this.#askedAtMs = clock.now();
    }
    /** By VM name, as of now: later words do not change it. */
    get latest() {
        this.#snapshot ??= new Map(this.#reports);
        return this.#snapshot;
    }
    /** Whether VMs whose turn had come were left for the next time. */
    get hasBacklog() {
        return this.#hasBacklog;
    }
    /** Drops what was said by VMs that are gone, not running, or other ones by now. */
    forgetAllBut(find) {
        for (const [name, asked] of this.#asked) {
            const instance = find(name);
            // A VM that is recreated keeps its name but not its id; what the old one said must not count.
            const isSame = instance?.id === asked.instance.id;
            if (isSame && instance.instanceStatus === 'RUNNING')
                continue;
            this.#asked.delete(name);
            if (this.#reports.delete(name))
                this.#snapshot = undefined;
        }
        const now = this.#clock.now();
        for (const [id, times] of this.#spent) {
            if (now - (times.at(-1) ?? 0) >= MINUTE_MS)
                this.#spent.delete(id);
        }
    }
    /**
     * Asks those of `instances` whose turn it is, at most 10 at once, the longest unasked first.
     * `isLastWord`: nothing but their words is missing, so that somebody waits for them.
     */
    async ask(instances, isLastWord) {
        const now = this.#clock.now();
        this.#isLastWord = isLastWord;
        this.#waiting = instances;
        const due = instances
            .filter((instance) => this.#dueAtMs(instance) <= now)
            .sort((a, b) => this.#lastAskedAtMs(a) - this.#lastAskedAtMs(b));
        const count = Math.min(this.#countAt(now), due.length);
        this.#hasBacklog = due.length > count;
        for (let from = 0; from < count; from += MAX_ASKED_AT_ONCE) {
            const wave = due.slice(from, Math.min(count, from + MAX_ASKED_AT_ONCE));
            await Promise.all(wave.map((instance) => this.#askOne(instance)));
        }
    }
    /** Until the next of the words that are all that is missing may be asked for. */
    get lastWordInMs() {
        if (!this.#isLastWord || this.#waiting.length === 0)
            return undefined;
        if (this.#hasBacklog)
            return 0;
        const nextAtMs = this.#waiting.reduce((earliest, instance) => Math.min(earliest, this.#dueAtMs(instance)), Number.POSITIVE_INFINITY);
        return nextAtMs - this.#clock.now();
    }
    /** How many may be asked now: as many as the time since the last look allows. */
    #countAt(now) {
        const earned = Math.floor(((now - this.#askedAtMs) * ASKS_PER_SECOND) / 1_000);
        this.#askedAtMs = now;
        return Math.min(MAX_ASKED_IN_A_LOOK, Math.max(MAX_ASKED_AT_ONCE, earned));
    }
    #dueAtMs(instance) {
        if (instance.instanceStatus !== 'RUNNING')
            return Number.POSITIVE_INFINITY;
        const spent = this.#spent.get(instance.id) ?? [];
        const freeAtMs = (spent.at(-ASKS_PER_MINUTE) ?? Number.NEGATIVE_INFINITY) + MINUTE_MS;
        const asked = this.#asked.get(instance.name);
        if (!asked)
            return freeAtMs;
        const pausesMs = this.#pausesOf(instance);
        const hasNews = !isQuiet(asked, instance, pausesMs);
        const quietAsks = hasNews ? 1 : Math.min(asked.quietAsks, pausesMs.length);
        return Math.max(freeAtMs, asked.atMs + (pausesMs[quietAsks - 1] ?? 0));
    }
    #lastAskedAtMs({ name }) {
        return this.#asked.get(name)?.atMs ?? 0;
    }
    async #askOne(instance) {
        const atMs = this.#clock.now();
        const { name, id } = instance;
        const before = this.#asked.get(name);
        const pausesMs = this.#pausesOf(instance);
        const quietAsks = before && isQuiet(before, instance, pausesMs) ? before.quietAsks + 1 : 1;
        this.#asked.set(name, { instance, pausesMs, atMs, quietAsks });
        const spent = this.#spent.get(id) ?? [];
        this.#spent.set(id, [...spent.slice(1 - ASKS_PER_MINUTE), atMs]);
        const report = readBootReport(await this.#compute.fetchGuestAttribute(instance, BOOT_REPORT_PATH));
        if (report)
            this.#take(name, report);
    }
    /** The same words are the same report, so that nobody takes them for news. */
    #take(name, report) {
        const before = this.#reports.get(name);
        if (before && isSameReport(before, report))
            return;
        this.#reports.set(name, report);
        this.#snapshot = undefined;
    }
    #pausesOf({ name, healthStates }) {
        const isSilent = healthStates.length === 0;
        if (!this.#isLastWord)
            return isSilent ? SILENT_PAUSES_MS : PAUSES_MS;
        const isFar = isSilent && this.#reports.get(name)?.phase !== 'starting';
        return isFar ? ONLY_WORD_PAUSES_MS : LAST_PAUSES_MS;
    }
}
/** Otherwise the VM may have something to tell, or is wanted to tell it sooner. */
function isQuiet(asked, instance, pausesMs) {
    return asked.instance === instance && asked.pausesMs === pausesMs;
}
function isSameReport(one, other) {
    return (one.phase === other.phase &&
        one.detail === other.detail &&
        one.release === other.release &&
        one.image === other.image &&
        one.log === other.log);
}

;// CONCATENATED MODULE: ./lib/release/watch/phase.js

const BUILDING = new Set(['CREATING', 'RECREATING', 'RESTARTING']);
/** Where a VM stands, in one word or two: for counts and for the timeline. */
function phaseOf(instance, { group, reports }, policy) {
    const { currentAction, instanceStatus, versionName } = instance;
    if (currentAction === 'DELETING' || currentAction === 'ABANDONING')
        return 'leaving';
    if (versionName !== policy.release)
        return 'earlier release';
    if (BUILDING.has(currentAction))
        return currentAction.toLowerCase();
    if (instanceStatus !== 'RUNNING')
        return instanceStatus.toLowerCase() || 'missing';
    const report = reports.get(instance.name);
    if (isReady(instance, report, { group, policy }))
        return 'ready';
    return report === undefined || report.phase === 'ready' ? 'verifying' : report.phase;
}

;// CONCATENATED MODULE: ./lib/release/watch/state-book.js
/**
 * The states of all VMs in words. A VM that is the same object as in the last look (see Roster), and
 * says the same, is not put into words again.
 */
class StateBook {
    #render;
    #entries = new Map();
    constructor(render) {
        this.#render = render;
    }
    /** What is new in this look, in the order of its list. */
    update(observation) {
        const { instances } = observation;
        const changes = [];
        for (const instance of instances) {
            const state = this.#enter(instance, observation);
            if (state !== undefined)
                changes.push({ vm: instance.name, state });
        }
        if (this.#entries.size > instances.length)
            changes.push(...this.#strikeOut(instances));
        return changes;
    }
    /** The new state, or undefined where it is the one that stands here. */
    #enter(instance, observation) {
        const { name } = instance;
        const known = this.#entries.get(name);
        const report = observation.reports.get(name);
        const { hasHealthCheck } = observation.group;
        const isKnown = known?.instance === instance && known.report === report;
        if (isKnown && known.hasHealthCheck === hasHealthCheck)
            return undefined;
        const state = this.#render(instance, observation);
        this.#entries.set(name, { instance, report, hasHealthCheck, state });
        return known?.state === state ? undefined : state;
    }
    #strikeOut(instances) {
        const names = new Set(instances.map(({ name }) => name));
        const gone = [...this.#entries.keys()].filter((name) => !names.has(name));
        for (const name of gone)
            this.#entries.delete(name);
        return gone.map((vm) => ({ vm, state: undefined }));
    }
}

;// CONCATENATED MODULE: ./lib/release/watch/narrator.js



/** Beyond this many VMs a line for each would be read by nobody. */
const MAX_VMS_IN_LINES = 20;
const BETWEEN_COUNTS_MS = 10_000;
/** Tells what happens: a line for each VM whose state changed, or counts for a large group. */
class Narrator {
    #log;
    #policy;
    #startedAtMs;
    #states = new StateBook((instance, { reports }) => renderState(instance, reports.get(instance.name)));
    #counts = '';
    #countedAtMs = Number.NEGATIVE_INFINITY;
    constructor(log, policy, startedAtMs) {
        this.#log = log;
        this.#policy = policy;
        this.#startedAtMs = startedAtMs;
    }
    /** Whether anything about the VMs is new since the last look. */
    tell(observation) {
        const { instances, atMs } = observation;
        const news = this.#states.update(observation);
        if (instances.length > MAX_VMS_IN_LINES)
            this.#tellCounts(observation);
        else
            for (const { vm, state } of news)
                this.#log.info(`${vm}  ${state ?? 'gone'}  ${this.#after(atMs)}`);
        return news.length > 0;
    }
    /** The counts of a large group as they are at the end. */
    conclude(observation) {
        if (observation.instances.length <= MAX_VMS_IN_LINES)
            return;
        this.#countedAtMs = Number.NEGATIVE_INFINITY;
        this.#tellCounts(observation);
    }
    #tellCounts(observation) {
        const { instances, atMs } = observation;
        if (atMs - this.#countedAtMs < BETWEEN_COUNTS_MS)
            return;
        const counts = new Map();
        for (const instance of instances) {
            const phase = phaseOf(instance, observation, this.#policy);
            counts.set(phase, (counts.get(phase) ?? 0) + 1);
        }
        const said = [...counts].map(([phase, count]) => `${count} ${phase}`).sort();
        const text = `${instances.length} VMs: ${said.join(', ')}`;
        if (text === this.#counts)
            return;
        this.#counts = text;
        this.#countedAtMs = atMs;
        this.#log.info(`${text}  ${this.#after(atMs)}`);
    }
    #after(atMs) {
        return (0,duration/* renderDuration */.P)(atMs - this.#startedAtMs);
    }
}
function renderState(instance, report) {
    const { versionName, currentAction, instanceStatus, healthStates } = instance;
    const parts = [
        versionName || 'no release',
        currentAction === 'NONE' ? '' : currentAction.toLowerCase(),
        instanceStatus.toLowerCase(),
        report ? `${report.phase}${report.detail && ` (${shortDigest(report.detail)})`}` : '',
        healthStates.join(', ').toLowerCase(),
    ];
    return parts.filter((part) => part !== '').join('  ');
}
/** The digest of an image without the part that nobody compares by eye. */
function shortDigest(text) {
    return text.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+/g, '$1…');
}

;// CONCATENATED MODULE: ./lib/release/watch/pace.js

const FAST_MS = 1_000;
const SLOW_MS = 5_000;
const WITH_SICK_VMS_MS = 2_500;
/** For each VM that is not ready: many VMs bring many changes, and none of these is the last. */
const SLOWER_PER_VM_MS = 200;
const SLOWEST_WHEN_BUSY_MS = 2_000;
/** A list of a thousand VMs is a quarter of a megabyte, and ten times as much to whoever reads it. */
const SLOWER_PER_LISTED_VM_MS = 2;
/** What is looked at later than this part of the time it took is not noticed by people. */
const PART_WHEN_NEAR = 0.1;
const PART_WHEN_FAR = 0.25;
/**
 * How long to wait before the next look: about a second where the next change may be the last one,
 * up to five where nothing moves, and never beyond the moment at which time alone decides.
 */
function pauseAfter(observation, policy, { waiting, calm }) {
    const restMs = waiting.untilMs - observation.atMs;
    const quickestMs = Math.max(FAST_MS, observation.instances.length * SLOWER_PER_LISTED_VM_MS);
    const wishedMs = wishedPause(observation, policy, calm);
    return restMs > 0 ? Math.min(restMs, Math.max(quickestMs, wishedMs)) : FAST_MS;
}
function wishedPause(observation, policy, calm) {
    const { unready, groupWide } = survey(observation, policy);
    if (unready.length === 0 && groupWide.length === 0)
        return SLOW_MS;
    const phaseOf = ({ instance }) => observation.reports.get(instance.name)?.phase;
    // Looking without asking would show nothing, and a VM whose turn it is must not wait for a look.
    // Only what a VM says that it failed is to be confirmed soon.
    if (calm.lastWordInMs !== undefined && !unready.some((vm) => phaseOf(vm) === 'failed'))
        return between(FAST_MS, calm.lastWordInMs);
    const isNear = unready.every((vm) => isNearlyDone(vm.instance, phaseOf(vm)));
    if (isNear || calm.hasBacklog)
        return between(FAST_MS, calm.sinceChangeMs * PART_WHEN_NEAR);
    // What becomes of a sick VM tells a bad release from a lost machine, and is soon over.
    const slowestMs = unready.some(({ instance }) => pace_isSick(instance)) ? WITH_SICK_VMS_MS : SLOW_MS;
    const quickestMs = FAST_MS + Math.min(unready.length * SLOWER_PER_VM_MS, SLOWEST_WHEN_BUSY_MS);
    return Math.min(slowestMs, between(quickestMs, calm.sinceChangeMs * PART_WHEN_FAR));
}
function between(quickestMs, wishedMs) {
    return Math.min(SLOW_MS, Math.max(quickestMs, wishedMs));
}
function pace_isSick({ instanceStatus, healthStates }) {
    return (instanceStatus === 'RUNNING' &&
        healthStates.some((state) => state === 'TIMEOUT' || state === 'UNHEALTHY'));
}
function isNearlyDone({ currentAction, instanceStatus }, phase) {
    if (currentAction === 'DELETING')
        return true;
    if (instanceStatus !== 'RUNNING')
        return false;
    // What a VM says that it failed is to be confirmed soon.
    if (phase === 'failed')
        return true;
    return currentAction === 'NONE' ? phase !== undefined : phase === 'starting' || phase === 'ready';
}

;// CONCATENATED MODULE: ./lib/release/watch/roster.js
/**
 * The VMs of the last look. One that has not changed since stays the very same object: with a
 * thousand VMs a look would otherwise leave as much behind as it brings, and "changed" is `!==`.
 */
class Roster {
    #vms = new Map();
    /** The VM of that name, as the last look saw it. */
    find(name) {
        return this.#vms.get(name);
    }
    /** The same VMs, those that are as they were by their old objects. */
    take(instances) {
        const taken = instances.map((instance) => {
            const known = this.#vms.get(instance.name);
            if (known && roster_isSame(known, instance))
                return known;
            this.#vms.set(instance.name, instance);
            return instance;
        });
        if (this.#vms.size > taken.length)
            this.#forgetAllBut(taken);
        return taken;
    }
    #forgetAllBut(instances) {
        const names = new Set(instances.map(({ name }) => name));
        for (const name of this.#vms.keys())
            if (!names.has(name))
                this.#vms.delete(name);
    }
}
function roster_isSame(one, other) {
    return (one.id === other.id &&
        one.zone === other.zone &&
        one.currentAction === other.currentAction &&
        one.instanceStatus === other.instanceStatus &&
        one.versionName === other.versionName &&
        isSameList(one.healthStates, other.healthStates, Object.is) &&
        isSameList(one.lastErrors, other.lastErrors, isSameError));
}
function isSameError(one, other) {
    return (one.code === other.code &&
        one.message === other.message &&
        one.machineType === other.machineType);
}
function isSameList(one, other, isSameItem) {
    return (one.length === other.length &&
        one.every((item, index) => {
            const counterpart = other[index];
            return counterpart !== undefined && isSameItem(item, counterpart);
        }));
}

;// CONCATENATED MODULE: ./lib/release/watch/timeline.js


/** Enough for a thousand VMs of an ordinary rollout, and little enough to keep. */
const MAX_ENTRIES = 10_000;
/** Which VM was in which phase from when on; of a rollout without end the end is kept. */
class Timeline {
    #phases;
    #entries = [];
    constructor(policy) {
        this.#phases = new StateBook((instance, observation) => phaseOf(instance, observation, policy));
    }
    get entries() {
        return this.#entries;
    }
    note(observation) {
        const { atMs } = observation;
        for (const { vm, state } of this.#phases.update(observation))
            this.#entries.push({ atMs, vm, phase: state ?? 'gone' });
        if (this.#entries.length > MAX_ENTRIES)
            this.#entries = this.#entries.slice(-MAX_ENTRIES);
    }
}

;// CONCATENATED MODULE: ./lib/release/watch.js









/**
 * Watches the group until it is verified to run the policy's release, or until that has failed or
 * is no longer wanted: all three are returned. The same for the way forth and the way back.
 *
 * @throws the signal's reason, and errors of the API that do not pass by themselves
 */
function watchUntilVerdict(ports, options) {
    return new GroupWatch(ports, options).untilVerdict();
}
/** Between two readings of the group itself while its VMs show that it cannot be done. */
const GROUP_EVERY_MS = 10_000;
/** Nothing having changed for so long, the group's own list of errors may say why. */
const ERRORS_AFTER_MS = 60_000;
const ERRORS_EVERY_MS = 30_000;
const PAUSE_AFTER_FAULT_MS = 5_000;
/** Observes one group, and remembers what its VMs said so that they are asked as rarely as may be. */
class GroupWatch {
    #ports;
    #options;
    #roster = new Roster();
    #reports;
    #narrator;
    #timeline;
    #startedAtMs;
    #last;
    #groupAtMs = 0;
    #errorsAtMs = 0;
    #changedAtMs;
    #isOutageSaid = false;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#startedAtMs = ports.clock.now();
        this.#changedAtMs = this.#startedAtMs;
        this.#reports = new BootReports(ports.compute, ports.clock);
        this.#narrator = new Narrator(ports.log, options.policy, this.#startedAtMs);
        this.#timeline = new Timeline(options.policy);
    }
    /** One look: the VMs, what those say that matter, and the group where it may be done. */
    async observe() {
        const { clock } = this.#ports;
        const [instances, known] = await Promise.all([
            this.#list(),
            this.#isGroupDue() ? this.#fetchGroup() : this.#last?.group,
        ]);
        const group = known ?? (await this.#fetchGroup());
        await this.#askReports(instances, group);
        const seen = {
            atMs: clock.now(),
            group,
            instances,
            reports: this.#reports.latest,
            errors: this.#last?.errors ?? [],
        };
        // Only the group itself can say that it is done, and only now: not some looks ago.
        const isStale = group === this.#last?.group && this.#isEachReady(seen);
        const observation = isStale
            ? { ...seen, group: await this.#fetchGroup(), atMs: clock.now() }
            : seen;
        this.#take(observation);
        return observation;
    }
    async untilVerdict() {
        const { clock, log } = this.#ports;
        const { policy, signal } = this.#options;
        let memory = initialMemory(clock.now(), this.#options.sinceMs ?? this.#startedAtMs);
        for (;;) {
            const observation = await this.#look(memory);
            if (observation === undefined) {
                await clock.sleep(PAUSE_AFTER_FAULT_MS, signal);
                continue;
            }
            const decision = decide(memory, observation, policy);
            memory = decision.memory;
            const { verdict } = decision;
            if (verdict.kind !== 'wait') {
                this.#narrator.conclude(observation);
                return { verdict, observation, timeline: this.#timeline.entries };
            }
            log.debug(`Waiting: ${verdict.reason}`);
            await clock.sleep(this.#pauseAfter(observation, verdict), signal);
        }
    }
    /** Undefined when the look failed for a reason that will pass, and there is time to wait for that. */
    async #look(memory) {
        const { clock, log } = this.#ports;
        const { policy, signal } = this.#options;
        try {
            if (this.#isErrorsDue(memory))
                await this.#fetchErrors();
            const observation = await this.observe();
            this.#isOutageSaid = false;
            return observation;
        }
        catch (error) {
            signal.throwIfAborted();
            const sinceProgressMs = clock.now() - memory.lastProgressAtMs;
            if (!isPassing(error) || sinceProgressMs >= policy.progressDeadlineMs)
                throw error;
            const reason = error instanceof Error ? error.message : String(error);
            if (!this.#isOutageSaid)
                log.warning(`${reason} The group goes on by itself; it will be looked at again.`);
            this.#isOutageSaid = true;
            return undefined;
        }
    }
    /** What Google listed is forgotten here, before anything else is waited for. */
    async #list() {
        return this.#roster.take(await this.#ports.compute.listManagedInstances(this.#options.group));
    }
    #isGroupDue() {
        const last = this.#last;
        if (last === undefined || !isOnRelease(last.group, this.#options.policy))
            return true;
        return this.#ports.clock.now() - this.#groupAtMs >= GROUP_EVERY_MS || this.#isEachReady(last);
    }
    async #fetchGroup() {
        const group = await this.#ports.compute.fetchGroup(this.#options.group);
        this.#groupAtMs = this.#ports.clock.now();
        return group;
    }
    #isEachReady(observation) {
        const { group, instances, reports } = observation;
        const context = { group, policy: this.#options.policy };
        return instances.every((instance) => isReady(instance, reports.get(instance.name), context));
    }
    /** Only VMs that matter for the verdict are asked: those of our version that are not ready yet. */
    async #askReports(instances, group) {
        const { policy } = this.#options;
        this.#reports.forgetAllBut((name) => this.#roster.find(name));
        const { latest } = this.#reports;
        const isLastWord = instances.every((instance) => lacksNothingElse(instance, policy));
        await this.#reports.ask(instances.filter((instance) => instance.versionName === policy.release &&
            !isReady(instance, latest.get(instance.name), { group, policy })), isLastWord);
    }
    // An error that was there at the start may be an old one: only the list knows when it was met.
    #isErrorsDue({ inherited }) {
        const now = this.#ports.clock.now();
        if (now - this.#errorsAtMs < ERRORS_EVERY_MS)
            return false;
        const { progressDeadlineMs } = this.#options.policy;
        const quietMs = Math.min(ERRORS_AFTER_MS, progressDeadlineMs / 2);
        return (inherited?.size ?? 0) > 0 || now - this.#changedAtMs >= quietMs;
    }
    async #fetchErrors() {
        if (this.#last === undefined)
            return;
        const errors = await this.#ports.compute.listErrors(this.#options.group);
        this.#errorsAtMs = this.#ports.clock.now();
        this.#last = { ...this.#last, errors };
    }
    #take(observation) {
        const isNews = this.#narrator.tell(observation);
        if (isNews || !isSameGroup(observation.group, this.#last?.group))
            this.#changedAtMs = observation.atMs;
        this.#timeline.note(observation);
        this.#last = observation;
    }
    #pauseAfter(observation, waiting) {
        const sinceChangeMs = observation.atMs - this.#changedAtMs;
        const { hasBacklog, lastWordInMs } = this.#reports;
        const calm = { sinceChangeMs, hasBacklog, lastWordInMs };
        return pauseAfter(observation, this.#options.policy, { waiting, calm });
    }
}
/** Whether this VM is where it should be as far as the group can tell. */
function lacksNothingElse(instance, { release }) {
    const { currentAction, instanceStatus, versionName, healthStates } = instance;
    return (versionName === release &&
        currentAction === 'NONE' &&
        instanceStatus === 'RUNNING' &&
        healthStates.every((state) => state === 'HEALTHY'));
}
function isSameGroup(one, other) {
    return (one.targetSize === other?.targetSize &&
        one.isStable === other.isStable &&
        one.isVersionTargetReached === other.isVersionTargetReached &&
        one.fingerprint === other.fingerprint);
}

;// CONCATENATED MODULE: ./lib/release/attempt/adoption.js

/**
 * Pure. To be asked under the deploy lock, when every open attempt is that of a run which is no more.
 * The one that brought the group where this run wants it goes on. Of the others nothing is left to
 * finish: this run moves the group away, or the group is on another release already.
 */
function adopt(ledger, { groupIsOn, release }) {
    const open = openEntries(ledger);
    const continued = groupIsOn === release ? open.findLast((entry) => entry.release === release) : undefined;
    const closed = open
        .filter((entry) => entry !== continued)
        .map((entry) => ({ entry, closing: interruption(entry, groupIsOn) }));
    return { continued, closed };
}
function interruption({ release }, groupIsOn) {
    const left = groupIsOn === release
        ? 'it left the group on this release, unverified'
        : `it left the group on ${groupIsOn || 'no release'}`;
    return { outcome: 'interrupted', reason: `its run ended without a word; ${left}` };
}

;// CONCATENATED MODULE: ./lib/release/attempt/put-back.js


/** Between two looks whether a late PATCH has arrived. */
const put_back_LOOK_EVERY_MS = 2_000;
/**
 * Ends the open attempt that is ours, if there is one: takes the group off its release with one
 * PATCH, to the last verified release as far as there is one, and writes down how it ended.
 *
 * @throws ActionError as `moveGroup` does, LEDGER_*; then the attempt is still open
 */
async function endUnwatched(ports, unwatched) {
    const { isOurs, outcome, why } = unwatched;
    const ledger = await ports.file.read();
    const entry = openEntries(ledger).find(isOurs);
    if (entry === undefined)
        return;
    const { rolledBackTo, left } = await putBack(ports, unwatched, { ledger, entry });
    ports.log.info(`Attempt ${entry.attempt}, release ${entry.release}: ${why}; ${left}.`);
    await ports.file.close(entry.attempt, { outcome, rolledBackTo, reason: `${why}; ${left}` });
}
async function putBack(ports, unwatched, { ledger, entry }) {
    const { compute } = ports;
    const { release, previous } = entry;
    const isItsPlace = previous === release && isVerified(ledger, release);
    const groupIsOn = await whereItEndsUp(ports, unwatched, isItsPlace ? undefined : release);
    if (groupIsOn !== release) {
        const left = `the group is on ${groupIsOn ? `release ${groupIsOn}` : 'no release'}`;
        return { rolledBackTo: groupIsOn || null, left };
    }
    if (isItsPlace) {
        return { rolledBackTo: null, left: 'the group stays on it, where it was before' };
    }
    const target = await newestStanding(compute, ledger, release);
    if (target === undefined) {
        const left = 'the group stays on it, unverified: there is no verified release to go back to';
        return { rolledBackTo: null, left };
    }
    await moveGroup({ compute, signal: unwatched.signal }, unwatched.group, target);
    const left = `the group was put back on release ${target.release}, and nobody watched it arrive`;
    return { rolledBackTo: target.release, left };
}
/** The release that the group is on once nothing of ours can move it any more, or as soon as it is `expected`. */
async function whereItEndsUp({ compute, clock }, { group, lateMs, signal }, expected) {
    const untilMs = clock.now() + lateMs;
    for (;;) {
        const { versions } = await compute.fetchGroup(group);
        const groupIsOn = versions[0]?.name ?? '';
        const restMs = untilMs - clock.now();
        if (groupIsOn === expected || restMs <= 0)
            return groupIsOn;
        await clock.sleep(Math.min(put_back_LOOK_EVERY_MS, restMs), signal);
    }
}
// There is no time for more than this: whether image and secrets are there is not asked.
async function newestStanding(compute, ledger, otherThan) {
    for (const { release, template } of lastVerified(ledger, { otherThan })) {
        const standing = await compute.fetchTemplate(template);
        if (standing !== undefined)
            return { release, templateLink: standing.selfLink };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/release/attempt/running.js

/** Which release runs on how many VMs of the group, and how many of those serve: one line. */
function describeRunning(group, { instances, group: state }) {
    const counts = new Map();
    for (const { versionName, instanceStatus, healthStates } of instances) {
        const count = counts.get(versionName) ?? { running: 0, healthy: 0 };
        if (instanceStatus === 'RUNNING')
            count.running += 1;
        if (healthStates.length > 0 && healthStates.every((health) => health === 'HEALTHY')) {
            count.healthy += 1;
        }
        counts.set(versionName, count);
    }
    const parts = [...counts].map(([release, { running, healthy }]) => {
        const health = state.hasHealthCheck ? `, ${healthy} healthy` : '';
        return `${release || 'no release'} on ${running} VMs${health}`;
    });
    return `Now ${groupName(group)} runs: ${parts.join('; ') || 'nothing'}.`;
}

;// CONCATENATED MODULE: ./lib/release/attempt/settled.js



/** What there is to say when nothing is left to do, nor to write down; else undefined. */
async function findSettled({ compute, clock, log }, options, file) {
    const { policy, release } = options;
    const [ledger, observation] = await Promise.all([
        file.read(),
        // The watch will tell what each VM does; told here as well it would stand there twice.
        new GroupWatch({ compute, clock, log: murmuring(log) }, options).observe(),
    ]);
    const [last] = lastVerified(ledger, { otherThan: undefined });
    const isSettled = openEntries(ledger).length === 0 &&
        last?.release === release.id &&
        obstacles(observation, policy).length === 0;
    if (!isSettled)
        return undefined;
    return { wasRolled: false, previousRelease: release.id, observation, timeline: [] };
}
/** Says that there is nothing to do. */
function asUnchanged(settled, { log }) {
    log.info('Every VM runs this release already, verified: nothing to do.');
    return settled;
}
/** The same log, with what it would tell said only to those who debug. */
function murmuring(log) {
    return {
        debug: (message) => log.debug(message),
        info: (message) => log.debug(message),
        warning: (message) => log.warning(message),
        mask: (secret) => log.mask(secret),
        group: (title, work) => log.group(title, work),
        labelled: (label) => murmuring(log.labelled(label)),
    };
}

;// CONCATENATED MODULE: ./lib/release/attempt/way-back.js




/**
 * The newest verified release, other than this one, of which everything is still there: instance
 * template, image, secret versions. One that has lost its image or a secret is still better than
 * none, as VMs that run it need neither; one without template is none. Undefined when there is none.
 */
async function chooseWayBack(ports, ledger, otherThan) {
    const damaged = [];
    for (const entry of lastVerified(ledger, { otherThan })) {
        const template = await ports.compute.fetchTemplate(entry.template);
        if (template === undefined)
            continue;
        const wayBack = {
            release: entry.release,
            image: entry.image,
            templateLink: template.selfLink,
            machineType: asText(template.properties['machineType']) || undefined,
        };
        const losses = await findLosses(ports, entry, template);
        if (losses.length === 0)
            return wayBack;
        ports.log.warning(`Release ${entry.release} is not whole any more: ${losses.join('; ')}`);
        damaged.push(wayBack);
    }
    return damaged[0];
}
/** What a new VM of the release would miss, in words; empty when it would start. */
async function findLosses({ google, secretManager }, { image }, template) {
    const imageLoss = findManifest(google, repositoryOf(image), digestOf(image)).then((manifest) => (manifest ? '' : `the registry has no ${image}`), describe);
    const secretLosses = secretsOf(template).map(({ secret, version }) => secretManager.resolveVersion(secret, version).then(() => '', describe));
    const losses = await Promise.all([imageLoss, ...secretLosses]);
    return losses.filter((loss) => loss !== '');
}
// A question that fails is a loss as well: what cannot be seen cannot be relied on.
function describe(error) {
    return error instanceof Error ? error.message : String(error);
}
/** `NAME=secret/version` lines of the metadata that the startup script reads. */
function secretsOf({ properties }) {
    const items = asList(asRecord(properties['metadata'])['items']).map(asRecord);
    const lines = asText(items.find(({ key }) => key === 'app-secrets')?.['value']).split('\n');
    return lines.flatMap((line) => {
        const [, secret, version] = /^[^=]+=(.+)\/([^/]+)$/.exec(line) ?? [];
        return secret !== undefined && version !== undefined ? [{ secret, version }] : [];
    });
}

;// CONCATENATED MODULE: ./lib/release/attempt/take-back.js







/**
 * Brings the group back to the last verified release and watches it arrive. Gives the error that
 * the run ends with: what failed, and what runs now.
 */
async function takeBack(ports, { attempt, group, policy, file, signal, failure, observation }) {
    const target = await chooseWayBack(ports, await file.read(), policy.release);
    if (target === undefined) {
        await file.close(attempt, { outcome: 'failed', reason: take_back_headline(failure) });
        return extended(failure, nothingToGoBackTo(group, observation));
    }
    // No annotation of its own: the step ends with one error that tells all of it.
    ports.log.info(failure.message);
    ports.log.info(`Taking ${groupName(group)} back to release ${target.release}.`);
    const sinceMs = ports.clock.now();
    await moveGroup({ compute: ports.lasting.compute, signal }, group, target);
    const { release, image, machineType } = target;
    const back = { ...policy, release, image, machineType };
    const { verdict, observation: seen } = await watchUntilVerdict(ports, {
        group,
        policy: back,
        signal,
        sinceMs,
    });
    if (verdict.kind === 'verified') {
        const rolledBackTo = target.release;
        await file.close(attempt, { outcome: 'rolled_back', rolledBackTo, reason: take_back_headline(failure) });
        const text = `${groupName(group)} was taken back: it runs release ${rolledBackTo} again, verified.`;
        return extended(failure, { text, outcome: 'rolled_back', runs: rolledBackTo });
    }
    const why = rolloutFailure(verdict, { group, policy: back });
    const reason = `${take_back_headline(failure)} The way back failed too: ${take_back_headline(why)}`;
    await file.close(attempt, { outcome: 'failed', reason });
    const text = `The way back failed too: ${why.message}\n${describeRunning(group, seen)}`;
    return extended(failure, { text, hint: why.hint });
}
/** The first line: below it are lines of the app's own log, which are not for the ledger. */
function take_back_headline({ message }) {
    return message.split('\n', 1)[0] ?? '';
}
/** The same failure, told further. */
function extended(failure, { text, hint, ...more }) {
    return new lib_errors/* ActionError */.l(failure.code, `${failure.message}\n${text}`, {
        hint: hint ?? failure.hint,
        cause: failure.cause,
        ...more,
    });
}
function nothingToGoBackTo(group, observation) {
    const text = `There is no verified release to go back to. ${describeRunning(group, observation)}`;
    const hint = 'Fix the cause and push again; the next release replaces this one. The group keeps trying until then, which costs what its VMs cost.';
    return { text, hint };
}

;// CONCATENATED MODULE: ./lib/release/attempt/attempt.js












/**
 * Brings a release, whose template exists, onto the group, and returns when it is verified. One
 * attempt at a time, told in the ledger from its beginning to its end; a bad release is taken back
 * to the last verified one, and so is one that a cancel leaves on its way.
 *
 * @throws ActionError ROLLOUT_*, with `outcome` rolled_back when the way back was verified; DEPLOY_LOCKED, DEPLOY_LOCK_LOST, LEDGER_*, GCP_*
 */
async function attemptRelease(ports, options) {
    const { store, signal } = ports.lasting;
    const { prefix, holder, provenance, random = Math.random } = options;
    const file = new LedgerFile({ store, clock: ports.clock }, { prefix, signal, random });
    const [settled, isLocked] = await Promise.all([
        findSettled(ports, options, file),
        isDeployLocked(store, prefix),
    ]);
    // A lock is another run that may be about to move the group, or what is left of a dead one.
    if (settled && !isLocked)
        return asUnchanged(settled, ports);
    const { runUrl, actor } = provenance;
    const lock = { prefix, owner: { holder, runUrl, actor }, signal: options.signal, random };
    return withDeployLock({ store, clock: ports.clock, log: ports.log }, lock, async (either) => {
        const settledByNow = isLocked ? await findSettled(ports, options, file) : undefined;
        if (settledByNow)
            return asUnchanged(settledByNow, ports);
        return underLock({ ports, options, file, signal: either });
    });
}
async function underLock(story) {
    const { options } = story;
    let begun;
    let ended;
    try {
        begun = await begin(story);
        ended = await roll(story, begun);
    }
    catch (error) {
        if (options.signal.aborted)
            await stop(story, begun?.attempt, error);
        else if (!story.signal.aborted)
            await breakOff(story, begun?.attempt, error);
        // A run that lost its lock touches nothing more: the next one adopts the attempt.
        throw error;
    }
    if ('failure' in ended)
        throw ended.failure;
    return ended.attempted;
}
/** Settles what dead runs left open, and opens the attempt that this run makes. */
async function begin({ ports, options, file }) {
    const { group, release, policy, kind, provenance, holder } = options;
    const [ledger, { versions }] = await Promise.all([file.read(), ports.compute.fetchGroup(group)]);
    const groupIsOn = versions[0]?.name ?? '';
    const { continued, closed } = adopt(ledger, { groupIsOn, release: release.id });
    for (const { entry, closing } of closed) {
        await file.close(entry.attempt, closing);
        ports.log.warning(`Attempt ${entry.attempt}, release ${entry.release} (${entry.runUrl}): ${closing.reason}.`);
    }
    if (continued) {
        ports.log.info(`Going on with attempt ${continued.attempt}, which ${continued.runUrl} left open.`);
        const { attempt, previous } = continued;
        return { attempt, previousRelease: previous ?? '', isContinued: true };
    }
    const attempt = await file.open({
        kind,
        release: release.id,
        template: release.template.name,
        image: policy.image,
        previous: groupIsOn || null,
        commit: provenance.commit,
        ref: provenance.ref,
        actor: provenance.actor,
        runUrl: provenance.runUrl,
        holder,
    });
    return { attempt, previousRelease: groupIsOn, isContinued: false };
}
async function roll(story, begun) {
    const { ports, options, file, signal } = story;
    const { group, policy, release } = options;
    const templateLink = await linkOf(ports.compute, release, group);
    const { attempt, previousRelease, isContinued } = begun;
    const sinceMs = ports.clock.now();
    const { compute } = ports.lasting;
    const destination = { release: release.id, templateLink };
    const { wasPatched } = await moveGroup({ compute, signal }, group, destination);
    const { verdict, observation, timeline } = await watchUntilVerdict(ports, {
        group,
        policy,
        signal,
        ...(wasPatched && { sinceMs }),
    });
    if (verdict.kind === 'verified') {
        await file.close(attempt, { outcome: 'verified' });
        return {
            attempted: { wasRolled: wasPatched || isContinued, previousRelease, observation, timeline },
        };
    }
    const failure = rolloutFailure(verdict, { group, policy });
    if (verdict.kind === 'failed' && options.autoRollback) {
        const failed = { attempt, group, policy, file, signal, failure, observation };
        return { failure: await takeBack(ports, failed) };
    }
    await file.close(attempt, { outcome: 'failed', reason: take_back_headline(failure) });
    return { failure: extended(failure, { text: describeRunning(group, observation) }) };
}
async function linkOf(compute, { template }, group) {
    const standing = await compute.fetchTemplate(template.name);
    if (standing)
        return standing.selfLink;
    throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `The instance template ${template.name} is gone, so ${groupName(group)} was left as it was.`, { hint: 'Somebody may have deleted it: run the job again, which makes it anew.' });
}
/** By how much a PATCH may outlive the patience of the client, which then had another answer. */
const LATE_MS = 5_000;
/** After a cancel, with the clients that still work for some seconds. */
async function stop({ ports, options, file }, attempt, cause) {
    const { clock, log } = ports;
    const { compute, signal } = ports.lasting;
    const why = 'the run was cancelled';
    // Where nothing but the cancel ended it, a move that was under way has been waited for.
    const lateMs = cause === options.signal.reason ? 0 : LATE_MS;
    await endUnwatched({ compute, file, clock, log }, { ...ourAttempt(options, attempt), why, outcome: 'interrupted', lateMs, signal }).catch((error) => {
        log.warning(`What the cancel cut short is left to the post step: ${(0,lib_errors/* describeError */.U)(error)}`);
    });
}
/** The group could not be read or changed any more: what is left to try is one step back. */
async function breakOff({ ports, options, file, signal }, attempt, cause) {
    const { compute, clock, log } = ports;
    const why = `it could not be watched to its end (${(0,lib_errors/* describeError */.U)(cause).split('\n', 1)[0]})`;
    await endUnwatched({ compute, file, clock, log }, { ...ourAttempt(options, attempt), why, outcome: 'failed', lateMs: LATE_MS, signal }).catch((error) => {
        log.warning(`The group was left as it is, and the next run settles it: ${(0,lib_errors/* describeError */.U)(error)}`);
    });
}
// An entry that was written although the answer was lost is known by its holder only.
function ourAttempt({ group, holder }, attempt) {
    const isOurs = (entry) => attempt === undefined ? entry.holder === holder : entry.attempt === attempt;
    return { group, isOurs };
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
    const rolled = await log.group(`Rolling ${groupName(infrastructure.groupName)} to release ${release.id}`, () => steps.time('roll', () => deploy_roll(story, infrastructure, { release, image })));
    const vms = await describeVms(story, rolled.observation);
    const result = {
        outcome: rolled.wasRolled ? 'deployed' : 'unchanged',
        release: release.id,
        previousRelease: rolled.wasRolled ? rolled.previousRelease : '',
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
    const plan = await steps.time('plan', () => terraform.plan(log, { isLocked: true }));
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
async function deploy_roll({ config, ports, context }, { groupName: group }, { release, image }) {
    const { minReadyMs, progressDeadlineMs, autoRollback, name } = config;
    const { provenance, holder, signal } = context;
    const machineType = asText(release.template.properties['machineType']) || undefined;
    const policy = { release: release.id, image: image.reference, machineType };
    ports.handover.begin(group);
    const attempted = await attemptRelease(ports, {
        group,
        prefix: name,
        release,
        policy: { ...policy, minReadyMs, progressDeadlineMs },
        kind: 'deploy',
        provenance,
        holder,
        autoRollback,
        signal,
    });
    ports.handover.end();
    return attempted;
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
    const { url, loadBalancerAddress } = infrastructure;
    const group = groupName(infrastructure.groupName);
    const took = (0,duration/* renderDuration */.P)(result.durationMs);
    log.info(result.outcome === 'unchanged'
        ? `Unchanged: ${group} runs release ${result.release} (${took}).`
        : `Deployed release ${result.release} to ${result.vms.length} VMs of ${group} in ${took}.`);
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
function renderFailure({ message, code, outcome, runs, }) {
    return new Map([
        ['outcome', outcome],
        ['release', runs ?? ''],
        ['failure_code', code],
        ['failure_reason', message],
    ]);
}

;// CONCATENATED MODULE: ./lib/state.js
/** Keys of the runner's state, under which main leaves what post needs; never a secret. */
const WORK_DIRECTORY_STATE = 'work_directory';
/** The attempt that post must look after when main could not; empty when there is none. */
const ATTEMPT_STATE = 'attempt';

// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
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
            isPassing: true,
            hint: 'Check https://status.cloud.google.com and the network of the runner, then run the job again.',
        });
    }
    #fail(request, failure) {
        const service = SERVICE_NAMES[request.service];
        const reason = failure.reason === '' ? '' : ` ${failure.reason}`;
        throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not ${request.purpose}: ${service} answered ${failure.status}${reason}: ${failure.message}`, { hint: this.fixFor(failure), isPassing: isTransient(failure) });
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

;// CONCATENATED MODULE: ./lib/google/compute/group.js

/** A boolean that is missing reads as false: gcloud's own wait takes it for true and ends too early. */
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
    const { zone, name } = placeOf(item['instance']);
    return {
        name: name || asText(item['name']),
        id: asText(item['id']),
        zone,
        currentAction: asText(item['currentAction']),
        instanceStatus: asText(item['instanceStatus']),
        versionName: asText(asRecord(item['version'])['name']),
        healthStates: asList(item['instanceHealth']).map((health) => asText(asRecord(health)['detailedHealthState'])),
        lastErrors: 'lastAttempt' in item ? readAttempt(asRecord(item['lastAttempt'])) : NO_ERRORS,
    };
}
/** Of most VMs: one list for all of them. */
const NO_ERRORS = [];
function readAttempt(attempt) {
    return asList(asRecord(attempt['errors'])['errors']).map((error) => readError(asRecord(error)));
}
function readGroupError(item) {
    const details = asRecord(item['instanceActionDetails']);
    const { zone, name } = placeOf(details['instance']);
    return {
        ...readError(asRecord(item['error'])),
        // A time that cannot be read is long ago: an old error must not end a new rollout.
        atMs: Date.parse(asText(item['timestamp'])) || 0,
        vm: name,
        zone,
        versionName: asText(asRecord(details['version'])['name']),
    };
}
function readError(error) {
    const [info = {}] = asList(error['errorDetails'])
        .map((detail) => asRecord(asRecord(asRecord(detail)['errorInfo'])['metadatas']))
        .filter((metadata) => asText(metadata['vmType']) !== '');
    return {
        code: asText(error['code']),
        message: asText(error['message']),
        machineType: asText(info['vmType']),
    };
}
function placeOf(url) {
    const text = asText(url);
    const at = text.lastIndexOf(INSTANCES);
    const zoneAt = text.lastIndexOf(ZONES, at);
    if (at < 0 || zoneAt < 0)
        return { zone: '', name: '' };
    return { zone: text.slice(zoneAt + ZONES.length, at), name: text.slice(at + INSTANCES.length) };
}
const ZONES = 'zones/';
const INSTANCES = '/instances/';

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




/**
 * Exactly what is read of them: a thousand VMs fill a quarter of a megabyte so, and twice as much
 * otherwise (https://cloud.google.com/compute/docs/api/how-tos/performance).
 */
const INSTANCE_FIELDS = 'nextPageToken,managedInstances(name,instance,id,currentAction,instanceStatus,version/name,' +
    'instanceHealth/detailedHealthState,' +
    'lastAttempt/errors/errors(code,message,errorDetails/errorInfo))';
const ERROR_FIELDS = 'nextPageToken,items(error,timestamp,instanceActionDetails(instance,version/name))';
/** The most that Google gives at once. */
const ERRORS_PER_PAGE = '500';
/**
 * In which order they come is nowhere said, so the newest may stand on the last page. Where a
 * thousand VMs have failed more than once each, the rest says nothing that these do not say.
 */
const MAX_ERROR_PAGES = 4;
/**
 * Instance templates, groups and instances of one project. A template or group that is given by its
 * plain name is one of the region; ids and URLs may name zonal groups and global templates too.
 */
class Compute {
    #google;
    #scope;
    constructor(google, scope) {
        this.#google = google;
        this.#scope = scope;
    }
    async fetchTemplate(name) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: templatePath(name, this.#scope),
            purpose: `read the instance template ${name}`,
            accept: [404],
        });
        if (answer.status === 404)
            return undefined;
        const template = asRecord(answer.json);
        return {
            name: name.slice(name.lastIndexOf('/') + 1),
            selfLink: asText(template['selfLink']),
            description: asText(template['description']),
            properties: asRecord(template['properties']),
        };
    }
    /** Creates a template; one of the same name that is already there is left as it is. */
    async ensureTemplate(template) {
        const { projectId, region } = this.#scope;
        await changeCompute(this.#google, {
            method: 'POST',
            path: `projects/${projectId}/regions/${region}/instanceTemplates`,
            body: template,
            purpose: `create the instance template ${template.name}`,
            accept: [409],
        });
    }
    async fetchGroup(group) {
        return readGroup(asRecord((await this.#askForGroup(group)).json));
    }
    /** Undefined where there is no such group (yet). */
    async findGroup(group) {
        const answer = await this.#askForGroup(group, [404]);
        return answer.status === 404 ? undefined : readGroup(asRecord(answer.json));
    }
    #askForGroup(group, accept = []) {
        return this.#google.request({
            service: 'compute',
            method: 'GET',
            path: groupPath(group, this.#scope),
            purpose: `read the instance group ${groupName(group)}`,
            accept,
        });
    }
    /** All VMs of the group; most groups give them in one page, which is Google's default here. */
    async listManagedInstances(group) {
        const instances = [];
        const pages = this.#pages({
            method: 'POST',
            path: `${groupPath(group, this.#scope)}/listManagedInstances`,
            query: { fields: INSTANCE_FIELDS, prettyPrint: 'false' },
            purpose: `list the VMs of the instance group ${groupName(group)}`,
        });
        for await (const page of pages) {
            for (const item of asList(page['managedInstances']))
                instances.push(readManagedInstance(asRecord(item)));
        }
        return instances;
    }
    /**
     * What the group could not do lately, as far as 2,000 entries tell it; it goes on trying, so an old
     * error may be overcome by now.
     */
    async listErrors(group) {
        const errors = [];
        const pages = this.#pages({
            method: 'GET',
            path: `${groupPath(group, this.#scope)}/listErrors`,
            query: { fields: ERROR_FIELDS, prettyPrint: 'false', maxResults: ERRORS_PER_PAGE },
            purpose: `list the errors of the instance group ${groupName(group)}`,
        });
        let count = 0;
        for await (const page of pages) {
            for (const item of asList(page['items']))
                errors.push(readGroupError(asRecord(item)));
            count += 1;
            if (count === MAX_ERROR_PAGES)
                break;
        }
        return errors;
    }
    /**
     * Makes `version` the group's only one. A group that someone changed since `fingerprint` was read
     * refuses with 412, which is an answer here.
     */
    async patchVersion(group, version, fingerprint) {
        return changeCompute(this.#google, {
            method: 'PATCH',
            path: groupPath(group, this.#scope),
            body: { fingerprint, versions: [version] },
            purpose: `roll the instance group ${groupName(group)} to release ${version.name}`,
            accept: [412],
        });
    }
    /** The JSON value of one guest attribute, or undefined while the VM has not written it. */
    async fetchGuestAttribute(instance, queryPath) {
        const answer = await this.#google.request({
            service: 'compute',
            method: 'GET',
            path: `projects/${this.#scope.projectId}/zones/${instance.zone}/instances/${instance.name}/getGuestAttributes`,
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
            path: `projects/${this.#scope.projectId}/zones/${instance.zone}/instances/${instance.name}`,
            purpose: `read the VM ${instance.name}`,
            accept: [404],
        });
        const card = asRecord(asList(asRecord(answer.json)['networkInterfaces'])[0]);
        const external = asText(asRecord(asList(card['accessConfigs'])[0])['natIP']);
        return external || asText(card['networkIP']) || undefined;
    }
    /** Page after page of a list, each asked for only when it is wanted. */
    async *#pages(list) {
        let pageToken = '';
        do {
            const query = { ...list.query, ...(pageToken !== '' && { pageToken }) };
            const answer = await this.#google.request({ ...list, service: 'compute', query });
            const page = asRecord(answer.json);
            yield page;
            pageToken = asText(page['nextPageToken']);
        } while (pageToken !== '');
    }
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

;// CONCATENATED MODULE: ./lib/google/object-store.js



/**
 * Small texts in one bucket, changed only where their generation is the expected one
 * (https://cloud.google.com/storage/docs/request-preconditions). What must still be written after a
 * cancel needs a client whose signal outlives the cancel.
 */
class ObjectStore {
    #google;
    #bucket;
    constructor(google, bucket) {
        this.#google = google;
        this.#bucket = bucket;
    }
    /** For messages and commands: `gs://bucket/name`. */
    url(name) {
        return `gs://${this.#bucket}/${name}`;
    }
    /**
     * The object, or undefined when there is none; a bucket that is missing is an error.
     *
     * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE, GCP_UNEXPECTED_ANSWER
     */
    async read(name) {
        const purpose = `read ${this.url(name)}`;
        const answer = await this.#google.request({
            service: 'storage',
            method: 'GET',
            path: this.#path(name),
            query: { alt: 'media' },
            purpose,
            accept: [404],
        });
        if (answer.status === 404) {
            await this.#requireBucket(purpose);
            return undefined;
        }
        const [generation, updatedAtMs, serverNowMs] = readHeaders(answer);
        if (generation === undefined || Number.isNaN(updatedAtMs + serverNowMs)) {
            throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Cloud Storage answered without generation, time of change or time.`, { hint: 'Check whether a proxy between the runner and Google removes headers.' });
        }
        return { text: answer.text, generation, updatedAtMs, serverNowMs };
    }
    /**
     * Writes the whole object. A write that happened although its answer was lost is no conflict: the
     * text must be one that nobody else would write, or one that is right whoever wrote it.
     *
     * @throws ActionError GCP_REQUEST_FAILED, GCP_UNREACHABLE, GCP_UNEXPECTED_ANSWER
     */
    async write(name, text, { ifGeneration }) {
        const purpose = `write ${this.url(name)}`;
        const { body, contentType } = multipart(name, text);
        const answer = await this.#google.request({
            service: 'storage',
            method: 'POST',
            // Uploads have a base of their own, beside that of the JSON API on the same host.
            path: `../../upload/storage/v1/b/${this.#bucket}/o`,
            query: { uploadType: 'multipart', ifGenerationMatch: ifGeneration, fields: 'generation' },
            headers: { 'content-type': contentType },
            body,
            purpose,
            accept: [412],
        });
        if (answer.status === 412)
            return this.#afterRefusal(name, text);
        const generation = asText(asRecord(answer.json)['generation']);
        if (generation !== '')
            return { generation };
        throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Could not ${purpose}: Cloud Storage answered without a generation.`);
    }
    /** Removes that generation and no other. `gone`: there is none, maybe because the answer to our own removal was lost. */
    async remove(name, { ifGeneration }) {
        const { status } = await this.#google.request({
            service: 'storage',
            method: 'DELETE',
            path: this.#path(name),
            query: { ifGenerationMatch: ifGeneration },
            purpose: `remove ${this.url(name)}`,
            accept: [404, 412],
        });
        if (status === 412)
            return 'conflict';
        return status === 404 ? 'gone' : 'done';
    }
    // The client repeats a request whose answer was lost, and a repeated write is refused by its own
    // first attempt.
    async #afterRefusal(name, text) {
        const there = await this.read(name);
        return there?.text === text ? { generation: there.generation } : 'conflict';
    }
    // A missing bucket is a 404 as well, and only its text tells the two apart.
    async #requireBucket(purpose) {
        await this.#google.request({
            service: 'storage',
            method: 'GET',
            path: `b/${this.#bucket}/o`,
            query: { maxResults: '1', fields: 'kind' },
            purpose,
        });
    }
    #path(name) {
        return `b/${this.#bucket}/o/${encodeURIComponent(name)}`;
    }
}
function readHeaders({ headers, }) {
    const timeOf = (header) => Date.parse(headers[header] ?? '');
    return [headers['x-goog-generation'], timeOf('last-modified'), timeOf('date')];
}
/** Metadata and text in one request (https://cloud.google.com/storage/docs/uploading-objects). */
function multipart(name, text) {
    const boundary = (0,external_node_crypto_.randomUUID)();
    const resource = { name, contentType: 'application/json', cacheControl: 'no-store' };
    const parts = [JSON.stringify(resource), text].map((part) => `--${boundary}\r\ncontent-type: application/json\r\n\r\n${part}\r\n`);
    return {
        body: `${parts.join('')}--${boundary}--\r\n`,
        contentType: `multipart/related; boundary=${boundary}`,
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

;// CONCATENATED MODULE: ./lib/compose/google.js










/** Who this job is for Google. @throws ActionError AUTH_NO_OIDC */
function identify({ config, env, log, }) {
    const oidc = readOidcRequest(env);
    log.mask(oidc.requestToken);
    const endpoints = resolveEndpoints(config.region, env);
    const credentials = externalAccount({ ...config, ...oidc }, endpoints);
    return { endpoints, credentials, tokens: federatedTokens(credentials, (it) => log.mask(it)) };
}
/** Google's APIs as long as the signal does not abort. */
function googleClients({ endpoints, tokens }, { config, log, signal, }) {
    const { projectId, stateBucket } = config;
    const google = new GoogleClient({ http: gaxiosHttp(), tokens, clock: systemClock, log }, { endpoints, projectId, signal });
    return {
        google,
        compute: new Compute(google, config),
        secretManager: new SecretManager(google, projectId),
        store: new ObjectStore(google, stateBucket),
    };
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
function renderDiagnostic({ summary, detail, address, file, line }) {
    const place = line > 0 ? `${file}:${line}` : '';
    const where = [address, place].filter((part) => part !== '').join(' at ');
    return [where === '' ? summary : `${summary} (${where})`, detail]
        .filter((part) => part !== '')
        .join('\n');
}
function readDiagnostic(diagnostic) {
    const range = asRecord(diagnostic['range']);
    return {
        severity: diagnostic['severity'] === 'warning' ? 'warning' : 'error',
        summary: asText(diagnostic['summary']),
        detail: asText(diagnostic['detail']),
        address: asText(diagnostic['address']),
        file: asText(range['filename']),
        line: asNumber(asRecord(range['start'])['line']) ?? 0,
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

;// CONCATENATED MODULE: ./lib/terraform/failure.js



/** Of plain words, which may be a whole screen. */
const MOST_CHARACTERS = 2_000;
/** A terraform that ended with an error of its own. */
class TerraformFailure extends lib_errors/* ActionError */.l {
    /** What it said in its machine-readable form, each with its place; init has only plain words. */
    diagnostics;
    constructor(title, result, more) {
        const said = more.errors.map(renderDiagnostic).join('\n\n') || plainWords(result);
        const isLocked = said.includes('Error acquiring the state lock');
        super('TERRAFORM_FAILED', `${title} failed: ${said}`, {
            hint: isLocked
                ? `Another terraform holds the lock: wait for it. If its run is no more, free it with: gcloud storage rm ${lockUrl(more.backend)}`
                : undefined,
        });
        this.diagnostics = more.errors;
    }
}
/** Its name is that of the workspace: https://developer.hashicorp.com/terraform/language/backend/gcs */
function lockUrl({ bucket, prefix }) {
    return `gs://${bucket}/${prefix}/default.tflock`;
}
function timedOut(title, timeoutMs) {
    return new lib_errors/* ActionError */.l('TERRAFORM_TIMED_OUT', `${title} was still running after ${(0,duration/* renderDuration */.P)(timeoutMs)} and was interrupted.`, {
        hint: 'Terraform itself retries a state bucket that does not answer for ever; check that Cloud Storage can be reached.',
    });
}
/** Init and output do not speak JSON: their own last words, without the box that they are drawn in. */
function plainWords({ stderr, stdout, exitCode }) {
    const text = (stderr.trim() || stdout.trim()).replace(/^[╷│╵]\s?/gm, '').trim();
    const from = text.indexOf('Error: ');
    const words = (from < 0 ? text : text.slice(from + 'Error: '.length)).trim();
    return words.slice(0, MOST_CHARACTERS) || `it ended with exit code ${exitCode} and said nothing.`;
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
        json,
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

;// CONCATENATED MODULE: ./lib/terraform/terraform.js





const terraform_MINUTE_MS = 60_000;
/** For a terraform whose backend is gone to let go; it may well never do so. */
const terraform_PATIENCE_MS = 10_000;
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
    /**
     * Plans into a file and reads it back as JSON, which is the only form that is parsed. Without a
     * lock nothing is written to the bucket, and nobody who deploys is in the way.
     */
    async plan(log, { isLocked }) {
        const path = `${this.#options.dataDirectory}/deploy.tfplan`;
        const { exitCode } = await this.#run({
            title: 'terraform plan',
            args: [
                'plan',
                '-json',
                '-input=false',
                '-detailed-exitcode',
                isLocked ? '-lock-timeout=60s' : '-lock=false',
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
        return guarded(signal, { work, guard: watchBackend, patienceMs: terraform_PATIENCE_MS, clock });
    }
    async #execute(step, signal) {
        const { executable, directory, outliveIn, backend } = this.#options;
        const errors = [];
        const result = await this.#commands.runInterruptible(executable, step.args, {
            cwd: directory,
            env: this.#environment(),
            signal,
            timeoutMs: step.timeoutMs,
            outliveIn,
            onLine: (line) => report(line, step.log, errors),
        });
        signal.throwIfAborted();
        if (result.timedOut)
            throw timedOut(step.title, step.timeoutMs);
        if (!step.acceptedExitCodes.includes(result.exitCode)) {
            throw new TerraformFailure(step.title, result, { errors, backend });
        }
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

;// CONCATENATED MODULE: ./lib/compose/terraform.js








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
        outliveIn: workDirectory,
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

;// CONCATENATED MODULE: ./lib/compose/deploy.js














/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000;
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
        fail: (failure) => {
            setOutputs(renderFailure(failure));
            core.setFailed(redactor.redact(failure.message));
        },
    };
}
async function runDeploy({ config, env, signal, log, workDirectory, }) {
    const identity = identify({ config, env, log });
    const { endpoints, credentials, tokens } = identity;
    const outside = { commands: new ProcessRunner(env), files: localFiles, clock: systemClock, log };
    const clients = googleClients(identity, { config, log, signal });
    const { google } = clients;
    const lastingSignal = outliving(signal, AFTER_CANCEL_MS);
    const lasting = googleClients(identity, { config, log, signal: lastingSignal });
    const holder = (0,external_node_crypto_.randomUUID)();
    const ports = {
        ...outside,
        ...clients,
        tokens,
        lasting: { ...lasting, signal: lastingSignal },
        handover: {
            begin: (group) => {
                const state = { group, holder };
                core.saveState(ATTEMPT_STATE, JSON.stringify(state));
            },
            end: () => core.saveState(ATTEMPT_STATE, ''),
        },
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
        holder,
        registryHost: endpoints.registryHost,
        workDirectory,
        sourceUrl: repositoryUrl,
        signal,
    });
}
/** Aborts some time after `signal` does. */
function outliving(signal, durationMs) {
    const later = new AbortController();
    const abort = () => {
        setTimeout(() => later.abort(signal.reason), durationMs).unref();
    };
    signal.addEventListener('abort', abort, { once: true });
    return later.signal;
}


/***/ })

};
