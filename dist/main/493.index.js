export const id = 493;
export const ids = [493];
export const modules = {

/***/ 6493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeDeploy: () => (/* binding */ composeDeploy)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/adapters/disk/docker-folder.js



const CONFIG = 'config.json';
/** The user's folder of Docker's client on this machine. */
function dockerFolder(env) {
    const own = (0,external_node_path_.resolve)(env['DOCKER_CONFIG'] || (0,external_node_path_.join)(env['HOME'] || (0,external_node_os_.homedir)(), '.docker'));
    return {
        readConfig: () => (0,promises_.readFile)((0,external_node_path_.join)(own, CONFIG), 'utf8').catch(ifMissing(undefined)),
        mirror: async (directory) => {
            await (0,promises_.rm)(directory, { recursive: true, force: true });
            await (0,promises_.mkdir)(directory, { recursive: true, mode: 0o700 });
            const names = await (0,promises_.readdir)(own).catch(ifMissing([]));
            for (const name of names.filter((name) => name !== CONFIG)) {
                await (0,promises_.symlink)((0,external_node_path_.join)(own, name), (0,external_node_path_.join)(directory, name));
            }
            // buildx writes there, also where the folder is not there yet: not into ours, which goes.
            return { BUILDX_CONFIG: env['BUILDX_CONFIG'] || (0,external_node_path_.join)(own, 'buildx') };
        },
    };
}
/** Only what is not there is nothing; a file that may not be read is an error. */
function ifMissing(instead) {
    return (error) => {
        const isCoded = typeof error === 'object' && error !== null && 'code' in error;
        if (isCoded && error.code === 'ENOENT')
            return instead;
        throw error;
    };
}

;// CONCATENATED MODULE: ./lib/adapters/disk/file-reader.js

/** Reads parts of files of this machine. */
const openLocalFile = async (path) => {
    const handle = await (0,promises_.open)(path, 'r');
    const { size } = await handle.stat();
    return {
        sizeBytes: size,
        read: async (offset, length) => {
            const bytes = Buffer.alloc(length);
            const { bytesRead } = await handle.read(bytes, 0, length, offset);
            return bytes.subarray(0, bytesRead);
        },
        close: () => handle.close(),
    };
};

// EXTERNAL MODULE: ./lib/adapters/disk/files.js
var files = __webpack_require__(1903);
// EXTERNAL MODULE: ./lib/adapters/disk/tree.js
var tree = __webpack_require__(1662);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
;// CONCATENATED MODULE: ./lib/adapters/network/upload.js



/**
 * Uploads through gaxios, as all of Google's requests go, proxies included. The file is streamed:
 * of a layer of gigabytes only some kilobytes are in memory.
 */
function gaxiosBlobSender() {
    const client = new src.gaxios.Gaxios();
    return {
        send: async ({ method, url, headers, body, idleMs, signal }) => {
            const idle = new Idle(idleMs);
            try {
                const response = await client.request({
                    method,
                    url,
                    headers: { ...headers },
                    ...(body && { body: external_node_stream_.Readable.from(readPart(body, idle)) }),
                    signal: AbortSignal.any([signal, idle.signal]),
                    responseType: 'text',
                    redirect: 'manual',
                    retry: false,
                    validateStatus: () => true,
                });
                return {
                    status: response.status,
                    headers: Object.fromEntries(response.headers),
                    body: typeof response.data === 'string' ? response.data : '',
                };
            }
            catch (error) {
                // The library says of every abort no more than that it was one.
                idle.signal.throwIfAborted();
                throw error;
            }
            finally {
                idle.end();
            }
        },
    };
}
/** Aborts when nothing has moved for a while: a large upload may take long, a dead one may not. */
class Idle {
    #stop = new AbortController();
    #timer;
    constructor(idleMs) {
        const reason = new Error(`nothing moved for ${idleMs / 1000} s`);
        this.#timer = setTimeout(() => this.#stop.abort(reason), idleMs);
    }
    get signal() {
        return this.#stop.signal;
    }
    moved() {
        this.#timer.refresh();
    }
    end() {
        clearTimeout(this.#timer);
    }
}
async function* readPart({ path, offset, length }, idle) {
    const stream = (0,external_node_fs_.createReadStream)(path, { start: offset, end: offset + length - 1 });
    for await (const chunk of stream) {
        idle.moved();
        yield chunk;
    }
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: ./lib/image/gate/image/source.js
var image_source = __webpack_require__(6598);
// EXTERNAL MODULE: ./lib/adapters/processes/lines.js
var processes_lines = __webpack_require__(4041);
;// CONCATENATED MODULE: ./lib/adapters/processes/byte-stream.js





/** Large, since each piece is a round trip to a thread. */
const FILE_PIECE_BYTES = 256 * 1024;
const OURS = /^(?:INPUT|ACTIONS|STATE)_/;
/** Streams of this machine: what a tool writes to its standard output, and files. */
class LocalByteStreams {
    #environment;
    constructor(environment) {
        // As for every other child: neither the inputs nor the right to ask GitHub for tokens.
        const inherited = Object.entries(environment).filter(([name]) => !OURS.test(name));
        this.#environment = Object.fromEntries(inherited);
    }
    async *ofTool(tool, args, signal) {
        signal.throwIfAborted();
        const env = this.#environment;
        const child = (0,external_node_child_process_.spawn)(tool, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
        const lastWords = listen(child);
        const ended = (0,external_node_events_.once)(child, 'close').then(([code]) => code === 0
            ? undefined
            : code === null
                ? 'was ended by a signal'
                : `ended with exit code ${code}`, (cause) => `could not be started (${cause.message})`);
        // It only writes what is read here: nothing of it has to end in order.
        const kill = () => child.kill('SIGKILL');
        signal.addEventListener('abort', kill, { once: true });
        try {
            yield* child.stdout;
            const problem = await ended;
            signal.throwIfAborted();
            if (problem !== undefined)
                throw new image_source/* StreamError */.lm(`${tool} ${problem}${lastWords()}`);
        }
        finally {
            signal.removeEventListener('abort', kill);
            kill();
            await ended;
        }
    }
    async *ofFile(path, signal) {
        signal.throwIfAborted();
        try {
            yield* (0,external_node_fs_.createReadStream)(path, { signal, highWaterMark: FILE_PIECE_BYTES });
        }
        catch (cause) {
            signal.throwIfAborted();
            throw new image_source/* StreamError */.lm(cause instanceof Error ? cause.message : String(cause), cause);
        }
    }
}
function listen({ stderr }) {
    let last = '';
    const lines = new processes_lines/* LineSplitter */.g((line) => {
        if (line.trim() !== '')
            last = line.trim();
    });
    stderr?.on('data', (bytes) => lines.write(bytes));
    stderr?.on('end', () => lines.end());
    return () => (last === '' ? '' : `: ${last}`);
}

// EXTERNAL MODULE: ./lib/adapters/processes/processes.js + 3 modules
var processes = __webpack_require__(344);
// EXTERNAL MODULE: ./lib/github/reviewed.js
var reviewed = __webpack_require__(5382);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: ./lib/lib/abortable.js
var abortable = __webpack_require__(3537);
// EXTERNAL MODULE: ./lib/lib/stopwatch.js
var stopwatch = __webpack_require__(2648);
;// CONCATENATED MODULE: ./lib/lib/together.js
/**
 * Runs two tasks side by side. When one fails the other is aborted and waited for, so that nothing
 * goes on behind the error's back; the first failure is the one thrown, or the signal's reason where
 * that aborted before all had ended.
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
    // What a stop from outside breaks fails in words of its own: the stop is the reason.
    if (failure)
        throw signal.aborted ? signal.reason : failure.error;
    if (a.status === 'rejected')
        throw a.reason;
    if (b.status === 'rejected')
        throw b.reason;
    return [a.value, b.value];
}

// EXTERNAL MODULE: ./lib/release/choice/rolled-back.js
var rolled_back = __webpack_require__(5167);
// EXTERNAL MODULE: ./lib/release/ledger/ledger-file.js + 1 modules
var ledger_file = __webpack_require__(6886);
// EXTERNAL MODULE: ./lib/release/prepare.js + 1 modules
var prepare = __webpack_require__(6458);
// EXTERNAL MODULE: ./lib/terraform/outputs.js
var terraform_outputs = __webpack_require__(8382);
// EXTERNAL MODULE: ./lib/terraform/planning.js
var planning = __webpack_require__(2475);
// EXTERNAL MODULE: ./lib/terraform/review/changes.js
var review_changes = __webpack_require__(5148);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/terraform/review/guard.js


/** Of a list in an error; the rest is counted. */
const MOST_SHOWN = 20;
/**
 * Pure. Refuses a plan that would do what nobody saw in the pull request: with `destructive`, delete
 * or replace something that was not shown; with `exact`, anything that differs.
 *
 * @throws ActionError REVIEW_REFUSED with what differs
 */
function guardReview(mode, digest, reviewed) {
    const changes = changesFor(mode, digest);
    if (changes.length === 0)
        return;
    if ('unreviewedBecause' in reviewed) {
        const what = `Nobody reviewed this plan: ${reviewed.unreviewedBecause}`;
        throw refusal(what, mode, changes.map(describe));
    }
    if (reviewed.planHash === digest.planHash)
        return;
    const surprises = mode === 'exact' ? differences(changes, reviewed) : unseen(changes, reviewed);
    const what = `What ${reviewed.commentUrl} showed is not what would be applied now`;
    if (surprises.length > 0)
        throw refusal(what, mode, surprises);
}
/** Whether it matters at all what was reviewed. */
function needsReview(mode, digest) {
    return changesFor(mode, digest).length > 0;
}
/** Those that somebody must have seen. */
function changesFor(mode, { changes }) {
    if (mode === 'off')
        return [];
    return changes.filter(({ isDestructive }) => mode === 'exact' || isDestructive);
}
function unseen(changes, { destructive }) {
    const seen = new Set(destructive?.map(({ action, address }) => `${action} ${address}`));
    return changes.map(describe).filter((line) => !seen.has(line));
}
function differences(changes, reviewed) {
    const seen = new Set(reviewed.changes);
    const unknown = changes.filter((change) => !seen.has((0,review_changes/* markOf */.Fg)(change)));
    const gone = seen.size - (changes.length - unknown.length);
    return [
        ...unknown.map((change) => `${describe(change)} (not shown, or otherwise)`),
        ...(gone > 0
            ? [`${gone} of the changes that were shown: not planned any more, or otherwise`]
            : []),
        ...(unknown.length === 0 && gone === 0 ? ['the outputs (otherwise than shown)'] : []),
    ];
}
function describe({ action, address }) {
    return `${action} ${address}`;
}
function refusal(what, mode, lines) {
    const shown = lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`);
    const more = lines.length - shown.length;
    if (more > 0)
        shown.push(`  and ${more} more`);
    return new errors/* ActionError */.l('REVIEW_REFUSED', `${what}:\n${shown.join('\n')}\nNothing was applied.`, {
        hint: `Open a pull request whose plan comment shows this and merge it, or run this job once with \`review: off\` (it is \`${mode}\`). If an earlier merge showed it and was never deployed, run its deploy again first.`,
    });
}

// EXTERNAL MODULE: ./lib/release/attempt/trail.js
var trail = __webpack_require__(9551);
;// CONCATENATED MODULE: ./lib/commands/deploy/chronicle.js

/** What a deploy knows so far: written while it goes on, read by whoever tells how it ended. */
class Chronicle {
    startedAtMs;
    /** Of the roll. */
    trail = new trail/* Trail */.X();
    #known = {};
    constructor(startedAtMs) {
        this.startedAtMs = startedAtMs;
    }
    get known() {
        return this.#known;
    }
    note(more) {
        this.#known = { ...this.#known, ...more };
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/last-line.js
var last_line = __webpack_require__(6646);
// EXTERNAL MODULE: ./lib/image/dockerfile/platform.js
var dockerfile_platform = __webpack_require__(5841);
;// CONCATENATED MODULE: ./lib/image/build/builder.js




/** An engine that hangs must not hang the job. */
const TIMEOUT_MS = 30_000;
/** Newer than any: what somebody built without giving it a number. */
const UNNUMBERED = [Number.POSITIVE_INFINITY, 0];
/**
 * Asks Docker what there is, all at once and starting nothing: the engine, and the builder that
 * BUILDX_BUILDER, `docker buildx use` or the Docker context chose.
 *
 * @throws ActionError IMAGE_NO_ENGINE when neither engine nor builder answers
 */
async function findBuilder(commands, signal) {
    const ask = (...args) => commands.runInterruptible('docker', args, { signal, timeoutMs: TIMEOUT_MS });
    const [info, version, inspected] = await Promise.all([
        ask('info', `--format=${INFO}`),
        ask('buildx', 'version'),
        ask('buildx', 'inspect'),
    ]).catch((cause) => {
        signal.throwIfAborted();
        throw noDocker(cause);
    });
    signal.throwIfAborted();
    const hasBuildx = version.exitCode === 0;
    const chosen = readInspection(inspected.stdout);
    // A builder of its own does without the engine.
    const needsEngine = !hasBuildx || chosen.driver === 'docker' || chosen.driver === '';
    if (needsEngine && info.exitCode !== 0) {
        const hangs = `the engine has not answered for ${TIMEOUT_MS / 1000} s.`;
        throw noEngine(info.timedOut ? hangs : (0,last_line/* lastLine */.f)(info.stderr));
    }
    if (hasBuildx && chosen.driver === '')
        throw noBuilder(chosen, inspected);
    const engine = readInfo(info.stdout);
    if (!hasBuildx) {
        return { hasBuildx, name: '', driver: '', platforms: engine.platforms, can: NOTHING };
    }
    const { name, driver, platforms, buildkit } = chosen;
    const hasStore = chosen.hasSnapshotter || engine.hasContainerdStore;
    const exportsLayout = driver !== 'docker' || hasStore;
    const can = judge(readVersion(version.stdout), { buildkit, exportsLayout });
    return { hasBuildx, name, driver, platforms, can };
}
const NOTHING = {
    exportsLayout: false,
    attests: false,
    pinsBases: false,
    takesSecrets: false,
    tellsProgress: false,
    checks: false,
};
// https://github.com/docker/buildx/releases has what came when.
function judge(buildx, { buildkit, exportsLayout }) {
    return {
        exportsLayout,
        attests: exportsLayout && isAtLeast(buildx, [0, 10]) && isAtLeast(buildkit, [0, 11]),
        pinsBases: isAtLeast(buildx, [0, 8]),
        takesSecrets: true,
        tellsProgress: isAtLeast(buildx, [0, 13]),
        checks: isAtLeast(buildx, [0, 15]),
    };
}
/** Reads `github.com/docker/buildx v0.17.1 257815a`; Debian leaves the v out. */
function readVersion(text) {
    const [, major, minor] = /\bv?(\d+)\.(\d+)\.\d+/.exec(text) ?? [];
    const version = [Number(major), Number(minor)];
    return version[0] > 0 || version[1] > 0 ? version : UNNUMBERED;
}
function isAtLeast([major, minor], [a, b]) {
    return major > a || (major === a && minor >= b);
}
/** Reads `docker buildx inspect`, which has no other form than this. */
function readInspection(text) {
    const values = (field) => [...text.matchAll(new RegExp(`^${field}:[ \\t]*(.*)$`, 'gm'))].map(([, value = '']) => value);
    const platforms = values('Platforms').flatMap((line) => 
    // A star marks the platforms that the user named.
    line.split(',').map((name) => name.replace('*', '').trim()));
    return {
        name: values('Name')[0] ?? '',
        driver: values('Driver')[0] ?? '',
        platforms: [...new Set(platforms.filter((name) => name !== ''))],
        buildkit: readVersion(values('(?:BuildKit version|Buildkit)')[0] ?? ''),
        hasSnapshotter: /^\s*org\.mobyproject\.buildkit\.worker\.snapshotter:/m.test(text),
        error: values('Error')[0] ?? '',
    };
}
/** Image store and platform of the engine, one on each line. */
const INFO = '{{json .DriverStatus}}\n{{.OSType}}/{{.Architecture}}';
function readInfo(text) {
    const [status = '', named = ''] = text.split('\n');
    const platform = (0,dockerfile_platform/* parsePlatform */.FL)(named.trim());
    return {
        hasContainerdStore: (0,json/* asList */.DD)((0,json/* parseJson */.qF)(status)).some((pair) => (0,json/* asList */.DD)(pair)[1] === 'io.containerd.snapshotter.v1'),
        platforms: platform ? [(0,dockerfile_platform/* renderPlatform */.qn)(platform)] : [],
    };
}
function noDocker(cause) {
    return new errors/* ActionError */.l('IMAGE_NO_ENGINE', 'There is no docker command on this runner.', {
        cause,
        hint: 'Use a runner with Docker (ubuntu-latest has it), or install it before this step.',
    });
}
function noEngine(why) {
    return new errors/* ActionError */.l('IMAGE_NO_ENGINE', `Docker cannot build the image: ${why || 'the engine does not answer.'}`, {
        hint: 'Use a runner with Docker (ubuntu-latest has it), or start the engine before this step.',
    });
}
function noBuilder({ name, error }, { stderr }) {
    const why = error || (0,last_line/* lastLine */.f)(stderr) || 'it says nothing of itself.';
    return new errors/* ActionError */.l('IMAGE_NO_ENGINE', `The builder${name && ` ${name}`} that this job has chosen cannot be used: ${why}`, { hint: 'See `docker buildx ls`; `docker buildx use default` takes the engine itself.' });
}

;// CONCATENATED MODULE: ./lib/image/build/client-folder.js

/**
 * Works with the user's own client configuration and one login more. It stands in a private folder
 * that is gone afterwards: the user's files never have the token.
 */
async function withLogin({ clientFolder, files, log }, { directory, ...login }, work) {
    try {
        const env = await clientFolder.mirror(directory);
        const { text, secret } = addLogin(await clientFolder.readConfig(), login);
        log.mask(secret);
        await files.writePrivate(`${directory}/config.json`, text);
        return await work({ ...env, DOCKER_CONFIG: directory });
    }
    finally {
        await files.remove(directory);
    }
}
/** The configuration with a login; `secret` is how the token stands in it. */
function addLogin(config, { host, token }) {
    const settings = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(config ?? ''));
    const auth = Buffer.from(`oauth2accesstoken:${token}`).toString('base64');
    const auths = { ...(0,json/* asRecord */.qY)(settings['auths']), [host]: { auth } };
    // A helper for the host, or for all of them, would win over the login: "" means this file.
    const hasHelper = (0,json/* asText */.e1)(settings['credsStore']) !== '' || (0,json/* asRecord */.qY)(settings['credHelpers'])[host] !== undefined;
    const credHelpers = { ...(0,json/* asRecord */.qY)(settings['credHelpers']), [host]: '' };
    const text = JSON.stringify({ ...settings, auths, ...(hasHelper && { credHelpers }) });
    return { text, secret: auth };
}

// EXTERNAL MODULE: ./lib/lib/canonical-json.js
var canonical_json = __webpack_require__(9968);
// EXTERNAL MODULE: ./lib/image/reference.js
var image_reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/bases/docker.js
var docker = __webpack_require__(1118);
;// CONCATENATED MODULE: ./lib/image/bases/layers.js



const layers_TIMEOUT_MS = 20_000;
/**
 * The diff ids of the layers that come with the bases of the final image, for those who look only
 * at what the build put above them; undefined when they cannot be had. One or two requests a base:
 * to be asked for only when something is built.
 */
async function findBaseLayers(commands, finalBases, options) {
    const ask = { ...options, timeoutMs: layers_TIMEOUT_MS };
    const layers = await Promise.all(finalBases.map((use) => {
        const base = options.bases.find(({ name, platform }) => name === use.name && platform === use.platform);
        return base?.diffIds ?? (base && askRegistry(commands, base, ask));
    }));
    // With one missing its layers would count as the user's own, which is the safe side.
    const known = layers.flatMap((ids) => ids ?? []);
    return layers.includes(undefined) && known.length === 0 ? undefined : [...new Set(known)];
}
async function askRegistry(commands, base, ask) {
    const image = (0,image_reference/* parseImageName */["if"])(base.name);
    if (image === undefined)
        return undefined;
    const inspect = ['buildx', 'imagetools', 'inspect'];
    const byDigest = (digest) => (0,image_reference/* renderImageName */.$X)({ ...image, tag: undefined, digest });
    const index = await (0,docker/* askDocker */.ad)(commands, [...inspect, '--raw', byDigest(base.digest)], ask);
    if ('missing' in index)
        return undefined;
    const manifests = (0,docker/* readIndex */.vY)(index.found);
    const wanted = base.platform === undefined ? undefined : (0,dockerfile_platform/* parsePlatform */.FL)(base.platform);
    const one = wanted && manifests.find(({ platform }) => (0,dockerfile_platform/* isSamePlatform */.SW)(platform, wanted));
    if (manifests.length > 0 && one === undefined)
        return undefined;
    const reference = byDigest(one?.digest ?? base.digest);
    const config = await (0,docker/* askDocker */.ad)(commands, [...inspect, '--format={{json .Image}}', reference], ask);
    return 'missing' in config ? undefined : (0,docker/* readDiffIds */._q)(config.found);
}

// EXTERNAL MODULE: ./lib/image/tar/header.js
var tar_header = __webpack_require__(1404);
;// CONCATENATED MODULE: ./lib/image/push/tar.js

/**
 * Finds the regular files of an archive by reading its headers alone.
 *
 * @throws TarError when it is none
 */
async function indexTar(file) {
    const entries = new Map();
    let extended = new Map();
    for (let at = 0; at + tar_header/* BLOCK_BYTES */.Yo <= file.sizeBytes;) {
        const block = Buffer.from(await file.read(at, tar_header/* BLOCK_BYTES */.Yo));
        if ((0,tar_header/* isZeroBlock */.ei)(block))
            break;
        const header = (0,tar_header/* parseHeader */.RW)(block);
        const sizeBytes = Number(extended.get('size') ?? header.sizeBytes);
        if (!Number.isSafeInteger(sizeBytes))
            throw new tar_header/* TarError */.mt('has an entry of an impossible size');
        const offset = at + tar_header/* BLOCK_BYTES */.Yo;
        if (header.type === 'x') {
            extended = (0,tar_header/* parseRecords */.Q4)(Buffer.from(await file.read(offset, sizeBytes)));
        }
        else {
            const name = (extended.get('path') ?? header.path).replace(/^\.\//, '');
            if (header.kind === 'file')
                entries.set(name, { offset, sizeBytes });
            extended = new Map();
        }
        at = offset + Math.ceil(sizeBytes / tar_header/* BLOCK_BYTES */.Yo) * tar_header/* BLOCK_BYTES */.Yo;
    }
    return entries;
}

;// CONCATENATED MODULE: ./lib/image/push/layout.js



/** @throws ActionError IMAGE_BUILD_FAILED when the file is no such layout */
async function readLayout(openFile, path) {
    const file = await openFile(path);
    try {
        const reader = new LayoutReader(file, await indexTar(file));
        const index = (0,json/* parseJson */.qF)(await reader.readText('index.json'));
        const [root, ...others] = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(index)['manifests']).map(json/* asRecord */.qY);
        if (root === undefined || others.length > 0) {
            throw new Error(`its index names ${others.length + (root ? 1 : 0)} images`);
        }
        const digest = await reader.readManifest(root);
        return { path, blobs: reader.blobs, manifests: reader.manifests, digest };
    }
    catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new errors/* ActionError */.l('IMAGE_BUILD_FAILED', `The builder handed over ${path}, which is no OCI image layout: ${why}.`, { cause, hint: 'Is the disk full? Free room before this step, then run the job again.' });
    }
    finally {
        await file.close();
    }
}
const MOST_MANIFEST_BYTES = 8 * 1024 * 1024;
class LayoutReader {
    manifests = [];
    #blobs = new Map();
    #file;
    #entries;
    constructor(file, entries) {
        this.#file = file;
        this.#entries = entries;
    }
    get blobs() {
        return [...this.#blobs.values()];
    }
    /** Reads a manifest and all below it; answers the digest of what there is to deploy in it. */
    async readManifest(descriptor) {
        const digest = (0,json/* asText */.e1)(descriptor['digest']);
        if (this.manifests.some((known) => known.digest === digest))
            return digest;
        const text = await this.readText(blobPath(digest));
        const manifest = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text));
        const children = (0,json/* asList */.DD)(manifest['manifests']).map(json/* asRecord */.qY);
        const images = [];
        for (const child of children) {
            const image = await this.readManifest(child);
            if (!isAttestation(child))
                images.push(image);
        }
        const config = manifest['config'] === undefined ? [] : [manifest['config']];
        for (const blob of [...config, ...(0,json/* asList */.DD)(manifest['layers'])])
            this.#addBlob((0,json/* asRecord */.qY)(blob));
        const mediaType = (0,json/* asText */.e1)(manifest['mediaType']) || (0,json/* asText */.e1)(descriptor['mediaType']);
        this.manifests.push({ digest, mediaType, text });
        const [only, ...others] = images;
        return only === undefined || others.length > 0 ? digest : only;
    }
    async readText(name) {
        const { offset, sizeBytes } = this.#entryOf(name);
        if (sizeBytes > MOST_MANIFEST_BYTES)
            throw new Error(`${name} has ${sizeBytes} bytes`);
        return Buffer.from(await this.#file.read(offset, sizeBytes)).toString();
    }
    #addBlob(descriptor) {
        // A layer that lives elsewhere is neither here nor pushed.
        if ((0,json/* asList */.DD)(descriptor['urls']).length > 0)
            return;
        const digest = (0,json/* asText */.e1)(descriptor['digest']);
        const { offset, sizeBytes } = this.#entryOf(blobPath(digest));
        if (sizeBytes !== (0,json/* asNumber */.i)(descriptor['size']))
            throw new Error(`${digest} is cut short`);
        if (offset + sizeBytes > this.#file.sizeBytes)
            throw new Error(`${digest} is cut short`);
        this.#blobs.set(digest, { digest, offset, sizeBytes });
    }
    #entryOf(name) {
        const entry = this.#entries.get(name);
        if (!entry)
            throw new Error(`${name} is missing`);
        return entry;
    }
}
function blobPath(digest) {
    return `blobs/${digest.replace(':', '/')}`;
}
function isAttestation(descriptor) {
    const kind = (0,json/* asRecord */.qY)(descriptor['annotations'])['vnd.docker.reference.type'];
    return kind === 'attestation-manifest';
}

;// CONCATENATED MODULE: ./lib/image/build/command.js


function outcomeOf({ workDirectory }) {
    return { imageId: `${workDirectory}/image-id`, layout: `${workDirectory}/image.tar` };
}
/** The Dockerfile's path in the workspace. */
function dockerfileOf({ context, dockerfile }) {
    return dockerfile ?? external_node_path_.posix.join(context, 'Dockerfile');
}
/** The whole command for this builder. @throws ActionError IMAGE_BUILD_FAILED for what it cannot do */
function renderBuild(builder, options) {
    requireAble(builder, options);
    const { imageId, layout } = outcomeOf(options);
    const { args, env } = renderSubject(builder, options);
    const anew = options.noCache ? ['--no-cache'] : [];
    if (!builder.hasBuildx)
        return { args: ['build', `--iidfile=${imageId}`, ...anew, ...args], env };
    const output = builder.can.exportsLayout
        ? [`--output=type=oci,${csvField(`dest=${layout}`)}${rewriting(options)}`]
        : ['--load', `--iidfile=${imageId}`, ...inlineCacheOf(options)];
    const more = [
        ...readCacheOf(options),
        `--progress=${builder.can.tellsProgress ? 'rawjson' : 'plain'}`,
        ...anew,
        ...platformsOf(options),
        ...(builder.can.attests ? attestations(options) : []),
    ];
    return { args: ['buildx', 'build', ...output, ...more, ...args], env };
}
/** The command that builds nothing any more and brings all layers into the cache. */
function renderCacheExport(builder, options) {
    const { args, env } = renderSubject(builder, options);
    const form = `mode=${options.cachesStages ? 'max' : 'min'},image-manifest=true,oci-mediatypes=true`;
    const to = `--cache-to=type=registry,ref=${options.cache},${form}`;
    const plain = builder.can.attests ? ['--provenance=false'] : [];
    const output = ['--output=type=cacheonly', ...plain, '--progress=plain'];
    return { args: ['buildx', 'build', ...output, to, ...platformsOf(options), ...args], env };
}
function platformsOf({ platforms }) {
    return platforms.length > 0 ? [`--platform=${platforms.join(',')}`] : [];
}
// Said, since what buildx adds by itself never gets into a file; and never mode=max, which tells
// the values of build arguments to all who may pull.
function attestations({ provenance, sbom }) {
    return [
        provenance ? '--attest=type=provenance,mode=min' : '--provenance=false',
        ...(sbom ? ['--attest=type=sbom'] : []),
    ];
}
/** What is to be built: the part that a build and its checks have in common. */
function renderSubject(builder, options) {
    const { context, dockerfile, target, buildArgs, labels, bases } = options;
    const pins = builder.can.pinsBases ? bases.filter(isTagged) : [];
    const args = [
        ...(dockerfile === undefined ? [] : [`--file=${dockerfile}`]),
        ...(target === undefined ? [] : [`--target=${target}`]),
        // A name without "=" takes the value from the environment: no value in argv.
        ...[...buildArgs].map(([name, value]) => CLIENT_VARIABLE.test(name) ? `--build-arg=${name}=${value}` : `--build-arg=${name}`),
        ...[...labels].map(([name, value]) => `--label=${name}=${value}`),
        ...[...options.secrets.keys()].map((id, index) => `--secret=${csvField(`id=${id}`)},env=${secretVariable(index)}`),
        // Both sides bring names into one form, so that `python:3` meets `docker.io/library/python:3`.
        ...pins.map(({ name, digest }) => `--build-context=${name}=docker-image://${name}@${digest}`),
        '--',
        context,
    ];
    return { args, env: buildEnvironment(builder, options) };
}
// Docker's client reads these itself: given through the environment they would change the client.
const CLIENT_VARIABLE = /^(PATH|HOME|TMPDIR|DOCKER_.*|BUILDX_.*|BUILDKIT_.*|EXPERIMENTAL_.*|SOURCE_DATE_EPOCH|(HTTPS?|ALL|FTP)_PROXY|NO_PROXY|OTEL_.*|SSL_CERT_.*|LD_.*|GO[A-Z]*|GRPC_.*|KUBECONFIG|KUBERNETES_.*|SSH_AUTH_SOCK|GOOGLE_APPLICATION_CREDENTIALS|XDG_.*|TERM|NO_COLOR)$/i;
function buildEnvironment({ hasBuildx }, { buildArgs, secrets, commitTime }) {
    const values = [...buildArgs].filter(([name]) => !CLIENT_VARIABLE.test(name));
    const hidden = [...secrets.values()].map((value, index) => [secretVariable(index), value]);
    return {
        ...Object.fromEntries(values),
        ...Object.fromEntries(hidden),
        ...(commitTime !== undefined && { SOURCE_DATE_EPOCH: String(commitTime) }),
        ...(!hasBuildx && { DOCKER_BUILDKIT: '0' }),
    };
}
/** Not the id itself, which may be the name of a variable that the client obeys. */
function secretVariable(index) {
    return `DEPLOY_SPOT_MIG_BUILD_SECRET_${index}`;
}
// It gives all files of all layers but the base's the time of the commit: equal sources give equal
// layers even without a cache, and another commit gives others even where nothing changed. With a
// cache layers are equal by themselves, and are not pushed again with every commit.
function rewriting({ cache, commitTime }) {
    return cache === undefined && commitTime !== undefined ? ',rewrite-timestamp=true' : '';
}
// A cache that is not there, or may not be read, costs a warning and never the build.
function readCacheOf({ cache, noCache }) {
    return cache === undefined || noCache ? [] : [`--cache-from=type=registry,ref=${cache}`];
}
// The engine's own store exports no cache: there the image itself says which step made which layer.
function inlineCacheOf({ cache }) {
    return cache === undefined ? [] : ['--cache-to=type=inline'];
}
/** A base that is named by digest needs no pin. */
function isTagged({ name }) {
    return !name.includes('@');
}
/** buildx reads such options as one line of CSV. */
function csvField(text) {
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
function requireAble({ can, hasBuildx, driver }, options) {
    const who = hasBuildx ? `The builder (driver ${driver})` : 'Docker without buildx';
    if (options.secrets.size > 0 && !can.takesSecrets) {
        throw unable(`${who} takes no build secrets.`);
    }
    if (options.platforms.length > 1 && !can.exportsLayout) {
        throw unable(`${who} cannot build for several platforms (${options.platforms.join(', ')}).`);
    }
    if (options.platforms.length === 1 && !hasBuildx) {
        throw unable(`${who} cannot build for a platform of choice (${options.platforms[0]}).`);
    }
}
function unable(message) {
    return new errors/* ActionError */.l('IMAGE_BUILD_FAILED', message, {
        hint: 'Get a builder that can before this step:\n  - uses: docker/setup-buildx-action@v3',
    });
}

;// CONCATENATED MODULE: ./lib/image/build/failure.js

/** A build that ended with an error of its own, shown at the line of the Dockerfile that is known. */
class BuildFailure extends errors/* ActionError */.l {
    constructor({ dockerfile, ending, told }) {
        const { step, lastLines, error, line } = told;
        const cause = CAUSES.find(([pattern]) => pattern.test(`${error}\n${lastLines.join('\n')}`));
        const place = line > 0 ? `${dockerfile}:${line}` : dockerfile;
        const failed = `Building the image from ${place} failed (${ending})`;
        const message = [
            step === '' ? `${failed}.` : `${failed} in the step ${step}.`,
            ...(error === '' ? [] : [error]),
            ...(lastLines.length === 0 ? [] : [`Its last lines:\n${lastLines.join('\n')}`]),
        ].join('\n');
        const title = step === '' ? 'The image could not be built' : `Failed: ${step}`;
        const words = [error || ending, cause?.[1]].filter((part) => part !== undefined).join('\n');
        super('IMAGE_BUILD_FAILED', message, {
            hint: cause?.[1],
            isPassing: cause?.[2] ?? false,
            annotations: [{ severity: 'error', title, message: words, file: dockerfile, line }],
        });
    }
}
/** What people meet often, told by words that stand in no result a builder hands out otherwise. */
const CAUSES = [
    [
        /error reading from server|code = Unavailable|Cannot connect to the Docker daemon|error during connect/i,
        'The builder went away in the middle, such as an engine that ran out of memory: see its log, then run the job again.',
        true,
    ],
    [
        /toomanyrequests|429 Too Many Requests|pull rate limit/i,
        'Docker Hub allows few pulls to those who are not signed in: sign in before this step with docker/login-action, or copy the base image into your own registry.',
        true,
    ],
    [
        /no space left on device|disk quota exceeded/i,
        'The disk is full: free room before this step (`docker system prune --all --force`), or use a runner with a larger disk.',
        false,
    ],
    [
        /failed to (?:calculate checksum|compute cache key).*not found|COPY failed.*(?:not found|no such file|no source files)|ADD failed.*(?:not found|no such file)/is,
        'The build does not see that file: is it left out by .dockerignore, missing in the commit, or outside of the context? Paths of COPY begin at the input `context`.',
        false,
    ],
    [
        /target stage .* could not be found|failed to reach build target/i,
        'The input `target` must be a name that a FROM line of the Dockerfile gives: `FROM … AS <target>`.',
        false,
    ],
    [
        /failed to read dockerfile|unable to prepare context|Cannot locate specified Dockerfile/i,
        'The inputs `context` and `dockerfile` are paths below the root of the repository; was it checked out before this step?',
        false,
    ],
    [
        /no match for platform|exec format error/i,
        'The base image is not there for this platform: see the input `platforms`, and the FROM line.',
        false,
    ],
    [
        /pull access denied|insufficient_scope|authorization failed|401 Unauthorized|403 Forbidden|denied: /i,
        'The base image does not exist, or is private: check its name, or sign in to its registry before this step with docker/login-action.',
        false,
    ],
    [
        /manifest unknown|manifest for .* not found|failed to resolve source metadata.*not found|: not found$/im,
        'There is no such base image: check the name and the tag in the FROM line.',
        false,
    ],
    [
        /no such host|i\/o timeout|connection refused|connection reset|TLS handshake timeout|Temporary failure (?:in name resolution|resolving)|could not resolve host|ETIMEDOUT|EAI_AGAIN|unexpected EOF|50[0-4] /i,
        'The network, or a server that the build asks, did not answer: run the job again.',
        true,
    ],
];

;// CONCATENATED MODULE: ./lib/image/build/progress.js
const LAST_LINES = 15;
const ERROR = /^ERROR: (?:failed to build: )?(?:failed to solve: )?(.+)$/;
/** Keeps the newest lines and forgets the others. */
class LastLines {
    #lines = [];
    add(line) {
        if (ERROR.test(line))
            return;
        this.#lines.push(line);
        if (this.#lines.length > LAST_LINES)
            this.#lines.shift();
    }
    get lines() {
        return this.#lines;
    }
}
/** The few lines in which a builder says at its end what went wrong; the other lines pass. */
class LastWords {
    error = '';
    line = 0;
    #place = 0;
    read(line) {
        const [, place] = /^\S.*:(\d+)$/.exec(line) ?? [];
        // `Dockerfile:3`, and below it a rule and the lines around it.
        if (/^-{10,}$/.test(line) && this.#place > 0)
            this.line = this.#place;
        this.#place = Number(place ?? 0);
        this.error ||= ERROR.exec(line)?.[1] ?? '';
        const parsed = /dockerfile parse error (?:on )?line (\d+)/i.exec(line)?.[1];
        if (this.line === 0 && parsed !== undefined)
            this.line = Number(parsed);
    }
}
/** What a terminal would show of a line that was written over and over. */
function withoutOverwritten(line) {
    return (line
        .split('\r')
        .filter((part) => part !== '')
        .at(-1)
        ?.trimEnd() ?? '');
}
/** Progress in words: that of the plain builder, and of buildx before 0.13. */
class PlainProgress {
    #log;
    #last = new LastLines();
    #words = new LastWords();
    #step = '';
    constructor(log) {
        this.#log = log;
    }
    write(line) {
        const text = withoutOverwritten(line);
        if (text === '')
            return;
        this.#log.info(text);
        this.#last.add(text);
        this.#words.read(text);
        // The plain builder's, and buildx's heading above the failed step's output.
        this.#step = /^(?:Step \d+\/\d+ : | > )(.+?):?$/.exec(text)?.[1] ?? this.#step;
    }
    failure() {
        const { error, line } = this.#words;
        return { step: this.#step, lastLines: this.#last.lines, error, line };
    }
}

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./lib/image/build/step-progress.js



/** A step that goes on for so long is named before it ends. */
const SILENT_MS = 5_000;
const LONGEST_NAME = 140;
/**
 * Progress as `--progress=rawjson` tells it (client.SolveStatus of moby/buildkit): what each step
 * writes stands below its name, and one line says how long it took.
 */
class StepProgress {
    #log;
    #steps = new Map();
    #last = new LastLines();
    #words = new LastWords();
    /** Lines of a JSON value that is not whole yet: buildx 0.13 writes it indented. */
    #pending = [];
    #speaker;
    constructor(log) {
        this.#log = log;
    }
    write(line) {
        const isPart = this.#pending.length > 0 || line === '{';
        const status = !isPart && line.startsWith('{') ? (0,json/* parseJson */.qF)(line) : undefined;
        if (isPart)
            this.#collect(line);
        else if (status === undefined)
            this.#writeText(line);
        else
            this.#read((0,json/* asRecord */.qY)(status));
    }
    failure() {
        const steps = [...this.#steps.values()].filter((step) => !isCache(step));
        const failed = steps.filter(({ error }) => error !== '');
        // A step that was stopped because another failed has an error, too; and a builder that went away
        // has told none at all.
        const step = failed.find(({ error }) => !error.includes('context canceled')) ??
            failed[0] ??
            steps.findLast(({ isRunning }) => isRunning);
        const lines = step?.last.lines ?? [];
        return {
            step: step?.name ?? '',
            lastLines: lines.length > 0 ? lines : this.#last.lines,
            error: this.#words.error || (step?.error ?? ''),
            line: this.#words.line,
        };
    }
    #collect(line) {
        this.#pending.push(line);
        if (line !== '}')
            return;
        this.#read((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(this.#pending.join('\n'))));
        this.#pending = [];
    }
    #writeText(line) {
        const text = withoutOverwritten(line);
        if (text === '')
            return;
        this.#log.info(text);
        this.#last.add(text);
        this.#words.read(text);
    }
    #read(status) {
        for (const vertex of (0,json/* asList */.DD)(status['vertexes']))
            this.#readVertex((0,json/* asRecord */.qY)(vertex));
        for (const entry of (0,json/* asList */.DD)(status['logs']))
            this.#readOutput((0,json/* asRecord */.qY)(entry));
        for (const entry of (0,json/* asList */.DD)(status['statuses']))
            this.#nameSilent((0,json/* asRecord */.qY)(entry));
    }
    #readVertex(vertex) {
        const step = this.#stepOf(vertex);
        const startedAt = Date.parse((0,json/* asText */.e1)(vertex['started']));
        if (Number.isNaN(startedAt))
            return;
        if (!step.isRunning)
            Object.assign(step, { startedAt, isRunning: true });
        const endedAt = Date.parse((0,json/* asText */.e1)(vertex['completed']));
        if (Number.isNaN(endedAt))
            return;
        step.isRunning = false;
        this.#writeOutput(step, step.rest);
        step.rest = '';
        step.error = (0,json/* asText */.e1)(vertex['error']);
        this.#end(step, vertex['cached'] === true ? undefined : endedAt - step.startedAt);
    }
    #stepOf(vertex) {
        const digest = (0,json/* asText */.e1)(vertex['digest']);
        const known = this.#steps.get(digest);
        if (known)
            return known;
        const step = {
            name: shorten((0,json/* asText */.e1)(vertex['name'])),
            last: new LastLines(),
            decoder: new external_node_string_decoder_.StringDecoder('utf8'),
            startedAt: 0,
            rest: '',
            isRunning: false,
            isShown: false,
            error: '',
            ended: '',
        };
        this.#steps.set(digest, step);
        return step;
    }
    #end(step, durationMs) {
        const took = durationMs === undefined ? 'cached' : `${(durationMs / 1000).toFixed(1)} s`;
        const text = `${step.name} (${step.error === '' ? took : `failed after ${took}`})`;
        // A base is looked up, then fetched: one step that ends twice.
        if (step.ended === text)
            return;
        step.ended = text;
        const isNews = step.isShown || durationMs === undefined || durationMs >= 50 || step.error !== '';
        const isAside = isInternal(step) ? step.error === '' : isCache(step);
        if (isAside)
            this.#log.debug(text);
        else if (isNews)
            this.#log.info(text);
        this.#speaker = undefined;
    }
    #readOutput(entry) {
        const step = this.#steps.get((0,json/* asText */.e1)(entry['vertex']));
        if (!step)
            return;
        const text = step.rest + step.decoder.write(Buffer.from((0,json/* asText */.e1)(entry['data']), 'base64'));
        const lines = text.split('\n');
        step.rest = lines.pop() ?? '';
        for (const line of lines)
            this.#writeOutput(step, line);
    }
    #writeOutput(step, line) {
        const text = withoutOverwritten(line);
        if (text === '')
            return;
        if (this.#speaker !== step)
            this.#log.info(step.isShown ? `${step.name} (goes on)` : step.name);
        this.#speaker = step;
        step.isShown = true;
        step.last.add(text);
        this.#log.info(`  ${text}`);
    }
    // Transfers tell nothing that is worth a line, but that time goes by.
    #nameSilent(entry) {
        const step = this.#steps.get((0,json/* asText */.e1)(entry['vertex']));
        const now = Date.parse((0,json/* asText */.e1)(entry['timestamp']));
        if (!step?.isRunning || step.isShown || !(now - step.startedAt > SILENT_MS))
            return;
        step.isShown = true;
        this.#log.info(step.name);
    }
}
/** A cache that is not there yet spoils nothing. */
function isCache({ name }) {
    return name.startsWith('importing cache manifest');
}
function isInternal({ name }) {
    return name.startsWith('[internal]');
}
function shorten(name) {
    const line = name.replace(/\s+/g, ' ').trim();
    return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1)}…` : line;
}

;// CONCATENATED MODULE: ./lib/image/build/build.js







const build_TIMEOUT_MS = 60 * 60_000;
/**
 * Builds the image with the user's own builder and configuration, so that private base images
 * work: into a file where the builder can, else into the engine.
 *
 * @throws BuildFailure, ActionError IMAGE_BUILD_FAILED
 */
async function buildImage(ports, builder, options) {
    const { files, openFile, log } = ports;
    const command = renderBuild(builder, options);
    const outcome = outcomeOf(options);
    await files.makeFolder(options.workDirectory);
    // What an earlier build left must not be taken for this one's.
    await Promise.all([files.remove(outcome.imageId), files.remove(outcome.layout)]);
    if (options.sbom && !builder.can.attests) {
        log.warning('The image gets no SBOM: this builder keeps none (docker/setup-buildx-action does).');
    }
    await withRegistryLogin(ports, options, (env) => runBuild(ports, builder, { options, command: { ...command, env: { ...command.env, ...env } } }));
    if (!builder.can.exportsLayout) {
        return { kind: 'engine', imageId: (await files.read(outcome.imageId)).trim() };
    }
    const { digest } = await readLayout(openFile, outcome.layout);
    return { kind: 'layout', path: outcome.layout, digest };
}
/** Builders sign in with what the client has: for our own registry that is a token of now. */
async function withRegistryLogin(ports, { registryHost, workDirectory }, work) {
    if (registryHost === undefined)
        return work({});
    const login = { host: registryHost, token: await ports.tokens.accessToken() };
    return withLogin(ports, { directory: `${workDirectory}/build-config`, ...login }, work);
}
async function runBuild({ commands, log }, builder, { options, command }) {
    const progress = builder.can.tellsProgress ? new StepProgress(log) : new PlainProgress(log);
    const result = await commands.runInterruptible('docker', command.args, {
        env: command.env,
        signal: options.signal,
        timeoutMs: build_TIMEOUT_MS,
        onLine: (line) => progress.write(line),
    });
    options.signal.throwIfAborted();
    if (result.exitCode !== 0)
        throw failed(result, options, progress);
}
function failed({ exitCode, timedOut }, options, progress) {
    return new BuildFailure({
        dockerfile: dockerfileOf(options),
        ending: timedOut ? `it took over ${(0,duration/* renderDuration */.P)(build_TIMEOUT_MS)}` : `exit code ${exitCode}`,
        told: progress.failure(),
    });
}

;// CONCATENATED MODULE: ./lib/image/build/cache.js




const cache_TIMEOUT_MS = 10 * 60_000;
/**
 * Of what `exportCache` writes; an image from an engine's own store is pushed with it as one more tag.
 * Another one for each period, so that no layer outlives it: what a step installs from the network
 * is as old as the layer. Undefined for a period of 0, which wants every step anew.
 */
function cacheTag(nowMs, periodMs) {
    return periodMs > 0 ? `buildcache-${Math.floor(nowMs / periodMs)}` : undefined;
}
/**
 * Brings the layers of a build that has succeeded into the registry, for the next runner. It is no
 * part of the build itself, so that nothing leaves this machine before the gate has looked at the
 * image. Stages that are no part of the image go along, unless they may have seen a secret: nobody
 * has looked at these. Failing costs a warning.
 */
async function exportCache(ports, builder, options) {
    const { cache, workDirectory, signal } = options;
    if (cache === undefined || !builder.can.exportsLayout)
        return;
    const { commands, clock, log, tokens } = ports;
    const startedAt = clock.now();
    const { args, env } = renderCacheExport(builder, options);
    const login = { host: cache.split('/')[0] ?? '', token: await tokens.accessToken() };
    const directory = `${workDirectory}/cache-config`;
    const { exitCode, stderr } = await withLogin(ports, { directory, ...login }, (more) => commands.runInterruptible('docker', args, {
        env: { ...env, ...more },
        signal,
        timeoutMs: cache_TIMEOUT_MS,
    }));
    signal.throwIfAborted();
    if (exitCode === 0) {
        log.info(`Kept the layers for the next build (${(0,duration/* renderDuration */.P)(clock.now() - startedAt)})`);
    }
    else {
        log.warning(`The layers could not be kept for the next build: ${(0,last_line/* lastLine */.f)(stderr)}`);
    }
}

;// CONCATENATED MODULE: ./lib/image/build/checks.js


const checks_TIMEOUT_MS = 2 * 60_000;
/**
 * BuildKit's checks of the Dockerfile (https://docs.docker.com/build/checks/), which build nothing.
 * They never fail: a Dockerfile with `# check=error=true` fails its build by itself, and where a
 * builder knows no checks there are no findings.
 */
