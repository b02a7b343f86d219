export const id = 635;
export const ids = [635];
export const modules = {

/***/ 1903:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ localFiles)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


const localFiles = {
    read: (path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8'),
    writePrivate: async (path, content) => {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path), { recursive: true, mode: 0o700 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, content, { mode: 0o600 });
        // The mode of writeFile counts only for a file that was not there before.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.chmod)(path, 0o600);
    },
    copyFolder: (from, to) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.cp)(from, to, { recursive: true, force: true }),
    makeFolder: async (path) => {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path, { recursive: true, mode: 0o700 });
    },
    remove: (path) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true }),
};


/***/ }),

/***/ 6396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ octokitApi)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/**
 * GitHub's API through @actions/github, which honours HTTP(S)_PROXY and NO_PROXY. It is loaded by
 * the first request: most jobs never make one. It never retries: policy is the client's affair.
 */
function octokitApi({ token, apiUrl }, log) {
    let loading;
    return {
        send: async ({ route, parameters, timeoutMs, signal }) => {
            loading ??= load(token, apiUrl, log);
            const octokit = await loading;
            const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
            // An Enterprise Server has GraphQL beside its REST API and not below it.
            const baseUrl = route === 'POST /graphql' ? apiUrl.replace(/\/v3\/?$/, '') : apiUrl;
            try {
                const answer = await octokit.request(route, {
                    ...parameters,
                    baseUrl,
                    // Without a log of its own a request speaks to the console.
                    request: { signal: either, log: octokit.log },
                });
                return { status: answer.status, headers: toHeaders(answer.headers), data: answer.data };
            }
            catch (error) {
                return readAnswer(error);
            }
        },
    };
}
async function load(token, baseUrl, log) {
    const { getOctokit } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
    // Octokit's own log is the console, which knows no secrets.
    const say = (message) => log.debug(message);
    return getOctokit(token, { baseUrl, log: { debug: say, info: say, warn: say, error: say } });
}
/** Octokit throws every status from 300 on. @throws what has no answer at all */
function readAnswer(error) {
    const response = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(error)['response']);
    const { status, headers, data } = response;
    if (typeof status !== 'number')
        throw error;
    return { status, headers: toHeaders(headers), data };
}
function toHeaders(headers) {
    return Object.fromEntries(Object.entries((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]));
}


/***/ }),

/***/ 4041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ LineSplitter)
/* harmony export */ });
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6193);

/** Cuts a stream of bytes into whole lines; a character split between two chunks stays whole. */
class LineSplitter {
    #decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_0__.StringDecoder('utf8');
    #onLine;
    /** What came since the last line break; joined once, as a line may be many megabytes. */
    #rest = [];
    constructor(onLine) {
        this.#onLine = onLine;
    }
    write(chunk) {
        const lines = this.#decoder.write(chunk).split('\n');
        const last = lines.pop() ?? '';
        for (const line of lines) {
            this.#onLine(this.#take(line).replace(/\r$/, ''));
        }
        this.#rest.push(last);
    }
    /** Hands over what stands behind the last line break. */
    end() {
        const rest = this.#take(this.#decoder.end());
        if (rest !== '')
            this.#onLine(rest);
    }
    #take(end) {
        const whole = this.#rest.join('') + end;
        this.#rest = [];
        return whole;
    }
}


/***/ }),

/***/ 344:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ ProcessRunner)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/adapters/processes/lines.js
var processes_lines = __webpack_require__(4041);
;// CONCATENATED MODULE: ./lib/adapters/processes/followed-file.js


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
        this.#lines = new processes_lines/* LineSplitter */.g(onLine);
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./lib/adapters/processes/outliving.js



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

;// CONCATENATED MODULE: ./lib/adapters/processes/children.js





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
        const lines = new processes_lines/* LineSplitter */.g((line) => onLine(stream, line));
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

;// CONCATENATED MODULE: ./lib/adapters/processes/processes.js



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
    return new errors/* ActionError */.l('TOOL_MISSING', `Could not start ${tool}: ${why}`, { cause });
}


/***/ }),

/***/ 8742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ runnerToolCache)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6466);





/** The runner's tool cache; the library behind it is loaded only when something must be looked up. */
const runnerToolCache = {
    find: async (name, version) => (await load()).find(name, version) || undefined,
    download: async (url) => (await load()).downloadTool(url),
    keepZip: async (zipPath, name, version) => {
        const folder = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(zipPath), 'unpacked-'));
        await unpack(zipPath, folder);
        const kept = await (await load()).cacheDir(folder, name, version);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(folder, { recursive: true, force: true });
        return kept;
    },
    sha256: async (path) => {
        const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_4__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path), hash);
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
    const entries = unzipSync(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(zipPath), { filter: ({ name }) => !name.includes('/') });
    await Promise.all(Object.entries(entries).map(([name, content]) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, name), content, { mode: 0o755 })));
}


/***/ }),

/***/ 7635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeChecks: () => (/* binding */ composeChecks),
  composeDoctor: () => (/* binding */ composeDoctor)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var adapters_clock = __webpack_require__(1642);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/adapters/disk/disk.js

/** The runner's disk; room is that of somebody who is not root. */
const localDisk = {
    kindOf: async (path) => {
        try {
            return (await (0,promises_.stat)(path)).isDirectory() ? 'folder' : 'file';
        }
        catch {
            // Not there, or below a folder that is closed to us: neither can be used.
            return undefined;
        }
    },
    freeBytes: async (path) => {
        const { bavail, bsize } = await (0,promises_.statfs)(path);
        return bavail * bsize;
    },
};

// EXTERNAL MODULE: ./lib/adapters/disk/files.js
var files = __webpack_require__(1903);
// EXTERNAL MODULE: ./lib/adapters/network/http.js
var network_http = __webpack_require__(8413);
// EXTERNAL MODULE: ./lib/adapters/network/octokit.js
var octokit = __webpack_require__(6396);
// EXTERNAL MODULE: ./lib/adapters/processes/processes.js + 3 modules
var processes = __webpack_require__(344);
// EXTERNAL MODULE: ./lib/adapters/runner/tool-cache.js
var tool_cache = __webpack_require__(8742);
;// CONCATENATED MODULE: ./lib/commands/doctor/check.js
/** As it must be. */
function ok(said) {
    return { kind: 'ok', said };
}
/** A deploy would fail. */
function broken(said, fix) {
    return { kind: 'fix', severity: 'error', said, fix };
}
/** A deploy would pass, and yet. */
function doubtful(said, fix) {
    return { kind: 'fix', severity: 'warning', said, fix };
}
/** Nothing is known, and why. */
function unknown(said, fix) {
    return { kind: 'unknown', said, ...(fix !== undefined && { fix }) };
}
/** Whether what depends on this finding is worth a look. */
function isPassable(finding) {
    return finding.kind === 'ok' || (finding.kind === 'fix' && finding.severity === 'warning');
}

// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/commands/doctor/github/checks.js


const SUBJECT = "The job's token";
const TIMEOUT_MS = 8_000;
/** What every job of this action needs: a `permissions:` block drops what it does not list. */
const ALWAYS = ['contents: read', 'id-token: write'];
/** What the job may do at GitHub; `api` is undefined without a token. */
function gitHubChecks(api, config, options) {
    return probesFor(config, options).map((probe) => ({
        id: probe.id,
        subject: SUBJECT,
        title: probe.title,
        look: (signal) => lookAt(api, probe, { ...options, signal }),
    }));
}
/** GitHub asks for the permission before it looks at a body: an empty one is refused with 422, and makes nothing. */
function probesFor(config, { commit }) {
    return [
        {
            id: 'job-contents',
            title: 'contents: read',
            permission: 'contents: read',
            loss: 'The repository cannot be checked out, nor the pull request of a commit be found.',
            route: 'GET /repos/{owner}/{repo}/commits/{ref}',
            parameters: { ref: commit },
        },
        {
            id: 'job-pull-requests',
            title: 'pull-requests: write',
            permission: 'pull-requests: write',
            loss: 'Plans cannot be written into their pull requests.',
            route: 'POST /repos/{owner}/{repo}/pulls',
            notNeeded: config.comment ? undefined : 'the input "comment" is false',
        },
        {
            id: 'job-issues',
            title: 'issues: write',
            permission: 'issues: write',
            loss: 'There can be no issue about drift.',
            route: 'POST /repos/{owner}/{repo}/issues',
            notNeeded: config.driftIssue ? undefined : 'the input "drift_issue" is false',
        },
        {
            id: 'job-deployments',
            title: 'deployments: write',
            permission: 'deployments: write',
            loss: 'Deployments are not shown at GitHub.',
            route: 'POST /repos/{owner}/{repo}/deployments',
            notNeeded: config.environment === undefined ? 'the input "environment" is not given' : undefined,
        },
    ];
}
async function lookAt(api, probe, { repository, signal }) {
    if (probe.notNeeded !== undefined)
        return ok(`Not needed: ${probe.notNeeded}.`);
    if (api === undefined)
        return unknown('The input "github_token" is empty.');
    const [owner = '', repo = ''] = repository.split('/');
    const { route, parameters } = probe;
    const answer = await api.send({
        route,
        parameters: { owner, repo, ...parameters },
        timeoutMs: TIMEOUT_MS,
        signal,
    });
    return judge(answer, probe);
}
function judge(answer, { permission, loss }) {
    const { status } = answer;
    const message = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(answer.data)['message']);
    // 422 names a commit that is not there, or an empty body: either way it was looked at.
    if (status < 300 || status === 422)
        return ok(`The token has ${permission}.`);
    if (status === 401)
        return broken('GitHub does not take the token.', 'with:\n  github_token: ${{ github.token }}');
    if (status === 403 && /not accessible/i.test(message))
        return doubtful(`The token lacks ${permission}. ${loss}`, renderPermissions(permission));
    return unknown(`GitHub answered ${status}: ${message}`, renderPermissions(permission));
}
function renderPermissions(permission) {
    const lines = [...new Set([...ALWAYS, permission])];
    return ['permissions:', ...lines.map((line) => `  ${line}`)].join('\n');
}

// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
;// CONCATENATED MODULE: ./lib/commands/doctor/google/context.js

/** Without the identity there is nobody to ask as. */
const AFTER_IDENTITY = ['google-identity'];
/** What lies in the project is out of reach as long as the project is. */
const AFTER_PROJECT = ['google-identity', 'project'];
/** The zones that VMs may be in: those of the input, else the first three as terraform/main.tf takes them. */
function zonesOf({ zones, region }) {
    if (zones.length > 0)
        return zones;
    const letters = ['europe-west1', 'us-east1'].includes(region) ? 'bcd' : 'abc';
    return [...letters].map((letter) => `${region}-${letter}`);
}
/** A variable of the bundled configuration that has no input of its own; undefined where it is not set. */
function variableOf({ terraformVariables }, name) {
    // As src/terraform/variables.ts hands them over: JSON where it is JSON, else the text itself.
    const text = terraformVariables.get(name);
    if (text === undefined)
        return undefined;
    return (0,json/* parseJson */.qF)(text) ?? text;
}
/** Whether each VM gets an address of its own, which it does unless somebody said otherwise. */
function hasExternalAddresses(config) {
    return String(variableOf(config, 'external_ip') ?? true) !== 'false';
}
/** How many VMs the group may grow to: an autoscaler has a word of its own. */
function largestSize(config) {
    return (0,json/* asNumber */.i)((0,json/* asRecord */.qY)(variableOf(config, 'autoscaling'))['max']) ?? config.size;
}
/** Size and type of a VM's disk, with the defaults of terraform/variables-vms.tf. */
function bootDiskOf(config) {
    const disk = (0,json/* asRecord */.qY)(variableOf(config, 'boot_disk'));
    return { sizeGb: (0,json/* asNumber */.i)(disk['size_gb']) ?? 10, type: (0,json/* asText */.e1)(disk['type']) || 'pd-balanced' };
}

// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/google/diagnosis/failure.js
var diagnosis_failure = __webpack_require__(8491);
// EXTERNAL MODULE: ./lib/google/endpoints.js
var endpoints = __webpack_require__(8353);
;// CONCATENATED MODULE: ./lib/commands/doctor/google/readings/asking.js




/** One resource, or undefined where there is none. @throws ActionError GCP_* */
async function find(google, question) {
    const answer = await google.request({ ...question, method: 'GET', accept: [404] });
    return answer.status === 404 ? undefined : (0,json/* asRecord */.qY)(answer.json);
}
/**
 * Which of `permissions` the job holds; undefined where the resource does not exist, which the
 * statuses `absent` say.
 *
 * @throws ActionError GCP_*
 */