async function checkDockerfile({ commands, log }, builder, options) {
    if (!builder.can.checks) {
        log.debug('No build checks: they came with buildx 0.15.');
        return [];
    }
    const { args, env } = renderSubject(builder, options);
    const command = ['buildx', 'build', '--progress=none', '--call=check,format=json', ...args];
    const asked = commands.runInterruptible('docker', command, {
        env,
        signal: options.signal,
        timeoutMs: checks_TIMEOUT_MS,
    });
    const { stdout, stderr } = await asked;
    options.signal.throwIfAborted();
    const findings = readChecks(stdout, dockerfileOf(options));
    if (findings === undefined)
        log.debug(`No build checks: ${stderr.trim()}`);
    return findings ?? [];
}
/** Reads `--call=check,format=json`; undefined where it is none, as with an older BuildKit. */
function readChecks(text, file) {
    const result = (0,json/* parseJson */.qF)(text);
    if (result === undefined)
        return undefined;
    return (0,json/* asList */.DD)((0,json/* asRecord */.qY)(result)['warnings']).map((entry) => {
        const warning = (0,json/* asRecord */.qY)(entry);
        const range = (0,json/* asRecord */.qY)((0,json/* asList */.DD)((0,json/* asRecord */.qY)(warning['location'])['ranges'])[0]);
        return {
            rule: (0,json/* asText */.e1)(warning['ruleName']),
            message: (0,json/* asText */.e1)(warning['detail']) || (0,json/* asText */.e1)(warning['description']),
            file,
            line: (0,json/* asNumber */.i)((0,json/* asRecord */.qY)(range['start'])['line']) ?? 0,
            url: (0,json/* asText */.e1)(warning['url']),
        };
    });
}

// EXTERNAL MODULE: ./lib/image/bases/resolve.js + 1 modules
var resolve = __webpack_require__(3775);
;// CONCATENATED MODULE: ./lib/image/commit-time.js
/**
 * When a commit was made, in seconds since the epoch: the one time that an image may carry, so that
 * the same source gives the same image. Undefined where the checkout does not have the commit.
 */
async function readCommitTime(commands, { folder, commit }) {
    if (!/^[0-9a-f]{40,64}$/.test(commit))
        return undefined;
    // In a container job the checkout belongs to another user, whom git distrusts by itself.
    const args = ['-c', 'safe.directory=*', 'show', '-s', '--format=%ct', commit];
    const asked = commands.run('git', args, { cwd: folder });
    const { exitCode, stdout } = await asked.catch(() => ({ exitCode: 127, stdout: '' }));
    const seconds = Number(stdout.trim());
    return exitCode === 0 && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : undefined;
}

// EXTERNAL MODULE: ./lib/image/source.js + 28 modules
var lib_image_source = __webpack_require__(378);
;// CONCATENATED MODULE: ./lib/image/build-settings.js




/** How this source is built, once it is known that it has to be. */
async function settleBuild({ ports, request, options }, { builder, source, repository, isStale }, layersTag) {
    const { commit, sourceUrl, workDirectory, signal } = options;
    const commitTime = await readCommitTime(ports.commands, { folder: request.context, commit });
    const created = commitTime === undefined ? [] : [new Date(commitTime * 1000).toISOString()];
    return {
        context: request.context,
        dockerfile: request.dockerfile,
        target: request.target,
        buildArgs: request.buildArgs,
        labels: new Map([
            ['org.opencontainers.image.source', sourceUrl],
            ['org.opencontainers.image.revision', commit],
            ...created.map((time) => ['org.opencontainers.image.created', time]),
        ]),
        secrets: request.buildSecrets,
        commitTime,
        // Said to whoever takes it: by itself a builder asks its environment, of which the name knows nothing.
        platforms: builder.hasBuildx ? (0,lib_image_source/* platformsOf */.Wt)(request, builder) : request.platforms,
        bases: (0,resolve/* pinsOf */.c)(source.bases, source.reading.stageNames),
        noCache: isStale,
        registryHost: options.fallback.host,
        cache: repository && layersTag && (0,image_reference/* renderTagReference */.GG)(repository, layersTag),
        cachesStages: request.buildSecrets.size === 0 && !source.reading.usesSecrets,
        sbom: request.sbom,
        provenance: true,
        workDirectory,
        signal,
    };
}