async function test(google, question, permissions, absent = [404]) {
    const answer = await google.request({
        ...question,
        path: `${question.path}:testIamPermissions`,
        method: 'POST',
        body: { permissions },
        accept: absent,
    });
    return absent.includes(answer.status) ? undefined : heldIn(answer);
}
/** The permissions that an answer of any API grants. */
function heldIn(answer) {
    return new Set((0,json/* asList */.DD)((0,json/* asRecord */.qY)(answer.json)['permissions']).map(json/* asText */.e1));
}
/** Turns an answer that was accepted as data into the error that it is after all. */
function refuse(google, { service, purpose }, { status, text }) {
    const failure = (0,diagnosis_failure/* readFailure */.f)(status, text);
    throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not ${purpose}: ${endpoints/* SERVICE_NAMES */.Z[service]} answered ${status} ${failure.reason}: ${failure.message}`, { hint: google.fixFor(failure) });
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/access/apis.js



/** Service Usage first: it tells of the others. */
const APIS = [
    { name: 'serviceusage', title: 'Service Usage', use: 'see and turn on the other APIs' },
    { name: 'cloudresourcemanager', title: 'Resource Manager', use: 'read project and policies' },
    { name: 'sts', title: 'Security Token Service', use: "take GitHub's token" },
    { name: 'iamcredentials', title: 'IAM Credentials', use: 'act as the service account' },
    { name: 'iam', title: 'IAM', use: "make the VMs' service account" },
    { name: 'compute', title: 'Compute Engine', use: 'run VMs' },
    { name: 'artifactregistry', title: 'Artifact Registry', use: 'keep images' },
    { name: 'storage', title: 'Cloud Storage', use: 'keep state and ledger' },
    { name: 'logging', title: 'Cloud Logging', use: "keep the app's log" },
    { name: 'iap', title: 'Identity-Aware Proxy', use: 'reach a VM by SSH' },
    { name: 'cloudbilling', title: 'Cloud Billing', use: 'show the cost in a pull request' },
];
const SECRETS = { name: 'secretmanager', title: 'Secret Manager', use: 'keep secrets' };
/** terraform/main.tf turns these on by itself. */
const BY_TERRAFORM = ['artifactregistry', 'compute', 'iam', 'iap', 'logging', 'secretmanager'];
/** A deploy goes well without. */
const OPTIONAL = ['cloudbilling', 'iap'];
function apisOf({ secrets, secretValues }) {
    return secrets.size + secretValues.size > 0 ? [...APIS, SECRETS] : APIS;
}
/** What people know it as: `Compute Engine API`. */
function apiTitle(name) {
    const title = [...APIS, SECRETS].find((api) => api.name === name)?.title;
    return `${title ?? name} API`;
}
/** The names of all that this service needs. */
function apiNames(config) {
    return apisOf(config).map(({ name }) => name);
}
/** One for each API. */
function apiChecks(context) {
    return apisOf(context.config).map((api) => ({
        id: `api-${api.name}`,
        subject: 'APIs',
        title: apiTitle(api.name),
        after: AFTER_IDENTITY,
        look: () => apis_lookAt(api, context),
    }));
}
async function apis_lookAt(api, { readings, config }) {
    const fix = (0,remedies/* enableApi */.yz)(api.name, config.projectId);
    const apis = await readings.apis();
    if (apis === 'off') {
        if (api.name === 'serviceusage')
            return broken(`Off. It is needed to ${api.use}.`, fix);
        return unknown('Only the Service Usage API tells, which is off.', fix);
    }
    if (apis.has(api.name))
        return ok('On.');
    const isBundled = config.terraformDirectory === undefined;
    if (isBundled && BY_TERRAFORM.includes(api.name)) {
        // What the job may do is told by another API, which may be off as well.
        const held = await readings.held().catch(() => new Set());
        const mayEnable = held.has('serviceusage.services.enable');
        if (mayEnable)
            return doubtful(`Off until the first deploy turns it on, to ${api.use}.`, fix);
    }
    const said = `Off. It is needed to ${api.use}.`;
    return OPTIONAL.includes(api.name) ? doubtful(said, fix) : broken(said, fix);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/access/behind-api.js


/** Checks that ask an API which may be off, where that is for another check to say. */
function behindApi(api, { readings }, checks) {
    return checks.map((check) => ({
        ...check,
        look: async (signal) => {
            // Where nobody says which APIs are on, Google's answer to the check itself will.
            const apis = await readings.apis().catch(() => 'off');
            if (apis !== 'off' && !apis.has(api))
                return unknown(`It needs the ${apiTitle(api)}, which is off.`);
            return check.look(signal);
        },
    }));
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/access/acting.js






const ACT_AS = 'iam.serviceAccounts.actAs';
const USER_ROLE = 'roles/iam.serviceAccountUser';
/** Who may run VMs as whom: the job as the VMs' account, and Google's own agent for groups. */
function actingChecks(context) {
    return [
        ...behindApi('iam', context, [actAs(context)]),
        // Google makes the agent's grant when Compute Engine is switched on.
        ...behindApi('compute', context, [serviceAgent(context)]),
    ];
}
function actAs(context) {
    return {
        id: 'act-as',
        subject: 'Permissions',
        title: "The job may act as the VMs' service account",
        after: AFTER_PROJECT,
        look: () => lookAtAccount(context),
    };
}
async function lookAtAccount({ readings, config, ports }) {
    const { projectId: project } = config;
    const { google, member } = ports;
    const email = (await readings.names())?.vmServiceAccount;
    if (email === undefined)
        return unknown('Which account it is, only the first apply says.');
    const question = {
        service: 'iam',
        path: `projects/${project}/serviceAccounts/${email}`,
        purpose: `test the permissions on ${email}`,
    };
    // IAM does not tell who may see no account at all which ones there are.
    const held = await test(google, question, [ACT_AS], [403, 404]);
    if (held?.has(ACT_AS))
        return ok(email);
    if (held !== undefined) {
        const fix = (0,remedies/* grantOnServiceAccount */.gw)(USER_ROLE, { serviceAccount: email, project, member });
        return broken(`${member} may not act as ${email}: every rollout is refused.`, fix);
    }
    if ((await readings.held()).has(ACT_AS))
        return ok(`${email} is made by the first deploy.`);
    return broken(`${email} is made by the first deploy, and ${member} could not act as it.`, (0,remedies/* grantRole */.Ru)(USER_ROLE, { project, member }));
}
const AGENT_ROLE = 'roles/compute.instanceGroupManagerServiceAgent';
/** Older projects have the second, which holds the first. */
const AGENT_ROLES = [AGENT_ROLE, 'roles/editor', 'roles/owner'];
function serviceAgent({ readings, config }) {
    return {
        id: 'group-service-agent',
        subject: 'Permissions',
        title: "Google's service agent may make the group's VMs",
        after: AFTER_PROJECT,
        look: async () => {
            const project = await readings.project();
            const number = project === 'inaccessible' ? '' : (0,json/* asText */.e1)(project['projectNumber']);
            const member = `serviceAccount:${number}@cloudservices.gserviceaccount.com`;
            const bindings = await readings.projectPolicy();
            const held = bindings.find(({ role, members }) => AGENT_ROLES.includes(role) && members.includes(member));
            if (held)
                return ok(`${held.role}`);
            return broken(`${member} has lost its role: no group can make a VM.`, (0,remedies/* grantRole */.Ru)(AGENT_ROLE, { project: config.projectId, member }));
        },
    };
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/access/jobs.js
const NETWORK = {
    id: 'permissions-network',
    title: 'Terraform may make network, firewall and health check',
    roles: ['roles/compute.networkAdmin', 'roles/compute.securityAdmin'],
    isTerraforms: true,
    permissions: [
        ...crud('compute.networks'),
        // A firewall rule is a part of its network's policy.
        'compute.networks.updatePolicy',
        ...crud('compute.subnetworks'),
        ...crud('compute.firewalls'),
        'compute.firewalls.update',
        ...crud('compute.healthChecks'),
        'compute.healthChecks.update',
        // A group that heals itself refers to one.
        'compute.healthChecks.useReadOnly',
    ],
};
const COMPUTE = {
    id: 'permissions-group',
    title: 'Terraform may make the group and its template',
    roles: ['roles/compute.instanceAdmin.v1'],
    isTerraforms: true,
    permissions: [
        'compute.instanceGroupManagers.create',
        'compute.instanceGroupManagers.delete',
        // Who deletes a group deletes its VMs.
        'compute.instances.delete',
        'compute.subnetworks.use',
    ],
};
/** As terraform/bootstrap puts them into its role "Deploy rollout". */
const ROLLOUT = {
    id: 'permissions-rollout',
    title: 'The job may make a release and roll the group',
    roles: ['roles/compute.instanceAdmin.v1'],
    isTerraforms: false,
    permissions: [
        'compute.instanceGroupManagers.get',
        'compute.instanceGroupManagers.update',
        'compute.instanceTemplates.create',
        'compute.instanceTemplates.delete',
        'compute.instanceTemplates.get',
        'compute.instanceTemplates.list',
        'compute.instanceTemplates.useReadOnly',
        'compute.instances.create',
        'compute.instances.get',
        'compute.instances.getGuestAttributes',
        'compute.instances.list',
        // What Google checks of whoever gives a group a new template: all that its VMs will have.
        'compute.instances.setLabels',
        'compute.instances.setMetadata',
        'compute.instances.setServiceAccount',
        'compute.instances.setTags',
        'compute.disks.create',
        'compute.images.useReadOnly',
        'compute.subnetworks.useExternalIp',
        'compute.regionOperations.get',
        'compute.zoneOperations.get',
        'compute.globalOperations.get',
    ],
};
const REGISTRY = {
    id: 'permissions-registry',
    title: 'Terraform may make the registry',
    roles: ['roles/artifactregistry.admin'],
    isTerraforms: true,
    permissions: [
        ...crud('artifactregistry.repositories'),
        'artifactregistry.repositories.update',
        'artifactregistry.repositories.getIamPolicy',
        'artifactregistry.repositories.setIamPolicy',
    ],
};
const SERVICE_ACCOUNT = {
    id: 'permissions-service-account',
    title: "Terraform may make the VMs' service account",
    roles: ['roles/iam.serviceAccountAdmin'],
    isTerraforms: true,
    permissions: [...crud('iam.serviceAccounts'), 'iam.serviceAccounts.update'],
};
/** The one job that a condition may narrow, so that a test of permissions cannot tell. */
const GRANTS_ID = 'permissions-grants';
/** As terraform/bootstrap gives it, for two roles only. */
const GRANTING_ROLE = 'roles/resourcemanager.projectIamAdmin';
const GRANTS = {
    id: GRANTS_ID,
    title: 'Terraform may let the VMs write logs',
    roles: [GRANTING_ROLE],
    isTerraforms: true,
    permissions: ['resourcemanager.projects.getIamPolicy', 'resourcemanager.projects.setIamPolicy'],
};
const jobs_APIS = {
    id: 'permissions-apis',
    title: 'Terraform may turn APIs on',
    roles: ['roles/serviceusage.serviceUsageAdmin'],
    isTerraforms: true,
    permissions: [
        'serviceusage.services.enable',
        'serviceusage.services.get',
        'serviceusage.services.list',
    ],
};
/** Only where the service has secrets: the VMs are let in to each of them. */
const jobs_SECRETS = {
    id: 'permissions-secrets',
    title: 'Terraform may let the VMs read their secrets',
    roles: ['roles/secretmanager.admin'],
    isTerraforms: true,
    permissions: [
        'secretmanager.secrets.getIamPolicy',
        'secretmanager.secrets.setIamPolicy',
        'secretmanager.versions.get',
    ],
};
/** In the order in which a first deploy meets them. */
const JOBS = [jobs_APIS, NETWORK, REGISTRY, SERVICE_ACCOUNT, GRANTS, COMPUTE, ROLLOUT];
/** What there is to do for this service. */
function jobsOf({ secrets, }) {
    return secrets.size > 0 ? [...JOBS, jobs_SECRETS] : JOBS;
}
/** What is asked of the project besides the jobs: one request answers it all, up to 100 of them. */
const PROJECT_PERMISSIONS = [
    ...new Set([
        ...[...JOBS, jobs_SECRETS].flatMap((job) => job.permissions),
        'iam.serviceAccounts.actAs',
        'orgpolicy.policy.get',
        'secretmanager.secrets.create',
    ]),
];
function crud(resource) {
    return ['create', 'delete', 'get'].map((verb) => `${resource}.${verb}`);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/access/permissions.js




/** One for each job: what of it the identity may not do in the project. */
function permissionChecks(context) {
    return jobsOf(context.config).map((job) => ({
        id: job.id,
        subject: 'Permissions',
        title: job.title,
        after: AFTER_PROJECT,
        look: () => permissions_lookAt(job, context),
    }));
}
async function permissions_lookAt(job, context) {
    const { readings, config, ports } = context;
    const held = await readings.held();
    const missing = job.permissions.filter((permission) => !held.has(permission));
    if (missing.length === 0)
        return ok(`All ${job.permissions.length} permissions.`);
    if (job.id === GRANTS_ID && (await mayGrantSome(context)))
        return ok('Some roles, as a condition says.');
    const said = `${ports.member} lacks ${listed(missing)}.`;
    const grant = { project: config.projectId, member: ports.member };
    const fix = job.roles.map((role) => (0,remedies/* grantRole */.Ru)(role, grant)).join('\n');
    if (!job.isTerraforms)
        return broken(said, fix);
    if (config.terraformDirectory !== undefined) {
        return unknown(`${said} Whether your own Terraform needs that, nobody can tell.`, fix);
    }
    // A job that only rolls releases is how some want it, as long as somebody else applies.
    return (await readings.isBuilt())
        ? doubtful(`${said} The next change of the infrastructure fails.`, fix)
        : broken(said, fix);
}
/**
 * terraform/bootstrap lets the deployer grant two roles and no others, by a condition on which roles a
 * change touches. A test of permissions changes nothing, so what it answers then is up to Google.
 */
async function mayGrantSome({ readings, ports }) {
    const bindings = await readings.projectPolicy().catch(() => []);
    return bindings.some(({ role, members, isConditional }) => isConditional && role === GRANTING_ROLE && members.includes(ports.member));
}
/** The first few by name, the rest by number. */
function listed(permissions) {
    const shown = permissions.slice(0, 6).join(', ');
    const rest = permissions.length - 6;
    return rest > 0 ? `${shown} and ${rest} more` : shown;
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/bucket/settings.js



/** In the order in which they hurt. */
const BUCKET_SETTINGS = [
    { id: 'state-bucket-retention', title: 'Objects may be replaced', judge: judgeRetention },
    { id: 'state-bucket-lifecycle', title: 'No rule deletes the state', judge: judgeLifecycle },
    { id: 'state-bucket-versioning', title: 'Earlier versions are kept', judge: judgeVersioning },
    { id: 'state-bucket-public', title: 'Nobody can make it public', judge: judgePublic },
    { id: 'state-bucket-access', title: 'Access is by roles alone', judge: judgeAccess },
    { id: 'state-bucket-location', title: 'It lies near the VMs', judge: judgeLocation },
];
/** Terraform, ledger and lock write the same object again and again. */
function judgeRetention(settings, { bucket }) {
    const { retentionPeriod, isLocked } = (0,json/* asRecord */.qY)(settings['retentionPolicy']);
    if (retentionPeriod !== undefined && Number(retentionPeriod) > 0) {
        const lock = isLocked === true ? ' It is locked: only another bucket helps.' : '';
        const said = `A retention policy of ${String(retentionPeriod)} s: no state can be written twice.${lock}`;
        return broken(said, (0,remedies/* updateBucket */.up)(bucket, ['--clear-retention-period']));
    }
    if (settings['defaultEventBasedHold'] === true) {
        const said = 'New objects are held: no state can be written twice.';
        return broken(said, (0,remedies/* updateBucket */.up)(bucket, ['--no-default-event-based-hold']));
    }
    return ok('No retention policy.');
}
function judgeLifecycle(settings, { bucket, service }) {
    const rules = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(settings['lifecycle'])['rule']).map(json/* asRecord */.qY);
    const deadly = rules.find((rule) => deletesLive(rule, service));
    if (deadly === undefined)
        return ok(rules.length === 0 ? 'No rules.' : 'Only old versions go.');
    return broken(`A lifecycle rule deletes objects that are still in use: ${JSON.stringify(deadly['condition'] ?? {})}.`, (0,remedies/* updateBucket */.up)(bucket, ['--clear-lifecycle']));
}
/** What a run of the service finds again by its name. */
const OBJECTS = ['default.tfstate', 'releases.json', 'deploy.lock'];
/** Whether a rule can delete what of the service nothing has followed yet. */
function deletesLive(rule, service) {
    if ((0,json/* asText */.e1)((0,json/* asRecord */.qY)(rule['action'])['type']) !== 'Delete')
        return false;
    const condition = (0,json/* asRecord */.qY)(rule['condition']);
    const isForOld = condition['isLive'] === false ||
        Number(condition['numNewerVersions'] ?? 0) > 0 ||
        condition['daysSinceNoncurrentTime'] !== undefined ||
        condition['noncurrentTimeBefore'] !== undefined;
    const [prefixes, suffixes] = [condition['matchesPrefix'], condition['matchesSuffix']].map((list) => (0,json/* asList */.DD)(list).map(json/* asText */.e1));
    const isMeant = OBJECTS.map((object) => `${service}/${object}`).some((name) => (!prefixes?.length || prefixes.some((prefix) => name.startsWith(prefix))) &&
        (!suffixes?.length || suffixes.some((suffix) => name.endsWith(suffix))));
    return !isForOld && isMeant;
}
function judgeVersioning(settings, { bucket }) {
    if ((0,json/* asRecord */.qY)(settings['versioning'])['enabled'] === true)
        return ok('On.');
    const said = 'Off: a damaged state or ledger could not be put back.';
    return doubtful(said, (0,remedies/* updateBucket */.up)(bucket, ['--versioning']));
}
function judgePublic(settings, { bucket }) {
    const prevention = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(settings['iamConfiguration'])['publicAccessPrevention']);
    if (prevention === 'enforced')
        return ok('Public access is prevented.');
    const said = 'One careless grant would show the state, secrets of providers included, to everybody.';
    return doubtful(said, (0,remedies/* updateBucket */.up)(bucket, ['--public-access-prevention']));
}
function judgeAccess(settings, { bucket }) {
    const uniform = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(settings['iamConfiguration'])['uniformBucketLevelAccess']);
    if (uniform['enabled'] === true)
        return ok('Uniform bucket-level access.');
    const said = 'Each object can have an access list of its own, which no role shows.';
    return doubtful(said, (0,remedies/* updateBucket */.up)(bucket, ['--uniform-bucket-level-access']));
}
/** Regions, and multi- and dual-regions such as `EU`, `NAM4`, begin with where they are. */
function judgeLocation(settings, { bucket, region }) {
    const location = (0,json/* asText */.e1)(settings['location']).toLowerCase();
    if (continentOf(location) === continentOf(region))
        return ok(location);
    return doubtful(`In ${location}, far from ${region}: each deploy waits for it, and the state leaves the continent.`, (0,remedies/* command */.G5)(['gcloud storage buckets relocate', `gs://${bucket}`], { location: region }));
}
const CONTINENTS = new Map([
    ['eu', 'europe'],
    ['eur', 'europe'],
    ['us', 'northamerica'],
    ['nam', 'northamerica'],
]);
function continentOf(location) {
    const [letters = location] = /^[a-z]+/.exec(location) ?? [];
    return CONTINENTS.get(letters) ?? letters;
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/bucket/checks.js





const checks_SUBJECT = 'State bucket';
const READ_SETTINGS = 'storage.buckets.get';
/** What state, ledger and lock are read and written with. */
const NEEDED = [
    'storage.objects.create',
    'storage.objects.delete',
    'storage.objects.get',
    'storage.objects.list',
];
/** What is asked of the bucket, in one request. */
const BUCKET_PERMISSIONS = [...NEEDED, READ_SETTINGS];
/** The bucket itself, who may write to it, and each setting that state and ledger depend on. */
function bucketChecks(context) {
    return [
        bucketThere(context),
        bucketPermissions(context),
        ...BUCKET_SETTINGS.map(({ id, title, judge }) => ({
            id,
            subject: checks_SUBJECT,
            title,
            after: ['state-bucket'],
            look: () => judged(context, judge),
        })),
    ];
}
async function judged({ readings, config, ports }, judge) {
    const { stateBucket, region, name: service } = config;
    if (!(await readings.bucketHeld()).has(READ_SETTINGS)) {
        // Of the roles with this permission it is the one that can do nothing else to a bucket.
        const role = 'roles/storage.legacyBucketReader';
        const fix = (0,remedies/* grantOnBucket */.gA)(role, { bucket: stateBucket, member: ports.member });
        return unknown("The job may not read the bucket's settings.", fix);
    }
    const bucket = await readings.bucket();
    if (bucket === undefined)
        return unknown('The bucket has gone in this moment.');
    return judge(bucket, { bucket: stateBucket, region, service });
}
/** Asked by listing: whoever may use the bucket may still not read its settings. */
function bucketThere({ ports, config }) {
    const { stateBucket: bucket, region: location, projectId: project } = config;
    return {
        id: 'state-bucket',
        subject: checks_SUBJECT,
        title: `Bucket ${bucket} exists`,
        after: AFTER_IDENTITY,
        look: async () => {
            const answer = await ports.google.request({
                service: 'storage',
                method: 'GET',
                path: `b/${bucket}/o`,
                query: { maxResults: '1', fields: 'kind' },
                purpose: `read the state bucket ${bucket}`,
                accept: [403, 404],
            });
            if (answer.status === 404) {
                const fix = (0,remedies/* createStateBucket */.E$)({ bucket, location, project });
                return broken('There is no such bucket.', fix);
            }
            // A bucket that is not there is no secret, so a refusal is about one that is.
            return ok(answer.status === 403 ? 'There.' : 'There, and readable.');
        },
    };
}
function bucketPermissions({ readings, ports, config: { stateBucket: bucket }, }) {
    return {
        id: 'state-bucket-permissions',
        subject: checks_SUBJECT,
        title: 'The job may read and write state and ledger',
        after: ['state-bucket'],
        look: async () => {
            const held = await readings.bucketHeld();
            const missing = NEEDED.filter((permission) => !held.has(permission));
            if (missing.length === 0)
                return ok(`All ${NEEDED.length} permissions.`);
            const { member } = ports;
            return broken(`${member} lacks ${listed(missing)} on ${bucket}.`, (0,remedies/* grantOnBucket */.gA)('roles/storage.objectUser', { bucket, member }));
        },
    };
}

// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/release/ledger/ledger-file.js + 1 modules
var ledger_file = __webpack_require__(6886);
// EXTERNAL MODULE: ./lib/release/ledger/lock-record.js
var lock_record = __webpack_require__(3984);
// EXTERNAL MODULE: ./lib/terraform/state-lock.js
var state_lock = __webpack_require__(2177);
;// CONCATENATED MODULE: ./lib/commands/doctor/google/deployment.js








const deployment_SUBJECT = 'What is deployed';
/** No apply of the bundled configuration takes so long. */
const LONG_APPLY_MS = 60 * 60_000;
/** State, ledger and locks as earlier runs left them, and whose the group is. */
function deploymentChecks(context) {
    const { ports, config } = context;
    const check = (id, title, look) => ({
        id,
        subject: deployment_SUBJECT,
        title,
        // All of it lies in the bucket, or is compared with what does.
        after: ['state-bucket', 'state-bucket-permissions'],
        look,
    });
    return [
        check('terraform-state', "Terraform's state can be read", () => lookAtState(ports.store, config.name)),
        check('terraform-lock', 'Nobody holds the state lock', () => lookAtStateLock(ports.store, config.name)),
        check('ledger', 'The ledger of releases can be read', (signal) => lookAtLedger(context, signal)),
        check('deploy-lock', 'No deploy is under way', () => lookAtDeployLock(ports.store, config.name)),
        ...behindApi('compute', context, [
            check('group', 'The group is this service’s own', () => lookAtGroup(context)),
        ]),
    ];
}
function stateName(prefix) {
    return `${prefix}/default.tfstate`;
}
async function lookAtState(store, prefix) {
    const url = store.url(stateName(prefix));
    const found = await store.read(stateName(prefix));
    if (found === undefined)
        return ok('None yet: nothing was applied.');
    const state = (0,json/* parseJson */.qF)(found.text);
    if ((0,json/* isRecord */.u4)(state) && state['version'] === 4)
        return ok(`Serial ${String(state['serial'])}.`);
    const said = `${url} is no state of Terraform: every plan fails.`;
    return broken(said, putBack(url));
}
/** Which generation is the last good one, a person has to see. */
function putBack(url) {
    return `gcloud storage ls --all-versions ${url}\ngcloud storage cp ${url}#GENERATION ${url}`;
}
async function lookAtStateLock(store, prefix) {
    const name = (0,state_lock/* stateLockName */.Ui)(prefix);
    const found = await store.read(name);
    if (found === undefined)
        return ok('Free.');
    const lock = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(found.text));
    const ageMs = (0,lock_record/* ageMsOf */.ff)(found);
    const holder = `${(0,json/* asText */.e1)(lock['Who']) || 'Somebody'} holds it for ${(0,duration/* renderDuration */.P)(ageMs)}`;
    const said = `${holder} (${(0,json/* asText */.e1)(lock['Operation']) || 'unknown operation'}).`;
    const free = `gcloud storage rm ${store.url(name)}`;
    if (ageMs >= LONG_APPLY_MS)
        return broken(`${said} No apply takes so long: its run is dead.`, free);
    return doubtful(`${said} Wait for it; if its run is no more, free it.`, free);
}
async function lookAtLedger({ ports, config }, signal) {
    try {
        const { entries } = await new ledger_file/* LedgerFile */.S(ports, { prefix: config.name, signal }).read();
        return ok(entries.length === 0 ? 'Empty: no release yet.' : `${entries.length} attempts.`);
    }
    catch (error) {
        if (!(error instanceof lib_errors/* ActionError */.l && error.code === 'LEDGER_UNREADABLE'))
            throw error;
        return broken(error.message, putBack(ports.store.url(`${config.name}/releases.json`)));
    }
}
async function lookAtDeployLock(store, prefix) {
    const name = `${prefix}/deploy.lock`;
    const found = await store.read(name);
    if (found === undefined)
        return ok('Free.');
    const owner = (0,lock_record/* describeOwner */.$S)((0,lock_record/* parseLock */.PG)(found.text));
    const ageMs = (0,lock_record/* ageMsOf */.ff)(found);
    if (ageMs < lock_record/* STALE_AFTER_MS */._k)
        return ok(`${owner} deploys right now.`);
    return doubtful(`${owner} left it ${(0,duration/* renderDuration */.P)(ageMs)} ago. The next deploy takes it over and puts things straight.`, `gcloud storage rm ${store.url(name)}`);
}
/** A group that no state knows stands in the way of the one that terraform would make. */
async function lookAtGroup({ readings, ports, config }) {
    const { name, projectId, region } = config;
    const group = await readings.group();
    if (group === undefined)
        return ok('None yet: the first deploy makes it.');
    if (config.terraformDirectory !== undefined)
        return unknown('Your own Terraform knows.');
    const state = await ports.store.read(stateName(name));
    // Terraform's own format of a state, version 4: the only place that says what it made.
    const resources = (0,json/* asList */.DD)((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(state?.text ?? ''))['resources']).map(json/* asRecord */.qY);
    const isOurs = resources.some(({ type }) => type === 'google_compute_region_instance_group_manager');
    if (isOurs)
        return ok(`${String(group['targetSize'] ?? 0)} VMs.`);
    return broken(`There is a group ${name} in ${region} of ${projectId} that the state does not know: the apply would fail.`, `name: ${name}-2`);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/places.js






const places_SUBJECT = 'Region and machines';
/** As the bundled configuration names it. */
const IMAGE = { project: 'cos-cloud', family: 'cos-stable' };
/** Whether what the VMs are made of is offered where they shall run. */
function placeChecks(context) {
    const { config } = context;
    const check = (id, title, look, after = 'region') => ({
        id,
        subject: places_SUBJECT,
        title,
        after: id === 'region' ? AFTER_PROJECT : [after],
        look,
    });
    return behindApi('compute', context, [
        check('region', `Region ${config.region} is up`, () => lookAtRegion(context)),
        check('zones', 'Its zones are up', () => lookAtZones(context)),
        check('machine-type', `${config.machineType} is offered there`, () => lookAtType(context), 'zones'),
        check('boot-image', 'The system image is there', () => lookAtImage(context)),
    ]);
}
async function lookAtRegion({ readings, config }) {
    const region = await readings.region();
    const list = (0,remedies/* command */.G5)(['gcloud compute regions list'], {
        project: config.projectId,
        filter: 'status=UP',
    });
    if (region === undefined)
        return broken(`There is no region ${config.region}.`, list);
    const status = (0,json/* asText */.e1)(region['status']);
    return status === 'UP' ? ok(status) : broken(`It is ${status}.`, list);
}
async function lookAtZones({ ports, readings, config }) {
    const { projectId, region } = config;
    const known = new Set((0,json/* asList */.DD)((await readings.region())?.['zones']).map((link) => lastPart((0,json/* asText */.e1)(link))));
    const wanted = zonesOf(config);
    const absent = wanted.filter((zone) => !known.has(zone));
    if (absent.length > 0) {
        const said = `${region} has no zone ${absent.join(', ')}; it has ${[...known].join(', ')}.`;
        return broken(said, `zones: ${[...known].slice(0, 3).join(', ')}`);
    }
    // All of the region, down to those that nobody asked for: they may be the way out.
    const answer = await ports.google.request({
        service: 'compute',
        method: 'GET',
        path: `projects/${projectId}/zones`,
        query: { filter: `name eq "${region}-.*"` },
        purpose: `read the zones of ${region}`,
    });
    const zones = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(answer.json)['items']).map(json/* asRecord */.qY);
    const up = zones.filter((zone) => zone['status'] === 'UP').map((zone) => (0,json/* asText */.e1)(zone['name']));
    const down = wanted.filter((zone) => !up.includes(zone));
    if (down.length === 0)
        return ok(wanted.join(', '));
    const said = `Down: ${down.join(', ')}`;
    const fix = (await readings.isBuilt())
        ? (0,remedies/* command */.G5)(['gcloud compute zones list'], { project: projectId, filter: `region:${region}` })
        : `zones: ${up.join(', ')}`;
    // Other zones would make a group that is there anew: then only waiting is left.
    return down.length === wanted.length
        ? broken(`${said}: no VM can be made.`, fix)
        : doubtful(`${said}; the VMs go to the others.`, fix);
}
async function lookAtType({ readings, config }) {
    const { machineType, projectId } = config;
    const zones = zonesOf(config);
    const types = await Promise.all(zones.map((zone) => readings.machineType(zone)));
    const without = zones.filter((_, index) => types[index] === undefined);
    const [type] = types.filter((found) => found !== undefined);
    if (without.length === 0)
        return ok(`${String(type?.['guestCpus'])} CPUs, ${String(type?.['memoryMb'])} MB.`);
    const offered = zones.filter((zone) => !without.includes(zone));
    const said = `${machineType} is not offered in ${without.join(', ')}.`;
    if (offered.length === 0) {
        const filter = `zone:(${zones.join(' ')})`;
        return broken(said, (0,remedies/* command */.G5)(['gcloud compute machine-types list'], { project: projectId, filter }));
    }
    const fix = `zones: ${offered.join(', ')}`;
    return (await readings.isBuilt())
        ? doubtful(`${said} The VMs go to the others; to name only those makes the group anew.`, fix)
        : broken(said, fix);
}
async function lookAtImage({ ports, config }) {
    if (config.terraformDirectory !== undefined)
        return unknown('Your own Terraform names the image.');
    const { project, family } = IMAGE;
    const path = `projects/${project}/global/images/family/${family}`;
    const purpose = `find the image of ${family}`;
    const image = await find(ports.google, { service: 'compute', path, purpose });
    if (image !== undefined)
        return ok((0,json/* asText */.e1)(image['name']));
    return broken(`The family ${family} of ${project} leads to no image.`, (0,remedies/* command */.G5)(['gcloud compute images list'], { project, filter: `family:${family}` }));
}
function lastPart(link) {
    return link.slice(link.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/policy/judge.js

/** Whether a boolean constraint is enforced. */
function isEnforced(policy) {
    return (0,json/* asRecord */.qY)(policy['booleanPolicy'])['enforced'] === true;
}
/** Whether a list constraint says anything at all. */
function isRestricted(policy) {
    const list = (0,json/* asRecord */.qY)(policy['listPolicy']);
    const hasValues = [...(0,json/* asList */.DD)(list['allowedValues']), ...(0,json/* asList */.DD)(list['deniedValues'])].length > 0;
    return hasValues || (0,json/* asText */.e1)(list['allValues']) === 'DENY';
}
/**
 * What a list constraint says of something that may be written in several ways. What is denied stays
 * so, whatever is allowed beside it
 * (https://cloud.google.com/resource-manager/docs/organization-policy/using-constraints#list-constraint).
 */
function permits(policy, { spellings, group }) {
    const list = (0,json/* asRecord */.qY)(policy['listPolicy']);
    const allValues = (0,json/* asText */.e1)(list['allValues']);
    if (allValues === 'DENY')
        return 'no';
    const names = (field) => (0,json/* asList */.DD)(list[field]).map((value) => (0,json/* asText */.e1)(value).replace(/^is:/, ''));
    const hits = (values) => values.some((it) => spellings.includes(it));
    const mayHit = (values) => group !== undefined && values.some((value) => group.test(value));
    const [allowed, denied] = [names('allowedValues'), names('deniedValues')];
    if (hits(denied))
        return 'no';
    if (mayHit(denied))
        return 'unclear';
    if (allowed.length === 0 || hits(allowed))
        return 'yes';
    return mayHit(allowed) ? 'unclear' : 'no';
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/policy/constraints.js




/** Those that have stopped a deploy of this kind somewhere, or that people fear would. */
const CONSTRAINTS = [
    {
        id: 'policy-external-addresses',
        title: 'VMs may have external addresses',
        constraint: 'compute.vmExternalIpAccess',
        judge: judgeExternalAddresses,
    },
    {
        id: 'policy-guest-attributes',
        title: 'VMs may report their boot',
        constraint: 'compute.disableGuestAttributesAccess',
        judge: (policy, { projectId }) => isEnforced(policy)
            ? broken('Guest attributes are off: no VM can say how its boot goes, and every rollout times out.', (0,remedies/* disableConstraint */.OC)('compute.disableGuestAttributesAccess', projectId))
            : ok('Guest attributes are on.'),
    },
    {
        id: 'policy-os-login',
        title: 'SSH keys of the project',
        constraint: 'compute.requireOsLogin',
        judge: (policy, config) => judgeTemplate(policy, config, 'OS Login is required, and on in each VM.'),
    },
    {
        id: 'policy-shielded-vm',
        title: 'Shielded VMs',
        constraint: 'compute.requireShieldedVm',
        judge: (policy, config) => judgeTemplate(policy, config, 'Shielded VMs are required, and each VM is one.'),
    },
    {
        id: 'policy-locations',
        title: 'Resources may lie in the region',
        constraint: 'gcp.resourceLocations',
        judge: judgeLocations,
    },
    {
        id: 'policy-image-projects',
        title: 'VMs may start from cos-cloud',
        constraint: 'compute.trustedImageProjects',
        judge: judgeImages,
    },
    {
        id: 'policy-members',
        title: 'Roles may be granted to the accounts',
        constraint: 'iam.allowedPolicyMemberDomains',
        // Service accounts of a project belong to its own organisation, which is always allowed.
        judge: (policy) => ok(isRestricted(policy)
            ? "To members of certain organisations; the project's accounts are."
            : 'To anybody.'),
    },
    {
        id: 'policy-service-accounts',
        title: 'Service accounts may be made',
        constraint: 'iam.disableServiceAccountCreation',
        judge: (policy, { projectId }) => isEnforced(policy)
            ? broken("Nobody may make service accounts: the first deploy cannot make the VMs'.", (0,remedies/* disableConstraint */.OC)('iam.disableServiceAccountCreation', projectId))
            : ok('Nothing forbids it.'),
    },
    {
        id: 'policy-load-balancers',
        title: 'The load balancer is of an allowed type',
        constraint: 'compute.restrictLoadBalancerCreationForTypes',
        judge: judgeBalancers,
    },
];
/** Names of VMs are not known before they are, so a list of VMs cannot allow them. */
function judgeExternalAddresses(policy, config) {
    if (!hasExternalAddresses(config))
        return ok('The VMs have none.');
    if (permits(policy, { spellings: [] }) === 'yes')
        return ok('Nothing forbids it.');
    if (config.terraformDirectory !== undefined)
        return unknown('VMs may not have external addresses; your own Terraform has to see to it.');
    return broken('VMs may not have external addresses here, or only some that are named: no VM of the group is made.', 'terraform_variables: |\n  external_ip=false');
}
function judgeTemplate(policy, { terraformDirectory }, said) {
    if (!isEnforced(policy))
        return ok('Not required.');
    return terraformDirectory === undefined
        ? ok(said)
        : unknown('Required; your own Terraform has to see to it.');
}
function judgeLocations(policy, { region, projectId }) {
    const own = `in:${region}-locations`;
    // Zones need not be named: who is allowed a region is allowed its zones.
    const spellings = [region, own, constraints_continentOf(region)];
    const permitted = permits(policy, { spellings, group: /^in:/ });
    if (permitted === 'yes')
        return ok(region);
    if (permitted === 'unclear')
        return unknown(`The policy allows groups of regions: whether ${region} is in one, only Google knows.`);
    const fix = (0,remedies/* command */.G5)(['gcloud resource-manager org-policies allow', 'gcp.resourceLocations', own], {
        project: projectId,
    });
    return broken(`Nothing may be made in ${region}.`, fix);
}
/** Google's own group of all regions there, such as `in:europe-locations`. */
function constraints_continentOf(region) {
    const [continent = ''] = region.split('-');
    return `in:${continent}-locations`;
}
function judgeImages(policy, { projectId, terraformDirectory }) {
    const permitted = permits(policy, { spellings: ['projects/cos-cloud'], group: /^(under|in):/ });
    if (permitted === 'yes')
        return ok('cos-cloud is trusted.');
    if (permitted === 'unclear')
        return unknown('The policy names folders: whether cos-cloud is in one, only Google knows.');
    if (terraformDirectory !== undefined)
        return unknown('cos-cloud is not trusted; your own Terraform names the image.');
    const words = [
        'gcloud resource-manager org-policies allow',
        'compute.trustedImageProjects',
        'projects/cos-cloud',
    ];
    return broken('Images of cos-cloud are not trusted: no VM can start.', (0,remedies/* command */.G5)(words, { project: projectId }));
}
function judgeBalancers(policy, config) {
    const wanted = variableOf(config, 'load_balancer');
    if (wanted === undefined || wanted === null)
        return ok('There is none.');
    const type = 'GLOBAL_EXTERNAL_MANAGED_HTTP_HTTPS';
    const permitted = permits(policy, { spellings: [type, 'in:EXTERNAL'], group: /^in:/ });
    if (permitted === 'yes')
        return ok(type);
    if (permitted === 'unclear')
        return unknown(`The policy names groups: whether ${type} is in one, only Google knows.`);
    const words = [
        'gcloud resource-manager org-policies allow',
        'compute.restrictLoadBalancerCreationForTypes',
        type,
    ];
    return broken(`${type} is not allowed.`, (0,remedies/* command */.G5)(words, { project: config.projectId }));
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/policy/checks.js





/** Organisation policies that bite. Resource Manager tells them without an API of their own. */
function policyChecks(context) {
    return CONSTRAINTS.map((look) => ({
        id: look.id,
        subject: 'Organisation policies',
        title: look.title,
        after: AFTER_PROJECT,
        look: () => checks_lookAt(look, context),
    }));
}
async function checks_lookAt(look, context) {
    const { ports, config, readings } = context;
    const { projectId: project } = config;
    // One question spares nine refusals.
    if (!(await readings.held()).has('orgpolicy.policy.get')) {
        const fix = (0,remedies/* grantRole */.Ru)('roles/orgpolicy.policyViewer', { project, member: ports.member });
        return unknown('The job may not read organisation policies.', fix);
    }
    const constraint = `constraints/${look.constraint}`;
    const answer = await ports.google.request({
        service: 'cloudresourcemanager',
        method: 'POST',
        path: `projects/${project}:getEffectiveOrgPolicy`,
        body: { constraint },
        purpose: `read the organisation policy ${constraint}`,
    });
    return look.judge((0,json/* asRecord */.qY)(answer.json), config);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/project.js





const project_SUBJECT = 'Project';
/** The project, its number in the provider's name, and who pays. */
function projectChecks(context) {
    return [
        projectThere(context),
        projectNumber(context),
        ...behindApi('cloudbilling', context, [billing(context)]),
    ];
}
function projectThere({ readings, config, ports }) {
    const { projectId } = config;
    return {
        id: 'project',
        subject: project_SUBJECT,
        title: `Project ${projectId} exists`,
        after: AFTER_IDENTITY,
        look: async () => {
            const project = await readings.project();
            if (project === 'inaccessible') {
                const said = `There is no project ${projectId}, or ${ports.member} may not see it. If the id is right, let it:`;
                return broken(said, (0,remedies/* grantRole */.Ru)('roles/browser', { project: projectId, member: ports.member }));
            }
            const state = (0,json/* asText */.e1)(project['lifecycleState']);
            if (state === 'ACTIVE')
                return ok(`Number ${(0,json/* asText */.e1)(project['projectNumber'])}.`);
            const restore = (0,remedies/* command */.G5)(['gcloud projects undelete', projectId]);
            return broken(`The project is being deleted (${state}).`, restore);
        },
    };
}
function projectNumber({ readings, config }) {
    const { projectId, workloadIdentityProvider } = config;
    const [, given = ''] = workloadIdentityProvider.split('/');
    return {
        id: 'project-number',
        subject: project_SUBJECT,
        title: 'The provider belongs to the project',
        after: AFTER_PROJECT,
        look: async () => {
            const project = await readings.project();
            const number = project === 'inaccessible' ? '' : (0,json/* asText */.e1)(project['projectNumber']);
            if (number === given)
                return ok(`Both have number ${number}.`);
            // A pool for many projects is common in companies: the job came in by it, so it works.
            const name = workloadIdentityProvider.replace(/^projects\/[^/]+/, `projects/${number}`);
            return doubtful(`The provider is of project number ${given}, ${projectId} has number ${number}. That is right only for a pool that several projects share.`, `workload_identity_provider: ${name}`);
        },
    };
}
function billing({ readings, config: { projectId } }) {
    return {
        id: 'billing',
        subject: project_SUBJECT,
        title: 'Billing is on',
        after: AFTER_PROJECT,
        look: async () => {
            const info = await readings.billing();
            if (info['billingEnabled'] === true)
                return ok((0,json/* asText */.e1)(info['billingAccountName']));
            return broken('No billing account pays for the project: Compute Engine refuses everything.', (0,remedies/* linkBilling */.Gm)(projectId));
        },
    };
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/quota/need.js
/** How many VMs are added at the worst moment of a rollout: a surge is one for each zone. */
function growthOf({ size, zones, strategy, existing }) {
    const passing = strategy === 'surge' && size > 0 ? zones : 0;
    return { lasting: Math.max(0, size - existing), passing };
}
/** Families whose CPUs Google counts on their own; all others are CPUS. */
const OWN_QUOTA = ['a2', 'a3', 'c2', 'c2d', 'c3', 'g2', 'm1', 'm2', 'm3', 'n2', 'n2d', 't2d'];
/**
 * From which quota the CPUs are taken: Spot VMs from PREEMPTIBLE_CPUS once the project was given
 * any, else, like all others, from that of their family.
 */
function cpuMetric({ provisioning, machineType }, quotas) {
    const limitOf = (metric) => quotas.find((one) => one.metric === metric)?.limit ?? 0;
    if (provisioning === 'spot' && limitOf('PREEMPTIBLE_CPUS') > 0)
        return 'PREEMPTIBLE_CPUS';
    const [family = ''] = machineType.split('-');
    return OWN_QUOTA.includes(family) ? `${family.toUpperCase()}_CPUS` : 'CPUS';
}
/** Which quota a boot disk is counted in. */
function diskMetric(type) {
    if (type === 'pd-standard')
        return 'DISKS_TOTAL_GB';
    return type.startsWith('hyperdisk-') ? 'HDB_TOTAL_GB' : 'SSD_TOTAL_GB';
}
/** How much more a quota would have to allow; 0 when it is enough. Below 0 Google means "no limit". */
function shortfall({ limit, usage }, { amount }) {
    return limit < 0 ? 0 : Math.max(0, usage + amount - limit);
}
/** The quotas that do not suffice; needs of which Google lists no quota are no shortage. */
function shortagesOf(quotas, needs) {
    return needs.flatMap((need) => {
        const quota = quotas.find(({ metric }) => metric === need.metric);
        return quota && shortfall(quota, need) > 0 ? [{ quota, need }] : [];
    });
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/quota/checks.js






const LOOKS = [
    {
        id: 'quota-cpus',
        title: 'CPUs of the region',
        needs: ({ config, quotas, cpusPerVm }, vms) => [
            { metric: cpuMetric(config, quotas), amount: vms * cpusPerVm },
        ],
    },
    {
        id: 'quota-cpus-all-regions',
        title: 'CPUs of the project',
        isGlobal: true,
        needs: ({ cpusPerVm }, vms) => [{ metric: 'CPUS_ALL_REGIONS', amount: vms * cpusPerVm }],
    },
    {
        id: 'quota-instances',
        title: 'VMs',
        needs: (_, vms) => [{ metric: 'INSTANCES', amount: vms }],
    },
    {
        id: 'quota-addresses',
        title: 'External addresses',
        needs: ({ config }, vms) => hasExternalAddresses(config) ? [{ metric: 'IN_USE_ADDRESSES', amount: vms }] : [],
    },
    {
        id: 'quota-disks',
        title: 'Disks',
        needs: ({ config }, vms) => {
            const { type, sizeGb } = bootDiskOf(config);
            return [{ metric: diskMetric(type), amount: vms * sizeGb }];
        },
    },
    {
        id: 'quota-groups',
        title: 'Instance groups',
        // One regional group counts as a group, too.
        needs: ({ isBuilt }) => [
            { metric: 'REGIONAL_INSTANCE_GROUP_MANAGERS', amount: isBuilt ? 0 : 1 },
            { metric: 'INSTANCE_GROUPS', amount: isBuilt ? 0 : 1 },
        ],
    },
    {
        id: 'quota-templates',
        title: 'Instance templates',
        isGlobal: true,
        // Base and seed, and one more of each when they are replaced; the rest are kept releases.
        needs: ({ config, isBuilt }) => [
            { metric: 'INSTANCE_TEMPLATES', amount: isBuilt ? 2 : 3 + config.keepReleases },
        ],
    },
    {
        id: 'quota-network',
        title: 'Network, firewall rules, health checks',
        isGlobal: true,
        needs: ({ isBuilt }) => [
            ['NETWORKS', 1],
            ['SUBNETWORKS', 1],
            // For health checks, for SSH, for everybody.
            ['FIREWALLS', 3],
            ['HEALTH_CHECKS', 1],
        ].map(([metric, amount]) => ({
            metric: String(metric),
            amount: isBuilt ? 0 : Number(amount),
        })),
    },
];
/** What the group needs against what Google allows, usage of today counted. */
function quotaChecks(context) {
    const checks = LOOKS.map((look) => ({
        id: look.id,
        subject: 'Quotas',
        title: look.title,
        after: ['region'],
        look: () => quota_checks_lookAt(look, context),
    }));
    return behindApi('compute', context, checks);
}
async function quota_checks_lookAt(look, context) {
    const { readings } = context;
    const source = look.isGlobal ? await readings.computeProject() : await readings.region();
    const situation = await situationOf(context, readQuotas(source));
    const { quotas, growth } = situation;
    const needs = look
        .needs(situation, growth.lasting + growth.passing)
        .filter(({ amount }) => amount > 0);
    if (needs.length === 0)
        return ok('Nothing more is needed.');
    const known = needs.flatMap((need) => {
        const quota = quotas.find(({ metric }) => metric === need.metric);
        return quota ? [say({ quota, need })] : [];
    });
    if (known.length === 0) {
        const metrics = needs.map(({ metric }) => metric);
        return unknown(`Google lists no quota ${metrics.join(', ')} here.`);
    }
    const shortages = shortagesOf(quotas, needs);
    if (shortages.length === 0)
        return ok(known.join('; '));
    return broken(`${shortages.map(say).join('; ')}.`, fixOf(look, situation, shortages));
}
/** The request to Google, and what works without its answer. */
function fixOf(look, situation, shortages) {
    const { config, quotas, growth } = situation;
    const commands = shortages.map(({ quota, need }) => raise(quota.metric, quota.usage + need.amount, { config, isGlobal: look.isGlobal === true }));
    const lasting = look.needs(situation, growth.lasting);
    const isForSurge = growth.passing > 0 && shortagesOf(quotas, lasting).length === 0;
    return [
        ...commands,
        `# or on ${(0,remedies/* quotaPage */.Ut)(config.projectId)}`,
        // The old VMs make room for the new ones then.
        ...(isForSurge ? ['# or, with a gap in the service at each deploy: strategy: recreate'] : []),
    ].join('\n');
}
async function situationOf({ config, readings }, quotas) {
    const [group, ...types] = await Promise.all([
        readings.group(),
        ...zonesOf(config).map((zone) => readings.machineType(zone)),
    ]);
    const type = types.find((one) => one !== undefined);
    const existing = (0,json/* asNumber */.i)(group?.['targetSize']) ?? 0;
    const { strategy } = config;
    const zones = zonesOf(config).length;
    const growth = growthOf({ size: largestSize(config), strategy, existing, zones });
    // A shared core counts as the CPUs that its guest sees.
    const cpusPerVm = (0,json/* asNumber */.i)(type?.['guestCpus']) ?? 1;
    return { config, quotas, growth, cpusPerVm, isBuilt: group !== undefined };
}
function readQuotas(source) {
    return (0,json/* asList */.DD)(source?.['quotas']).map((item) => {
        const quota = (0,json/* asRecord */.qY)(item);
        const { limit, usage } = quota;
        return {
            metric: (0,json/* asText */.e1)(quota['metric']),
            limit: (0,json/* asNumber */.i)(limit) ?? 0,
            usage: (0,json/* asNumber */.i)(usage) ?? 0,
        };
    });
}
function say({ quota, need }) {
    const { metric, limit, usage } = quota;
    return `${metric}: ${usage} of ${limit} in use, ${need.amount} more needed at the height of a rollout`;
}
/** `IN_USE_ADDRESSES` is asked for as `IN-USE-ADDRESSES-per-project-region`. */
function raise(metric, value, { config, isGlobal }) {
    const id = `${metric.replaceAll('_', '-')}-per-project${isGlobal ? '' : '-region'}`;
    return (0,remedies/* command */.G5)(['gcloud beta quotas preferences create'], {
        service: 'compute.googleapis.com',
        'quota-id': id,
        'preferred-value': String(value),
        ...(!isGlobal && { dimensions: `region=${config.region}` }),
        project: config.projectId,
        email: 'YOU@EXAMPLE.COM',
    });
}

// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
;// CONCATENATED MODULE: ./lib/lib/once.js
/** The same work, done at most once, when it is first asked for; everybody gets that one answer or failure. */
function once(work) {
    let answer;
    return () => {
        answer ??= work();
        return answer;
    };
}

// EXTERNAL MODULE: ./lib/terraform/last-outputs.js
var last_outputs = __webpack_require__(6649);
;// CONCATENATED MODULE: ./lib/commands/doctor/google/readings/apis.js



/**
 * The short names of those of `apis` that are on, in one request.
 *
 * @throws ActionError GCP_*
 */
async function readEnabledApis(google, projectId, apis) {
    const names = apis.map((api) => `names=projects/${projectId}/services/${api}.googleapis.com`);
    const question = {
        service: 'serviceusage',
        path: `projects/${projectId}/services:batchGet?${names.join('&')}`,
        purpose: `read which APIs are on in project ${projectId}`,
    };
    const answer = await google.request({ ...question, method: 'GET', accept: [403] });
    if (answer.status === 403) {
        if ((0,diagnosis_failure/* readFailure */.f)(403, answer.text).reason === 'SERVICE_DISABLED')
            return 'off';
        return refuse(google, question, answer);
    }
    const enabled = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(answer.json)['services'])
        .map(json/* asRecord */.qY)
        .filter((service) => service['state'] === 'ENABLED');
    return new Set(enabled.map((service) => shortName((0,json/* asText */.e1)((0,json/* asRecord */.qY)(service['config'])['name']))));
}
function shortName(service) {
    return service.replace(/\.googleapis\.com$/, '');
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/readings/names.js


/**
 * As the last apply said, else as the bundled configuration is going to call them. Undefined for a
 * configuration of one's own that was never applied: nobody can know.
 */
function namesOf(service, outputs) {
    const said = {
        group: (0,json/* asText */.e1)(outputs['group_name']),
        repository: (0,json/* asText */.e1)(outputs['repository_id']),
        vmServiceAccount: (0,json/* asText */.e1)(outputs['vm_service_account']),
    };
    if (said.group !== '' && said.repository !== '' && said.vmServiceAccount !== '')
        return said;
    if (service.terraformDirectory !== undefined)
        return undefined;
    const { name, projectId } = service;
    return {
        group: name,
        repository: name,
        vmServiceAccount: `${accountId(name)}@${projectId}.iam.gserviceaccount.com`,
    };
}
const SUFFIX = '-machine';
/** The longest that Google takes. */
const MAX_ACCOUNT_ID = 30;
/** The rule of terraform/modules/compute/identity.tf, which a test compares with it. */
function accountId(name) {
    if (name.length + SUFFIX.length <= MAX_ACCOUNT_ID)
        return `${name}${SUFFIX}`;
    const hash = (0,external_node_crypto_.createHash)('sha256').update(name).digest('hex').slice(0, 6);
    return `${name.slice(0, 15).replace(/-$/, '')}-${hash}${SUFFIX}`;
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/readings/readings.js







/** Nothing is asked before somebody wants to know it. */
function readingsOf(parts) {
    const { google, store, config } = parts;
    const { projectId, region, name } = config;
    // A state that cannot be read is for another check to say; the names are as they would be without.
    const outputs = () => (0,last_outputs/* readLastOutputs */.f)(store, name).catch(() => ({}));
    const names = once(async () => namesOf(config, await outputs()));
    const group = once(async () => {
        const group = (await names())?.group ?? name;
        const path = (0,group_reference/* groupPath */.zm)(group, config);
        return find(google, { service: 'compute', path, purpose: `read the instance group ${name}` });
    });
    return {
        ...projectReadings(parts),
        ...bucketReadings(parts),
        ...placeReadings(parts),
        names,
        group,
        isBuilt: () => group().then((found) => found !== undefined, () => false),
        repository: once(async () => {
            const id = (await names())?.repository ?? name;
            const path = `projects/${projectId}/locations/${region}/repositories/${id}`;
            return find(google, {
                service: 'artifactregistry',
                path,
                purpose: `read the repository ${id}`,
            });
        }),
    };
}
function projectReadings({ google, config: { projectId }, apis, permissions, }) {
    const path = `projects/${projectId}`;
    const service = 'cloudresourcemanager';
    return {
        project: once(() => readProject(google, projectId)),
        billing: once(async () => {
            const purpose = `read who pays for project ${projectId}`;
            const question = { service: 'cloudbilling', path: `${path}/billingInfo`, purpose };
            return (await find(google, question)) ?? {};
        }),
        apis: once(() => readEnabledApis(google, projectId, apis)),
        // Whoever may see nothing of a project holds nothing in it: no project is no failure here.
        held: once(async () => {
            const purpose = `test the permissions in project ${projectId}`;
            return (await test(google, { service, path, purpose }, permissions)) ?? new Set();
        }),
        projectPolicy: once(async () => {
            const answer = await google.request({
                service,
                method: 'POST',
                path: `${path}:getIamPolicy`,
                // Older versions leave out the bindings that have a condition.
                body: { options: { requestedPolicyVersion: 3 } },
                purpose: `read the policy of project ${projectId}`,
            });
            return readBindings(answer.json);
        }),
    };
}
/** Who has which role, conditions being Google's to judge. */
function readBindings(policy) {
    return (0,json/* asList */.DD)((0,json/* asRecord */.qY)(policy)['bindings']).map((item) => {
        const binding = (0,json/* asRecord */.qY)(item);
        return {
            role: (0,json/* asText */.e1)(binding['role']),
            members: (0,json/* asList */.DD)(binding['members']).map(json/* asText */.e1),
            isConditional: 'condition' in binding,
        };
    });
}
async function readProject(google, projectId) {
    const question = {
        service: 'cloudresourcemanager',
        path: `projects/${projectId}`,
        purpose: `read the project ${projectId}`,
    };
    const answer = await google.request({ ...question, method: 'GET', accept: [403, 404] });
    if (answer.status === 200)
        return (0,json/* asRecord */.qY)(answer.json);
    // Only the API being off is another matter.
    return answer.text.includes('SERVICE_DISABLED')
        ? refuse(google, question, answer)
        : 'inaccessible';
}
function bucketReadings({ google, config: { stateBucket }, bucketPermissions, }) {
    const path = `b/${stateBucket}`;
    const purpose = `read the settings of the bucket ${stateBucket}`;
    const wanted = bucketPermissions.map((permission) => `permissions=${permission}`).join('&');
    return {
        bucket: once(() => find(google, { service: 'storage', path, purpose })),
        bucketHeld: once(async () => heldIn(await google.request({
            service: 'storage',
            method: 'GET',
            path: `${path}/iam/testPermissions?${wanted}`,
            purpose: `test the permissions on the bucket ${stateBucket}`,
        }))),
    };
}
function placeReadings({ google, config: { projectId, region, machineType }, }) {
    const service = 'compute';
    const types = new Map();
    const readType = (zone) => {
        const path = `projects/${projectId}/zones/${zone}/machineTypes/${machineType}`;
        return once(() => find(google, { service, path, purpose: `look for ${machineType} in ${zone}` }));
    };
    return {
        // Google calls a region that it does not know invalid, or not found.
        region: once(async () => {
            const path = `projects/${projectId}/regions/${region}`;
            const purpose = `read the region ${region}`;
            const answer = await google.request({
                service,
                method: 'GET',
                path,
                purpose,
                accept: [400, 404],
            });
            return answer.status === 200 ? (0,json/* asRecord */.qY)(answer.json) : undefined;
        }),
        computeProject: once(async () => {
            const purpose = `read the quotas of project ${projectId}`;
            return (await find(google, { service, path: `projects/${projectId}`, purpose })) ?? {};
        }),
        machineType: (zone) => {
            const reading = types.get(zone) ?? readType(zone);
            types.set(zone, reading);
            return reading();
        },
    };
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/registry.js







const registry_SUBJECT = 'Registry';
const PUSH_PERMISSIONS = [
    'artifactregistry.repositories.downloadArtifacts',
    'artifactregistry.repositories.uploadArtifacts',
    'artifactregistry.tags.create',
    'artifactregistry.tags.delete',
    'artifactregistry.tags.list',
    'artifactregistry.tags.update',
];
/** The repository of images as it is, or as the first deploy is going to make it. */
function registryChecks(context) {
    const { repository } = context.readings;
    const judged = (judge) => async () => {
        const settings = await repository();
        // What terraform makes is as it must be.
        if (settings === undefined)
            return ok('To be made by the first deploy.');
        return judge(settings, changeOf(settings, context));
    };
    return behindApi('artifactregistry', context, [
        {
            id: 'registry',
            subject: registry_SUBJECT,
            title: 'The repository takes Docker images',
            after: AFTER_PROJECT,
            look: judged((settings) => judgeFormat(settings)),
        },
        {
            id: 'registry-tags',
            subject: registry_SUBJECT,
            title: 'Tags may move',
            after: ['registry'],
            look: judged(judgeTags),
        },
        {
            id: 'registry-cleanup',
            subject: registry_SUBJECT,
            title: 'Old images are cleaned up',
            after: ['registry'],
            look: judged(judgeCleanup),
        },
        {
            id: 'registry-push',
            subject: registry_SUBJECT,
            title: 'The job may push and tag images',
            after: ['registry'],
            look: () => lookAtPush(context),
        },
    ]);
}
function changeOf(settings, { config }) {
    const { id } = placeOf(settings);
    const flags = { location: config.region, project: config.projectId };
    return (flag) => (0,remedies/* command */.G5)(['gcloud artifacts repositories update', id, flag], flags);
}
function placeOf(settings) {
    const name = (0,json/* asText */.e1)(settings['name']);
    return { name, id: name.slice(name.lastIndexOf('/') + 1) };
}
function judgeFormat(settings) {
    const { id } = placeOf(settings);
    const format = (0,json/* asText */.e1)(settings['format']);
    const mode = (0,json/* asText */.e1)(settings['mode']) || 'STANDARD_REPOSITORY';
    if (format === 'DOCKER' && mode === 'STANDARD_REPOSITORY')
        return ok(id);
    const said = `${id} is a repository for ${format} (${mode}): nothing can be pushed to it.`;
    return broken(said, `name: ${id}-service`);
}
/** A tag `release-<id>` goes when its release is pruned, and `src-<hash>` moves when it is built anew. */
function judgeTags(settings, change) {
    if ((0,json/* asRecord */.qY)(settings['dockerConfig'])['immutableTags'] !== true)
        return ok('They are not immutable.');
    const said = 'Tags are immutable: no image is built anew under its address, no release pruned.';
    return broken(said, change('--no-immutable-tags'));
}
function judgeCleanup(settings, change) {
    const policies = Object.keys((0,json/* asRecord */.qY)(settings['cleanupPolicies'])).length;
    if (settings['cleanupPolicyDryRun'] === true) {
        const said = 'The cleanup is a dry run: images are kept, and paid for, for ever.';
        return doubtful(said, change('--no-cleanup-policy-dry-run'));
    }
    return ok(policies === 0 ? 'No policies; the next deploy adds them.' : `${policies} policies.`);
}
async function lookAtPush({ ports, readings, config }) {
    const { google, member } = ports;
    const settings = await readings.repository();
    if (settings === undefined)
        return ok('To be made by the first deploy, by who may push then.');
    const { name, id } = placeOf(settings);
    const purpose = `test the permissions on the repository ${id}`;
    const question = { service: 'artifactregistry', path: name, purpose };
    const held = await test(google, question, PUSH_PERMISSIONS);
    if (held === undefined)
        return unknown('The repository has gone in this moment.');
    const missing = PUSH_PERMISSIONS.filter((permission) => !held.has(permission));
    if (missing.length === 0)
        return ok(`All ${PUSH_PERMISSIONS.length} permissions.`);
    const { region: location, projectId: project } = config;
    const grant = { repository: id, location, project, member };
    return broken(`${member} lacks ${listed(missing)} on ${id}.`, (0,remedies/* grantOnRepository */.GU)('roles/artifactregistry.repoAdmin', grant));
}

// EXTERNAL MODULE: ./lib/google/secret-manager.js + 1 modules
var secret_manager = __webpack_require__(202);
// EXTERNAL MODULE: ./lib/secrets/wanted.js
var wanted = __webpack_require__(3334);
// EXTERNAL MODULE: ./lib/terraform/recorded/state-file.js
var state_file = __webpack_require__(6032);
;// CONCATENATED MODULE: ./lib/commands/doctor/google/secrets.js











const secrets_SUBJECT = 'Secrets';
const READER_ROLE = 'roles/secretmanager.secretAccessor';
/** For each variable that is a secret: its version, whether the VMs may read it, the job write it. */
function secretChecks(context) {
    const { secrets, secretValues } = context.config;
    const checks = [...secrets].flatMap(([variable, reference]) => {
        const check = (kind, title, look) => ({
            id: `${kind}-${variable}`,
            subject: secrets_SUBJECT,
            title,
            after: kind === 'secret' ? AFTER_PROJECT : [`secret-${variable}`],
            look,
        });
        const written = secretValues.has(variable);
        return [
            check('secret', `${variable} has a value`, () => written ? lookAtWritten(reference, context) : lookAtVersion(reference, context)),
            check('secret-reader', `The VMs may read ${variable}`, () => lookAtReader(reference, context)),
            ...(written
                ? [
                    check('secret-writer', `The job may write ${variable}`, () => lookAtWriter(secrets_placeOf(reference, context.config.projectId), context)),
                ]
                : []),
        ];
    });
    return behindApi('secretmanager', context, checks);
}
function secrets_placeOf({ secret }, projectId) {
    const [, project = projectId, id = secret] = /^projects\/([^/]+)\/secrets\/(.+)$/.exec(secret) ?? [];
    return { project, secret: id };
}
function pathOf({ project, secret }) {
    return `projects/${project}/secrets/${secret}`;
}
async function lookAtVersion(reference, { ports, config }) {
    const place = secrets_placeOf(reference, config.projectId);
    const { project, secret } = place;
    const { version } = reference;
    const found = await find(ports.google, {
        service: 'secretmanager',
        path: `${pathOf(place)}/versions/${version}`,
        purpose: `find version ${version} of secret ${secret}`,
    });
    if (found === undefined)
        return explainNone(place, version, { ports, config });
    const number = (0,json/* asText */.e1)(found['name']).replace(/^.*\//, '');
    const state = (0,json/* asText */.e1)(found['state']);
    if (state === 'ENABLED')
        return ok(`Version ${number} of ${secret}.`);
    // As a release takes it: the newest that can be read, which Google's own alias is not.
    const manager = new secret_manager/* SecretManager */.S(ports.google, project);
    const [readable] = (version === 'latest' && (await manager.listEnabled(secret))) || [];
    if (readable !== undefined)
        return ok(`Version ${readable.number} of ${secret}; ${number}, the newest, is ${state}.`);
    const said = `Version ${number} of ${secret} is ${state}: no VM could read it.`;
    const fix = state === 'DISABLED'
        ? (0,remedies/* enableSecretVersion */.KV)(number, { secret, project })
        : (0,remedies/* addSecretVersion */.sp)(secret, project);
    return broken(said, fix);
}
/** Why there is no such version: no secret, no value, or another number. */
async function explainNone(place, version, { ports, config }) {
    const { project, secret } = place;
    const add = (0,remedies/* addSecretVersion */.sp)(secret, project);
    if (await isThere(place, ports))
        return broken(`The secret ${secret} has no version ${version}.`, add);
    // Made by hand it would stop the apply that makes it.
    if ((0,wanted/* secretsOfTerraform */.fT)(config).has(secret)) {
        return doubtful(`Terraform makes ${secret}, without a value: no release before it has one.`, add);
    }
    const said = `There is no secret ${secret} in ${project}.`;
    return broken(said, `${(0,remedies/* createSecret */.X$)(secret, project)} && ${add}`);
}
async function isThere(place, { google }) {
    const purpose = `read the secret ${place.secret}`;
    return ((await find(google, { service: 'secretmanager', path: pathOf(place), purpose })) !== undefined);
}
/** Of a value that the job brings along, the next deploy makes a version where none is the same. */
async function lookAtWritten(reference, { ports, config }) {
    const place = secrets_placeOf(reference, config.projectId);
    const words = (await isThere(place, ports)) ? 'gets its value' : 'is made, with its value,';
    return ok(`${place.secret} ${words} by the next deploy.`);
}
/** A value is compared before it is written, and earlier ones are disabled. */
const WRITER_PERMISSIONS = ['access', 'add', 'disable'].map((verb) => `secretmanager.versions.${verb}`);
async function lookAtWriter(place, { ports, readings }) {
    const { google, member } = ports;
    const { project, secret } = place;
    const purpose = `test the permissions on the secret ${secret}`;
    const question = { service: 'secretmanager', path: pathOf(place), purpose };
    const held = await test(google, question, WRITER_PERMISSIONS);
    if (held === undefined) {
        if ((await readings.held()).has('secretmanager.secrets.create'))
            return ok('It may make the secret.');
        return broken(`There is no secret ${secret}, and ${member} may not make it.`, (0,remedies/* createSecret */.X$)(secret, project));
    }
    const missing = WRITER_PERMISSIONS.filter((permission) => !held.has(permission));
    if (missing.length === 0)
        return ok(`All ${WRITER_PERMISSIONS.length} permissions.`);
    const fix = [READER_ROLE, 'roles/secretmanager.secretVersionManager']
        .map((role) => (0,remedies/* grantOnSecret */.Wc)(role, { secret, project, member }))
        .join('\n');
    return broken(`${member} lacks ${listed(missing)} on ${secret}.`, fix);
}
async function lookAtReader(reference, { ports, config, readings }) {
    const place = secrets_placeOf(reference, config.projectId);
    const { project, secret } = place;
    const email = (await readings.names())?.vmServiceAccount;
    if (email === undefined)
        return unknown('Which account the VMs have, only the first apply says.');
    const answer = await ports.google.request({
        service: 'secretmanager',
        method: 'GET',
        path: `${pathOf(place)}:getIamPolicy`,
        purpose: `read who may read the secret ${secret}`,
        // One that the next deploy makes.
        accept: [404],
    });
    const member = `serviceAccount:${email}`;
    if (holdsReader(readBindings(answer.json), member))
        return ok(member);
    // Terraform grants it, of a secret that came later, too.
    if (!(await readings.isBuilt()))
        return ok(`The first deploy lets ${member} in.`);
    const isBundled = config.terraformDirectory === undefined;
    if (isBundled && !(await wasGranted(place, { ports, config })))
        return ok(`The next deploy lets ${member} in.`);
    // Your own Terraform may grant it for all secrets at once.
    if (project === config.projectId && holdsReader(await readings.projectPolicy(), member))
        return ok(`${member}, by the policy of the project.`);
    const fix = (0,remedies/* grantOnSecret */.Wc)(READER_ROLE, { secret, project, member });
    return broken(`${member} may not read ${secret}: no VM gets past its boot.`, fix);
}
/** Whether the last apply has let anybody in to it. */
async function wasGranted({ project, secret }, { ports, config }) {
    const state = await (0,state_file/* readStateFile */.qy)(ports.store, config.name);
    return (state?.resources ?? []).some(({ type, attributes }) => type === 'google_secret_manager_secret_iam_member' &&
        (0,json/* asText */.e1)(attributes['project']) === project &&
        (0,json/* asText */.e1)(attributes['secret_id']).split('/').at(-1) === secret);
}
function holdsReader(bindings, member) {
    const roles = [READER_ROLE, 'roles/secretmanager.admin', 'roles/owner'];
    return bindings.some(({ role, members }) => roles.includes(role) && members.includes(member));
}

;// CONCATENATED MODULE: ./lib/commands/doctor/google/checks.js













/** Everything that must hold in Google Cloud, in the order in which a deploy meets it. Nothing is asked yet. */
function googleChecks(ports, config) {
    const readings = readingsOf({
        google: ports.google,
        store: ports.store,
        config,
        apis: apiNames(config),
        permissions: PROJECT_PERMISSIONS,
        bucketPermissions: BUCKET_PERMISSIONS,
    });
    const context = { ports, config, readings };
    return [
        ...projectChecks(context),
        ...apiChecks(context),
        ...permissionChecks(context),
        ...actingChecks(context),
        ...bucketChecks(context),
        ...registryChecks(context),
        ...placeChecks(context),
        ...quotaChecks(context),
        ...policyChecks(context),
        ...secretChecks(context),
        ...deploymentChecks(context),
    ];
}

// EXTERNAL MODULE: ./lib/google/diagnosis/rows/identity.js
var identity = __webpack_require__(3353);
// EXTERNAL MODULE: ./lib/google/diagnosis/surroundings.js
var diagnosis_surroundings = __webpack_require__(3950);
;// CONCATENATED MODULE: ./lib/commands/doctor/identity/claims.js

/** What conditions and mappings are usually made of; none of it is secret. */
const SHOWN = [
    'sub',
    'repository',
    'repository_id',
    'repository_owner_id',
    'ref',
    'environment',
    'event_name',
    'job_workflow_ref',
    'aud',
    'iss',
];
/** The claims of a token, whose signature is the affair of whoever takes it; undefined when it is none. */
function readClaims(token) {
    const [, payload = ''] = token.split('.');
    const claims = (0,json/* parseJson */.qF)(Buffer.from(payload, 'base64url').toString());
    return Object.keys((0,json/* asRecord */.qY)(claims)).length === 0 ? undefined : (0,json/* asRecord */.qY)(claims);
}
/** `repository_id=817263544 ref=refs/heads/main …`: never the token. */
function renderClaims(claims) {
    return SHOWN.flatMap((name) => claims[name] === undefined ? [] : [`${name}=${renderClaim(claims[name])}`]).join(' ');
}
/** One claim as text. */
function renderClaim(claim) {
    return typeof claim === 'string' ? claim : JSON.stringify(claim);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/identity/clock-skew.js

const WARN_ABOVE_MS = 60_000;
/** A token of GitHub is valid for this long. */
const FAIL_ABOVE_MS = 300_000;
const clock_skew_TIMEOUT_MS = 5_000;
const FIX = 'sudo timedatectl set-ntp true';
/** Compares the runner's clock with the Date of answers: whatever the servers answer, they tell the time. */
async function lookAtClock({ http, clock }, urls, signal) {
    const measured = await Promise.all(urls.map((url) => measureSkew({ http, clock }, url, signal).catch(() => undefined)));
    const skews = measured.filter((skew) => skew !== undefined);
    const [skewMs] = skews.toSorted((a, b) => Math.abs(a) - Math.abs(b));
    if (skewMs === undefined)
        return unknown('Nobody who was asked told the time.');
    const seconds = Math.round(Math.abs(skewMs) / 1000);
    const said = `The runner's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} those of GitHub and Google`;
    if (seconds * 1000 > FAIL_ABOVE_MS)
        return broken(`${said}: tokens, which are valid for minutes, are refused.`, FIX);
    if (seconds * 1000 > WARN_ABOVE_MS)
        return doubtful(`${said}: tokens may be refused, and times in reports are wrong.`, FIX);
    return ok(`The runner's clock is right to within ${Math.max(1, seconds)} s.`);
}
/** In milliseconds; above 0 where our clock is ahead. A Date has whole seconds. */
async function measureSkew({ http, clock }, url, signal) {
    const askedAt = clock.now();
    const { headers } = await http.send({
        method: 'GET',
        url,
        headers: {},
        timeoutMs: clock_skew_TIMEOUT_MS,
        signal,
    });
    const theirs = Date.parse(headers['date'] ?? '');
    return Number.isNaN(theirs) ? undefined : (askedAt + clock.now()) / 2 - theirs;
}

// EXTERNAL MODULE: ./lib/google/diagnosis/diagnose.js + 5 modules
var diagnose = __webpack_require__(1165);
// EXTERNAL MODULE: ./lib/google/diagnosis/provider-remedies.js
var provider_remedies = __webpack_require__(2173);
;// CONCATENATED MODULE: ./lib/commands/doctor/identity/tokens.js
const PATTERN = /\s+|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||==|!=|<=|>=|[()[\],.!+?:<>])/y;
/** Splits a CEL expression; undefined where it holds something else. */
function tokenize(source) {
    const tokens = [];
    PATTERN.lastIndex = 0;
    while (PATTERN.lastIndex < source.length) {
        const start = PATTERN.lastIndex;
        const match = PATTERN.exec(source);
        if (match === null)
            return undefined;
        const [kind, text] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
        if (!isKind(kind) || text === undefined)
            continue;
        tokens.push({ kind, text, start, end: PATTERN.lastIndex });
    }
    return tokens;
}
function isKind(kind) {
    return kind === 'string' || kind === 'number' || kind === 'name' || kind === 'sign';
}
/** What a string literal stands for. */
function unquote(literal) {
    return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}

;// CONCATENATED MODULE: ./lib/commands/doctor/identity/condition.js

const UNCLEAR = { isMet: undefined, differences: [] };
const MET = { isMet: true, differences: [] };
/**
 * Evaluates an attribute condition (CEL) as far as such conditions go: comparisons of claims with
 * literals, `in`, `has`, the string functions, joined by `&&`, `||`, `!`.
 */
function judgeCondition(condition, claims) {
    if (condition.trim() === '')
        return MET;
    const tokens = tokenize(condition);
    if (tokens === undefined)
        return UNCLEAR;
    try {
        return new Parser(condition, tokens, claims).judge();
    }
    catch (error) {
        // Google understands more than we do: then nothing is said of it.
        if (error instanceof NotUnderstood)
            return UNCLEAR;
        throw error;
    }
}
/** The condition with what the claims are in the place of what it wants. */
function adaptCondition(condition, differences) {
    const changes = differences
        .filter(({ wanted, has }) => wanted !== undefined && typeof has === 'string')
        .toSorted((a, b) => (b.wanted?.start ?? 0) - (a.wanted?.start ?? 0));
    return changes.reduce((text, { wanted, has }) => {
        const literal = `'${String(has).replace(/['\\]/g, '\\$&')}'`;
        return wanted ? text.slice(0, wanted.start) + literal + text.slice(wanted.end) : text;
    }, condition);
}
class NotUnderstood extends Error {
}
const FUNCTIONS = {
    startsWith: (text, part) => text.startsWith(part),
    endsWith: (text, part) => text.endsWith(part),
    contains: (text, part) => text.includes(part),
};
/** Recursive descent; judges while it reads. */
class Parser {
    #source;
    #tokens;
    #claims;
    #at = 0;
    constructor(source, tokens, claims) {
        this.#source = source;
        this.#tokens = tokens;
        this.#claims = claims;
    }
    judge() {
        const judgement = this.#or();
        if (this.#at < this.#tokens.length)
            throw new NotUnderstood();
        return judgement;
    }
    #or() {
        const all = [this.#and()];
        while (this.#take('||'))
            all.push(this.#and());
        if (all.some(({ isMet }) => isMet === true))
            return MET;
        return failed(all);
    }
    #and() {
        const all = [this.#unary()];
        while (this.#take('&&'))
            all.push(this.#unary());
        if (all.every(({ isMet }) => isMet === true))
            return MET;
        const broken = all.filter(({ isMet }) => isMet === false);
        return broken.length > 0 ? failed(broken) : failed(all);
    }
    #unary() {
        const start = this.#next()?.start ?? 0;
        if (this.#take('!')) {
            const { isMet } = this.#unary();
            if (isMet === undefined)
                return UNCLEAR;
            return isMet ? this.#broken(start, { claim: '', has: undefined }) : MET;
        }
        if (this.#take('(')) {
            const inner = this.#or();
            this.#expect(')');
            return inner;
        }
        return this.#comparison(start);
    }
    #comparison(start) {
        if (this.#next()?.text === 'has')
            return this.#has(start);
        const left = this.#operand();
        const operator = this.#next()?.text;
        if (operator === '.')
            return this.#call(start, left);
        if (operator === 'in')
            return this.#in(start, left);
        if (operator !== '==' && operator !== '!=')
            throw new NotUnderstood();
        this.#at += 1;
        const right = this.#operand();
        // CEL ends with an error at a claim that is not there, and an error admits nobody.
        const isAbsent = left.value === undefined || right.value === undefined;
        const isEqual = left.value === right.value;
        if (!isAbsent && isEqual === (operator === '=='))
            return MET;
        const [claim, literal] = left.claim === undefined ? [right, left] : [left, right];
        return this.#broken(start, {
            claim: claim.claim ?? '',
            has: claim.value,
            ...(operator === '==' &&
                literal.isLiteral && {
                wanted: { value: String(literal.value), start: literal.start, end: literal.end },
            }),
        });
    }
    #has(start) {
        this.#at += 1;
        this.#expect('(');
        const { value, claim = '' } = this.#operand();
        this.#expect(')');
        return value === undefined ? this.#broken(start, { claim, has: undefined }) : MET;
    }
    #in(start, { value, claim = '' }) {
        this.#at += 1;
        this.#expect('[');
        const choices = [];
        while (!this.#take(']')) {
            choices.push(this.#operand().value);
            if (!this.#take(',') && this.#next()?.text !== ']')
                throw new NotUnderstood();
        }
        return choices.includes(value) ? MET : this.#broken(start, { claim, has: value });
    }
    #call(start, { value, claim = '' }) {
        this.#at += 1;
        const name = this.#advance().text;
        this.#expect('(');
        const part = this.#operand().value;
        this.#expect(')');
        const holds = FUNCTIONS[name];
        if (holds === undefined || typeof part !== 'string')
            throw new NotUnderstood();
        const isMet = typeof value === 'string' && holds(value, part);
        return isMet ? MET : this.#broken(start, { claim, has: value });
    }
    #operand() {
        const token = this.#advance();
        const { start, end, text } = token;
        if (token.kind === 'string')
            return { value: unquote(text), start, end, isLiteral: true };
        if (token.kind === 'number')
            return { value: Number(text), start, end, isLiteral: false };
        if (text === 'true' || text === 'false')
            return { value: text === 'true', start, end, isLiteral: false };
        if (text !== 'assertion')
            throw new NotUnderstood();
        return {
            ...this.#claim(),
            start,
            end: this.#tokens[this.#at - 1]?.end ?? end,
            isLiteral: false,
        };
    }
    #claim() {
        if (this.#take('[')) {
            const claim = unquote(this.#advance().text);
            this.#expect(']');
            return { value: this.#claims[claim], claim };
        }
        this.#expect('.');
        const claim = this.#advance().text;
        return { value: this.#claims[claim], claim };
    }
    #broken(start, more) {
        const end = this.#tokens[this.#at - 1]?.end ?? this.#source.length;
        return { isMet: false, differences: [{ text: this.#source.slice(start, end), ...more }] };
    }
    #next() {
        return this.#tokens[this.#at];
    }
    #advance() {
        const token = this.#next();
        if (token === undefined)
            throw new NotUnderstood();
        this.#at += 1;
        return token;
    }
    #take(text) {
        if (this.#next()?.text !== text)
            return false;
        this.#at += 1;
        return true;
    }
    #expect(text) {
        if (!this.#take(text))
            throw new NotUnderstood();
    }
}
function failed(all) {
    const differences = all.flatMap((one) => one.differences);
    return { isMet: all.some(({ isMet }) => isMet === undefined) ? undefined : false, differences };
}

;// CONCATENATED MODULE: ./lib/commands/doctor/identity/provider.js






/** Ids of the diagnoses that are about the provider itself, whoever comes. */
const OF_THE_PROVIDER = new Set([
    'sts-pool',
    'sts-issuer',
    'sts-audience',
    'sts-allowed-audiences',
]);
/** Whether the provider is there, enabled, and takes tokens of GitHub at all. */
async function lookAtProvider(exchange, name, surroundings) {
    const outcome = await exchange.federation();
    if (outcome.kind === 'silent')
        return unknown(`Google's token service is silent: ${outcome.why}.`);
    if (outcome.kind === 'done')
        return ok(`${name} is there and enabled.`);
    const diagnosis = (0,diagnose/* diagnose */.h4)(outcome.failure, surroundings);
    if (diagnosis?.id === 'api-off')
        return broken(diagnosis.means, diagnosis.fix);
    if (diagnosis === undefined || !OF_THE_PROVIDER.has(diagnosis.id))
        return ok(`${name} is there and enabled.`);
    if (diagnosis.id !== 'sts-pool')
        return broken(diagnosis.means, diagnosis.fix);
    return explainGone(await exchange.provider(), name) ?? broken(diagnosis.means, diagnosis.fix);
}
/** Which of the ways of being gone it is, where somebody may look. */
function explainGone(outcome, name) {
    if (outcome.kind === 'refused' && outcome.failure.status === 404)
        return broken(`There is no provider ${name}. These there are:`, (0,provider_remedies/* listProviders */.R0)(name));
    if (outcome.kind !== 'done')
        return undefined;
    const { isDeleted, isDisabled } = outcome.value;
    if (isDeleted)
        return broken(`${name} was deleted.`, (0,provider_remedies/* undeleteProvider */.It)(name));
    if (isDisabled)
        return broken(`${name} is disabled.`, (0,provider_remedies/* enableProvider */.LQ)(name));
    return broken(`${name} is well, but its pool is disabled or deleted.`, (0,provider_remedies/* enablePool */.WY)(name));
}
/** Google takes no token of which a mapped attribute has more than 127 bytes. */
async function lookAtSubjectLength(exchange, name) {
    const [outcome, claims, provider] = await Promise.all([
        exchange.federation(),
        exchange.claims(),
        exchange.provider(),
    ]);
    const subject = claims.kind === 'done' ? renderClaim(claims.value['sub'] ?? '') : '';
    const bytes = Buffer.byteLength(subject);
    if (outcome.kind === 'refused' && /127 bytes/.test(outcome.failure.message)) {
        return broken(`A mapped attribute has more than the 127 bytes that Google takes; the claim sub has ${bytes}.`, (0,provider_remedies/* setMapping */.PI)(name, shortened(provider)));
    }
    if (outcome.kind === 'silent')
        return unknown(`Google's token service is silent: ${outcome.why}.`);
    return ok(`Nothing that is mapped has more than 127 bytes; the claim sub has ${bytes}.`);
}
/** What is mapped besides the subject stays: members are written with it. */
function shortened(provider) {
    const others = provider.kind === 'done' ? provider.value.mapping : {};
    return { ...identity/* SHORT_MAPPING */.UR, ...others, 'google.subject': identity/* SHORT_MAPPING */.UR['google.subject'] ?? '' };
}
/** Whether Google takes the token of this job, and which claim keeps it from doing so. */
async function lookAtExchange(exchange, name, surroundings) {
    const outcome = await exchange.federation();
    if (outcome.kind === 'done')
        return ok("Google's token service takes the token of this job.");
    if (outcome.kind === 'silent')
        return unknown(`Google's token service is silent: ${outcome.why}.`);
    const { failure } = outcome;
    const diagnosis = (0,diagnose/* diagnose */.h4)(failure, surroundings);
    if (diagnosis?.id === 'sts-condition')
        return explainCondition(exchange, name);
    if (diagnosis)
        return broken(`${saidBy(failure)} ${diagnosis.means}`, diagnosis.fix);
    return broken(saidBy(failure), (0,provider_remedies/* describeProvider */.Fy)(name));
}
/** Which claim differs from what: as far as somebody here may read the condition. */
async function explainCondition(exchange, name) {
    const [claims, provider] = await Promise.all([exchange.claims(), exchange.provider()]);
    const shown = claims.kind === 'done' ? claims.value : {};
    if (provider.kind !== 'done')
        return blind(shown, name, provider);
    const { condition } = provider.value;
    const { differences } = judgeCondition(condition, shown);
    if (differences.length === 0) {
        return broken(`The attribute condition does not admit this job: ${condition} - and the job has ${renderClaims(shown)}`, (0,provider_remedies/* describeProvider */.Fy)(name));
    }
    const wrong = differences.map(renderDifference).join('; ');
    const byId = conditionById(shown);
    const subject = differences.find(({ claim }) => claim === 'sub')?.wanted?.value;
    if (byId !== undefined && subject !== undefined) {
        return broken(`The attribute condition does not admit this job: ${wrong}. GitHub writes sub in another form for repositories made, renamed or moved since July 2026; the numbers stay:`, (0,provider_remedies/* setCondition */.yM)(name, [byId, ...placeIn(subject)].join(' && ')));
    }
    const asWanted = `The attribute condition does not admit this job: ${wrong}. Run the job as the condition wants it`;
    const adapted = adaptCondition(condition, differences);
    // What is no plain comparison cannot be adapted: pasted, such a condition would change nothing.
    if (judgeCondition(adapted, shown).isMet !== true)
        return broken(`${asWanted}, or change it by hand:`, (0,provider_remedies/* describeProvider */.Fy)(name));
    return broken(`${asWanted}; or, should just such jobs be let in, change it:`, (0,provider_remedies/* setCondition */.yM)(name, adapted));
}
/** Nobody here may read the condition: then the claims, and the two commands that mend it. */
function blind(claims, name, provider) {
    const why = provider.kind === 'refused'
        ? 'the job may not read it, which takes iam.workloadIdentityPoolProviders.get'
        : 'nobody is signed in who could read it; doctor takes a token in GOOGLE_OAUTH_ACCESS_TOKEN for that';
    const byId = conditionById(claims);
    const update = byId === undefined ? [] : [(0,provider_remedies/* setCondition */.yM)(name, byId)];
    return broken(`The attribute condition does not admit this job (${why}). Compare it, upper and lower case too, with ${renderClaims(claims)}. The first command shows it, the second lets in all jobs of this repository:`, [(0,provider_remedies/* describeProvider */.Fy)(name), ...update].join('\n'));
}
/** What a subject says besides the repository: a condition without it would let in more than before. */
function placeIn(subject) {
    const [, kind, place = ''] = /:(ref|environment):([^'\\]+)$/.exec(subject) ?? [];
    if (kind !== undefined)
        return [`assertion.${kind} == '${place}'`];
    return subject.endsWith(':pull_request') ? ["assertion.event_name == 'pull_request'"] : [];
}
/** Lets in all jobs of this repository, whatever its name becomes. */
function conditionById(claims) {
    const { repository_id: repository, repository_owner_id: owner } = claims;
    if (![repository, owner].every((id) => /^[0-9]+$/.test(String(id))))
        return undefined;
    return `assertion.repository_id == '${repository}' && assertion.repository_owner_id == '${owner}'`;
}
function renderDifference({ claim, has, wanted, text }) {
    const is = has === undefined ? `there is no ${claim}` : `${claim} is "${renderClaim(has)}"`;
    if (wanted === undefined)
        return `${claim && `${is}, `}not so: ${text}`;
    const isAlike = renderClaim(has ?? '').toLowerCase() === wanted.value.toLowerCase();
    return `${is}, wanted is "${wanted.value}"${isAlike ? ' (upper and lower case count)' : ''}`;
}
/** In Google's own words. */
function saidBy({ status, reason, message }) {
    return `Google answered ${status} ${reason}: ${message}`;
}

;// CONCATENATED MODULE: ./lib/commands/doctor/identity/impersonation.js




/** Whether the job may become the service account that the inputs name. */
async function lookAtImpersonation(exchange, surroundings) {
    const { serviceAccount } = surroundings;
    if (serviceAccount === undefined)
        return ok('No service account is asked for: the jobs of the repository act themselves.');
    const outcome = await exchange.impersonation();
    if (outcome.kind === 'done')
        return ok(`The job may act as ${serviceAccount}.`);
    if (outcome.kind === 'silent')
        return unknown(`IAM credentials is silent: ${outcome.why}.`);
    const { failure } = outcome;
    if (failure.status === 404)
        return broken(`There is no service account ${serviceAccount}.`, createAccount(serviceAccount));
    const diagnosis = (0,diagnose/* diagnose */.h4)(failure, surroundings);
    if (diagnosis)
        return broken(`${saidBy(failure)} ${diagnosis.means}`, diagnosis.fix);
    return unknown(saidBy(failure));
}
/** An e-mail address of an account tells its name and its project. */
function createAccount(email) {
    const [name = email, host = ''] = email.split('@');
    const project = host.replace(/\.iam\.gserviceaccount\.com$/, '');
    return (0,remedies/* command */.G5)(['gcloud iam service-accounts create', name], { project });
}

;// CONCATENATED MODULE: ./lib/commands/doctor/identity/checks.js








const identity_checks_SUBJECT = 'Signing in to Google';
/** Each step between the job and Google, so that the first one that fails says why. */
function identityChecks(ports, { provider, surroundings, clocks }) {
    const { exchange, tokens } = ports;
    const check = (id, title, more) => ({ id, subject: identity_checks_SUBJECT, title, ...more });
    return [
        check('job-id-token', 'Permission to ask for an OIDC token', {
            look: async () => lookAtPermission(tokens !== undefined),
        }),
        check('clock-skew', "The runner's clock", {
            look: (signal) => lookAtClock(ports, clocks, signal),
        }),
        check('oidc-token', 'OIDC token of GitHub', {
            after: ['job-id-token'],
            look: () => lookAtToken(exchange),
        }),
        check('wif-provider', 'Workload identity provider', {
            after: ['oidc-token'],
            look: () => lookAtProvider(exchange, provider, surroundings),
        }),
        check('wif-subject-length', 'Length of mapped claims', {
            after: ['wif-provider'],
            look: () => lookAtSubjectLength(exchange, provider),
        }),
        check('wif-exchange', 'Attribute condition', {
            after: ['wif-provider', 'wif-subject-length'],
            look: () => lookAtExchange(exchange, provider, surroundings),
        }),
        check('impersonation', 'Service account of the job', {
            after: ['wif-exchange'],
            look: () => lookAtImpersonation(exchange, surroundings),
        }),
        check('google-identity', 'Signed in', {
            after: ['impersonation'],
            look: () => lookAtIdentity(tokens, surroundings),
        }),
    ];
}
function lookAtPermission(isGiven) {
    if (isGiven)
        return ok('GitHub lets this job ask for one.');
    return broken(`GitHub gives this job no OIDC token. ${identity/* NO_TOKEN */.wH.means}`, identity/* NO_TOKEN */.wH.fix);
}
async function lookAtToken(exchange) {
    const outcome = await exchange.claims();
    if (outcome.kind === 'done')
        return ok(renderClaims(outcome.value));
    if (outcome.kind === 'silent')
        return unknown(`GitHub's OIDC endpoint is silent: ${outcome.why}.`);
    const { status, message } = outcome.failure;
    return broken(`GitHub's OIDC endpoint answered ${status}: ${message}`, identity/* TOKEN_PERMISSIONS */.VU);
}
/** The whole way, as every other command goes it. */
async function lookAtIdentity(tokens, surroundings) {
    if (tokens === undefined)
        return unknown('GitHub gives this job no OIDC token.');
    try {
        await tokens.accessToken();
    }
    catch (error) {
        if (!(error instanceof lib_errors/* ActionError */.l) || error.isPassing)
            throw error;
        // Every step worked by itself, and still no other command could sign in.
        return broken(error.message, error.hint ?? 'Run the job again.');
    }
    return ok(`For Google this job is ${(0,diagnosis_surroundings/* memberIn */.W)(surroundings)}.`);
}

// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
;// CONCATENATED MODULE: ./lib/commands/doctor/identity/exchange.js




const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
/** One that hangs is told as such within a check's own limit. */
const exchange_TIMEOUT_MS = 8_000;
const ATTEMPTS = 3;
const PAUSE_MS = 500;
/**
 * Signing in, step by step and each step once, so that every check can see how far it came: the
 * token of GitHub, Google's federated one, that of the service account.
 */
class Exchange {
    #ports;
    #options;
    #oidcToken = exchange_once(() => this.#askGitHub());
    #federatedToken = exchange_once(() => this.#askTokenService());
    #accountToken = exchange_once(() => this.#askIamCredentials());
    /** The provider as somebody sees it who may: the account, the federated job, or who gave another token. */
    provider = exchange_once(() => this.#findProvider());
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
    }
    /** What GitHub says of this job. */
    async claims() {
        const outcome = await this.#oidcToken();
        if (outcome.kind !== 'done')
            return outcome;
        const claims = readClaims(outcome.value);
        return claims
            ? { kind: 'done', value: claims }
            : { kind: 'silent', why: 'it answered no token' };
    }
    /** Whether Google takes the job's token. */
    async federation() {
        return withoutToken(await this.#federatedToken());
    }
    /** Whether the job may then become the service account. */
    async impersonation() {
        return withoutToken(await this.#accountToken());
    }
    async #findProvider() {
        let last = { kind: 'silent', why: 'nobody here can ask for it' };
        for (const token of await this.#readers()) {
            last = await this.#readProvider(token);
            const isGone = last.kind === 'refused' && last.failure.status === 404;
            if (last.kind === 'done' || isGone)
                return last;
        }
        return last;
    }
    async #readers() {
        const outcomes = await Promise.all([this.#accountToken(), this.#federatedToken()]);
        const own = outcomes.flatMap((it) => (it.kind === 'done' ? [it.value] : []));
        return [...new Set([...own, this.#options.otherToken].filter((it) => it !== undefined))];
    }
    async #askGitHub() {
        const { oidc } = this.#options;
        if (oidc === undefined)
            return { kind: 'silent', why: 'GitHub gives this job no OIDC token' };
        const audience = encodeURIComponent(this.#audience('https:'));
        const url = `${oidc.requestUrl}&audience=${audience}`;
        return this.#token('value', { method: 'GET', url, token: oidc.requestToken });
    }
    async #askTokenService() {
        const subject = await this.#oidcToken();
        if (subject.kind !== 'done')
            return subject;
        return this.#token('access_token', {
            method: 'POST',
            url: this.#options.endpoints.stsToken,
            body: {
                audience: this.#audience(''),
                grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
                requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
                scope: SCOPE,
                subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
                subjectToken: subject.value,
            },
        });
    }
    async #askIamCredentials() {
        const { serviceAccount, endpoints } = this.#options;
        const federated = await this.#federatedToken();
        if (federated.kind !== 'done' || serviceAccount === undefined)
            return federated;
        return this.#token('accessToken', {
            method: 'POST',
            url: `${endpoints.iamCredentials}projects/-/serviceAccounts/${serviceAccount}:generateAccessToken`,
            token: federated.value,
            // As long as other commands ask for: what a policy makes of that shows here.
            body: { scope: [SCOPE], lifetime: '3600s' },
        });
    }
    async #readProvider(token) {
        const { endpoints, workloadIdentityProvider } = this.#options;
        const url = `${endpoints.iam}${workloadIdentityProvider}`;
        const outcome = await this.#send({ method: 'GET', url, token });
        return outcome.kind === 'done' ? { kind: 'done', value: toProvider(outcome.value) } : outcome;
    }
    #audience(scheme) {
        return `${scheme}//iam.googleapis.com/${this.#options.workloadIdentityProvider}`;
    }
    async #token(field, request) {
        const outcome = await this.#send(request);
        if (outcome.kind !== 'done')
            return outcome;
        const token = (0,json/* asText */.e1)(outcome.value[field]);
        if (token === '')
            return { kind: 'silent', why: 'the answer held no token' };
        this.#ports.mask(token);
        return { kind: 'done', value: token };
    }
    /** A server that is down for a moment says nothing about the job: it is asked again, and then silent. */
    async #send(asked) {
        const { signal } = this.#options;
        let why = '';
        for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                const { status, body } = await this.#ports.http.send(this.#toHttp(asked));
                if (status < 300)
                    return { kind: 'done', value: (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(body)) };
                const failure = (0,diagnosis_failure/* readFailure */.f)(status, body);
                if (status < 500 && status !== 408 && status !== 429)
                    return { kind: 'refused', failure };
                why = `it answered ${status}: ${failure.message.replace(/\.$/, '')}`;
            }
            catch (error) {
                why = (0,network_reason/* networkReason */.d)(error);
            }
            if (attempt < ATTEMPTS)
                await this.#ports.clock.sleep(PAUSE_MS, signal);
        }
        return { kind: 'silent', why };
    }
    #toHttp({ method, url, token, body }) {
        return {
            method,
            url,
            headers: {
                ...(token !== undefined && { authorization: `Bearer ${token}` }),
                ...(body !== undefined && { 'content-type': 'application/json' }),
            },
            ...(body !== undefined && { body: JSON.stringify(body) }),
            timeoutMs: exchange_TIMEOUT_MS,
            signal: this.#options.signal,
        };
    }
}
/** The same promise for everybody who asks. */
function exchange_once(work) {
    let running;
    return () => {
        running ??= work();
        return running;
    };
}
function withoutToken(outcome) {
    return outcome.kind === 'done' ? { kind: 'done', value: 'taken' } : outcome;
}
function toProvider(resource) {
    const oidc = (0,json/* asRecord */.qY)(resource['oidc']);
    const mapping = Object.entries((0,json/* asRecord */.qY)(resource['attributeMapping']));
    return {
        condition: (0,json/* asText */.e1)(resource['attributeCondition']),
        mapping: Object.fromEntries(mapping.map(([target, source]) => [target, (0,json/* asText */.e1)(source)])),
        issuer: (0,json/* asText */.e1)(oidc['issuerUri']),
        audiences: (0,json/* asList */.DD)(oidc['allowedAudiences']).map(json/* asText */.e1),
        isDisabled: resource['disabled'] === true,
        isDeleted: resource['state'] === 'DELETED',
    };
}

;// CONCATENATED MODULE: ./lib/commands/doctor/outputs.js
/** The output `checks`: one record for each check, with the same fields whatever it found. */
function renderDoctorOutputs(examined) {
    const checks = examined.map(({ check: { id, subject, title }, finding }) => ({
        id,
        subject,
        title,
        kind: finding.kind,
        severity: finding.kind === 'fix' ? finding.severity : '',
        said: finding.said,
        fix: finding.kind === 'ok' ? '' : (finding.fix ?? ''),
    }));
    return new Map([['checks', JSON.stringify(checks)]]);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/commands/doctor/runner/steps.js
/** Steps that go before this action's, pinned as everything in a workflow should be. */
const CHECKOUT = 'steps:\n  - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const SET_UP_BUILDX = 'steps:\n  - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0';
/** Without the wrapper, which puts itself between terraform and whoever reads its output. */
function setUpTerraform(version) {
    return `steps:
  - uses: hashicorp/setup-terraform@dfe3c3f87815947d99a8997f908cb6525fc44e9e # v4.0.1
    with:
      terraform_version: ${version}
      terraform_wrapper: false`;
}

;// CONCATENATED MODULE: ./lib/commands/doctor/runner/files.js



const GB = 1e9;
/** A small image with its layers, its archive, and terraform's provider. */
const LEAST_BYTES = 1 * GB;
const ENOUGH_BYTES = 5 * GB;
const MAKE_ROOM = 'docker system prune --all --force && sudo rm -rf /usr/share/dotnet /usr/local/lib/android';
/** Whether the folder that goes into the image is there; with a URL nobody looks. */
async function lookAtContext(disk, context) {
    if (isRemote(context))
        return ok(`${context} is fetched by the builder.`);
    const kind = await disk.kindOf(context);
    if (kind === 'folder')
        return ok(`${context} is a folder.`);
    if (kind === 'file')
        return broken(`The input "context" names a file: ${context}.`, `with:\n  context: ${external_node_path_.posix.dirname(context)}`);
    return broken(`There is no folder ${context}. Check the repository out before this step:`, CHECKOUT);
}
/** Whether there is something to build. */
async function lookAtDockerfile(disk, { context, dockerfile }) {
    if (isRemote(context))
        return ok('It is fetched by the builder.');
    const path = dockerfile ?? external_node_path_.posix.join(context, 'Dockerfile');
    const kind = await disk.kindOf(path);
    if (kind === 'file')
        return ok(`${path} is there.`);
    const what = kind === 'folder' ? 'is a folder' : 'is not there';
    return broken(`${path} ${what}. Check the repository out before this step, or name the file:`, 'with:\n  dockerfile: PATH/TO/Dockerfile');
}
/** Whether one's own configuration is there; the bundled one always is. */
async function lookAtConfiguration(disk, directory) {
    if (directory === undefined)
        return ok('The bundled configuration is used.');
    if ((await disk.kindOf(directory)) === 'folder')
        return ok(`${directory} is a folder.`);
    return broken(`The input "terraform_directory" names ${directory}, which is no folder. Check the repository out before this step:`, CHECKOUT);
}
/** The place with the least room decides. */
async function lookAtRoom(disk, paths) {
    const rooms = await Promise.all(paths.map(async (path) => ({ path, bytes: await disk.freeBytes(path) })));
    const [least] = rooms.toSorted((a, b) => a.bytes - b.bytes);
    if (least === undefined)
        return unknown('No folder is known.');
    const said = `${(least.bytes / GB).toFixed(1)} GB are free at ${least.path}`;
    if (least.bytes < LEAST_BYTES)
        return broken(`${said}: too little for a build.`, MAKE_ROOM);
    if (least.bytes < ENOUGH_BYTES)
        return doubtful(`${said}: little for a build.`, MAKE_ROOM);
    return ok(`${said}.`);
}
/** Credentials and plans are written there. */
async function lookAtTemp(files, directory, name) {
    const folder = external_node_path_.posix.join(directory, name);
    try {
        await files.writePrivate(external_node_path_.posix.join(folder, 'probe'), 'probe');
        await files.remove(folder);
        return ok(`${directory} can be written to.`);
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return broken(`Nothing can be written to RUNNER_TEMP (${why}).`, `sudo install -d -o "$(id -u)" ${directory}`);
    }
}
function isRemote(context) {
    return /^(https?:|git@|git:|ssh:)/.test(context);
}

// EXTERNAL MODULE: ./lib/lib/last-line.js
var last_line = __webpack_require__(6646);
// EXTERNAL MODULE: ./lib/terraform/install.js
var install = __webpack_require__(7711);
// EXTERNAL MODULE: ./lib/terraform/version.js
var terraform_version = __webpack_require__(612);
;// CONCATENATED MODULE: ./lib/commands/doctor/runner/tools.js





const tools_TIMEOUT_MS = 8_000;
/** Whether an engine answers; an image that is there already needs none. */
async function lookAtEngine(commands, { isBuilding }) {
    const said = await ask(commands, ['version', '--format', '{{.Server.Version}}']);
    if (said.isDone)
        return ok(`The engine is Docker ${said.text}`);
    if (!isBuilding)
        return ok('No engine answers, and none is needed: the input "image" is given.');
    return broken(`No Docker engine answers: ${said.text} Use a runner with Docker (ubuntu-latest has it), or start the engine before this step:`, 'sudo systemctl start docker');
}
/** Plain `docker build` does without, and can less. */
async function lookAtBuildx(commands) {
    const said = await ask(commands, ['buildx', 'version']);
    if (said.isDone)
        return ok(said.text);
    return doubtful(`There is no buildx: images are built by plain docker, without a cache between jobs and without build secrets. Before this step:`, SET_UP_BUILDX);
}
/** Whether a terraform is there that fits, or can be had. */
async function lookAtTerraform({ commands, tools, http }, { wanted, releasesUrl }, signal) {
    const found = await (0,install/* versionOnPath */.xk)(commands);
    if (found !== undefined && (0,terraform_version/* isFitting */.sL)(found, wanted))
        return ok(`terraform ${found} is on PATH.`);
    const version = wanted ?? terraform_version/* PINNED_VERSION */._4;
    const why = found === undefined
        ? 'No terraform is on PATH'
        : `terraform ${found} on PATH does not fit (${wanted ?? terraform_version/* FITTING_VERSIONS */.gX})`;
    // A runner without a cache of tools keeps nothing.
    const kept = await tools.find('terraform', version).catch(() => undefined);
    if (kept !== undefined)
        return ok(`${why}; an earlier job kept terraform ${version}.`);
    const url = `${releasesUrl}terraform/${version}/terraform_${version}_SHA256SUMS`;
    const setUp = setUpTerraform(version);
    try {
        const { status } = await http.send({
            method: 'GET',
            url,
            headers: {},
            timeoutMs: tools_TIMEOUT_MS,
            signal,
        });
        if (status === 200)
            return ok(`${why}; terraform ${version} can be downloaded.`);
        return broken(`${why}, and ${url} answers ${status}. Before this step:`, setUp);
    }
    catch (error) {
        return broken(`${why}, and ${url} cannot be reached (${messageOf(error)}). Before this step:`, setUp);
    }
}
async function ask(commands, args) {
    try {
        const { exitCode, stdout, stderr } = await commands.run('docker', args);
        const isDone = exitCode === 0 && stdout.trim() !== '';
        const text = isDone ? stdout.trim() : (0,last_line/* lastLine */.f)(stderr) || `exit code ${exitCode}`;
        return { isDone, text: /[.?!]$/.test(text) ? text : `${text}.` };
    }
    catch (error) {
        return { isDone: false, text: `${messageOf(error)}.` };
    }
}
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}

;// CONCATENATED MODULE: ./lib/commands/doctor/runner/checks.js


const TOOLS = 'Tools';
const FILES = 'Files';
/** What a deploy needs of the machine that it runs on. */
function runnerChecks(ports, config, { releasesUrl, workspace, tempDirectory, probeName }) {
    const { commands, disk, files } = ports;
    const isBuilding = config.image === undefined;
    const tool = (id, title, look) => {
        return { id, subject: TOOLS, title, look };
    };
    const file = (id, title, look) => {
        return { id, subject: FILES, title, look };
    };
    const built = [
        file('context', 'Build context', () => lookAtContext(disk, config.context)),
        file('dockerfile', 'Dockerfile', () => lookAtDockerfile(disk, config)),
    ];
    return [
        tool('docker', 'Docker engine', () => lookAtEngine(commands, { isBuilding })),
        ...(isBuilding
            ? [{ ...tool('docker-buildx', 'Buildx', () => lookAtBuildx(commands)), after: ['docker'] }]
            : []),
        tool('terraform', 'Terraform', (signal) => lookAtTerraform(ports, { wanted: config.terraformVersion, releasesUrl }, signal)),
        ...(isBuilding ? built : []),
        file('terraform-directory', 'Terraform configuration', () => lookAtConfiguration(disk, config.terraformDirectory)),
        file('runner-temp', 'Folder for temporary files', () => lookAtTemp(files, tempDirectory, probeName)),
        {
            ...file('disk-space', 'Room on the disk', () => lookAtRoom(disk, [workspace, tempDirectory])),
            after: ['runner-temp'],
        },
    ];
}

// EXTERNAL MODULE: ./lib/lib/abortable.js
var abortable = __webpack_require__(3537);
;// CONCATENATED MODULE: ./lib/commands/doctor/examine.js



/**
 * Looks at everything side by side; a check waits only for those that it names, and is not run
 * without them. Each check gets a finding, whatever becomes of the others, in the order of the list.
 */
async function examine(checks, options) {
    const running = new Map();
    for (const check of checks) {
        const before = (check.after ?? []).map((id) => known(running, check.id, id));
        running.set(check.id, examineOne(check, before, options));
    }
    if (running.size !== checks.length)
        throw new Error('Two checks of doctor have the same id.');
    return Promise.all(running.values());
}
// A list in which every check comes behind those that it waits for holds no circle.
function known(running, check, id) {
    const before = running.get(id);
    if (before === undefined)
        throw new Error(`The check ${check} comes after ${id}, which is not before it.`);
    return before;
}
async function examineOne(check, before, options) {
    const obstacle = (await Promise.all(before)).find(({ finding }) => !isPassable(finding));
    if (obstacle === undefined)
        return { check, finding: await lookInTime(check, options) };
    // Of a chain of obstacles only the first one is anybody's to mend.
    const waitsFor = obstacle.waitsFor ?? obstacle.check.title;
    return { check, finding: unknown(`It needs "${waitsFor}" first.`), waitsFor };
}
async function lookInTime(check, { clock, limitMs, signal }) {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const looking = Promise.resolve()
        .then(() => check.look(either))
        .catch(unknownFrom);
    const limit = clock.sleep(limitMs, either).then(() => unknown(`No answer within ${limitMs / 1000} s.`), 
    // The look was faster.
    () => looking);
    try {
        return await (0,abortable/* abortable */.Z)(signal, () => Promise.race([looking, limit]));
    }
    finally {
        over.abort(new Error('the look is over'));
    }
}
/** What is known to be mended in some way says so, though nobody knows whether it needs to be. */
function unknownFrom(error) {
    if (!(error instanceof lib_errors/* ActionError */.l))
        return unknown((0,lib_errors/* describeError */.U)(error));
    const [means = '', ...fix] = error.hint?.split('\n') ?? [];
    return unknown(`${error.message} ${means}`.trim(), fix.length === 0 ? undefined : fix.join('\n'));
}

// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
;// CONCATENATED MODULE: ./lib/commands/doctor/report.js

/** How the three kinds are called. */
const WORDS = { ok: 'ok', error: 'fix', warning: 'fix (warning)', unknown: 'cannot check' };
const MOST_TITLES = 10;
const WIDTH = WORDS.warning.length;
function tally(examined) {
    const count = (is) => examined.filter(({ finding }) => is(finding)).length;
    return {
        ok: count(({ kind }) => kind === 'ok'),
        errors: count((it) => it.kind === 'fix' && it.severity === 'error'),
        warnings: count((it) => it.kind === 'fix' && it.severity === 'warning'),
        unknown: count(({ kind }) => kind === 'unknown'),
    };
}
/** `28 ok, 1 to fix, 1 warning, 2 cannot be checked`. */
function renderTally({ ok, errors, warnings, unknown }) {
    const parts = [
        `${ok} ok`,
        errors > 0 && `${errors} to fix`,
        warnings > 0 && (0,markdown/* counted */.hS)(warnings, 'warning'),
        unknown > 0 && `${unknown} cannot be checked`,
    ];
    return parts.filter(Boolean).join(', ');
}
/** What the log shows: a heading for each subject, a line for each check, fixes as they are pasted. */
function renderLines(examined) {
    const titleWidth = Math.max(0, ...examined.map(({ check }) => check.title.length));
    const lines = [];
    for (const [subject, group] of bySubject(examined)) {
        lines.push(subject);
        for (const { check, finding } of group) {
            const word = WORDS[finding.kind === 'fix' ? finding.severity : finding.kind].padEnd(WIDTH);
            lines.push(`  ${word}  ${check.title.padEnd(titleWidth)}  ${(0,markdown/* oneLine */.TN)(finding.said)}`);
            for (const line of report_fixOf(finding).split('\n').filter(Boolean))
                lines.push(`  ${' '.repeat(WIDTH)}    ${(0,markdown/* visible */.RK)(line)}`);
        }
    }
    return [...lines, renderTally(tally(examined))];
}
/** The job's page: the result, what is to be done, what is not known, and last what is well. */
function renderSummary(examined) {
    const counts = tally(examined);
    const of = (kind, severity) => examined.filter(({ finding }) => finding.kind === kind && (finding.kind !== 'fix' || finding.severity === severity));
    return [
        `## ${headline(counts)}`,
        renderTally(counts),
        ...section('To fix', of('fix', 'error')),
        ...section('Warnings', of('fix', 'warning')),
        ...unchecked(of('unknown')),
        ...well(of('ok')),
    ].join('\n\n');
}
function headline({ errors, warnings, unknown }) {
    if (errors > 0)
        return `❌ ${(0,markdown/* counted */.hS)(errors, 'thing')} to fix before a deploy can work`;
    if (warnings > 0)
        return `⚠️ A deploy can work; ${(0,markdown/* counted */.hS)(warnings, 'warning')}`;
    return unknown > 0 ? '✅ Nothing to fix in what could be checked' : '✅ All is well';
}
function section(title, examined) {
    if (examined.length === 0)
        return [];
    return [`### ${title}`, ...examined.map(renderItem)];
}
/** What waits for the same thing stands together: one obstacle may be before fifty checks. */
function unchecked(examined) {
    const waiting = Map.groupBy(examined, ({ waitsFor }) => waitsFor);
    const own = waiting.get(undefined) ?? [];
    const lists = [...waiting].flatMap(([waitsFor, group]) => {
        if (waitsFor === undefined)
            return [];
        return [`**Waiting for "${plain(waitsFor)}"** (${group.length}): ${nameAll(group)}`];
    });
    if (examined.length === 0)
        return [];
    return ['### Cannot be checked', ...own.map(renderItem), ...lists];
}
/** Each by its title, or so many that only their subjects are worth reading. */
function nameAll(group) {
    if (group.length <= MOST_TITLES)
        return group.map(({ check }) => plain(check.title)).join(', ');
    const subjects = [...bySubject(group)].map(([subject, { length }]) => `${subject} (${length})`);
    return subjects.join(', ');
}
function renderItem({ check, finding }) {
    const fix = report_fixOf(finding);
    const words = `**${check.subject}: ${check.title}** (${(0,markdown/* codeSpan */.SS)(check.id)})\n${plain(finding.said)}`;
    return fix === '' ? words : `${words}\n\n${(0,markdown/* fence */.EU)((0,markdown/* visible */.RK)(fix), 'text')}`;
}
function well(examined) {
    if (examined.length === 0)
        return [];
    const rows = examined.map(({ check, finding }) => `| ${check.subject} | ${check.title} | ${plain(finding.said)} |`);
    const table = ['| Subject | Check | Found |', '| --- | --- | --- |', ...rows].join('\n');
    return [`<details><summary>${examined.length} ok</summary>\n\n${table}\n\n</details>`];
}
/** Words that may quote answers of others: they are shown, and never do anything. */
function plain(said) {
    return (0,markdown/* visible */.RK)(said)
        .replace(/[\\`*_[\]<>|#@~&]/g, (sign) => (sign === '_' ? sign : `\\${sign}`))
        .replaceAll('\n', '<br>');
}
function report_fixOf(finding) {
    return finding.kind === 'ok' ? '' : (finding.fix ?? '');
}
function bySubject(examined) {
    return Map.groupBy(examined, ({ check }) => check.subject);
}

;// CONCATENATED MODULE: ./lib/commands/doctor.js



/** An endpoint that needs longer is broken in a way of its own. */
const LIMIT_MS = 10_000;
const MOST_NAMED = 3;
/**
 * Looks at everything that must hold before and after the first deploy, and changes nothing. Shows
 * all of it, with a fix where one is needed.
 *
 * @throws ActionError DOCTOR_FOUND when a deploy could not work; a warning throws nothing
 */
async function doctor(checks, ports, signal) {
    const { clock, log } = ports;
    const examined = await examine(checks, { clock, limitMs: LIMIT_MS, signal });
    for (const line of renderLines(examined))
        log.info(line);
    ports.setOutputs(examined);
    await ports.summarize(renderSummary(examined));
    refuseErrors(examined);
    return examined;
}
/** One error for all of them: the first ones by name, and the fix to begin with. */
function refuseErrors(examined) {
    const errors = examined.flatMap(({ check, finding }) => finding.kind === 'fix' && finding.severity === 'error' ? [{ check, finding }] : []);
    const [first] = errors;
    if (first === undefined)
        return;
    const named = errors
        .slice(0, MOST_NAMED)
        .map(({ check, finding }) => `  ${check.subject}, ${check.title}: ${finding.said.replace(/:$/, '.')}`);
    const rest = errors.length - MOST_NAMED;
    const more = rest > 0 ? [`  and ${rest} more, in the log and on the job's page`] : [];
    throw new lib_errors/* ActionError */.l('DOCTOR_FOUND', [`${errors.length} of ${examined.length} checks need a fix:`, ...named, ...more].join('\n'), { hint: `Begin with:\n${first.finding.fix}` });
}

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
;// CONCATENATED MODULE: ./lib/compose/doctor.js






















/** Builds the doctor with the real world behind every port. */
function composeDoctor(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: async () => {
            const checks = composeChecks({ config, env, signal, log: step.log });
            await doctor(checks, {
                clock: adapters_clock/* systemClock */.m,
                log: step.log,
                setOutputs: (examined) => step.setOutputs(renderDoctorOutputs(examined)),
                summarize: (markdown) => step.summarize(markdown),
            }, signal);
        },
        fail: (failure) => step.fail(failure),
    };
}
/** A look that fails for longer says what failed rather than that time ran out. */
const RETRY_FOR_MS = 4_000;
/** Every check of doctor; nothing is asked before they look. */
function composeChecks(parts) {
    const { config, env, signal, log, clock = adapters_clock/* systemClock */.m } = parts;
    const oidc = readOidc(env);
    const identity = oidc === undefined ? nobody(parts) : (0,google/* identify */.ls)({ config, env, log });
    const http = (0,network_http/* gaxiosHttp */.Y)();
    const exchange = composeExchange(parts, identity, oidc);
    const { stsToken, iamCredentials } = identity.endpoints;
    const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com';
    const clients = (0,google/* googleClients */.Sh)(identity, { config, log, signal, retryForMs: RETRY_FOR_MS });
    const { surroundings, tokens } = identity;
    return [
        inputsCheck(config),
        ...gitHubChecks(composeApi(parts, apiUrl), config, {
            repository: env['GITHUB_REPOSITORY'] ?? '',
            commit: env['GITHUB_SHA'] ?? '',
        }),
        ...identityChecks({ http, clock, exchange, tokens: oidc && tokens }, {
            provider: config.workloadIdentityProvider,
            surroundings,
            clocks: [apiUrl, stsToken, iamCredentials],
        }),
        ...runnerChecks({
            commands: new processes/* ProcessRunner */.S(env),
            tools: tool_cache/* runnerToolCache */.F,
            http,
            disk: localDisk,
            files: files/* localFiles */.J,
        }, config, {
            releasesUrl: env['HASHICORP_RELEASES_URL'] || 'https://releases.hashicorp.com/',
            workspace: process.cwd(),
            tempDirectory: env['RUNNER_TEMP'] ?? '/tmp',
            probeName: `doctor-${(0,external_node_crypto_.randomUUID)()}`,
        }),
        ...googleChecks({ ...clients, clock, member: (0,diagnosis_surroundings/* memberIn */.W)(surroundings) }, config),
    ];
}
/** They were read before anything was built: what is wrong with them has ended the job. */
function inputsCheck({ name, projectId, region, stateBucket }) {
    const said = `Service ${name} in project ${projectId}, ${region}; state in gs://${stateBucket}.`;
    return {
        id: 'inputs',
        subject: 'Inputs',
        title: 'Inputs of the step',
        look: async () => ok(said),
    };
}
/** A job without a token is told so by a check of its own. */
function readOidc(env) {
    try {
        return (0,context/* readOidcRequest */.Ru)(env);
    }
    catch (error) {
        if (error instanceof lib_errors/* ActionError */.l)
            return undefined;
        throw error;
    }
}
function nobody({ config, env }) {
    const tokens = { accessToken: async () => (0,context/* readOidcRequest */.Ru)(env).requestToken };
    return {
        endpoints: (0,endpoints/* resolveEndpoints */.$)(config.region, env),
        credentials: {},
        tokens,
        surroundings: (0,diagnosis_surroundings/* surroundingsOf */.Z)(config, env['GITHUB_REPOSITORY_ID']),
    };
}
function composeExchange({ config, env, signal, log, clock = adapters_clock/* systemClock */.m }, { endpoints }, oidc) {
    const { workloadIdentityProvider, serviceAccount } = config;
    // The variable of Google's Terraform provider for whoever is signed in by other means; a secret that
    // was pasted may end with a line feed, which would not be masked.
    const otherToken = env['GOOGLE_OAUTH_ACCESS_TOKEN']?.trim() || undefined;
    if (otherToken !== undefined)
        log.mask(otherToken);
    return new Exchange({ http: (0,network_http/* gaxiosHttp */.Y)(), clock, mask: (secret) => log.mask(secret) }, { workloadIdentityProvider, serviceAccount, endpoints, oidc, otherToken, signal });
}
function composeApi({ config, log }, apiUrl) {
    if (config.githubToken === '')
        return undefined;
    log.mask(config.githubToken);
    return (0,octokit/* octokitApi */.k)({ token: config.githubToken, apiUrl }, log);
}


/***/ }),

/***/ 6646:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ lastLine)
/* harmony export */ });
/** The last line that says something: what a command that failed ends with. */
function lastLine(text) {
    return text.trim().split('\n').pop()?.trim() ?? '';
}


/***/ }),