// EXTERNAL MODULE: ./lib/image/gate/gate.js + 41 modules
var gate = __webpack_require__(8705);
;// CONCATENATED MODULE: ./lib/image/built.js











/** Builds the image, and lets it pass only without secrets. @throws ActionError IMAGE_* */
async function build(story, ready) {
    const { ports, options } = story;
    const { steps, signal } = options;
    const { builder, source } = ready;
    const startedAtMs = ports.clock.now();
    const layersTag = cacheTag(startedAtMs, story.request.rebuildAfterMs);
    const settings = await settleBuild(story, ready, layersTag);
    const log = ports.log.labelled('docker');
    const [image, baseLayers] = await steps.time('build', () => together(signal, (either) => buildChecked({ ...ports, log }, builder, { ...settings, signal: either }), (either) => ready.signedIn(source.reading.finalBases, (env) => findBaseLayers(ports.commands, source.reading.finalBases, {
        bases: source.bases,
        signal: either,
        env,
    }))));
    const id = image.kind === 'engine' ? image.imageId : image.digest;
    log.info(`Built ${id}`);
    const [, isUnchanged] = await steps.time('scan', () => together(signal, (either) => guardImage(story, ready, { image, baseLayers: baseLayers ?? [], signal: either }), (either) => isSourceUnchanged(story, ready, either)));
    const { address } = source;
    const hasName = 'address' in address && isUnchanged;
    return {
        kind: 'built',
        builder,
        options: settings,
        image,
        tag: hasName ? (0,image_reference/* sourceTag */.Yr)(address.address, startedAtMs) : (0,image_reference/* buildTag */.NQ)(id),
        // Layers of files that changed meanwhile are not those that the gate has seen.
        cacheTag: isUnchanged ? layersTag : undefined,
    };
}
/** What BuildKit's checks find is shown at its line, and stops nothing. */
async function buildChecked(ports, builder, options) {
    const [image, findings] = await together(options.signal, (signal) => buildImage(ports, builder, { ...options, signal }), (signal) => checkDockerfile(ports, builder, { ...options, signal }));
    for (const finding of findings)
        ports.log.annotate(toAnnotation(finding));
    return image;
}
/** What changed while the builder read it would be found under another's name. */
async function isSourceUnchanged({ ports }, { source, readAgain }, signal) {
    if ('unaddressable' in source.address)
        return true;
    const again = await readAgain(signal).catch((error) => {
        if (error instanceof errors/* ActionError */.l && error.code === 'IMAGE_CONTEXT')
            return undefined;
        throw error;
    });
    if (again && (0,canonical_json/* canonicalJson */.d)(again.address) === (0,canonical_json/* canonicalJson */.d)(source.address))
        return true;
    ports.log.warning('The build context or a base image changed while it was built, so the next deploy builds it again. ' +
        'If a Terraform configuration stands in the context, that does it: commit its .terraform.lock.hcl, or leave it out by .dockerignore.');
    return false;
}
async function guardImage({ ports, request }, { allowList }, { image, baseLayers, signal, }) {
    if (request.secretScan === 'off')
        return;
    const { streams, log } = ports;
    const source = image.kind === 'engine' ? (0,image_source/* engineImage */.Sg)(streams, image.imageId) : (0,image_source/* layoutFile */.NI)(streams, image.path);
    const findings = await (0,gate/* scanImage */.FW)(source, { baseLayers, allowList, signal });
    (0,gate/* guardFindings */._W)(request.secretScan, findings, 'image', log);
    if (findings.length === 0)
        log.info('No secrets in what the image adds to its base.');
    (0,gate/* warnOfAllowList */.Z)(allowList, log);
}
function toAnnotation({ rule, message, file, line, url }) {
    const words = [message, url].filter((part) => part !== '').join('\n');
    return { severity: 'warning', title: `Build check ${rule}`, message: words, file, line };
}

// EXTERNAL MODULE: ./lib/google/diagnosis/failure.js
var diagnosis_failure = __webpack_require__(8491);
// EXTERNAL MODULE: ./lib/image/registry.js
var registry = __webpack_require__(7190);
;// CONCATENATED MODULE: ./lib/image/existing.js




/**
 * Resolves what the input `image` says to a digest that the registry has, and changes nothing.
 *
 * @throws ActionError IMAGE_REFERENCE for what can never be deployed, IMAGE_MISSING, GCP_*
 */
async function resolveExisting(google, text, options) {
    const image = parseDeployable(text.trim(), options);
    const answer = await (0,registry/* fetchManifest */.Cj)(google, image, {
        // A digest says exactly what is meant, whatever the tag beside it.
        reference: image.digest ?? image.tag ?? 'latest',
        accept: [400, 401, 403],
    });
    if (answer.status === 404)
        throw missing(image);
    if (answer.status >= 400)
        throw unreadable(google, image, answer);
    const digest = answer.headers['docker-content-digest'] ?? image.digest;
    if (digest === undefined)
        throw missing(image);
    return { digest, source: { host: image.host, path: image.path } };
}
function parseDeployable(text, { repository }) {
    const image = (0,image_reference/* parseImageName */["if"])(text);
    const example = `Write ${repository.host}/${repository.path}:TAG, or …@sha256:… with a digest.`;
    if (image === undefined || /\s/.test(text)) {
        throw invalid(`The input image is no image reference: "${text}".`, example);
    }
    if (image.host !== repository.host) {
        const why = `The input image names ${image.host}, but the VMs can only pull from ${repository.host}.`;
        throw invalid(why, copyHint(text, repository));
    }
    if (image.path.split('/').length < 3) {
        throw invalid(`The input image names no PROJECT/REPOSITORY/IMAGE: "${text}".`, example);
    }
    if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest)) {
        throw invalid(`The input image has a digest that is no sha256 one: "${text}".`, example);
    }
    return image;
}
/** How to copy an image by hand; a tag of its own keeps the registry's cleanup from taking it. */
function copyHint(source, { host, path }) {
    const target = `${host}/${path}:imported`;
    return [
        `Copy it there first, and name ${target} instead:`,
        `  gcrane cp ${source} ${target}`,
        `or: docker pull ${source} && docker tag ${source} ${target} && docker push ${target}`,
    ].join('\n');
}
function missing(image) {
    const { host, path } = image;
    return new errors/* ActionError */.l('IMAGE_MISSING', `The image ${(0,image_reference/* renderImageName */.$X)(image)} is not in the registry.`, { hint: `See which ones are: gcloud artifacts docker tags list ${host}/${path}` });
}
function unreadable(google, image, { status, text }) {
    const { message } = (0,diagnosis_failure/* readFailure */.f)(status, text);
    const said = `The registry does not show ${(0,image_reference/* renderImageName */.$X)(image)} (${status}): ${message}`;
    if (status === 400)
        return invalid(said, 'Compare it with what the registry has.');
    if (status === 401) {
        const hint = 'The registry does not take the token of this job: does its identity still exist?';
        return new errors/* ActionError */.l('IMAGE_MISSING', said, { hint });
    }
    const [project, repository] = ownerOf(image);
    const location = /^(.+)-docker\.pkg\.dev$/.exec(image.host)?.[1] ?? 'LOCATION';
    const permission = 'artifactregistry.repositories.downloadArtifacts';
    const resource = `projects/${project}/locations/${location}/repositories/${repository}`;
    const details = { permission, resource };
    const hint = google.fixFor({ status: 403, reason: 'DENIED', message, details });
    return new errors/* ActionError */.l('IMAGE_MISSING', said, { hint });
}
/** A project of a domain takes two parts of the path. */
function ownerOf({ path }) {
    const [first = '', second = '', third = ''] = path.split('/');
    return first.includes('.') ? [`${first}:${second}`, third] : [first, second];
}
function invalid(message, hint) {
    return new errors/* ActionError */.l('IMAGE_REFERENCE', message, { hint });
}

// EXTERNAL MODULE: ./lib/image/gate/allow-list.js
var allow_list = __webpack_require__(2653);
;// CONCATENATED MODULE: ./lib/image/reuse.js


/** How far the clock of the machine that built may go ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;
/**
 * The newest image of that address, however old, that is still in the registry; undefined where
 * there is none, or no repository yet.
 *
 * @throws ActionError GCP_*
 */
async function findLatest(google, repository, { address, nowMs }) {
    const times = (await (0,registry/* listTags */.cB)(google, repository))
        .flatMap((tag) => (0,image_reference/* parseSourceTag */.$m)(address, tag) ?? [])
        // One from further ahead would stay fresh for as long as its clock was wrong.
        .filter((builtAtMs) => builtAtMs - nowMs <= MAX_AHEAD_MS)
        .sort((a, b) => b - a);
    // A cleanup may have taken a manifest and left its tag in the list for a while.
    for (const builtAtMs of times) {
        const digest = await (0,registry/* findDigest */.u$)(google, repository, (0,image_reference/* sourceTag */.Yr)(address, builtAtMs));
        if (digest === undefined)
            continue;
        return { digest, builtAtMs, ageMs: Math.max(0, nowMs - builtAtMs) };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/image/image.js












/**
 * Gets the image ready, up to the push: the one that is named, the one that the same source gave
 * before, or a new one that has passed the gate.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
async function prepareImage(ports, request, options) {
    if (request.image !== undefined) {
        const repository = (await options.repository) ?? options.fallback;
        return {
            kind: 'existing',
            image: await resolveExisting(ports.google, request.image, { repository }),
        };
    }
    const story = { ports, request, options };
    const { steps } = options;
    const ready = await steps.time('image', () => lookForKnown(story));
    return 'kind' in ready ? ready : build(story, ready);
}
const HINT_ABOUT_GIT = 'The build context holds .git, which is another one in every checkout: with a line `**/.git` in .dockerignore the image can be found again.';
async function lookForKnown(story) {
    const { ports, request, options } = story;
    const { signal } = options;
    const [builder, eager, allowed] = await Promise.all([
        findBuilder(ports.commands, signal),
        (0,lib_image_source/* readContext */.yI)(ports, request, { builder: 'buildkit', signal }),
        // Without such a file nothing is allowed.
        ports.files.read(allow_list/* ALLOW_LIST_FILE */.a).catch(() => ''),
    ]);
    const context = builder.hasBuildx
        ? eager
        : await (0,lib_image_source/* readContext */.yI)(ports, request, { builder: 'classic', signal });
    const allowList = (0,allow_list/* parseAllowList */.j)(allowed);
    if (context.entries.some(({ path }) => path === '.git' || path.endsWith('/.git')))
        ports.log.info(HINT_ABOUT_GIT);
    // What is known has passed the gate already: then nobody waits for it.
    const dispensable = new AbortController();
    const either = AbortSignal.any([signal, dispensable.signal]);
    const guarded = guardContext(story, { context, allowList, signal: either });
    guarded.catch(() => undefined);
    const signedIn = signIn(story);
    const read = (found, within) => (0,lib_image_source/* readSource */.o$)(ports, request, { builder, context: found, allowed, signedIn, signal: within });
    const [source, repository] = await Promise.all([read(context, signal), options.repository]);
    const { known, isStale } = await findKnown(story, source, repository);
    // A warning is to be given every time.
    if (known && request.secretScan === 'block')
        dispensable.abort();
    else
        await guarded;
    if (known)
        return known;
    const readAgain = async (within) => {
        const kind = builder.hasBuildx ? 'buildkit' : 'classic';
        return read(await (0,lib_image_source/* readContext */.yI)(ports, request, { builder: kind, signal: within }), within);
    };
    return { builder, source, allowList, signedIn, readAgain, repository, isStale };
}
/** A base image of the project itself needs no login of the user's. */
function signIn({ ports, options }) {
    const { host } = options.fallback;
    return async (images, work) => {
        if (!images.some(({ name }) => (0,image_reference/* parseImageName */["if"])(name)?.host === host))
            return work(undefined);
        const login = { host, token: await ports.tokens.accessToken() };
        const directory = `${options.workDirectory}/look-up-${(0,external_node_crypto_.randomUUID)()}`;
        return withLogin(ports, { directory, ...login }, work);
    };
}
async function guardContext({ ports, request }, { context, ...options }) {
    if (request.secretScan === 'off')
        return;
    const findings = await (0,gate/* scanContext */.hp)(ports.tree, context, {
        ...options,
        folder: request.context,
        dockerfile: (0,lib_image_source/* dockerfilePath */.Se)(request),
    });
    (0,gate/* guardFindings */._W)(request.secretScan, findings, 'context', ports.log);
    const files = context.entries.filter(({ kind }) => kind === 'file').length;
    if (findings.length === 0)
        ports.log.info(`No secrets in the build context (${(0,markdown/* counted */.hS)(files, 'file')}).`);
}
async function findKnown({ ports, request }, { address }, repository) {
    const { google, clock, log } = ports;
    if ('unaddressable' in address) {
        for (const reason of address.unaddressable)
            log.info(`It has to be built: ${reason}`);
        return { isStale: false };
    }
    if (repository === undefined)
        return { isStale: false };
    const latest = await findLatest(google, repository, { ...address, nowMs: clock.now() });
    if (latest === undefined)
        return { isStale: false };
    const age = (0,duration/* renderDuration */.P)(latest.ageMs);
    if (latest.ageMs >= request.rebuildAfterMs) {
        log.info(`The image of this source is ${age} old: it is built anew, every step of it.`);
        return { isStale: true };
    }
    const { digest } = latest;
    log.info(`The registry has the image of this source, built ${age} ago: ${digest}`);
    return { known: { kind: 'known', repository, digest }, isStale: false };
}

;// CONCATENATED MODULE: ./lib/image/mount.js





/**
 * Brings an image of another repository into that of this service, under the same digest and without
 * moving its bytes: the registry links the blobs. Does nothing for one that is there.
 *
 * @throws ActionError IMAGE_REFERENCE when the registry will not link, IMAGE_MISSING, GCP_*
 */
async function bringHome(google, { digest, source }, home) {
    if (home.path === source.path)
        return;
    const written = (0,image_reference/* renderDigestReference */.Ao)(source, digest);
    await copyManifest(google, digest, { source, target: home, written });
}
/** What a manifest names comes before it: the registry takes none whose parts it does not have. */
async function copyManifest(google, digest, journey) {
    const { source, target, written } = journey;
    const { status, text, headers } = await (0,registry/* fetchManifest */.Cj)(google, source, { reference: digest });
    if (status === 404) {
        throw new errors/* ActionError */.l('IMAGE_MISSING', `A part of the image ${written} is gone: ${digest}.`);
    }
    const { config, layers, manifests } = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text));
    await Promise.all(digestsIn(manifests).map((child) => copyManifest(google, child, journey)));
    await Promise.all(digestsIn([config, ...(0,json/* asList */.DD)(layers)]).map((blob) => mountBlob(google, blob, journey)));
    await google.request({
        service: 'registry',
        method: 'PUT',
        path: `v2/${target.path}/manifests/${digest}`,
        headers: { 'content-type': headers['content-type'] ?? '' },
        body: text,
        purpose: `bring ${digest} into ${target.path}`,
    });
}
async function mountBlob(google, digest, { source, target, written }) {
    const { status } = await google.request({
        service: 'registry',
        method: 'POST',
        path: `v2/${target.path}/blobs/uploads/`,
        query: { mount: digest, from: source.path },
        purpose: `link ${digest} into ${target.path}`,
    });
    // 202 begins an upload instead: the registry wants the bytes.
    if (status === 201)
        return;
    throw new errors/* ActionError */.l('IMAGE_REFERENCE', `The registry does not share the layers of ${source.path} with ${target.path}.`, { hint: copyHint(written, target) });
}
/** Layers that live elsewhere (with `urls`) are no part of a registry. */
function digestsIn(list) {
    return (0,json/* asList */.DD)(list).flatMap((entry) => {
        const { digest, urls } = (0,json/* asRecord */.qY)(entry);
        return (0,json/* asText */.e1)(digest) === '' || urls !== undefined ? [] : [(0,json/* asText */.e1)(digest)];
    });
}

;// CONCATENATED MODULE: ./lib/image/push/target.js


/** The one error of a push. */
function pushFailed(target, why, more = {}) {
    const { host, path } = target.repository;
    return new errors/* ActionError */.l('IMAGE_PUSH_FAILED', `Could not push the image to ${host}/${path}: ${why}`, more);
}
/** An error with the next command for a refusal that no second try changes. */
function refused(target, refusal) {
    return pushFailed(target, refusal.message, { hint: hintFor(target, refusal) });
}
/** The name of the repository in Artifact Registry, and where it is. */
function placeOf({ repository }) {
    const id = repository.path.split('/').at(-2) ?? '';
    const location = /^(.+)-docker\.pkg\.dev$/.exec(repository.host)?.[1] ?? repository.host;
    return { id, location };
}
function hintFor(target, refusal) {
    const { status, message } = refusal;
    const { projectId } = target;
    const known = target.fixFor(asFailure(target, refusal));
    if (known !== undefined)
        return known;
    if (status === 401 || /unauthorized|authentication/i.test(message)) {
        return `The registry does not take the job's token: does the identity of this job still exist in project ${projectId}? See: gcloud iam service-accounts list --project=${projectId}`;
    }
    if (status === 429 || /toomanyrequests|quota|rate limit/i.test(message)) {
        return `The quota of Artifact Registry is used up; see https://console.cloud.google.com/iam-admin/quotas?project=${projectId}, and run the job again later.`;
    }
    if (/no space left/i.test(message)) {
        return 'The disk of the runner is full: free room before this step (docker system prune --all --force).';
    }
    return 'Check https://status.cloud.google.com and the network of the runner, then run the job again.';
}
/** What engines and registries say in many ways, with the name of the repository, which not all of them give. */
function asFailure(target, { status, message }) {
    const words = (0,diagnosis_failure/* failureInWords */.d)(message);
    if (/^Unauthenticated request|\/v2\/token\b/.test(message))
        return words;
    const { id, location } = placeOf(target);
    if (status === 404 || /name unknown|NAME_UNKNOWN|repository .*not found/i.test(message)) {
        return { ...words, reason: 'NAME_UNKNOWN', message: `Repository "${id}" not found` };
    }
    if (/has not been used in project|is disabled/i.test(message)) {
        const details = { service: 'artifactregistry.googleapis.com' };
        return { status: 403, reason: 'SERVICE_DISABLED', message: '', details };
    }
    if (status !== 403 && !/denied|forbidden/i.test(message))
        return words;
    const permission = 'artifactregistry.repositories.uploadArtifacts';
    const resource = `projects/${target.projectId}/locations/${location}/repositories/${id}`;
    return { status: 403, reason: 'DENIED', message, details: { permission, resource } };
}

;// CONCATENATED MODULE: ./lib/image/push/engine-push.js




const engine_push_TIMEOUT_MS = 60 * 60_000;
const ATTEMPTS = 3;
const FIRST_DELAY_MS = 2_000;
/**
 * Lets the engine push the image under the tag, and answers the digest that it says it pushed. What
 * the network or the registry spoils for a moment is tried again, each time with a fresh token.
 *
 * @throws ActionError IMAGE_PUSH_FAILED
 */
async function pushFromEngine(ports, options) {
    const reference = (0,image_reference/* renderTagReference */.GG)(options.target.repository, options.tag);
    await tagInEngine(ports, options, reference);
    for (let attempt = 1;; attempt++) {
        const { digest, said } = await pushOnce(ports, options, reference);
        if (digest !== undefined)
            return digest;
        const isPassing = isPassingWord(said);
        if (!isPassing)
            throw refused(options.target, { status: 0, message: said });
        if (attempt === ATTEMPTS) {
            const { hint } = refused(options.target, { status: 0, message: said });
            throw pushFailed(options.target, `${said} (${ATTEMPTS} attempts)`, { hint, isPassing });
        }
        const delayMs = FIRST_DELAY_MS * 3 ** (attempt - 1) * (0.5 + ports.random() / 2);
        ports.log.info(`${said}; again in ${Math.round(delayMs)} ms`);
        await ports.clock.sleep(delayMs, options.signal);
    }
}
async function tagInEngine({ commands }, { target, imageId, signal }, reference) {
    const tagging = { signal, timeoutMs: engine_push_TIMEOUT_MS };
    const { exitCode, stderr } = await commands.runInterruptible('docker', ['tag', imageId, reference], tagging);
    signal.throwIfAborted();
    if (exitCode !== 0)
        throw refused(target, { status: 0, message: saidBy(exitCode, stderr) });
}
async function pushOnce(ports, { target, workDirectory, signal }, reference) {
    const { host } = target.repository;
    const login = { host, token: await ports.tokens.accessToken() };
    const directory = `${workDirectory}/push-config`;
    return withLogin(ports, { directory, ...login }, async (env) => {
        let digest;
        const { exitCode, stderr, timedOut } = await ports.commands.runInterruptible('docker', ['push', reference], {
            env,
            signal,
            timeoutMs: engine_push_TIMEOUT_MS,
            onLine: (line) => {
                digest = /: digest: (sha256:[0-9a-f]{64}) size: \d+$/.exec(line)?.[1] ?? digest;
                if (isWorthSaying(line))
                    ports.log.info(line);
            },
        });
        signal.throwIfAborted();
        if (exitCode === 0 && digest !== undefined)
            return { digest, said: '' };
        if (exitCode === 0)
            return { digest: undefined, said: 'docker does not say what it pushed' };
        const said = saidBy(exitCode, stderr);
        return { digest: undefined, said: timedOut ? 'it took over an hour' : said };
    });
}
function saidBy(exitCode, stderr) {
    return (0,last_line/* lastLine */.f)(stderr) || `docker ended with exit code ${exitCode} and said nothing`;
}
/** What each layer is about to do is not: only what became of it. */
function isWorthSaying(line) {
    return line.trim() !== '' && !/: (?:Preparing|Waiting)$/.test(line);
}
// An `unauthorized` is a token that ended meanwhile; a missing permission is called `denied`.
function isPassingWord(said) {
    if (/denied|forbidden|name unknown|not found|no space left|Cannot connect to the Docker daemon/i.test(said))
        return false;
    return /\b5\d\d\b|\b429\b|toomanyrequests|EOF|connection reset|connection refused|broken pipe|timeout|timed out|no such host|server misbehaving|unauthorized|authentication required|unexpected (?:http )?status|closed network connection|use of closed|GOAWAY/i.test(said);
}

// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
;// CONCATENATED MODULE: ./lib/image/push/upload.js



const IDLE_MS = 2 * 60_000;
/** In a row, without a byte more in the registry. */
const MOST_FAILURES = 6;
const upload_FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 20_000;
/**
 * Uploads one blob, unless the registry has it, in the one way that Artifact Registry takes: whole,
 * in one PUT ("Artifact Registry does not support Docker chunked uploads",
 * https://cloud.google.com/artifact-registry/docs/reference/docker-api). When that breaks, a registry
 * that kept the beginning and says so gets the rest; another one gets it all again.
 */
class BlobUpload {
    #ports;
    #options;
    #blob;
    #session;
    /** Off for a registry that kept a beginning and then did not take the rest. */
    #canResume = true;
    #failures = 0;
    /** How far the registry has ever come. */
    #reached = 0;
    constructor(ports, options, blob) {
        this.#ports = ports;
        this.#options = options;
        this.#blob = blob;
    }
    /** Answers whether bytes had to be sent. @throws ActionError IMAGE_PUSH_FAILED */
    async run() {
        const { registry, signal } = this.#options;
        for (let isFirst = true;; isFirst = false) {
            signal.throwIfAborted();
            // Also after a failure: the answer may be all that was lost.
            if (await registry.hasBlob(this.#blob.digest))
                return !isFirst;
            if (!isFirst)
                await this.#findProgress();
            this.#session ??= { location: await registry.startUpload(), offset: 0 };
            const answer = await this.#sendRest(this.#session).catch((error) => {
                signal.throwIfAborted();
                return (0,network_reason/* networkReason */.d)(error);
            });
            if (typeof answer !== 'string' && answer.status === 201)
                return true;
            await this.#takeFailure(answer);
        }
    }
    async #sendRest({ location, offset }) {
        const { digest, sizeBytes } = this.#blob;
        if (offset === 0)
            return this.#send('PUT', withDigest(location, digest), 0);
        if (offset === sizeBytes)
            return this.#send('PUT', withDigest(location, digest));
        const answer = await this.#send('PATCH', location, offset);
        if (answer.status !== 202)
            return answer;
        const rest = { location: answer.headers['location'] ?? location, offset: sizeBytes };
        this.#session = rest;
        return this.#sendRest(rest);
    }
    /** What an interrupted upload has come to; a registry that does not say so starts afresh. */
    async #findProgress() {
        const { location } = this.#session ?? {};
        this.#session = undefined;
        if (location === undefined || !this.#canResume)
            return;
        const answer = await this.#send('GET', location).catch(() => undefined);
        const end = /^(?:bytes=)?0-(\d+)$/.exec(answer?.headers['range'] ?? '')?.[1];
        // 0-0 is what registries say of nothing as well as of one byte.
        const offset = answer?.status === 204 && Number(end) > 0 ? Number(end) + 1 : 0;
        if (offset === 0 || offset > this.#blob.sizeBytes)
            return;
        this.#session = { location: answer?.headers['location'] ?? location, offset };
        if (offset > this.#reached)
            this.#failures = 0;
        this.#reached = Math.max(offset, this.#reached);
        this.#ports.log.info(`${shortDigest(this.#blob.digest)}: going on at byte ${offset}`);
    }
    async #takeFailure(answer) {
        const { target } = this.#options;
        const failure = typeof answer === 'string' ? undefined : (0,diagnosis_failure/* readFailure */.f)(answer.status, answer.body);
        const why = typeof answer === 'string' ? answer : `${answer.status} ${failure?.message ?? ''}`;
        const resumed = (this.#session?.offset ?? 0) > 0;
        if (failure && isRefusal(failure.status)) {
            if (!resumed)
                throw refused(target, failure);
            this.#canResume = false;
            this.#session = undefined;
        }
        // An address that is no more, and a token that is none any more, are had anew.
        if (failure?.status === 404)
            this.#session = undefined;
        this.#failures += 1;
        if (this.#failures >= MOST_FAILURES) {
            throw pushFailed(target, `the upload of ${shortDigest(this.#blob.digest)} broke off again and again: ${why}`, {
                isPassing: true,
                hint: refused(target, failure ?? { status: 0, message: why }).hint,
            });
        }
        await this.#pause(why);
    }
    async #pause(why) {
        const { clock, log, random } = this.#ports;
        const delayMs = Math.min(upload_FIRST_DELAY_MS * 2 ** (this.#failures - 1), MAX_DELAY_MS);
        const jitteredMs = delayMs * (0.5 + random() / 2);
        log.info(`${shortDigest(this.#blob.digest)}: ${why}; again in ${Math.round(jitteredMs)} ms`);
        await clock.sleep(jitteredMs, this.#options.signal);
    }
    async #send(method, location, from) {
        const { registryUrl, path, signal } = this.#options;
        const { offset, sizeBytes } = this.#blob;
        const url = new URL(location, registryUrl);
        const isOurs = url.origin === new URL(registryUrl).origin;
        const token = isOurs ? await this.#ports.tokens.accessToken() : undefined;
        const length = sizeBytes - (from ?? sizeBytes);
        return this.#ports.sender.send({
            method,
            url: url.href,
            headers: {
                ...(token !== undefined && { authorization: `Bearer ${token}` }),
                ...(method !== 'GET' && {
                    'content-type': 'application/octet-stream',
                    'content-length': String(length),
                }),
                ...(method === 'PATCH' && { 'content-range': `${from}-${sizeBytes - 1}` }),
            },
            ...(length > 0 && from !== undefined && { body: { path, offset: offset + from, length } }),
            idleMs: IDLE_MS,
            signal,
        });
    }
}
function withDigest(location, digest) {
    return `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(digest)}`;
}
/** A 401 is a token that ended meanwhile, a 404 an upload that did. */
function isRefusal(status) {
    return status >= 400 && status < 500 && ![401, 404, 408, 429].includes(status);
}
/** As long as people need it to tell one from another. */
function shortDigest(digest) {
    return digest.slice(0, 'sha256:'.length + 12);
}