/***/ 6886:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ LedgerFile)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
// EXTERNAL MODULE: ./lib/release/ledger/ledger.js
var ledger_ledger = __webpack_require__(9242);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
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
    const file = (0,json/* parseJson */.qF)(text);
    if (!(0,json/* isRecord */.u4)(file))
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
    if (!(0,json/* isRecord */.u4)(value))
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
    return new errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} is damaged: ${problem}.`, {
        hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one. To begin a new history instead, run: gcloud storage mv ${url} ${url}.damaged`,
    });
}
function unknownVersion(url, version) {
    return new errors/* ActionError */.l('LEDGER_UNREADABLE', `The ledger ${url} has format version ${version}; this release of deploy-spot-mig reads version ${VERSION} only.`, { hint: 'Use the release of deploy-spot-mig that deployed last, or a newer one.' });
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
            const next = ours ? ledger : (0,ledger_ledger/* openEntry */.vW)(ledger, entry, startedAt);
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
        return this.change((ledger) => (0,ledger_ledger/* closeEntry */.HH)(ledger, attempt, { ...closing, finishedAt }));
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
        return (0,retry/* retry */.L)(() => this.#tryChange(change), PATIENCE, tools);
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
            return { ledger: ledger_ledger/* EMPTY_LEDGER */._7, generation: '0' };
        const ledger = parseLedger(found.text, store.url(this.#name));
        return { ledger, generation: found.generation };
    }
    #giveUp() {
        throw new errors/* ActionError */.l('LEDGER_BUSY', `Could not write the ledger ${this.#ports.store.url(this.#name)}: others changed it each time between reading and writing.`, {
            hint: 'Look for runs or scripts that write this object without end, then run the job again.',
        });
    }
    #now() {
        return new Date(this.#ports.clock.now()).toISOString();
    }
}


/***/ }),

/***/ 9242:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HH: () => (/* binding */ closeEntry),
/* harmony export */   Jh: () => (/* binding */ openEntries),
/* harmony export */   T5: () => (/* binding */ lastVerified),
/* harmony export */   _7: () => (/* binding */ EMPTY_LEDGER),
/* harmony export */   p4: () => (/* binding */ isVerified),
/* harmony export */   vW: () => (/* binding */ openEntry)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('LEDGER_CONFLICT', `The ledger holds no attempt ${attempt}.`, {
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
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('LEDGER_CONFLICT', `Attempt ${attempt} (${runUrl}) is in the ledger as "${outcome}" already; it cannot become "${wanted}".`, {
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


/***/ }),

/***/ 3984:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $S: () => (/* binding */ describeOwner),
/* harmony export */   PG: () => (/* binding */ parseLock),
/* harmony export */   _k: () => (/* binding */ STALE_AFTER_MS),
/* harmony export */   ff: () => (/* binding */ ageMsOf),
/* harmony export */   wC: () => (/* binding */ renderLock)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** A lock that nobody renewed for so long has no living holder. */
const STALE_AFTER_MS = 180_000;
/** Whoever wrote a lock that cannot be read: its age alone counts. */
function parseLock(text) {
    const record = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text));
    return {
        holder: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['holder']),
        runUrl: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['run_url']),
        actor: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['actor']),
        acquiredAt: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['acquired_at']),
        renewedAt: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(record['renewed_at']),
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