;// CONCATENATED MODULE: ./lib/image/push/layout-push.js


const AT_ONCE = 4;
/**
 * Brings a layout into the registry: blobs side by side, then the manifests, those that are named
 * by others first. A blob that the registry has is not sent again, so that what breaks off goes on
 * where it was.
 */
async function pushLayout(ports, layout, options) {
    const startedAt = ports.clock.now();
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const waiting = [...layout.blobs].sort((a, b) => b.sizeBytes - a.sizeBytes);
    let sentBytes = 0;
    const work = async () => {
        for (let blob = waiting.shift(); blob; blob = waiting.shift()) {
            const wasSent = await new BlobUpload(ports, { ...options, signal }, blob).run();
            if (wasSent)
                sentBytes += blob.sizeBytes;
            const megabytes = `${(blob.sizeBytes / 1e6).toFixed(1)} MB`;
            ports.log.info(`${shortDigest(blob.digest)}: ${wasSent ? `sent ${megabytes}` : 'the registry has it'}`);
        }
    };
    await allOrNone(stop, Array.from({ length: AT_ONCE }, work));
    for (const manifest of layout.manifests) {
        await options.registry.putManifest(manifest.digest, manifest);
    }
    const took = (0,duration/* renderDuration */.P)(ports.clock.now() - startedAt);
    ports.log.info(`Pushed ${(sentBytes / 1e6).toFixed(1)} MB in ${took}`);
}
/** When one fails the others are stopped and waited for; its error is the one thrown. */
async function allOrNone(stop, tasks) {
    try {
        await Promise.all(tasks);
    }
    catch (error) {
        stop.abort(error);
        await Promise.allSettled(tasks);
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/image/push/registry-writer.js




/** Answers that are explained here; what may pass is tried again by the client. */
const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 416];
/** The small requests of a push: what is there, where to upload, manifests and tags. */
class RegistryWriter {
    #google;
    #target;
    /** By digest: what was put need not be read again for the next tag. */
    #known = new Map();
    constructor(google, target) {
        this.#google = google;
        this.#target = target;
    }
    async hasBlob(digest) {
        const { status } = await this.#ask('HEAD', `blobs/${digest}`, { accept404: true });
        return status !== 404;
    }
    /** The digest behind a tag or digest, or undefined. */
    async findDigest(reference) {
        const answer = await this.#ask('HEAD', `manifests/${reference}`, {
            accept404: true,
            headers: { accept: registry/* MANIFEST_TYPES */._P.join(', ') },
        });
        return answer.status === 404 ? undefined : answer.headers['docker-content-digest'];
    }
    /** Begins an upload; answers its address, which may be relative. */
    async startUpload() {
        const { headers } = await this.#ask('POST', 'blobs/uploads/', {});
        const { location } = headers;
        if (location)
            return location;
        throw pushFailed(this.#target, 'the registry begins an upload and does not say where.');
    }
    /** Puts a manifest under its digest or a tag. @throws when the registry took something else for it */
    async putManifest(reference, manifest) {
        const { digest, mediaType, text } = manifest;
        const { headers } = await this.#ask('PUT', `manifests/${reference}`, {
            headers: { 'content-type': mediaType },
            body: text,
        });
        this.#known.set(manifest.digest, manifest);
        const taken = headers['docker-content-digest'] ?? digest;
        if (taken === digest)
            return;
        throw pushFailed(this.#target, `the registry has ${taken} where ${digest} was pushed.`, {
            hint: 'Something between this runner and the registry changes what is sent: check the proxy.',
        });
    }
    /** Gives a manifest of the registry one more tag. */
    async tag(digest, tag) {
        const manifest = this.#known.get(digest) ?? (await this.findManifest(digest));
        if (manifest)
            return this.putManifest(tag, manifest);
        throw pushFailed(this.#target, `${digest} is gone from the registry.`, {
            hint: 'Somebody may have deleted it at this moment: run the job again.',
        });
    }
    /** The manifest behind a tag or digest, or undefined. */
    async findManifest(reference) {
        const { status, headers, text } = await this.#ask('GET', `manifests/${reference}`, {
            accept404: true,
            headers: { accept: registry/* MANIFEST_TYPES */._P.join(', ') },
        });
        const { 'content-type': mediaType = '', 'docker-content-digest': digest = '' } = headers;
        if (status === 404 || digest === '')
            return undefined;
        const manifest = { digest, mediaType, text };
        this.#known.set(digest, manifest);
        return manifest;
    }
    async #ask(method, path, more) {
        const { accept404 = false, ...rest } = more;
        const { path: name } = this.#target.repository;
        const purpose = `push the image to ${name}`;
        const request = { service: 'registry', method, path: `v2/${name}/${path}`, purpose };
        const answer = await this.#google
            .request({ ...request, ...rest, accept: REFUSALS })
            .catch((cause) => {
            throw this.#asPushFailure(cause);
        });
        if (answer.status < 300 || (accept404 && answer.status === 404))
            return answer;
        const { status, text } = answer;
        // An answer to HEAD has no words of its own.
        const message = text === '' ? `the registry answers ${status}` : (0,diagnosis_failure/* readFailure */.f)(status, text).message;
        throw refused(this.#target, { status, message });
    }
    #asPushFailure(cause) {
        if (!(cause instanceof errors/* ActionError */.l) || cause.code === 'AUTH_FAILED')
            return cause;
        const { message, isPassing } = cause;
        const { hint } = refused(this.#target, { status: 0, message });
        return new errors/* ActionError */.l('IMAGE_PUSH_FAILED', message, { cause, isPassing, hint });
    }
}

;// CONCATENATED MODULE: ./lib/image/push/push.js







/**
 * Brings the built image into the registry unless it is there already, gives it its tags, and
 * returns it by manifest digest.
 *
 * @throws ActionError IMAGE_PUSH_FAILED, AUTH_FAILED
 */
async function pushImage(ports, options) {
    const { repository, projectId, image, tags } = options;
    const fixFor = ports.google.fixFor.bind(ports.google);
    const target = { repository, projectId, fixFor };
    const registry = new RegistryWriter(ports.google, target);
    const arrive = image.kind === 'engine' ? bringFromEngine : bringLayout;
    const { digest, wasPushed } = await arrive(ports, options, { target, registry });
    if (!wasPushed)
        ports.log.info(`The registry has this image already: ${digest}`);
    await Promise.all(tags.map(async (tag) => {
        if ((await registry.findDigest(tag)) !== digest)
            await registry.tag(digest, tag);
    }));
    return { reference: (0,image_reference/* renderDigestReference */.Ao)(repository, digest), wasPushed };
}
/** The engine knows no digest before it has pushed: the tag of the image's id tells whether it has. */
async function bringFromEngine(ports, { image, workDirectory, signal }, { target, registry }) {
    const imageId = image.kind === 'engine' ? image.imageId : '';
    const tag = (0,image_reference/* buildTag */.NQ)(imageId);
    const known = await registry.findManifest(tag);
    if (known && (known.digest === imageId || configOf(known) === imageId)) {
        return { digest: known.digest, wasPushed: false };
    }
    const said = await pushFromEngine(ports, { target, imageId, tag, workDirectory, signal });
    const found = await registry.findDigest(tag);
    // The engine says what it pushed, the registry what it has: only when both agree it goes on.
    if (found === said)
        return { digest: said, wasPushed: true };
    throw pushFailed(target, `the registry has ${found ?? 'nothing'} under the tag ${tag}, and the engine says it pushed ${said}.`, { hint: 'Somebody may have pushed at the same time: run the job again.' });
}
/** The image id of engines with a store of their own. */
function configOf({ text }) {
    return (0,json/* asText */.e1)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text))['config'])['digest']);
}
async function bringLayout(ports, { image, registryUrl, signal }, { target, registry }) {
    const path = image.kind === 'layout' ? image.path : '';
    const layout = await readLayout(ports.openFile, path);
    const { digest } = layout;
    if (await registry.findDigest(digest))
        return { digest, wasPushed: false };
    await pushLayout(ports, layout, { target, registry, registryUrl, path, signal });
    const root = layout.manifests.at(-1);
    // An index that nothing tags is cleaned away, and the attestations with it.
    if (root && root.digest !== digest)
        await registry.putManifest(attestationTag(digest), root);
    return { digest, wasPushed: true };
}
/** Tag of the index that has the attestations (provenance, SBOM) of an image. */
function attestationTag(digest) {
    return `attested-${digest.replace(/^sha256:/, '').slice(0, 12)}`;
}

;// CONCATENATED MODULE: ./lib/image/publish.js





/**
 * Brings a prepared image into the service's repository, and returns it by digest.
 *
 * @throws ActionError IMAGE_*, GCP_*
 */
async function publishImage(ports, request, { prepared, ...options }) {
    const { home, steps } = options;
    if (prepared.kind === 'existing') {
        const { image } = prepared;
        const reference = (0,image_reference/* renderDigestReference */.Ao)(home, image.digest);
        await steps.time('push', () => bringHome(ports.google, image, home));
        return { reference, wasPushed: false, keepCache: async () => undefined };
    }
    if (prepared.kind === 'known') {
        if (prepared.repository.path === home.path) {
            const reference = (0,image_reference/* renderDigestReference */.Ao)(home, prepared.digest);
            return { reference, wasPushed: false, keepCache: async () => undefined };
        }
        // The plan has moved the service to another repository, which has nothing of it yet.
        const anew = await prepareImage(ports, request, {
            ...options,
            repository: Promise.resolve(home),
            fallback: home,
        });
        return publishImage(ports, request, { ...options, prepared: anew });
    }
    return push(ports, prepared, options);
}
async function push(ports, prepared, options) {
    const { home, projectId, registryUrl, workDirectory, steps, signal } = options;
    const { builder, image, tag, cacheTag } = prepared;
    const log = ports.log.labelled('docker');
    // An engine's own store exports no cache: there the image says which step made which layer.
    const isCacheToo = image.kind === 'engine' && builder.hasBuildx && cacheTag !== undefined;
    const tags = isCacheToo ? [tag, cacheTag] : [tag];
    const cache = cacheTag && (0,image_reference/* renderTagReference */.GG)(home, cacheTag);
    const pushed = await steps.time('push', () => pushImage({ ...ports, log }, { image, repository: home, projectId, tags, registryUrl, workDirectory, signal }));
    return {
        ...pushed,
        keepCache: (either) => exportCache({ ...ports, log }, builder, { ...prepared.options, cache, signal: either }).catch((error) => log.debug(`The cache was not kept: ${String(error)}`)),
    };
}

// EXTERNAL MODULE: ./lib/terraform/last-outputs.js
var last_outputs = __webpack_require__(6649);
;// CONCATENATED MODULE: ./lib/commands/deploy/image.js






/** The image, up to the push. @throws ActionError IMAGE_*, GCP_* */
async function image_prepare(story, signal) {
    const { config, ports } = story;
    // Long before terraform is ready, the state tells where the images are.
    const repository = (0,abortable/* abortable */.Z)(signal, async () => {
        const outputs = await (0,last_outputs/* readLastOutputs */.f)(ports.store, config.name);
        const repositoryId = (0,json/* asText */.e1)(outputs['repository_id']);
        return repositoryId === '' ? undefined : repositoryOf(story, repositoryId);
    });
    // Asked for once the source is known, unless that fails before.
    repository.catch(() => undefined);
    const fallback = repositoryOf(story, config.name);
    const log = ports.log.labelled('image');
    const prepared = await prepareImage({ ...ports, log }, config, {
        ...commonOptions(story, signal),
        repository,
        fallback,
    });
    story.chronicle.note({ imageOrigin: prepared.kind });
    return prepared;
}
function commonOptions({ context, steps }, signal) {
    const { provenance, sourceUrl, workDirectory } = context;
    return {
        commit: provenance.commit,
        sourceUrl,
        workDirectory,
        steps,
        signal,
    };
}
/** Where the images of the service are. */
function repositoryOf({ config, context }, repositoryId) {
    const { projectId, name } = config;
    return (0,image_reference/* imageRepository */.an)(context.registryHost, { projectId, repositoryId, name });
}
/** The image where the VMs find it. @throws ActionError IMAGE_*, GCP_* */
async function publish(story, prepared, { repositoryId, signal }) {
    const { config, ports, context } = story;
    const log = ports.log.labelled('image');
    const published = await publishImage({ ...ports, log }, config, {
        ...commonOptions(story, signal),
        prepared,
        home: repositoryOf(story, repositoryId),
        projectId: config.projectId,
        registryUrl: context.registryUrl,
    });
    story.chronicle.note({ image: published.reference });
    return published;
}

// EXTERNAL MODULE: ./lib/commands/deploy/result.js
var deploy_result = __webpack_require__(3595);
;// CONCATENATED MODULE: ./lib/lib/alongside.js
/**
 * Does some work, and beside it a task that nobody depends on: the task may go on for a while after
 * the work, is stopped then, and at once when the work fails. It is always waited for. It must not reject.
 */
async function alongside(work, sideTask, { clock, patienceMs, signal }) {
    const enough = new AbortController();
    const aside = sideTask(AbortSignal.any([signal, enough.signal]));
    try {
        const result = await work();
        const patience = clock.sleep(patienceMs, enough.signal).catch(() => undefined);
        await Promise.race([aside, patience]);
        return result;
    }
    finally {
        enough.abort(new Error('nobody waits for it any more'));
        await aside;
    }
}

// EXTERNAL MODULE: ./lib/release/attempt/attempt.js + 20 modules
var attempt = __webpack_require__(3001);
// EXTERNAL MODULE: ./lib/release/ledger/deploy-lock.js + 1 modules
var deploy_lock = __webpack_require__(7433);
// EXTERNAL MODULE: ./lib/release/ledger/ledger.js
var ledger_ledger = __webpack_require__(9242);
;// CONCATENATED MODULE: ./lib/release/prune/decision.js

/** A run may be about to open the attempt for a template, or to make one for a tag, of its own. */
const YOUNG_MS = 24 * 3_600_000;
/** Pure. What it does not know it keeps. */
function decidePruning(facts) {
    const { templates, tags } = facts;
    const kept = keptReleases(facts);
    const spared = sparedTemplates(facts);
    const isKept = ({ id, name }) => kept.has(id) || spared.has(id) || facts.usedTemplates.has(name);
    const standing = new Set(templates.map(({ id }) => id));
    const strange = new Set(strangers(facts));
    const isOrphan = (id) => !kept.has(id) && !standing.has(id) && (!strange.has(id) || facts.forgotten.has(id));
    return {
        doomed: templates.filter((template) => !isKept(template)).sort(byAge),
        orphans: [...tags.tagged.keys()].filter(isOrphan).sort(),
        untagged: templates.filter((template) => isKept(template) &&
            template.image.startsWith(facts.ownImage) &&
            !tags.tagged.has(template.id)),
    };
}
/**
 * Releases of which there is a tag, but no template and no attempt: a run died before it made the
 * template, or is about to make it. A tag does not say how old it is, its image does.
 */