/***/ }),

/***/ 3334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oc: () => (/* binding */ refuseBinary),
/* harmony export */   WG: () => (/* binding */ waitsForApply),
/* harmony export */   fT: () => (/* binding */ secretsOfTerraform),
/* harmony export */   o5: () => (/* binding */ binaryNames),
/* harmony export */   th: () => (/* binding */ wantedSecrets)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _forms_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9930);
/* harmony import */ var _short_name_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4579);




/** Each secret once, however many names it has. */
function wantedSecrets(config) {
    const wanted = new Map();
    for (const [name, bytes] of config.secretValues) {
        const secret = (0,_short_name_js__WEBPACK_IMPORTED_MODULE_1__/* .shortName */ .E)(config.secrets.get(name)?.secret ?? '', config.projectId);
        const names = [...(wanted.get(secret)?.names ?? []), name];
        wanted.set(secret, { secret, names, bytes });
    }
    return [...wanted.values()];
}
/** Secrets that the bundled Terraform makes: one that is there before would stop its apply. */
function secretsOfTerraform({ terraformVariables, }) {
    const listed = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(terraformVariables.get('create_secrets') ?? ''));
    return new Set(listed.filter((entry) => typeof entry === 'string'));
}
/** Whether a value has to wait for the apply, which makes its secret; one's own configuration may, too. */
function waitsForApply(config) {
    const made = secretsOfTerraform(config);
    const isMade = wantedSecrets(config).some(({ secret }) => made.has(secret));
    return isMade || config.terraformDirectory !== undefined;
}
/**
 * Refuses values that no VM could start with, before a release is made of them: what a container
 * reads from its environment is text.
 *
 * @throws ActionError SECRET_VALUES
 */