function strangers({ ledger, templates, tags, }) {
    const standing = new Set(templates.map(({ id }) => id));
    const known = new Set(ledger.entries.map(({ release }) => release));
    return [...tags.tagged.keys()].filter((id) => !standing.has(id) && !known.has(id));
}
/** The releases to keep by what the ledger says, whether or not they are there. */
function keptReleases({ ledger, tags, running, keepReleases, }) {
    const verified = (0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: undefined });
    const newest = verified.slice(0, Math.max(keepReleases, 1));
    const oldestKept = newest.at(-1)?.attempt ?? 0;
    const [predecessor] = (0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: running });
    const cameFrom = ledger.entries.findLast(({ release, previous }) => release === running && previous !== running);
    // One that was interrupted before all of these has long been followed by a verified release.
    const unfinished = ledger.entries.filter(({ outcome, attempt }) => outcome === 'interrupted' && attempt > oldestKept);
    return new Set([
        running,
        ...tags.pinned,
        ...newest.map(({ release }) => release),
        predecessor?.release ?? null,
        cameFrom?.previous ?? null,
        ...[...(0,ledger_ledger/* openEntries */.Jh)(ledger), ...unfinished].flatMap(releasesOf),
    ]);
}
function releasesOf({ release, previous, rolledBackTo }) {
    return [release, previous, rolledBackTo];
}
/**
 * Templates that the ledger has no good word for, and that stay for a while: young ones, and where it
 * knows fewer verified releases than are to be kept, the newest it knows nothing of. Somebody may
 * have begun a new ledger, and what it forgot is all that there is to go back to.
 */
function sparedTemplates({ ledger, templates, keepReleases, nowMs, }) {
    const verified = new Set((0,ledger_ledger/* lastVerified */.T5)(ledger, { otherThan: undefined }).map(({ release }) => release));
    const known = new Set(ledger.entries.map(({ release }) => release));
    const isYoung = ({ createdAtMs = nowMs }) => nowMs - createdAtMs < YOUNG_MS;
    const young = templates.filter((template) => !verified.has(template.id) && isYoung(template));
    const places = Math.max(keepReleases - verified.size, 0);
    const unknown = templates.filter(({ id }) => !known.has(id)).sort(byAge);
    const newest = places === 0 ? [] : unknown.slice(-places);
    return new Set([...young, ...newest].map(({ id }) => id));
}
/** Oldest first; a template of unknown age comes last. */
function byAge(one, other) {
    const age = (one.createdAtMs ?? Infinity) - (other.createdAtMs ?? Infinity);
    return age || (one.name < other.name ? -1 : 1);
}

// EXTERNAL MODULE: ./lib/release/prune/release-tags.js
var release_tags = __webpack_require__(8361);
// EXTERNAL MODULE: ./lib/release/prune/release-template.js
var release_template = __webpack_require__(3234);
// EXTERNAL MODULE: ./lib/google/compute/deletion.js
var deletion = __webpack_require__(2187);
;// CONCATENATED MODULE: ./lib/release/prune/sweep.js





const WORKERS = 4;
/** No deletion is begun later: the result of the deploy waits for this. */
const PATIENCE_MS = 15_000;
/**
 * Carries the decision out, several releases at a time. The template goes first: Google refuses that
 * while anything uses it, so the image of what runs never loses its tag, and what is left by a run
 * that dies in between is a tag too many, which the next one finds.
 */
async function sweepReleases(ports, options, { doomed, orphans, untagged }) {
    const sweep = new Sweep(ports, options);
    const doomedIds = doomed.map(({ id }) => id);
    await sweep.run([
        ...untagged.map((template) => () => sweep.restoreTag(template)),
        ...doomed.map((template) => () => sweep.remove(template)),
        ...orphans.map((release) => () => sweep.removeTag(release)),
    ]);
    return sweep.outcome([...doomedIds, ...orphans]);
}
class Sweep {
    #ports;
    #options;
    #untilMs;
    #gone = [];
    /** Refused by Google, as something uses them. */
    #used = [];
    #remade = [];
    #failures = [];
    /** What one release is denied all others are. */
    #isDenied = false;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        this.#untilMs = ports.clock.now() + PATIENCE_MS;
    }
    async run(tasks) {
        const rest = tasks.values();
        const work = async () => {
            for (const task of rest) {
                if (this.#isOver())
                    return;
                await task();
            }
        };
        await Promise.all(Array.from({ length: WORKERS }, work));
    }
    outcome(wanted) {
        const settled = new Set([...this.#gone, ...this.#used, ...this.#remade]);
        const left = wanted.filter((release) => !settled.has(release));
        return { gone: this.#gone, failures: this.#failures, left };
    }
    async remove({ id, name, image }) {
        await this.#attempt({ release: id, of: 'template' }, async () => {
            const deletion = await this.#ports.compute.deleteTemplate(name);
            if (typeof deletion === 'object')
                return deletion;
            const of = this.#options.packageOf(image);
            if (of === undefined)
                this.#gone.push(id);
            else
                await this.#deleteTag(id, of);
            return undefined;
        });
    }
    /** Of a release whose template an earlier run deleted, if it still has none. */
    async removeTag(release) {
        const { templateOf, own } = this.#options;
        if (own === undefined)
            return;
        await this.#attempt({ release, of: own }, async () => {
            const standing = await this.#ports.compute.fetchTemplate(templateOf(release));
            if (standing === undefined)
                await this.#deleteTag(release, own);
            return undefined;
        });
    }
    async restoreTag({ id, image }) {
        const of = this.#options.packageOf(image);
        if (of === undefined)
            return;
        await this.#attempt({ release: id, of }, async () => {
            await this.#tag(id, image);
            return undefined;
        });
    }
    async #deleteTag(release, of) {
        if (this.#options.signal.aborted)
            return;
        await this.#attempt({ release, of }, async () => {
            const deletion = await this.#ports.artifacts.deleteTag(of, (0,image_reference/* releaseTag */.aF)(release));
            if (typeof deletion === 'object')
                return deletion;
            const again = await this.#ports.compute.fetchTemplate(this.#options.templateOf(release));
            if (again === undefined) {
                this.#gone.push(release);
                return undefined;
            }
            // Made anew by a deploy of the same content, which may have tagged its image before we looked.
            await this.#tag(release, (0,release_template/* imageOfTemplate */.Lj)(again));
            this.#remade.push(release);
            return undefined;
        });
    }
    async #tag(release, image) {
        const { google, log } = this.#ports;
        try {
            await (0,registry/* tagManifest */.Ug)(google, image, (0,image_reference/* releaseTag */.aF)(release));
            log.debug(`The image of release ${release} had no tag, and has it again.`);
        }
        catch (error) {
            // Nothing is left to keep; who wants to go back to the release is told then.
            if (!(error instanceof errors/* ActionError */.l) || error.code !== 'IMAGE_MISSING')
                throw error;
            log.debug(`Release ${release} has lost its image: ${error.message}`);
        }
    }
    async #attempt(subject, work) {
        try {
            const refusal = await work();
            if (refusal)
                this.#noteRefusal(subject, refusal);
        }
        catch (error) {
            // An outage has been waited for by then; whoever comes next meets it as well.
            this.#isDenied = true;
            this.#failures.push({ ...subject, error });
        }
    }
    #noteRefusal(subject, refusal) {
        if ((0,deletion/* isInUse */.l)(refusal)) {
            this.#used.push(subject.release);
            this.#ports.log.debug(`Release ${subject.release} is left alone: ${refusal.message}`);
            return;
        }
        this.#isDenied ||= refusal.status === 403;
        this.#failures.push({ ...subject, refusal });
    }
    #isOver() {
        return this.#isDenied || this.#options.signal.aborted || this.#ports.clock.now() > this.#untilMs;
    }
}

// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
;// CONCATENATED MODULE: ./lib/release/prune/words.js


const MOST_NAMED = 5;
/** `a1b2…, c3d4… and 3 more`. */
function nameReleases(releases) {
    const named = releases.slice(0, MOST_NAMED).join(', ');
    const rest = releases.length - MOST_NAMED;
    return rest > 0 ? `${named} and ${rest} more` : named;
}
/** One warning for everything that a sweep could not do; undefined when there is nothing to say. */
function describeFailures({ failures, left }, place) {
    const [first] = failures;
    if (first === undefined)
        return undefined;
    const what = left.length > 0
        ? `Old releases are still there (${nameReleases(left)})`
        : `The image of release ${first.release} has no tag that keeps it`;
    return `${what}; the next deploy tries again. ${describeFailure(first, place)}`;
}
function describeFailure(failure, place) {
    if ('error' in failure)
        return (0,errors/* describeError */.U)(failure.error);
    const { refusal, of, release } = failure;
    const subject = of === 'template'
        ? `delete the instance template of release ${release}: Compute Engine`
        : `delete the tag of release ${release}: Artifact Registry`;
    const said = `Could not ${subject} answered ${refusal.status} ${refusal.reason}: ${refusal.message}`;
    if (refusal.status !== 403)
        return said;
    // An API that is off is a 403, too, and no role mends it.
    const known = place.fixFor(refusal);
    if (known?.includes('services enable'))
        return `${said}\n${known}`;
    return `${said}\n${grantCommand(of, place)}`;
}
/** Least first: on the repository where that is enough. */
function grantCommand(of, { projectId, region, deployer }) {
    const member = deployer === undefined ? 'MEMBER' : `serviceAccount:${deployer}`;
    const grant = { project: projectId, member };
    if (of === 'template')
        return (0,remedies/* grantRole */.Ru)('roles/compute.instanceAdmin.v1', grant);
    return (0,remedies/* grantOnRepository */.GU)('roles/artifactregistry.repoAdmin', {
        ...grant,
        repository: of.repositoryId,
        location: region,
    });
}

;// CONCATENATED MODULE: ./lib/release/prune/prune.js










const MOST_STRANGERS = 10;
const prune_NOTHING = { gone: [], left: [] };
/** Takes template and tag from releases that nobody goes back to any more. Never rejects. */
async function pruneReleases(ports, options) {
    const { log } = ports;
    try {
        const listing = await Promise.all([listReleases(ports, options), listTags(ports, options)]);
        return told(ports, options, await prune(ports, options, listing));
    }
    catch (error) {
        if (options.signal.aborted)
            log.info('Old releases were not all pruned before the cancel.');
        else if (error instanceof errors/* ActionError */.l && error.code === 'DEPLOY_LOCKED') {
            log.debug('Another run deploys by now: the old releases are left to it.');
        }
        else {
            log.warning(`Old releases were not pruned, which the next deploy tries again. ${(0,errors/* describeError */.U)(error)}`);
        }
        return prune_NOTHING;
    }
}
/** Most deploys have nothing to prune, and find that out without the lock. */
async function prune(ports, options, [templates, tags]) {
    const { clock, log, lasting } = ports;
    const { prefix, owner, signal, random = Math.random } = options;
    const { store } = lasting;
    const file = new ledger_file/* LedgerFile */.S({ store, clock }, { prefix, signal: lasting.signal, random });
    const ledger = await file.read();
    const { release: running, keepReleases, repository } = options;
    const ownImage = (0,image_reference/* renderDigestReference */.Ao)(repository, '');
    const forgotten = await listForgotten(ports, options, { templates, tags, ledger });
    const wish = { templates, running, keepReleases, ownImage, forgotten, nowMs: clock.now() };
    if (isIdle(decidePruning({ ...wish, ledger, tags, usedTemplates: new Set() })))
        return undefined;
    const lock = { prefix, owner, signal, waitMs: 0, random };
    return (0,deploy_lock/* withDeployLock */.Jg)({ store, clock, log }, lock, async (either) => {
        // Under the lock no attempt can begin, so what is read now holds until the end.
        const [ledgerNow, tagsNow, usedTemplates] = await Promise.all([
            file.read(),
            listTags(ports, options),
            namesInUse(ports.compute, options.group),
        ]);
        const decision = decidePruning({ ...wish, ledger: ledgerNow, tags: tagsNow, usedTemplates });
        return sweepReleases(ports, sweepOptions(options, either), decision);
    });
}
function isIdle({ doomed, orphans, untagged }) {
    return doomed.length + orphans.length + untagged.length === 0;
}
function sweepOptions({ name, repository, projectId }, signal) {
    const place = { host: repository.host, projectId };
    return {
        templateOf: (release) => `${name}-${release}`,
        packageOf: (image) => (0,release_tags/* packageOf */.wg)(image, place),
        own: (0,release_tags/* packageIn */.sr)(repository, place),
        signal,
    };
}
async function listReleases({ compute }, { name }) {
    const listed = await compute.listTemplates((0,release_template/* namePattern */._u)(name));
    return listed.flatMap((template) => (0,release_template/* readReleaseTemplate */.cT)(name, template) ?? []);
}
async function listTags({ artifacts }, { repository, projectId }) {
    const own = (0,release_tags/* packageIn */.sr)(repository, { host: repository.host, projectId });
    return (0,release_tags/* readReleaseTags */.JZ)(own ? await artifacts.listTags(own) : []);
}
/** Strangers are rare, and so are these questions; those beyond the first few wait for another deploy. */
async function listForgotten({ artifacts, clock }, { repository, projectId }, facts) {
    const own = (0,release_tags/* packageIn */.sr)(repository, { host: repository.host, projectId });
    if (own === undefined)
        return new Set();
    const isOld = async (release) => {
        const digest = facts.tags.tagged.get(release) ?? '';
        const updatedAtMs = (await artifacts.fetchUpdatedAtMs(own, digest)) ?? Infinity;
        return clock.now() - updatedAtMs > YOUNG_MS ? [release] : [];
    };
    const some = strangers(facts).slice(0, MOST_STRANGERS);
    return new Set((await Promise.all(some.map(isOld))).flat());
}
/** By name alone, which spares a template elsewhere that is called the same. */
async function namesInUse(compute, group) {
    const [{ versions }, used] = await Promise.all([
        compute.fetchGroup(group),
        compute.listUsedTemplates(group),
    ]);
    return new Set([...versions.map(({ instanceTemplate }) => instanceTemplate), ...used].map(group_reference/* groupName */.hv));
}
/** Says what came of it. */
function told({ google, log }, { projectId, region, deployer, keepReleases, signal }, swept) {
    if (swept === undefined)
        return prune_NOTHING;
    const { gone, left } = swept;
    if (gone.length > 0)
        log.info(`Pruned ${nameReleases(gone)}: the last ${keepReleases} verified releases stay.`);
    const place = { projectId, region, deployer, fixFor: google.fixFor.bind(google) };
    const warning = signal.aborted ? undefined : describeFailures(swept, place);
    if (warning !== undefined)
        log.warning(warning);
    else if (left.length > 0)
        log.info(`Left to prune by the next deploy: ${nameReleases(left)}.`);
    return { gone, left };
}

;// CONCATENATED MODULE: ./lib/commands/deploy/rolling.js






/** What the layers for the next build may still take once all VMs are ready. */
const CACHE_PATIENCE_MS = 20_000;
/**
 * Rolls the group onto the release, and keeps the layers for the next build while the VMs boot.
 *
 * @throws ActionError RELEASE_ROLLED_BACK, ROLLOUT_*, DEPLOY_LOCKED, DEPLOY_LOCK_LOST, LEDGER_*, GCP_*
 */