function refuseBinary({ secretValues }) {
    const binary = binaryNames(secretValues);
    if (binary.length === 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('SECRET_VALUES', `The value of ${binary.join(', ')} is binary, which no variable of a container can hold: a VM that reads it does not start.`, {
        hint: 'Write NAME=VALUE with the base64 text itself, and decode it in the app. To only store it, use `command: secrets` without `roll`.',
    });
}
/** Names whose values are no text, or hold a NUL. */
function binaryNames(values) {
    return [...values].flatMap(([name, bytes]) => ((0,_forms_js__WEBPACK_IMPORTED_MODULE_3__/* .textOf */ .b6)(bytes) === undefined ? [name] : []));
}


/***/ }),

/***/ 7711:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lQ: () => (/* binding */ resolveTerraform),
/* harmony export */   xk: () => (/* binding */ versionOnPath)
/* harmony export */ });
/* unused harmony export checksumOf */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _version_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(612);



/**
 * The path of a terraform that fits: on PATH, kept by an earlier job, or downloaded and checked
 * against HashiCorp's SHA-256 list.
 *
 * @throws ActionError TERRAFORM_MISSING
 */
async function resolveTerraform(ports, options) {
    const found = await versionOnPath(ports.commands);
    if (found !== undefined && (0,_version_js__WEBPACK_IMPORTED_MODULE_1__/* .isFitting */ .sL)(found, options.wanted))
        return 'terraform';
    const version = options.wanted ?? _version_js__WEBPACK_IMPORTED_MODULE_1__/* .PINNED_VERSION */ ._4;
    ports.log.info(found === undefined
        ? `No terraform on PATH: taking ${version}.`
        : `terraform ${found} on PATH does not fit (${options.wanted ?? _version_js__WEBPACK_IMPORTED_MODULE_1__/* .FITTING_VERSIONS */ .gX}): taking ${version}.`);
    const kept = await ports.tools.find('terraform', version);
    return `${kept ?? (await install(ports, version, options))}/terraform`;
}
/** Undefined without one; `terraform version -json` prints a warning of its CLI configuration to stderr at most. */
async function versionOnPath(commands) {
    try {
        const { exitCode, stdout } = await commands.run('terraform', ['version', '-json']);
        if (exitCode !== 0)
            return undefined;
        return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(stdout))['terraform_version']) || undefined;
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
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_MISSING', `The download ${folder}${zipName} has the SHA-256 ${actual}, which is not the one in HashiCorp's list.`, { hint: 'Run the job again; if it stays so, somebody may be tampering with the download.' });
        }
        return await tools.keepZip(zipPath, 'terraform', version);
    }
    catch (error) {
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l)
            throw error;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_MISSING', `Could not install terraform ${version} from ${folder}${zipName}: ${error instanceof Error ? error.message : String(error)}`, {
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


/***/ }),

/***/ 6649:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ stateName),
/* harmony export */   f: () => (/* binding */ readLastOutputs)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8189);


/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
function stateName(prefix) {
    return `${prefix}/default.tfstate`;
}
/**
 * The root outputs that the last apply left, read from the state itself: long before terraform is
 * ready to tell them. Empty before the first apply, and where the state cannot be read as such.
 *
 * @throws ActionError GCP_* as `ObjectStore.read` does
 */
async function readLastOutputs(store, prefix) {
    const state = await store.read(stateName(prefix));
    return (0,_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .outputValues */ .u)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(state?.text ?? '')).outputs));
}


/***/ }),

/***/ 6032:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $B: () => (/* binding */ findGroup),
/* harmony export */   Cg: () => (/* binding */ templateBelow),
/* harmony export */   qy: () => (/* binding */ readStateFile)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _last_outputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6649);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8189);




/**
 * Terraform's memory, read without terraform, once. Undefined where it never applied anything.
 *
 * @throws ActionError TERRAFORM_FAILED for a state that is none; GCP_* as `ObjectStore.read` does
 */
async function readStateFile(store, prefix) {
    const name = (0,_last_outputs_js__WEBPACK_IMPORTED_MODULE_1__/* .stateName */ .V)(prefix);
    const found = await store.read(name);
    if (found === undefined)
        return undefined;
    const state = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(found.text);
    if (!(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isRecord */ .u4)(state))
        throw damaged(store.url(name));
    const { outputs, resources } = state;
    return {
        outputs: (0,_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .outputValues */ .u)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(outputs)),
        resources: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(resources).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY).filter(isManaged).flatMap(readResource),
    };
}
const GROUP_TYPES = new Set([
    'google_compute_region_instance_group_manager',
    'google_compute_instance_group_manager',
]);
/** The recorded group of that name or id; the only one there is where no output names one. */
function findGroup({ resources }, reference) {
    const groups = resources.filter(({ type }) => GROUP_TYPES.has(type));
    if (reference === '')
        return groups.length === 1 ? groups[0] : undefined;
    const name = reference.slice(reference.lastIndexOf('/') + 1);
    return groups.find(({ attributes }) => attributes['name'] === name);
}
/** The id of the template that terraform itself put the group on: what is destroyed only after it. */
function templateBelow({ resources }, group) {
    const below = resources.find(({ type, address }) => type.endsWith('_instance_template') && group.dependencies.includes(address));
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(below?.attributes['id']) || undefined;
}
function isManaged({ mode }) {
    return mode === 'managed';
}
function readResource(resource) {
    const type = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(resource['type']);
    const module = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(resource['module']);
    const address = `${module && `${module}.`}${type}.${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(resource['name'])}`;
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(resource['instances'])
        .map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)
        .map((instance) => ({
        address,
        type,
        attributes: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(instance['attributes']),
        dependencies: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(instance['dependencies']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1),
    }));
}
function damaged(url) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_FAILED', `The state ${url} is no JSON object.`, {
        hint: `Put back an earlier version: \`gcloud storage ls --all-versions ${url}\` lists them, \`gcloud storage cp ${url}#GENERATION ${url}\` restores one.`,
    });
}