async function rollAndKeep(story, infrastructure, made) {
    const { ports, context, steps } = story;
    return alongside(() => steps.time('roll', () => roll(story, infrastructure, made)), (signal) => made.image.keepCache(signal), { clock: ports.clock, patienceMs: CACHE_PATIENCE_MS, signal: context.signal });
}
async function roll({ config, ports, context, chronicle }, { groupName: group }, { release, image }) {
    const { minReadyMs, progressDeadlineMs, autoRollback, name } = config;
    const { provenance, holder, signal } = context;
    const machineType = (0,json/* asText */.e1)(release.template.properties['machineType']) || undefined;
    const policy = { release: release.id, image: image.reference, machineType };
    ports.handover.begin(group);
    return (0,attempt/* attemptRelease */.r)(ports, {
        group,
        prefix: name,
        release,
        policy: { ...policy, minReadyMs, progressDeadlineMs },
        kind: 'deploy',
        guard: (ledger) => (0,rolled_back/* guardRolledBack */.$)(ledger, {
            release: release.id,
            commit: provenance.commit,
            force: config.force,
        }),
        provenance,
        holder,
        autoRollback,
        signal,
        trail: chronicle.trail,
    });
}
/** Takes template and tag from the releases that nobody goes back to any more. Never rejects. */
async function rolling_prune(story, { groupName: group, repositoryId }, { release, signal }) {
    const { config, ports, context } = story;
    const { name, projectId, region, keepReleases, serviceAccount } = config;
    const { holder, provenance } = context;
    const { runUrl, actor } = provenance;
    await story.steps.time('prune', () => pruneReleases(ports, {
        name,
        group,
        prefix: name,
        release: release.id,
        repository: repositoryOf(story, repositoryId),
        projectId,
        region,
        keepReleases,
        owner: { holder, runUrl, actor },
        deployer: serviceAccount,
        signal,
    }));
}

// EXTERNAL MODULE: ./lib/secrets/ensure.js
var ensure = __webpack_require__(5799);
// EXTERNAL MODULE: ./lib/secrets/publish.js + 3 modules
var secrets_publish = __webpack_require__(149);
// EXTERNAL MODULE: ./lib/secrets/wanted.js
var wanted = __webpack_require__(3334);
;// CONCATENATED MODULE: ./lib/commands/deploy/secrets.js



/** Terraform lets the VMs read secrets that are there: those it does not make itself are made beside its plan. */
async function prepareSecrets({ config, ports }) {
    (0,wanted/* refuseBinary */.Oc)(config);
    await (0,ensure/* ensureSecrets */.g)({ ...ports, log: ports.log.labelled('secrets') }, config);
}
/** The release names the versions, so they are there before it is made. */
async function publishBesideApply(story) {
    if (!(0,wanted/* waitsForApply */.WG)(story.config))
        await deploy_secrets_publish(story);
}
/** Those that terraform makes are there only now. */
async function publishAfterApply(story) {
    if ((0,wanted/* waitsForApply */.WG)(story.config))
        await deploy_secrets_publish(story);
}
async function deploy_secrets_publish({ config, ports, context }) {
    if (config.secretValues.size === 0)
        return;
    const { holder, provenance, signal } = context;
    const { runUrl, actor } = provenance;
    // A run that is killed leaves the lock under which values are written.
    ports.handover.begin('');
    await (0,secrets_publish/* publishSecretValues */.I)({ ...ports, log: ports.log.labelled('secrets') }, config, {
        owner: { holder, runUrl, actor },
        isThorough: false,
        signal,
    });
    ports.handover.end();
}

// EXTERNAL MODULE: ./lib/cost/report.js + 6 modules
var report = __webpack_require__(4805);
// EXTERNAL MODULE: ./lib/commands/deploy/ending.js + 9 modules
var deploy_ending = __webpack_require__(2937);
;// CONCATENATED MODULE: ./lib/commands/deploy/telling.js





/**
 * Brings it about, and tells how that ended where people look for it: on the page of the run, and
 * as a deployment of GitHub. Telling changes nothing about the end.
 */
async function telling_told(story, work) {
    const { ports, context, chronicle } = story;
    const { trail } = chronicle;
    const prices = readBeside(story);
    const tell = (ending) => {
        const told = compose(story, prices.latest(), ending);
        return (0,deploy_ending/* publishEnd */.Pn)(ports, told, announceEnd(story, told));
    };
    try {
        const deployed = await work();
        await tell((0,deploy_ending/* endedWell */.Jr)(deployed, trail));
        return deployed;
    }
    catch (error) {
        const isCancelled = context.signal.aborted;
        await tell((0,deploy_ending/* endedBadly */.PL)({ error, isCancelled, nowMs: ports.clock.now() }, trail));
        throw error;
    }
    finally {
        prices.stop();
    }
}
function compose({ config, ports, context, steps, chronicle }, prices, ending) {
    const { plan, isApplied = false, infrastructure, imageOrigin, image, release } = chronicle.known;
    const { provenance, sourceUrl } = context;
    return {
        ...ending,
        kind: 'deploy',
        name: config.name,
        projectId: config.projectId,
        region: config.region,
        environment: config.environment,
        group: infrastructure?.groupName,
        release,
        image,
        imageOrigin: imageOrigin === 'existing' ? 'given' : imageOrigin,
        infrastructure: plan?.counts,
        isApplied,
        cost: plan && prices && (0,report/* estimateCost */.a)(plan.json, prices),
        spans: steps.spans,
        startedAtMs: chronicle.startedAtMs,
        endedAtMs: ports.clock.now(),
        commit: provenance.commit,
        ref: provenance.ref,
        actor: provenance.actor,
        repositoryUrl: sourceUrl,
        runUrl: provenance.runUrl,
    };
}
const VERBS = {
    deployed: 'Release',
    unchanged: 'Unchanged: release',
    rolled_back: 'Taken back',
    failed: 'Failed',
    refused: 'Refused',
    cancelled: 'Cancelled',
};
function announceEnd({ ports }, told) {
    const { end, release = '', runs, vms, failure, url, startedAtMs, endedAtMs } = told;
    const verb = VERBS[end];
    if (failure === undefined) {
        const took = (0,duration/* renderDuration */.P)(endedAtMs - startedAtMs);
        const description = `${verb} ${release} on ${(0,markdown/* counted */.hS)(vms.length, 'VM')} in ${took}`;
        return ports.announcement.succeeded({ description, url });
    }
    const isCancelled = end === 'cancelled';
    const to = runs === undefined ? '' : ` to release ${runs}`;
    const why = isCancelled ? failure.ending || failure.reason : failure.reason;
    return ports.announcement.failed({ description: `${verb}${to}: ${why}`, isCancelled });
}
/** The price list, read while everything else goes on: nothing ever waits for it. */
function readBeside({ ports, context }) {
    const enough = new AbortController();
    let read;
    ports.prices(AbortSignal.any([context.signal, enough.signal])).then((prices) => {
        read = 'unreadable' in prices ? undefined : prices;
    }, 
    // A page without the cost is no failure of a deploy.
    (error) => ports.log.debug(`No prices: ${(0,errors/* describeError */.U)(error)}`));
    return { latest: () => read, stop: () => enough.abort(new Error('the deploy is over')) };
}

// EXTERNAL MODULE: ./lib/commands/deploy/vms.js
var deploy_vms = __webpack_require__(1590);
;// CONCATENATED MODULE: ./lib/commands/deploy.js



















/** A push to main: plan and build side by side, apply and push, then roll the group onto the image. */
async function deploy(config, ports, context) {
    const { clock } = ports;
    const chronicle = new Chronicle(clock.now());
    const story = { config, ports, context, steps: new stopwatch/* Stopwatch */.e(clock), chronicle };
    const { result } = await telling_told(story, () => bringAbout(story));
    return result;
}
async function bringAbout(story) {
    const { ports, context, steps, chronicle } = story;
    const { clock, log } = ports;
    const [planned, prepared] = await log.group('Planning the infrastructure and building the image', () => together(context.signal, (signal) => planWithSecrets(story, signal), (signal) => image_prepare(story, signal)));
    const [[infrastructure, image]] = await log.group('Bringing infrastructure and image in place', () => together(context.signal, () => bringInPlace(story, planned, prepared), () => publishBesideApply(story)));
    const release = await log.group('Making the release', () => steps.time('release', async () => {
        await publishAfterApply(story);
        return makeRelease(story, infrastructure, image);
    }));
    ports.announcement.begun({ release: release.id, image: image.reference });
    const rolled = await log.group(`Rolling ${(0,group_reference/* groupName */.hv)(infrastructure.groupName)} to release ${release.id}`, () => rollAndKeep(story, infrastructure, { release, image }));
    const [vms] = await together(context.signal, () => (0,deploy_vms/* describeVms */.c)(ports.compute, rolled.observation), async (signal) => rolled.wasRolled && rolling_prune(story, infrastructure, { release, signal }));
    ports.handover.end();
    const result = {
        outcome: rolled.wasRolled ? 'deployed' : 'unchanged',
        release: release.id,
        previousRelease: rolled.wasRolled ? rolled.previousRelease : '',
        image: image.reference,
        changes: planned.plan.counts,
        vms,
        url: infrastructure.url ?? (0,deploy_result/* urlOf */.r)(vms, infrastructure.port),
        steps: steps.laps,
        durationMs: clock.now() - chronicle.startedAtMs,
    };
    (0,deploy_result/* sayResult */.p)(log, infrastructure, result);
    return { result, observation: rolled.observation, wayBack: rolled.wayBack };
}
async function planWithSecrets(story, signal) {
    const [planned] = await together(signal, (either) => planReviewed(story, either), () => prepareSecrets(story));
    return planned;
}
/** Refuses a plan that nobody saw before anything is built for it, if that matters here. */
async function planReviewed({ config, ports, context, steps, chronicle }, signal) {
    const [planned] = await together(signal, (either) => (0,planning/* planInfrastructure */.V)(ports, steps, { signal: either, isLocked: true }), 
    // Long before terraform is ready, and before much has been built.
    (either) => refuseRolledBack({ config, ports, context }, either));
    chronicle.note({ plan: planned.plan });
    const digest = (0,review_changes/* digestPlan */.w0)(planned.plan.json);
    if (needsReview(config.review, digest)) {
        const { commit, ref } = context.provenance;
        const subject = (0,reviewed/* subjectName */.w)(config);
        guardReview(config.review, digest, await (0,reviewed/* findReviewed */.r)(ports.github, { subject, commit, ref }));
    }
    return planned;
}
// The push may not start before the apply that creates its repository has ended.
async function bringInPlace(story, planned, prepared) {
    const repositoryId = (0,terraform_outputs/* knownRepositoryId */.n)(planned.plan);
    if (repositoryId === undefined) {
        const infrastructure = await applyPlan(story, planned);
        const { signal } = story.context;
        return [infrastructure, await publish(story, prepared, { ...infrastructure, signal })];
    }
    return together(story.context.signal, () => applyPlan(story, planned), (signal) => publish(story, prepared, { repositoryId, signal }));
}
async function applyPlan({ ports, steps, chronicle }, { terraform, plan }) {
    const log = ports.log.labelled('terraform');
    if (plan.hasChanges)
        await steps.time('apply', () => terraform.apply(plan, log));
    chronicle.note({ isApplied: true });
    const outputs = plan.hasChanges ? await terraform.readOutputs(log) : plan.outputs;
    const infrastructure = (0,terraform_outputs/* readInfrastructure */.m)(outputs);
    chronicle.note({ infrastructure });
    return infrastructure;
}
async function makeRelease({ config, ports, context, chronicle }, { baseTemplateName }, image) {
    const { name, secrets } = config;
    const { provenance } = context;
    const release = await (0,prepare/* prepareRelease */.v)(ports, {
        name,
        baseTemplateName,
        image: image.reference,
        secrets,
        provenance,
    });
    chronicle.note({ release: release.id });
    return release;
}
/** The release is not made yet: what it comes to is judged once more before it is rolled out. */
async function refuseRolledBack({ config, ports, context }, signal) {
    const { store, clock } = ports;
    const file = new ledger_file/* LedgerFile */.S({ store, clock }, { prefix: config.name, signal });
    // A question that Google is slow to answer keeps no failure of the plan waiting.
    const ledger = await (0,abortable/* abortable */.Z)(signal, () => file.read());
    (0,rolled_back/* guardRolledBack */.$)(ledger, { commit: context.provenance.commit, force: config.force });
}

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/compose/outside/announcement.js + 3 modules
var announcement = __webpack_require__(6875);
// EXTERNAL MODULE: ./lib/compose/outside/attempt.js
var outside_attempt = __webpack_require__(1673);
// EXTERNAL MODULE: ./lib/compose/outside/github.js + 9 modules
var github = __webpack_require__(5031);
// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var outside_google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
// EXTERNAL MODULE: ./lib/compose/outside/terraform.js + 3 modules
var terraform = __webpack_require__(9428);
;// CONCATENATED MODULE: ./lib/compose/deploy.js

















/** Builds the deploy with the real world behind every port. Nothing is written or asked before run(). */
function composeDeploy(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: async () => {
            const workDirectory = step.workDirectory(env);
            step.setOutputs((0,outputs/* renderOutputs */.$Z)(await runDeploy({ config, env, signal, step, workDirectory })));
        },
        fail: (failure) => step.fail(failure),
    };
}
async function runDeploy({ config, env, signal, step, workDirectory, }) {
    const { log } = step;
    const identity = (0,outside_google/* identify */.ls)({ config, env, log });
    const { endpoints, credentials, tokens } = identity;
    const outside = {
        commands: new processes/* ProcessRunner */.S(env),
        files: files/* localFiles */.J,
        tree: tree/* localTree */.q,
        streams: new LocalByteStreams(env),
        openFile: openLocalFile,
        sender: gaxiosBlobSender(),
        clientFolder: dockerFolder(env),
        clock: clock/* systemClock */.m,
        random: Math.random,
        log,
    };
    const clients = (0,outside_google/* googleClients */.Sh)(identity, { config, log, signal });
    const { google } = clients;
    const { holder, ...attempt } = (0,outside_attempt/* composeAttempt */.a)(identity, { config, log, signal });
    const { repositoryUrl, ...provenance } = (0,context/* readJobContext */.V1)(env);
    const said = { config, env, step, provenance, holder, signal: attempt.lasting.signal };
    const ports = {
        ...outside,
        ...clients,
        tokens,
        github: (0,github/* composeGitHub */.s)({ config, env, log, signal }),
        ...attempt,
        announcement: (0,announcement/* composeAnnouncement */.C)(said),
        prices: (0,outside_google/* priceReader */.HL)(identity, { config, log }),
        summarize: (markdown) => step.summarize(markdown),
        terraform: (either) => (0,terraform/* composeTerraform */.N)({
            ...outside,
            config,
            env,
            google,
            credentials,
            workDirectory,
            signal: either,
        }),
    };
    return deploy(withDefaultPlatform(config, env), ports, {
        provenance,
        holder,
        registryHost: endpoints.registryHost,
        registryUrl: endpoints.registry,
        workDirectory,
        sourceUrl: repositoryUrl,
        signal,
    });
}
/** Docker's own variable, which would else decide behind the image's name. */
function withDefaultPlatform(config, env) {
    const platform = env['DOCKER_DEFAULT_PLATFORM'] ?? '';
    const isAsked = config.platforms.length === 0 && platform !== '';
    return isAsked ? { ...config, platforms: [platform] } : config;
}


/***/ }),

/***/ 8361:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JZ: () => (/* binding */ readReleaseTags),
/* harmony export */   sr: () => (/* binding */ packageIn),
/* harmony export */   wg: () => (/* binding */ packageOf)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8424);

/** `release-<id>` is ours, `release-<id>-pinned` a person's; the registry keeps both by their prefix. */
const TAG = /^release-([0-9a-f]{12})(-pinned)?$/;
function readReleaseTags(tags) {
    const tagged = new Map();
    const pinned = new Set();
    for (const { name, digest } of tags) {
        const [, id, pin] = TAG.exec(name) ?? [];
        if (id !== undefined && pin === undefined)
            tagged.set(id, digest);
        if (id !== undefined && pin !== undefined)
            pinned.add(id);
    }
    return { tagged, pinned };
}
/**
 * The package of an image, if it lies in the region's registry and in this project: of others nobody
 * said that the deployer may change them. A domain-scoped project has a slash in image names.
 */
function packageOf(image, { host, projectId }) {
    return packageIn((0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryOf */ ._M)(image), { host, projectId });
}
/** The same of a repository. */
function packageIn(repository, { host, projectId }) {
    const project = `${projectId.replace(':', '/')}/`;
    if (repository.host !== host || !repository.path.startsWith(project))
        return undefined;
    const [repositoryId = '', ...image] = repository.path.slice(project.length).split('/');
    return image.length === 0 ? undefined : { repositoryId, image: image.join('/') };
}


/***/ })

};