/***/ }),

/***/ 2177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AL: () => (/* binding */ findStateLock),
/* harmony export */   Fw: () => (/* binding */ readStateLock),
/* harmony export */   Ui: () => (/* binding */ stateLockName)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
function stateLockName(prefix) {
    return `${prefix}/default.tflock`;
}
/** Undefined when nobody holds it. @throws ActionError GCP_* */
async function readStateLock(store, prefix) {
    const name = stateLockName(prefix);
    const found = await store.read(name);
    if (found === undefined)
        return undefined;
    const lock = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(found.text));
    return {
        who: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Who']),
        operation: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Operation']),
        since: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Created']),
        url: store.url(name),
    };
}
/** A warning that says who holds the state lock, since when, and how to free it; undefined when nobody does. */
async function findStateLock(store, prefix) {
    const lock = await readStateLock(store, prefix);
    if (lock === undefined)
        return undefined;
    const holder = `${lock.who || 'Somebody'} holds it since ${lock.since || 'some time'}`;
    return {
        severity: 'warning',
        summary: 'The state is locked: what is under way may change this plan',
        detail: `${holder} (${lock.operation || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${lock.url}`,
        address: '',
        file: '',
        line: 0,
    };
}


/***/ }),

/***/ 612:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _4: () => (/* binding */ PINNED_VERSION),
/* harmony export */   gX: () => (/* binding */ FITTING_VERSIONS),
/* harmony export */   sL: () => (/* binding */ isFitting)
/* harmony export */ });
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


/***/ })

};
