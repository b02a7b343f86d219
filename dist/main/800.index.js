export const id = 800;
export const ids = [800];
export const modules = {

/***/ 1642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);

const systemClock = {
    now: () => Date.now(),
    sleep: async (durationMs, signal) => {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(durationMs, undefined, { signal });
        }
        catch (error) {
            // The timer throws its own AbortError; the reason says who stopped us and why.
            signal.throwIfAborted();
            throw error;
        }
    },
};


/***/ }),

/***/ 4683:
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

/***/ 9335:
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
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./lib/adapters/lines.js

/** Cuts a stream of bytes into whole lines; a character split between two chunks stays whole. */
class LineSplitter {
    #decoder = new external_node_string_decoder_.StringDecoder('utf8');
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

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
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
    return new errors/* ActionError */.l('TOOL_MISSING', `Could not start ${tool}: ${why}`, { cause });
}


/***/ }),

/***/ 6007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ composeGitHub)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/adapters/octokit.js

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
    const response = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(error)['response']);
    const { status, headers, data } = response;
    if (typeof status !== 'number')
        throw error;
    return { status, headers: toHeaders(headers), data };
}
function toHeaders(headers) {
    return Object.fromEntries(Object.entries((0,json/* asRecord */.qY)(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
;// CONCATENATED MODULE: ./lib/github/api/failure.js



/** What GitHub refused or could not do, with the permission to add where that is the reason. */
class GitHubError extends errors/* ActionError */.l {
    kind;
    waitMs;
    constructor(text, { kind, waitMs }, more) {
        super(CODES[kind], text, { ...more, isPassing: kind === 'limited' || kind === 'lost' });
        this.name = 'GitHubError';
        this.kind = kind;
        this.waitMs = waitMs;
    }
}
/** Pure: what an answer of 300 and above says. */
function readFailure(answer, nowMs) {
    const { status, headers } = answer;
    const message = messageOf(answer);
    const fields = { status, message };
    if (status === 429 || (status === 403 && isLimit(message, headers)))
        return { ...fields, kind: 'limited', waitMs: waitOf(headers, nowMs) };
    if (status >= 500 || status === 408)
        return { ...fields, kind: 'lost' };
    return { ...fields, kind: status === 401 || status === 403 ? 'denied' : 'refused' };
}
function toError({ purpose, permission }, failure) {
    const text = `Could not ${purpose}: GitHub answered ${failure.status}: ${failure.message}`;
    return new GitHubError(text, failure, { hint: hintFor(failure, permission) });
}
function unreachable({ purpose }, cause) {
    const text = `Could not ${purpose}: GitHub did not answer (${(0,network_reason/* networkReason */.d)(cause)}).`;
    return new GitHubError(text, { kind: 'lost' }, { cause, hint: STATUS_PAGE });
}
const CODES = {
    denied: 'GITHUB_DENIED',
    refused: 'GITHUB_REQUEST_FAILED',
    limited: 'GITHUB_REQUEST_FAILED',
    lost: 'GITHUB_UNREACHABLE',
};
/** GitHub asks for a minute at least where it names no time for its secondary limit. */
const LIMITED_MS = 60_000;
const STATUS_PAGE = 'Check https://www.githubstatus.com and the network of the runner, then run the job again.';
function hintFor({ kind, status, message }, permission) {
    if (kind === 'lost')
        return STATUS_PAGE;
    if (kind === 'limited')
        return 'The token has used up its requests for now: run the job again later.';
    if (status === 401)
        return 'The input `github_token` must be a token that is still valid, such as ${{ github.token }}.';
    if (/is locked/i.test(message))
        return 'Unlock the conversation of the pull request, or set the input `comment` to false.';
    if (/personal access token/i.test(message))
        return `Give the token of the input \`github_token\` the permission \`${permission}\`, or leave the input out.`;
    if (kind === 'denied' || status === 404)
        return `Add \`permissions: ${permission}\` to the job. A pull request from a fork never gets it.`;
    return undefined;
}
// The documentation names the headers; the words are all that tells a secondary limit without them.
function isLimit(message, headers) {
    return (headers['retry-after'] !== undefined ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit|abuse detection/i.test(message));
}
function waitOf(headers, nowMs) {
    const after = Number(headers['retry-after'] ?? Number.NaN);
    if (after >= 0)
        return after * 1000;
    if (headers['x-ratelimit-remaining'] !== '0')
        return LIMITED_MS;
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
    return reset > 0 ? Math.max(0, reset * 1000 - nowMs) : LIMITED_MS;
}
function messageOf({ status, data }) {
    const { message, errors } = (0,json/* asRecord */.qY)(data);
    const details = (0,json/* asList */.DD)(errors).map((error) => (0,json/* asText */.e1)((0,json/* asRecord */.qY)(error)['message']) || (0,json/* asText */.e1)(error));
    const texts = [(0,json/* asText */.e1)(message), ...details].filter((text) => text !== '');
    return texts.length > 0 ? texts.join(': ') : `status ${status} without a reason`;
}

;// CONCATENATED MODULE: ./lib/github/api/client.js



const TIMEOUT_MS = 15_000;
/** How long failures of GitHub are tried again. */
const LOST_FOR_MS = 30_000;
const POLICY = { totalMs: 150_000, firstDelayMs: 500, maxDelayMs: 8_000 };
const MAX_PAGES = 100;
/**
 * The one way to GitHub's API. `request` is for what may be repeated, and does so after any passing
 * failure. `requestOnce` never does: a write that broke off may have been carried out, and after a
 * wait the world may be another one. Whoever writes looks again, and then decides.
 */
class GitHubClient {
    #ports;
    #options;
    #repository;
    #login;
    constructor(ports, options) {
        this.#ports = ports;
        this.#options = options;
        const [owner = '', repo = ''] = options.repository.split('/');
        this.#repository = { owner, repo };
    }
    /** @throws GitHubError with the permission to add, where that is the reason */
    request(request) {
        const { clock, log } = this.#ports;
        const { signal, random = Math.random } = this.#options;
        const giveUpAt = clock.now() + TIMEOUT_MS + LOST_FOR_MS;
        return (0,retry/* retry */.L)(() => this.#attempt(request, giveUpAt), POLICY, {
            clock,
            signal,
            random,
            onRetry: (why, delayMs) => log.debug(`${request.route}: ${why}; again in ${Math.round(delayMs)} ms`),
        });
    }
    /** @throws GitHubError; one that is passing leaves open whether the request was carried out */
    async requestOnce(request) {
        const { api, clock } = this.#ports;
        const { signal } = this.#options;
        const parameters = { ...this.#repository, ...request.parameters };
        const { route } = request;
        let answer;
        try {
            answer = await api.send({ route, parameters, timeoutMs: TIMEOUT_MS, signal });
        }
        catch (error) {
            signal.throwIfAborted();
            throw unreachable(request, error);
        }
        if (answer.status < 300 || request.accept?.includes(answer.status))
            return answer;
        throw toError(request, readFailure(answer, clock.now()));
    }
    /** Every item of a list, over all of its pages. */
    async readAll(request) {
        const items = [];
        for (let page = 1; page <= MAX_PAGES; page++) {
            const parameters = { ...request.parameters, per_page: 100, page };
            const { data, headers } = await this.request({ ...request, parameters });
            if (Array.isArray(data))
                items.push(...data);
            // A page may be short and yet not the last one: GitHub leaves out what it hides.
            if (!/rel="next"/.test(headers['link'] ?? ''))
                break;
        }
        return items;
    }
    /**
     * The login that writes with this token. GraphQL says it for every kind of token; REST's
     * `/user` refuses those of jobs and apps.
     */
    ownLogin() {
        this.#login ??= this.#readLogin();
        return this.#login;
    }
    /** Waits, unless the run is cancelled. */
    pause(durationMs) {
        return this.#ports.clock.sleep(durationMs, this.#options.signal);
    }
    get log() {
        return this.#ports.log;
    }
    async #readLogin() {
        const request = {
            route: 'POST /graphql',
            parameters: { query: '{ viewer { login } }' },
            purpose: 'find out whose token this is',
            permission: 'pull-requests: write',
        };
        const { data, status } = await this.request(request);
        const viewer = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(data)['data'])['viewer']);
        const login = (0,json/* asText */.e1)(viewer['login']);
        if (login !== '')
            return login;
        const message = 'GitHub named no login for the token.';
        throw toError(request, { kind: 'refused', status, message });
    }
    async #attempt(request, giveUpAt) {
        try {
            return { done: await this.requestOnce(request) };
        }
        catch (error) {
            if (!(error instanceof GitHubError) || !error.isPassing)
                throw error;
            const isLimit = error.kind === 'limited';
            if (!isLimit && this.#ports.clock.now() >= giveUpAt)
                throw error;
            const giveUp = () => {
                throw error;
            };
            return { again: error.message, notBeforeMs: error.waitMs, giveUp };
        }
    }
}

// EXTERNAL MODULE: ./lib/github/marker.js
var github_marker = __webpack_require__(5917);
;// CONCATENATED MODULE: ./lib/github/pull-requests.js

const PERMISSION = 'pull-requests: write';
async function fetchPullRequest(client, number) {
    const { data } = await client.request({
        route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
        parameters: { pull_number: number },
        purpose: `read pull request #${number}`,
        permission: PERMISSION,
    });
    return readPullRequest(data);
}
/**
 * The merged pull request that brought this commit to its branch; undefined for a direct push, and
 * for a commit that is merely part of one: what was reviewed is the whole of it.
 */
async function findMergedPullRequest(client, commit) {
    const pulls = await client.readAll({
        route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
        parameters: { commit_sha: commit },
        purpose: `find the pull request of commit ${commit.slice(0, 7)}`,
        permission: 'pull-requests: read',
    });
    const merged = (0,json/* asList */.DD)(pulls)
        .map(readPullRequest)
        .filter(({ state }) => state === 'merged');
    // A fast-forward by hand makes no commit of its own.
    return (merged.find(({ mergeCommit }) => mergeCommit === commit) ??
        merged.find(({ headSha }) => headSha === commit));
}
/** GitHub lists no more of them than this. */
const MAX_FILES = 3_000;
/** What a pull request changes, also under the name that a file had before; undefined where GitHub lists not all. */
async function listChangedFiles(client, number) {
    const files = await client.readAll({
        route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
        parameters: { pull_number: number },
        purpose: `list the files of pull request #${number}`,
        permission: 'pull-requests: read',
    });
    if (files.length >= MAX_FILES)
        return undefined;
    const names = files.map(json/* asRecord */.qY).flatMap((file) => [file['filename'], file['previous_filename']]);
    return names.map(json/* asText */.e1).filter((name) => name !== '');
}
function readPullRequest(data) {
    const pull = (0,json/* asRecord */.qY)(data);
    const isMerged = (0,json/* asText */.e1)(pull['merged_at']) !== '';
    return {
        number: (0,json/* asNumber */.i)(pull['number']) ?? 0,
        headSha: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(pull['head'])['sha']),
        baseRef: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(pull['base'])['ref']),
        state: isMerged ? 'merged' : pull['state'] === 'closed' ? 'closed' : 'open',
        // Of an open one it is the trial merge that GitHub keeps.
        mergeCommit: isMerged ? (0,json/* asText */.e1)(pull['merge_commit_sha']) : '',
        mergedBy: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(pull['merged_by'])['login']),
        url: (0,json/* asText */.e1)(pull['html_url']),
    };
}

;// CONCATENATED MODULE: ./lib/github/sticky/generation.js
/**
 * Whether `a` is the later word on a pull request whose branch is at `head` (undefined where there
 * is none). What speaks of the head beats what speaks of another commit, also after a force push
 * back to an older one; then the later run, and of one run the later attempt.
 */
function isNewer(a, b, head) {
    const isOfHead = (generation) => generation.commit === head;
    if (a.commit !== b.commit && isOfHead(a) !== isOfHead(b))
        return isOfHead(a);
    if (a.runId !== b.runId)
        return a.runId > b.runId;
    return a.runAttempt > b.runAttempt;
}
function isSame(a, b) {
    return a.commit === b.commit && a.runId === b.runId && a.runAttempt === b.runAttempt;
}

;// CONCATENATED MODULE: ./lib/github/sticky/step.js

/**
 * What to do next, so that in the end one text is left that shows the latest run. GitHub knows no
 * condition for a write, so each run looks, does one step and looks again. All runs agree on the
 * text to keep (the oldest) and on the words to show (the latest run's), so they help each other,
 * in whatever order their requests arrive.
 */
function nextStep(scene) {
    const { wanted, finish, done } = scene;
    const [target, ...extras] = scene.seen.toSorted((a, b) => a.id - b.id);
    const newest = newestOf(scene.seen, scene.head);
    if (!target || !newest)
        return startStep(scene);
    const isOurs = wanted !== undefined && wins(wanted, newest, scene);
    const body = finish(isOurs ? wanted.body : newest.body);
    if (!shows(target, body, done)) {
        // GitHub may answer from a copy that is behind. Who acted on that could overwrite somebody.
        if (done.written.has(body) && done.replaced.has(target.body))
            return { kind: 'wait' };
        return { kind: 'update', id: target.id, body };
    }
    const extra = extras.at(-1);
    if (extra)
        return { kind: 'remove', id: extra.id };
    const isShown = isOurs || (wanted !== undefined && isSame(wanted.generation, newest.generation));
    return { kind: 'settled', shows: isShown ? 'ours' : 'newer', at: target };
}
function startStep({ wanted, finish, done }) {
    if (!wanted)
        return { kind: 'settled', shows: 'nothing', at: undefined };
    if (done.written.size > 0)
        return { kind: 'wait' };
    return { kind: 'create', body: finish(wanted.body) };
}
function newestOf(seen, head) {
    return seen.reduce((best, one) => (best && !isNewer(one.generation, best.generation, head) ? best : one), undefined);
}
function wins(wanted, newest, { head, done }) {
    const ours = wanted.generation;
    const theirs = newest.generation;
    // Two jobs of one run that say different things: whoever comes last has the last word, once.
    if (isSame(ours, theirs))
        return done.written.size === 0;
    if (isNewer(ours, theirs, head))
        return true;
    // An old run that was started again after the other had ended looked at the world later.
    return ours.commit === theirs.commit && newest.updatedAtMs + 1000 <= wanted.startedAtMs;
}
// GitHub may keep a text otherwise than it was sent; then its first line says that it is the one.
function shows({ body }, wanted, { written }) {
    if (normal(body) === normal(wanted))
        return true;
    return written.has(wanted) && firstLine(body) === firstLine(wanted);
}
function normal(text) {
    return text.replaceAll('\r\n', '\n').trim();
}
function firstLine(text) {
    return /^[^\r\n]*/.exec(text)?.[0] ?? '';
}

;// CONCATENATED MODULE: ./lib/github/sticky/settle.js


const MAX_STEPS = 30;
const MAX_FAILURES = 4;
const MAX_WAITS = 3;
const FIRST_PAUSE_MS = 1_000;
/** No run waits longer than this for a limit of GitHub's to end. */
const MAX_PAUSE_MS = 120_000;
/** Looks and acts until nothing is left to do. @throws GitHubError */
function settle(client, shelf, wanted) {
    return new Settling(client, shelf, wanted).run();
}
class Settling {
    #client;
    #shelf;
    #wanted;
    #written = new Set();
    #replaced = new Set();
    #url = '';
    #failures = 0;
    #waits = 0;
    constructor(client, shelf, wanted) {
        this.#client = client;
        this.#shelf = shelf;
        this.#wanted = wanted;
    }
    async run() {
        for (let steps = 0; steps < MAX_STEPS; steps++) {
            const { isOver, ...scene } = await this.#shelf.look();
            // What people saw before it was over is what they reviewed: later words must not take its place.
            if (isOver && this.#written.size === 0)
                this.#wanted = undefined;
            const done = { written: this.#written, replaced: this.#replaced };
            const step = nextStep({ ...scene, wanted: this.#wanted, done });
            if (step.kind === 'settled')
                return { shows: step.shows, url: step.at?.url ?? this.#url };
            if (step.kind === 'wait') {
                // It was taken, and that is certain; only the answers are late.
                if (this.#waits === MAX_WAITS)
                    return { shows: 'ours', url: this.#url };
                await this.#client.pause(FIRST_PAUSE_MS * 2 ** this.#waits++);
            }
            else
                await this.#act(step, scene.seen);
        }
        throw new GitHubError(`Could not ${this.#shelf.purpose}: after ${MAX_STEPS} attempts somebody else had changed it again.`, { kind: 'lost' }, { hint: 'Look for another workflow that writes it all the time.' });
    }
    /** After a write that broke off nothing is certain: the next look tells whether it was carried out. */
    async #act(step, seen) {
        try {
            if (step.kind === 'remove')
                await this.#shelf.remove(step.id);
            else if (step.kind === 'update')
                await this.#update(step, seen);
            else {
                this.#url = await this.#shelf.create(step.body);
                this.#written.add(step.body);
            }
        }
        catch (error) {
            await this.#bear(error);
        }
    }
    async #update({ id, body }, seen) {
        const before = seen.find((sighting) => sighting.id === id);
        if (!(await this.#shelf.update(id, body)) || !before)
            return;
        this.#url = before.url;
        this.#written.add(body);
        this.#replaced.add(before.body);
    }
    async #bear(error) {
        if (!(error instanceof GitHubError) || !error.isPassing)
            throw error;
        const pauseMs = error.waitMs ?? FIRST_PAUSE_MS * 2 ** this.#failures;
        this.#failures += 1;
        if (this.#failures > MAX_FAILURES || pauseMs > MAX_PAUSE_MS)
            throw error;
        this.#client.log.debug(`${error.message} Looking again in ${pauseMs} ms.`);
        await this.#client.pause(pauseMs);
    }
}

;// CONCATENATED MODULE: ./lib/github/sticky/sightings.js


/**
 * Those of GitHub's comments or issues that `login` wrote for the subject. A marker in somebody
 * else's text is worth nothing: anyone may copy one.
 */
function readSightings(items, { kind, name }, login) {
    return items.flatMap((item) => {
        const { id, number, body, user, updated_at: updatedAt, html_url: url } = (0,json/* asRecord */.qY)(item);
        const generation = (0,github_marker/* parseMarker */.gY)((0,json/* asText */.e1)(body));
        const isOurs = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(user)['login']).toLowerCase() === login.toLowerCase();
        if (!isOurs || generation?.kind !== kind || generation.name !== name)
            return [];
        const updatedAtMs = Date.parse((0,json/* asText */.e1)(updatedAt)) || 0;
        const handle = (0,json/* asNumber */.i)(number) ?? (0,json/* asNumber */.i)(id) ?? 0;
        return [{ id: handle, body: (0,json/* asText */.e1)(body), generation, updatedAtMs, url: (0,json/* asText */.e1)(url) }];
    });
}

;// CONCATENATED MODULE: ./lib/github/comments.js





const comments_PERMISSION = 'pull-requests: write';
/** Whoever deleted it: the next look tells what that means. */
const GONE = [404, 410];
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
/** Brings the one comment of the subject in order; without `wanted` only what is there already. */
function settleComment(client, { pullRequest, subject }, wanted) {
    return settle(client, commentShelf(client, pullRequest, subject), wanted);
}
/** Our comments of a subject on a pull request, as GitHub lists them. */
async function listOwnComments(client, pullRequest, subject) {
    const [login, comments] = await Promise.all([
        client.ownLogin(),
        client.readAll({
            route: `GET ${COMMENTS}`,
            parameters: { issue_number: pullRequest },
            purpose: `read the comments of pull request #${pullRequest}`,
            permission: comments_PERMISSION,
        }),
    ]);
    return comments.filter((comment) => readSightings([comment], subject, login).length > 0);
}
function commentShelf(client, number, subject) {
    const purpose = `write the comment on pull request #${number}`;
    const write = (route, parameters) => client.requestOnce({ route, parameters, accept: GONE, purpose, permission: comments_PERMISSION });
    return {
        purpose,
        look: async () => {
            const [pullRequest, comments, login] = await Promise.all([
                fetchPullRequest(client, number),
                listOwnComments(client, number, subject),
                client.ownLogin(),
            ]);
            return {
                seen: readSightings(comments, subject, login),
                head: pullRequest.headSha,
                isOver: pullRequest.state === 'merged',
                finish: (body) => renderNote(body, pullRequest),
            };
        },
        create: async (body) => {
            const route = `POST ${COMMENTS}`;
            const parameters = { issue_number: number, body };
            const answer = await client.requestOnce({
                route,
                parameters,
                purpose,
                permission: comments_PERMISSION,
            });
            return (0,json/* asText */.e1)((0,json/* asRecord */.qY)(answer.data)['html_url']);
        },
        update: async (id, body) => {
            const { status } = await write(`PATCH ${COMMENT}`, { comment_id: id, body });
            return !GONE.includes(status);
        },
        remove: async (id) => {
            await write(`DELETE ${COMMENT}`, { comment_id: id });
        },
    };
}
/**
 * Pure: below its marker the comment says when its pull request is over, or has moved on to another
 * commit than the one that is shown; else it says nothing there.
 */
function renderNote(body, pullRequest) {
    const marker = (0,github_marker/* parseMarker */.gY)(body);
    if (!marker)
        return body;
    const [, first = '', rest = ''] = PARTS.exec(body) ?? [];
    const { state } = pullRequest;
    const words = noteOf(marker.commit, pullRequest);
    const line = (0,github_marker/* markClosed */.W)(first, state === 'open' ? undefined : state);
    if (words === '')
        return rest === '' ? line : `${line}\n${rest}`;
    return `${line}\n> ${words} ${NOTE}\n\n${rest.trimStart()}`;
}
const NOTE = '<!-- deploy-spot-mig:note -->';
/** The marker's line, a note that may follow it, and all the rest. */
const PARTS = /^([^\r\n]*)(?:\r?\n> [^\r\n]* <!-- deploy-spot-mig:note -->)?(?:\r?\n)?(.*)$/s;
function noteOf(shown, pullRequest) {
    const { state, headSha, mergeCommit, mergedBy, baseRef } = pullRequest;
    const short = (sha) => sha.slice(0, 12);
    const by = mergedBy === '' ? '' : ` by ${mergedBy}`;
    if (state === 'merged')
        return `**Merged** into ${asCode(baseRef)} as ${short(mergeCommit)}${by}: the deploy of that commit makes a plan of its own.`;
    if (state === 'closed')
        return '**Closed without merging**: nothing of this plan is applied.';
    if (shown === headSha)
        return '';
    return `**Outdated**: this is the plan of ${short(shown)}, and the branch is at ${short(headSha)} now.`;
}
// A branch may be called almost anything.
function asCode(ref) {
    return `\`${ref.replaceAll('`', "'")}\``;
}
/** Whether somebody else than `login` had the last hand on a comment: people with write access may edit it. */
async function wasEditedByOthers(client, comment, login) {
    const { data } = await client.request({
        route: 'POST /graphql',
        parameters: { query: EDITOR_QUERY, variables: { id: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(comment)['node_id']) } },
        purpose: 'find out who changed the comment with the plan',
        permission: 'pull-requests: read',
    });
    const node = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(data)['data'])['node']);
    if (node['editor'] === null)
        return false;
    const editor = (0,json/* asRecord */.qY)(node['editor']);
    // Here an app has no "[bot]" behind its login, as it has everywhere else.
    const suffix = editor['__typename'] === 'Bot' ? '[bot]' : '';
    return `${(0,json/* asText */.e1)(editor['login'])}${suffix}`.toLowerCase() !== login.toLowerCase();
}
const EDITOR_QUERY = 'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } } } }';

;// CONCATENATED MODULE: ./lib/github/issues.js



const issues_PERMISSION = 'issues: write';
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
const ISSUES = '/repos/{owner}/{repo}/issues';
/** Keeps one open issue of the subject up to date, or makes it. One that somebody closed stays closed. */
function settleIssue(client, text, wanted) {
    return settle(client, issueShelf(client, text), wanted);
}
/** Closes every open issue of the subject. @returns how many there were */
async function closeIssues(client, { subject, label }) {
    const open = await listOpen(client, { subject, label });
    for (const { id } of open)
        await issues_close(client, id, 'completed');
    return open.length;
}
function issueShelf(client, { subject, title, label }) {
    const purpose = `write the issue "${title}"`;
    const write = async (route, parameters) => {
        const request = { route, parameters, purpose, permission: issues_PERMISSION };
        return (0,json/* asText */.e1)((0,json/* asRecord */.qY)((await client.requestOnce(request)).data)['html_url']);
    };
    return {
        purpose,
        look: async () => ({
            seen: await listOpen(client, { subject, label }),
            finish: (body) => body,
        }),
        create: (body) => write(`POST ${ISSUES}`, { title, body, labels: [label] }),
        update: async (id, body) => {
            await write(`PATCH ${ISSUE}`, { issue_number: id, title, body });
            return true;
        },
        remove: (id) => issues_close(client, id, 'not_planned'),
    };
}
async function listOpen(client, { subject, label }) {
    const [login, issues] = await Promise.all([
        client.ownLogin(),
        client.readAll({
            route: `GET ${ISSUES}`,
            parameters: { state: 'open', labels: label },
            purpose: `look for an open issue with the label ${label}`,
            permission: issues_PERMISSION,
        }),
    ]);
    // GitHub lists pull requests among the issues.
    const proper = issues.filter((issue) => !('pull_request' in (0,json/* asRecord */.qY)(issue)));
    return readSightings(proper, subject, login);
}
async function issues_close(client, number, reason) {
    await client.request({
        route: `PATCH ${ISSUE}`,
        parameters: { issue_number: number, state: 'closed', state_reason: reason },
        purpose: `close issue #${number}`,
        permission: issues_PERMISSION,
    });
}

;// CONCATENATED MODULE: ./lib/github/github.js








/** What a deployment wants of GitHub, for one repository, as the owner of one token. */
class GitHub {
    #client;
    constructor(ports, options) {
        this.#client = new GitHubClient(ports, options);
    }
    /**
     * Leaves one comment that shows the latest run: updated in place, made again where somebody
     * deleted it, with a note where the pull request is over.
     */
    async upsertComment({ pullRequest, ...text }) {
        const { marker, wanted } = read(text);
        const where = { pullRequest, subject: marker };
        return toWritten(await settleComment(this.#client, where, wanted));
    }
    /** Lets the comment say that its pull request is over (or open again). @returns whether there is one */
    async closeComment(pullRequest, subject) {
        const { shows } = await settleComment(this.#client, { pullRequest, subject }, undefined);
        return shows !== 'nothing';
    }
    /** Our comment about the subject; should there be several, that of the latest run. */
    async findOwnComment(pullRequest, subject) {
        const comments = await listOwnComments(this.#client, pullRequest, subject);
        const login = await this.#client.ownLogin();
        const sightings = readSightings(comments, subject, login);
        const sighting = sightings.toSorted((a, b) => (isNewer(a.generation, b.generation) ? -1 : 1))[0];
        const comment = comments.find((one) => (0,json/* asRecord */.qY)(one)['id'] === sighting?.id);
        const marker = sighting && (0,github_marker/* parseMarker */.gY)(sighting.body);
        if (!sighting || !marker)
            return undefined;
        const wasEdited = await wasEditedByOthers(this.#client, comment, login);
        const { id, url, body } = sighting;
        return { id, url, body, marker, wasEdited };
    }
    fetchPullRequest(number) {
        return fetchPullRequest(this.#client, number);
    }
    /** Undefined where there are more than GitHub lists. */
    changedFiles(pullRequest) {
        return listChangedFiles(this.#client, pullRequest);
    }
    /** Undefined for a direct push, which nobody has reviewed. */
    mergedPullRequestOf(commit) {
        return findMergedPullRequest(this.#client, commit);
    }
    /** Leaves one open issue that shows the latest run. */
    async upsertIssue({ title, label, ...text }) {
        const { marker, wanted } = read(text);
        return toWritten(await settleIssue(this.#client, { subject: marker, title, label }, wanted));
    }
    /** Closes what `upsertIssue` left open. @returns how many issues that were */
    closeIssue(subject, label) {
        return closeIssues(this.#client, { subject, label });
    }
}
function toWritten({ url, shows }) {
    return { url, shows: shows === 'ours' ? 'ours' : 'newer' };
}
function read({ body, startedAtMs }) {
    const marker = (0,github_marker/* parseMarker */.gY)(body);
    // A mistake of ours, and not of anybody who could mend it.
    if (!marker)
        throw new Error('A text without a marker would never be found again.');
    return { marker, wanted: { body, generation: marker, startedAtMs } };
}

;// CONCATENATED MODULE: ./lib/compose/github.js



/** GitHub's API as the owner of the job's token; undefined without one. */
function composeGitHub({ config, env, log, signal, }) {
    if (config.githubToken === '')
        return undefined;
    log.mask(config.githubToken);
    const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com';
    return new GitHub({ api: octokitApi({ token: config.githubToken, apiUrl }, log), clock: clock/* systemClock */.m, log }, { repository: env['GITHUB_REPOSITORY'] ?? '', signal });
}


/***/ }),

/***/ 7376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S: () => (/* binding */ googleClients),
  l: () => (/* binding */ identify)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./node_modules/google-auth-library/build/src/index.js
var src = __webpack_require__(492);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/google/diagnosis.js
var diagnosis = __webpack_require__(622);
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
    const { message } = (0,diagnosis/* readFailure */.f)(failure.status, failure.body);
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

// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
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
    const { response, config } = (0,json/* asRecord */.qY)(error);
    const { status, data } = (0,json/* asRecord */.qY)(response);
    const { said, hint } = explainFederationFailure({
        url: String((0,json/* asRecord */.qY)(config)['url'] ?? ''),
        status: (0,json/* asNumber */.i)(status),
        body: typeof data === 'string' ? data : JSON.stringify(data ?? ''),
        message: (0,network_reason/* networkReason */.d)(error),
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

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/lib/retry.js
var retry = __webpack_require__(805);
;// CONCATENATED MODULE: ./lib/google/endpoints.js
const SERVICE_NAMES = {
    cloudbilling: 'Cloud Billing',
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
        cloudbilling: custom('CLOUD_BILLING', 'https://cloudbilling.googleapis.com/v1/'),
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
const TIMEOUT_MS = 15_000;
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
        return (0,diagnosis/* fixFor */.j)(failure, this.#options.projectId);
    }
    /** @throws ActionError GCP_UNREACHABLE, GCP_REQUEST_FAILED, AUTH_FAILED */
    async request(request) {
        const { clock, log } = this.#ports;
        const { signal, random = Math.random } = this.#options;
        return (0,retry/* retry */.L)(() => this.#attempt(request), retryPolicy(request.timeoutMs ?? TIMEOUT_MS), {
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
            return { again: (0,network_reason/* networkReason */.d)(error), giveUp: () => this.#giveUpUnreachable(request, error) };
        }
        if (response.status < 300 || request.accept?.includes(response.status)) {
            const { status, headers, body } = response;
            return { done: { status, headers, json: (0,json/* parseJson */.qF)(body), text: body } };
        }
        const failure = (0,diagnosis/* readFailure */.f)(response.status, response.body);
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
            timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
            signal: this.#options.signal,
        };
    }
    #giveUpUnreachable(request, cause) {
        const service = SERVICE_NAMES[request.service];
        const { host } = new URL(this.#options.endpoints[request.service]);
        throw new lib_errors/* ActionError */.l('GCP_UNREACHABLE', `Could not ${request.purpose}: ${service} did not answer at ${host} (${(0,network_reason/* networkReason */.d)(cause)}).`, {
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
    const status = (0,json/* asRecord */.qY)(group['status']);
    return {
        fingerprint: (0,json/* asText */.e1)(group['fingerprint']),
        targetSize: (0,json/* asNumber */.i)(group['targetSize']) ?? 0,
        versions: (0,json/* asList */.DD)(group['versions']).map((item) => {
            const version = (0,json/* asRecord */.qY)(item);
            return {
                name: (0,json/* asText */.e1)(version['name']),
                instanceTemplate: (0,json/* asText */.e1)(version['instanceTemplate']),
            };
        }),
        isStable: status['isStable'] === true,
        isVersionTargetReached: (0,json/* asRecord */.qY)(status['versionTarget'])['isReached'] === true,
        hasHealthCheck: (0,json/* asList */.DD)(group['autoHealingPolicies']).some((policy) => (0,json/* asText */.e1)((0,json/* asRecord */.qY)(policy)['healthCheck']) !== ''),
    };
}
function readManagedInstance(item) {
    const { zone, name } = placeOf(item['instance']);
    return {
        name: name || (0,json/* asText */.e1)(item['name']),
        id: (0,json/* asText */.e1)(item['id']),
        zone,
        currentAction: (0,json/* asText */.e1)(item['currentAction']),
        instanceStatus: (0,json/* asText */.e1)(item['instanceStatus']),
        versionName: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(item['version'])['name']),
        healthStates: (0,json/* asList */.DD)(item['instanceHealth']).map((health) => (0,json/* asText */.e1)((0,json/* asRecord */.qY)(health)['detailedHealthState'])),
        lastErrors: 'lastAttempt' in item ? readAttempt((0,json/* asRecord */.qY)(item['lastAttempt'])) : NO_ERRORS,
    };
}
/** Of most VMs: one list for all of them. */
const NO_ERRORS = [];
function readAttempt(attempt) {
    return (0,json/* asList */.DD)((0,json/* asRecord */.qY)(attempt['errors'])['errors']).map((error) => readError((0,json/* asRecord */.qY)(error)));
}
function readGroupError(item) {
    const details = (0,json/* asRecord */.qY)(item['instanceActionDetails']);
    const { zone, name } = placeOf(details['instance']);
    return {
        ...readError((0,json/* asRecord */.qY)(item['error'])),
        // A time that cannot be read is long ago: an old error must not end a new rollout.
        atMs: Date.parse((0,json/* asText */.e1)(item['timestamp'])) || 0,
        vm: name,
        zone,
        versionName: (0,json/* asText */.e1)((0,json/* asRecord */.qY)(details['version'])['name']),
    };
}
function readError(error) {
    const [info = {}] = (0,json/* asList */.DD)(error['errorDetails'])
        .map((detail) => (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(detail)['errorInfo'])['metadatas']))
        .filter((metadata) => (0,json/* asText */.e1)(metadata['vmType']) !== '');
    return {
        code: (0,json/* asText */.e1)(error['code']),
        message: (0,json/* asText */.e1)(error['message']),
        machineType: (0,json/* asText */.e1)(info['vmType']),
    };
}
function placeOf(url) {
    const text = (0,json/* asText */.e1)(url);
    const at = text.lastIndexOf(INSTANCES);
    const zoneAt = text.lastIndexOf(ZONES, at);
    if (at < 0 || zoneAt < 0)
        return { zone: '', name: '' };
    return { zone: text.slice(zoneAt + ZONES.length, at), name: text.slice(at + INSTANCES.length) };
}
const ZONES = 'zones/';
const INSTANCES = '/instances/';

// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
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
    throwIfFailed(google, await waitUntilDone(google, (0,json/* asRecord */.qY)(answer.json), change), change.purpose);
    return 'done';
}
async function waitUntilDone(google, first, { purpose }) {
    const startedAt = google.clock.now();
    let operation = first;
    while (operation['status'] !== 'DONE') {
        const askedAt = google.clock.now();
        if (askedAt - startedAt > DEADLINE_MS) {
            throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: operation ${(0,json/* asText */.e1)(operation['name'])} was still ${(0,json/* asText */.e1)(operation['status'])} after ${(0,duration/* renderDuration */.P)(DEADLINE_MS)}.`);
        }
        operation = await waitOnce(google, operation, purpose);
        const restMs = PAUSE_MS - (google.clock.now() - askedAt);
        if (operation['status'] !== 'DONE' && restMs > 0)
            await google.pause(restMs);
    }
    return operation;
}
async function waitOnce(google, operation, purpose) {
    const link = (0,json/* asText */.e1)(operation['selfLink']);
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
    return (0,json/* asRecord */.qY)(answer.json);
}
// The server does not always set the HTTP status of a failed operation, so both are looked at.
function throwIfFailed(google, operation, purpose) {
    const errors = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(operation['error'])['errors']).map(json/* asRecord */.qY);
    if (errors.length === 0 && operation['httpErrorStatusCode'] === undefined)
        return;
    const said = errors.map((error) => `${(0,json/* asText */.e1)(error['code'])}: ${(0,json/* asText */.e1)(error['message'])}`);
    const status = (0,json/* asNumber */.i)(operation['httpErrorStatusCode']) ?? 403;
    const hints = errors.flatMap(({ code, message }) => google.fixFor({ status, reason: (0,json/* asText */.e1)(code), message: (0,json/* asText */.e1)(message), details: {} }) ?? []);
    throw new lib_errors/* ActionError */.l('GCP_OPERATION_FAILED', `Could not ${purpose}: ${said.join('; ') || (0,json/* asText */.e1)(operation['httpErrorMessage'])}`, { hint: hints[0] });
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
            path: (0,group_reference/* templatePath */.Y7)(name, this.#scope),
            purpose: `read the instance template ${name}`,
            accept: [404],
        });
        if (answer.status === 404)
            return undefined;
        const template = (0,json/* asRecord */.qY)(answer.json);
        return {
            name: name.slice(name.lastIndexOf('/') + 1),
            selfLink: (0,json/* asText */.e1)(template['selfLink']),
            description: (0,json/* asText */.e1)(template['description']),
            properties: (0,json/* asRecord */.qY)(template['properties']),
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
        return readGroup((0,json/* asRecord */.qY)((await this.#askForGroup(group)).json));
    }
    /** Undefined where there is no such group (yet). */
    async findGroup(group) {
        const answer = await this.#askForGroup(group, [404]);
        return answer.status === 404 ? undefined : readGroup((0,json/* asRecord */.qY)(answer.json));
    }
    #askForGroup(group, accept = []) {
        return this.#google.request({
            service: 'compute',
            method: 'GET',
            path: (0,group_reference/* groupPath */.zm)(group, this.#scope),
            purpose: `read the instance group ${(0,group_reference/* groupName */.hv)(group)}`,
            accept,
        });
    }
    /** All VMs of the group; most groups give them in one page, which is Google's default here. */
    async listManagedInstances(group) {
        const instances = [];
        const pages = this.#pages({
            method: 'POST',
            path: `${(0,group_reference/* groupPath */.zm)(group, this.#scope)}/listManagedInstances`,
            query: { fields: INSTANCE_FIELDS, prettyPrint: 'false' },
            purpose: `list the VMs of the instance group ${(0,group_reference/* groupName */.hv)(group)}`,
        });
        for await (const page of pages) {
            for (const item of (0,json/* asList */.DD)(page['managedInstances']))
                instances.push(readManagedInstance((0,json/* asRecord */.qY)(item)));
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
            path: `${(0,group_reference/* groupPath */.zm)(group, this.#scope)}/listErrors`,
            query: { fields: ERROR_FIELDS, prettyPrint: 'false', maxResults: ERRORS_PER_PAGE },
            purpose: `list the errors of the instance group ${(0,group_reference/* groupName */.hv)(group)}`,
        });
        let count = 0;
        for await (const page of pages) {
            for (const item of (0,json/* asList */.DD)(page['items']))
                errors.push(readGroupError((0,json/* asRecord */.qY)(item)));
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
            path: (0,group_reference/* groupPath */.zm)(group, this.#scope),
            body: { fingerprint, versions: [version] },
            purpose: `roll the instance group ${(0,group_reference/* groupName */.hv)(group)} to release ${version.name}`,
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
        const items = (0,json/* asList */.DD)((0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(answer.json)['queryValue'])['items']);
        return (0,json/* parseJson */.qF)((0,json/* asText */.e1)((0,json/* asRecord */.qY)(items[0])['value']));
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
        const card = (0,json/* asRecord */.qY)((0,json/* asList */.DD)((0,json/* asRecord */.qY)(answer.json)['networkInterfaces'])[0]);
        const external = (0,json/* asText */.e1)((0,json/* asRecord */.qY)((0,json/* asList */.DD)(card['accessConfigs'])[0])['natIP']);
        return external || (0,json/* asText */.e1)(card['networkIP']) || undefined;
    }
    /** Page after page of a list, each asked for only when it is wanted. */
    async *#pages(list) {
        let pageToken = '';
        do {
            const query = { ...list.query, ...(pageToken !== '' && { pageToken }) };
            const answer = await this.#google.request({ ...list, service: 'compute', query });
            const page = (0,json/* asRecord */.qY)(answer.json);
            yield page;
            pageToken = (0,json/* asText */.e1)(page['nextPageToken']);
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
        const generation = (0,json/* asText */.e1)((0,json/* asRecord */.qY)(answer.json)['generation']);
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
        const found = (0,json/* asRecord */.qY)(answer.json);
        const [, number] = /\/versions\/([0-9]+)$/.exec((0,json/* asText */.e1)(found['name'])) ?? [];
        if (number === undefined) {
            throw new lib_errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Secret Manager did not say which version of secret ${secret} "${version}" is.`);
        }
        if (found['state'] !== 'ENABLED') {
            throw new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Version ${number} of secret ${secret} is ${(0,json/* asText */.e1)(found['state'])}: no VM could read it.`, {
                hint: `Run: gcloud secrets versions enable ${number} --secret ${secret}, or name another version.`,
            });
        }
        return number;
    }
}

;// CONCATENATED MODULE: ./lib/compose/google.js










/** Who this job is for Google. @throws ActionError AUTH_NO_OIDC */
function identify({ config, env, log, }) {
    const oidc = (0,context/* readOidcRequest */.Ru)(env);
    log.mask(oidc.requestToken);
    const endpoints = resolveEndpoints(config.region, env);
    const credentials = externalAccount({ ...config, ...oidc }, endpoints);
    return { endpoints, credentials, tokens: federatedTokens(credentials, (it) => log.mask(it)) };
}
/** Google's APIs as long as the signal does not abort. */
function googleClients({ endpoints, tokens }, { config, log, signal, }) {
    const { projectId, stateBucket } = config;
    const google = new GoogleClient({ http: gaxiosHttp(), tokens, clock: clock/* systemClock */.m, log }, { endpoints, projectId, signal });
    return {
        google,
        compute: new Compute(google, config),
        secretManager: new SecretManager(google, projectId),
        store: new ObjectStore(google, stateBucket),
    };
}


/***/ }),

/***/ 1209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  p: () => (/* binding */ Step)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 8 modules
var core = __webpack_require__(6058);
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
    annotate({ severity, title, message, file, line }) {
        this.#runner[severity](this.#redactor.redact(message), {
            title: this.#redactor.redact(title),
            file,
            ...(line > 0 && { startLine: line }),
        });
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

// EXTERNAL MODULE: ./lib/outputs.js
var outputs = __webpack_require__(5077);
// EXTERNAL MODULE: ./lib/state.js
var state = __webpack_require__(7390);
;// CONCATENATED MODULE: ./lib/compose/step.js







/** GitHub shows ten annotations of a step. */
const MOST_ANNOTATIONS = 9;
/** The runner's side of a step: its log, its outputs, its page; nothing secret passes. */
class Step {
    log;
    #redactor = new Redactor();
    #config;
    constructor(config) {
        this.#config = config;
        this.log = new RunnerLog(core, this.#redactor);
    }
    /** A folder that the post step removes. */
    workDirectory(env) {
        const path = (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? '/tmp', `deploy-spot-mig-${(0,external_node_crypto_.randomUUID)()}`);
        core.saveState(state/* WORK_DIRECTORY_STATE */.a, path);
        return path;
    }
    setOutputs(outputs) {
        for (const [name, value] of outputs)
            core.setOutput(name, this.#redactor.redact(value));
    }
    async summarize(markdown) {
        await core.summary
            .addRaw(this.#redactor.redact(markdown))
            .write()
            // A runner without such a page must not cost the job what comes after it.
            .catch((error) => this.log.warning(`There is no job summary: ${String(error)}`));
    }
    fail(failure) {
        this.setOutputs((0,outputs/* renderFailure */.zt)(failure));
        const places = [...(failure.annotations ?? []), ...this.#placesOf(failure.diagnostics ?? [])];
        for (const place of places.slice(0, MOST_ANNOTATIONS))
            this.log.annotate(place);
        core.setFailed(this.#redactor.redact(failure.message));
    }
    /** Only one's own configuration is in the repository. */
    #placesOf(diagnostics) {
        const folder = this.#config.terraformDirectory;
        if (folder === undefined)
            return [];
        const placed = diagnostics.filter(({ severity, line }) => severity === 'error' && line > 0);
        return placed.map(({ file, line, summary, detail }) => ({
            severity: 'error',
            title: summary,
            message: detail || summary,
            file: external_node_path_.posix.join(folder, file),
            line,
        }));
    }
}


/***/ }),

/***/ 2810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  N: () => (/* binding */ composeTerraform),
  F: () => (/* binding */ secretsOf)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
;// CONCATENATED MODULE: ./lib/adapters/tool-cache.js





/** The runner's tool cache; the library behind it is loaded only when something must be looked up. */
const runnerToolCache = {
    find: async (name, version) => (await load()).find(name, version) || undefined,
    download: async (url) => (await load()).downloadTool(url),
    keepZip: async (zipPath, name, version) => {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_path_.dirname)(zipPath), 'unpacked-'));
        await unpack(zipPath, folder);
        const kept = await (await load()).cacheDir(folder, name, version);
        await (0,promises_.rm)(folder, { recursive: true, force: true });
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
    const entries = unzipSync(await (0,promises_.readFile)(zipPath), { filter: ({ name }) => !name.includes('/') });
    await Promise.all(Object.entries(entries).map(([name, content]) => (0,promises_.writeFile)((0,external_node_path_.join)(folder, name), content, { mode: 0o755 })));
}

;// CONCATENATED MODULE: ./lib/google/storage.js
const PAUSE_MS = 10_000;
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
        await google.clock.sleep(PAUSE_MS, signal);
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

// EXTERNAL MODULE: ./lib/report/masking/masker.js + 2 modules
var masker = __webpack_require__(5503);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
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
        return (0,lib_json/* asText */.e1)((0,lib_json/* asRecord */.qY)((0,lib_json/* parseJson */.qF)(stdout))['terraform_version']) || undefined;
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
            throw new errors/* ActionError */.l('TERRAFORM_MISSING', `The download ${folder}${zipName} has the SHA-256 ${actual}, which is not the one in HashiCorp's list.`, { hint: 'Run the job again; if it stays so, somebody may be tampering with the download.' });
        }
        return await tools.keepZip(zipPath, 'terraform', version);
    }
    catch (error) {
        if (error instanceof errors/* ActionError */.l)
            throw error;
        throw new errors/* ActionError */.l('TERRAFORM_MISSING', `Could not install terraform ${version} from ${folder}${zipName}: ${error instanceof Error ? error.message : String(error)}`, {
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

// EXTERNAL MODULE: ./lib/lib/guarded.js
var guarded = __webpack_require__(9115);
// EXTERNAL MODULE: ./lib/terraform/failure.js
var failure = __webpack_require__(8218);
;// CONCATENATED MODULE: ./lib/terraform/plan.js

/** Reads `terraform show -json PLAN`; counts as terraform's own summary line does. */
function readPlan({ path, json, hasChanges, warnings, }) {
    const plan = (0,lib_json/* asRecord */.qY)(json);
    const changes = (0,lib_json/* asList */.DD)(plan['resource_changes']).map(lib_json/* asRecord */.qY);
    const actions = changes.map((change) => (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(change['change'])['actions']).map(lib_json/* asText */.e1));
    const count = (action) => actions.filter((list) => list.includes(action)).length;
    const created = changes.filter((_, index) => actions[index]?.includes('create'));
    return {
        path,
        json,
        hasChanges,
        warnings,
        counts: { add: count('create'), change: count('update'), destroy: count('delete') },
        createdTypes: new Set(created.map((change) => (0,lib_json/* asText */.e1)(change['type']))),
        outputs: outputValues((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(plan['planned_values'])['outputs'])),
    };
}
/** Plain values of terraform's `{name: {value, type, sensitive}}`. */
function outputValues(outputs) {
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, (0,lib_json/* asRecord */.qY)(output)['value']]));
}

// EXTERNAL MODULE: ./lib/terraform/ui-stream.js
var ui_stream = __webpack_require__(1221);
;// CONCATENATED MODULE: ./lib/terraform/terraform.js





const MINUTE_MS = 60_000;
/** For a terraform whose backend is gone to let go; it may well never do so. */
const PATIENCE_MS = 10_000;
/** Terraform in one directory, with one backend; each method is one subcommand. */
class Terraform {
    #commands;
    #options;
    #mask;
    constructor(commands, options) {
        this.#commands = commands;
        this.#options = options;
        this.#mask = options.maskOf(undefined);
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
            timeoutMs: 3 * MINUTE_MS,
            acceptedExitCodes: [0],
            log,
        });
    }
    /**
     * Plans into a file and reads it back as JSON, which is the only form that is parsed. Without a
     * lock nothing is written to the bucket, and nobody who deploys is in the way.
     */
    async plan(log, { isLocked }) {
        const path = this.#options.planPath;
        let json;
        const { exitCode, diagnostics } = await this.#run({
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
            timeoutMs: 10 * MINUTE_MS,
            acceptedExitCodes: [0, 2],
            afterwards: async (isAccepted) => {
                // A plan that failed late is saved as well, and knows what must not be told.
                const showing = this.#showJson(path, log);
                json = isAccepted ? await showing : await showing.catch(() => undefined);
                this.#mask = this.#options.maskOf(json);
            },
            log,
        });
        return readPlan({ path, json, hasChanges: exitCode === 2, warnings: diagnostics });
    }
    /** Applies exactly the planned file. */
    async apply(plan, log) {
        await this.#run({
            title: 'terraform apply',
            args: ['apply', '-json', '-input=false', '-lock-timeout=60s', plan.path],
            timeoutMs: 30 * MINUTE_MS,
            acceptedExitCodes: [0],
            log,
        });
    }
    async readOutputs(log) {
        const { stdout } = await this.#run({
            title: 'terraform output',
            isData: true,
            args: ['output', '-json'],
            timeoutMs: 2 * MINUTE_MS,
            acceptedExitCodes: [0],
            log,
        });
        return outputValues((0,lib_json/* asRecord */.qY)((0,lib_json/* parseJson */.qF)(stdout)));
    }
    async #showJson(path, log) {
        const { stdout } = await this.#run({
            title: 'terraform show',
            args: ['show', '-json', path],
            timeoutMs: 2 * MINUTE_MS,
            acceptedExitCodes: [0],
            usesBackend: false,
            isData: true,
            log,
        });
        return (0,lib_json/* parseJson */.qF)(stdout);
    }
    #run(step) {
        const { clock, signal, watchBackend } = this.#options;
        const work = (either) => this.#execute(step, either);
        if (step.usesBackend === false)
            return work(signal);
        return (0,guarded/* guarded */.N)(signal, { work, guard: watchBackend, patienceMs: PATIENCE_MS, clock });
    }
    async #execute(step, signal) {
        const { executable, directory, outliveIn, backend } = this.#options;
        const diagnostics = [];
        const result = await this.#commands.runInterruptible(executable, step.args, {
            cwd: directory,
            env: this.#environment(),
            signal,
            timeoutMs: step.timeoutMs,
            outliveIn,
            ...(step.isData !== true && { onLine: (line) => this.#hear(line, step, diagnostics) }),
        });
        signal.throwIfAborted();
        if (result.timedOut)
            throw (0,failure/* timedOut */.i)(step.title, step.timeoutMs);
        const isAccepted = step.acceptedExitCodes.includes(result.exitCode);
        await step.afterwards?.(isAccepted);
        const told = diagnostics.map((diagnostic) => this.#masked(diagnostic));
        if (step.afterwards)
            for (const diagnostic of told)
                warn(diagnostic, step.log);
        if (!isAccepted) {
            const words = {
                ...result,
                stdout: this.#mask(result.stdout),
                stderr: this.#mask(result.stderr),
            };
            throw new failure/* TerraformFailure */.N(step.title, words, { diagnostics: told, backend });
        }
        return { ...result, diagnostics: told };
    }
    #hear(line, step, diagnostics) {
        const event = (0,ui_stream/* readUiLine */.t)(line);
        if (!event)
            return;
        if ('line' in event)
            step.log.info(event.line);
        else {
            diagnostics.push(event.diagnostic);
            // What must not be told may be known only afterwards.
            if (!step.afterwards)
                warn(this.#masked(event.diagnostic), step.log);
        }
    }
    #masked(diagnostic) {
        const { summary, detail } = diagnostic;
        return { ...diagnostic, summary: this.#mask(summary), detail: this.#mask(detail) };
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
/** An error is said at the end, by whoever reports the failure. */
function warn(diagnostic, log) {
    if (diagnostic.severity === 'warning')
        log.warning((0,ui_stream/* renderDiagnostic */.I)(diagnostic));
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
        throw new errors/* ActionError */.l('INPUT_INVALID', `Input "terraform_variables" sets ${taken.join(', ')}: write the input of the same name instead.`);
    }
    const more = [...variables.more].map(([name, text]) => [name, readValue(text)]);
    return `${JSON.stringify({ ...own, ...Object.fromEntries(more) }, null, 2)}\n`;
}
// Terraform turns the text "1.10" into a number where one is wanted; JSON would make it 1.1 before.
function readValue(text) {
    if (text.trim() === 'null')
        return null;
    const value = (0,lib_json/* parseJson */.qF)(text);
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
        planPath: parts.planPath ?? (0,external_node_path_.join)(dataDirectory, 'deploy.tfplan'),
        outliveIn: workDirectory,
        variablesPath,
        backend,
        credentialsPath,
        watchBackend: (either) => watchBucket(google, config.stateBucket, either),
        maskOf: (plan) => (0,masker/* buildMasker */.g)(plan, { secrets: secretsOf(config), sensitiveVariables: [] }).mask,
        clock: clock/* systemClock */.m,
        signal,
    });
}
/** What must not be shown, whatever a plan says. */
function secretsOf({ githubToken }) {
    return githubToken === '' ? [] : [githubToken];
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


/***/ }),

/***/ 8120:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ru: () => (/* binding */ readOidcRequest),
/* harmony export */   V1: () => (/* binding */ readJobContext),
/* harmony export */   cI: () => (/* binding */ readRun),
/* harmony export */   vZ: () => (/* binding */ isOnDefaultBranch)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);


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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('AUTH_NO_OIDC', 'GitHub gives this job no OIDC token.', {
        hint: 'Add `permissions: id-token: write` (and `contents: read`) to the job. Jobs of forks and of Dependabot never get one.',
    });
}
/** Whether the job runs for the default branch, as every schedule does; `event` is the event file. */
function isOnDefaultBranch(event, env) {
    if (env['GITHUB_EVENT_NAME'] === 'schedule')
        return true;
    const branch = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(event))['repository'])['default_branch']);
    return branch !== '' && env['GITHUB_REF'] === `refs/heads/${branch}`;
}
/** Which run this is, and which attempt of it. */
function readRun(env) {
    return {
        runId: Number(env['GITHUB_RUN_ID'] ?? 0) || 0,
        runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) || 1,
    };
}


/***/ }),

/***/ 5917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bd: () => (/* binding */ renderMarker),
/* harmony export */   W: () => (/* binding */ markClosed),
/* harmony export */   gY: () => (/* binding */ parseMarker)
/* harmony export */ });
/* unused harmony export digestOf */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9968);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);



/** A quarter of what GitHub allows a comment: the rest is for people. */
const MAX_LENGTH = 16_384;
/** One line that GitHub shows to nobody; it must be the first of the body. At most 16,384 characters. */
function renderMarker(marker) {
    const whole = { ...marker, destructiveDigest: digestOf(marker.destructive) };
    // What is destroyed matters more than what else is changed.
    const attempts = [whole, { ...whole, changes: undefined }];
    const texts = attempts.map(render);
    const least = render({ ...whole, changes: undefined, destructive: undefined });
    return texts.find(({ length }) => length <= MAX_LENGTH) ?? least;
}
/** The marker that a body starts with, or undefined; text of others never makes it throw. */
function parseMarker(body) {
    const [, kind, name = '', json = ''] = PATTERN.exec(body) ?? [];
    if (kind !== 'plan' && kind !== 'drift')
        return undefined;
    const data = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json));
    const { v, run_id: runId, run_attempt: runAttempt, closed } = data;
    if (v !== 1 || !Number.isSafeInteger(runId) || !Number.isSafeInteger(runAttempt))
        return undefined;
    const destructive = 'destructive' in data ? readChanges(data['destructive']) : undefined;
    const digest = destructive ? digestOf(destructive) : (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['destructive_digest']);
    const decoded = decodeName(name);
    if (digest === '' || decoded === undefined)
        return undefined;
    return {
        kind,
        name: decoded,
        runId: Number(runId),
        runAttempt: Number(runAttempt),
        commit: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['commit']),
        planHash: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['plan_hash']),
        destructive,
        destructiveDigest: digest,
        changes: 'changes' in data ? wordsOf((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(data['changes'])) : undefined,
        closed: closed === 'merged' || closed === 'closed' ? closed : undefined,
    };
}
/** The same body, whose marker now says how the pull request ended; without a marker it stays as it is. */
function markClosed(body, closed) {
    const marker = parseMarker(body);
    if (!marker || marker.closed === closed)
        return body;
    return body.replace(PATTERN, () => render({ ...marker, closed }));
}
/** Equal for equal sets of changes, whatever their order. */
function digestOf(changes) {
    const lines = changes.map(({ address, action }) => (0,_lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .d)([action, address])).sort();
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(lines.join('\n')).digest('hex');
}
const PATTERN = /^<!-- deploy-spot-mig:(plan|drift) (\S+) (\{.*\}) -->/;
function render(marker) {
    const { kind, name, destructive, destructiveDigest, changes } = marker;
    const data = {
        v: 1,
        run_id: marker.runId,
        run_attempt: marker.runAttempt,
        commit: marker.commit,
        plan_hash: marker.planHash,
        ...(destructive
            ? { destructive: destructive.map(({ address, action }) => ({ address, action })) }
            : { destructive_digest: destructiveDigest }),
        ...(changes && { changes: changes.join(' ') }),
        ...(marker.closed && { closed: marker.closed }),
    };
    return `<!-- deploy-spot-mig:${kind} ${encodeName(name)} ${escapeJson(JSON.stringify(data))} -->`;
}
/**
 * Nothing in it ends an HTML comment (`-->`, `--!>`), and nobody is pinged by an address that has
 * `@team` or `#12` in it, whoever reads the text. All these stand only inside of JSON strings.
 */
function escapeJson(json) {
    return json.replace(/[<>&@#]|(?<=-)-/g, (character) => {
        const code = character.charCodeAt(0).toString(16).padStart(4, '0');
        return `\\u${code}`;
    });
}
// A name of Google Cloud may have `--` in it.
function encodeName(name) {
    return encodeURIComponent(name).replaceAll('--', '-%2D');
}
function decodeName(name) {
    try {
        return decodeURIComponent(name);
    }
    catch {
        // Somebody else's text: no name of ours is malformed.
        return undefined;
    }
}
function readChanges(value) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(value).map((item) => {
        const { address, action } = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(item);
        return { address: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(address), action: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(action) };
    });
}
function wordsOf(text) {
    return text.split(' ').filter((word) => word !== '');
}


/***/ }),

/***/ 5382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ findReviewed),
/* harmony export */   w: () => (/* binding */ subjectName)
/* harmony export */ });
/** How the plan comments of a service are told from those of others, and of other environments. */
function subjectName(service) {
    return `${service.projectId}/${service.region}/${service.name}`;
}
/**
 * What people saw before `commit` came to its branch. It counts only where it is our own comment,
 * nobody edited it, and it shows the very commit that was merged.
 *
 * @throws ActionError GITHUB_*
 */
async function findReviewed(github, { subject, commit, ref, }) {
    if (!github)
        return { unreviewedBecause: 'this job has no token for GitHub (input github_token)' };
    const pull = await github.mergedPullRequestOf(commit);
    if (!pull) {
        return { unreviewedBecause: `commit ${short(commit)} belongs to no merged pull request` };
    }
    const whose = `pull request #${pull.number}`;
    if (ref !== `refs/heads/${pull.baseRef}`) {
        return { unreviewedBecause: `${whose} was merged into ${pull.baseRef}, and this is ${ref}` };
    }
    const comment = await github.findOwnComment(pull.number, { kind: 'plan', name: subject });
    if (!comment)
        return { unreviewedBecause: `${whose} has no plan comment of ours` };
    const { marker, url, wasEdited } = comment;
    if (wasEdited)
        return { unreviewedBecause: `somebody edited the plan comment ${url}` };
    if (marker.commit !== pull.headSha) {
        const merged = `${short(pull.headSha)} was merged`;
        return {
            unreviewedBecause: `the plan comment of ${whose} shows ${short(marker.commit)}, but ${merged}`,
        };
    }
    if (marker.planHash === '')
        return { unreviewedBecause: `the plan of ${whose} failed (${url})` };
    const { planHash, destructive, changes } = marker;
    return { commentUrl: url, planHash, destructive, changes };
}
function short(commit) {
    return commit.slice(0, 7);
}


/***/ }),

/***/ 3926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y7: () => (/* binding */ templatePath),
/* harmony export */   hv: () => (/* binding */ groupName),
/* harmony export */   zm: () => (/* binding */ groupPath)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_OUTPUTS', `The instance group "${reference}" is neither the name of a regional group nor the id of a zonal or regional one.`, {
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


/***/ }),

/***/ 622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ readFailure),
/* harmony export */   j: () => (/* binding */ fixFor)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** Reads an error answer; a body that is not JSON is quoted, shortened. */
function readFailure(status, body) {
    const parsed = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(body));
    const error = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(parsed['error']);
    const info = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(error['details']).find((detail) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(detail)['@type']).endsWith('ErrorInfo')));
    const first = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(error['errors'])[0] ?? (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(parsed['errors'])[0]);
    const reason = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(info['reason']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(first['reason']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(first['code']);
    const message = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(error['message']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(first['message']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(parsed['error_description']);
    return {
        status,
        reason: reason || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(error['status']) || (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(parsed['error']),
        message: message || quoted(body),
        details: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(info['metadata']),
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
    const disabled = reason === 'SERVICE_DISABLED' ? (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(details['service']) : API_OFF.exec(message)?.[1];
    if (disabled) {
        return `Run: gcloud services enable ${disabled} --project ${projectId} (it takes effect within some minutes).`;
    }
    if (reason === 'SERVICE_ACCOUNT_ACCESS_DENIED') {
        return 'Grant roles/iam.serviceAccountUser on the VM service account to the deployer.';
    }
    if (failure.status !== 403 && failure.status !== 401)
        return undefined;
    for (const permission of [(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(details['permission']), ...(message.match(PERMISSION) ?? [])]) {
        const role = ROLE_OF_PERMISSION.find(([prefix]) => permission.startsWith(prefix))?.[1];
        if (role)
            return `Grant ${role} (it holds ${permission}) to the deployer in project ${projectId}.`;
    }
    return undefined;
}


/***/ }),

/***/ 9968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ canonicalJson)
/* harmony export */ });
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


/***/ }),

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ guarded)
/* harmony export */ });
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


/***/ }),

/***/ 8173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DD: () => (/* binding */ asList),
/* harmony export */   e1: () => (/* binding */ asText),
/* harmony export */   i: () => (/* binding */ asNumber),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   qY: () => (/* binding */ asRecord),
/* harmony export */   u4: () => (/* binding */ isRecord)
/* harmony export */ });
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


/***/ }),

/***/ 702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ networkReason)
/* harmony export */ });
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


/***/ }),

/***/ 805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ retry)
/* harmony export */ });
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


/***/ }),

/***/ 2648:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ Stopwatch)
/* harmony export */ });
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


/***/ }),

/***/ 5077:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Z: () => (/* binding */ renderOutputs),
/* harmony export */   YH: () => (/* binding */ renderPlanOutputs),
/* harmony export */   zt: () => (/* binding */ renderFailure)
/* harmony export */ });
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
/** The outputs of action.yml after a plan. */
function renderPlanOutputs(result) {
    const { monthlyCostUsd, hasDrift, paths } = result;
    return new Map([
        ['has_changes', String(result.hasChanges)],
        ['has_destructive_changes', String(result.hasDestructiveChanges)],
        ['changes', JSON.stringify(result.changes)],
        ['plan_hash', result.planHash],
        ['monthly_cost_usd', monthlyCostUsd === undefined ? '' : monthlyCostUsd.toFixed(2)],
        ['comment_url', result.commentUrl],
        ['has_drift', hasDrift === undefined ? '' : String(hasDrift)],
        ['plan_path', paths.plan],
        ['plan_json_path', paths.json],
        ['plan_markdown_path', paths.markdown],
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


/***/ }),

/***/ 5503:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ buildMasker)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/report/masking/forms.js

/** Below this, what is left of a text in the middle of base64 is too short to mean anything. */
const SHORTEST_EMBEDDED_BYTES = 8;
const HASHES = ['md5', 'sha1', 'sha256', 'sha512'];
/** Every way in which a secret may stand in a plan: plain, escaped, encoded, or as its hash. */
function formsOf(secret) {
    return [
        secret,
        ...escapedForms(secret),
        ...base64Forms(Buffer.from(secret)),
        ...hashForms(secret),
    ];
}
function escapedForms(secret) {
    const json = JSON.stringify(secret).slice(1, -1);
    const url = encodeURIComponent(secret.toWellFormed());
    return [
        json,
        // As Go writes JSON, and so terraform's jsonencode.
        json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
        JSON.stringify(json).slice(1, -1),
        url,
        url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
        url.replaceAll('%20', '+'),
    ];
}
/** Also where the secret is only a part of what was encoded, such as `user:password`. */
function base64Forms(secret) {
    const whole = secret.toString('base64').replace(/=+$/, '');
    const embedded = secret.length < SHORTEST_EMBEDDED_BYTES
        ? []
        : [0, 1, 2].map((lead) => embeddedForm(secret, lead));
    const all = [whole, ...embedded];
    return [
        ...all,
        ...all.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
        secret.toString('hex'),
        secret.toString('hex').toUpperCase(),
    ];
}
/** What does not depend on the bytes before and behind, when `lead` bytes of a group stand before. */
function embeddedForm(secret, lead) {
    const text = Buffer.concat([Buffer.alloc(lead), secret])
        .toString('base64')
        .replace(/=+$/, '');
    const whole = Math.floor(((lead + secret.length) * 8) / 6);
    return text.slice(Math.ceil((lead * 8) / 6), whole);
}
// terraform shows content_md5 beside a hidden content: the hash of a weak password is the password.
function hashForms(secret) {
    return HASHES.flatMap((name) => {
        const digest = (0,external_node_crypto_.createHash)(name).update(secret).digest();
        return [digest.toString('hex'), digest.toString('base64')];
    });
}

// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/report/masking/harvest.js

const DEEPEST = 200;
/**
 * Collects every value that the plan marks as sensitive, anywhere: a provider may copy it to an
 * attribute that is not marked (terraform#35609), so marks alone hide too little.
 */
function harvestSecrets(json, sensitiveVariables) {
    const plan = (0,lib_json/* asRecord */.qY)(json);
    const found = new Set();
    const collect = (value) => collectScalars(value, found, DEEPEST);
    const marked = (value, marks) => collectMarked(value, marks, collect);
    for (const list of ['resource_changes', 'resource_drift']) {
        for (const item of (0,lib_json/* asList */.DD)(plan[list]))
            markedChange((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(item)['change']), marked);
    }
    for (const change of Object.values((0,lib_json/* asRecord */.qY)(plan['output_changes'])))
        markedChange((0,lib_json/* asRecord */.qY)(change), marked);
    for (const item of (0,lib_json/* asList */.DD)(plan['deferred_changes'])) {
        markedChange((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(item)['resource_change'])['change']), marked);
    }
    for (const invocation of (0,lib_json/* asList */.DD)(plan['action_invocations'])) {
        marked((0,lib_json/* asRecord */.qY)(invocation)['config_values'], (0,lib_json/* asRecord */.qY)(invocation)['config_sensitive']);
    }
    states(plan).forEach((state) => {
        markedState((0,lib_json/* asRecord */.qY)(state), { marked, collect });
    });
    markedVariables(plan, sensitiveVariables, collect);
    return found;
}
function markedChange(change, marked) {
    // Terraform's rule: hidden when sensitive before or after, so a mark counts for both sides.
    for (const side of ['before', 'after']) {
        marked(change[side], change['before_sensitive']);
        marked(change[side], change['after_sensitive']);
    }
}
function states(plan) {
    return [(0,lib_json/* asRecord */.qY)(plan['prior_state'])['values'], plan['planned_values']];
}
/** Data sources that were read already are nowhere but in the state. */
function markedState(state, { marked, collect }) {
    for (const output of Object.values((0,lib_json/* asRecord */.qY)(state['outputs']))) {
        if ((0,lib_json/* asRecord */.qY)(output)['sensitive'] === true)
            collect((0,lib_json/* asRecord */.qY)(output)['value']);
    }
    const modules = [(0,lib_json/* asRecord */.qY)(state['root_module'])];
    for (let module = modules.pop(); module !== undefined; module = modules.pop()) {
        for (const resource of (0,lib_json/* asList */.DD)(module['resources']).map(lib_json/* asRecord */.qY)) {
            marked(resource['values'], resource['sensitive_values']);
        }
        modules.push(...(0,lib_json/* asList */.DD)(module['child_modules']).map(lib_json/* asRecord */.qY));
    }
}
function markedVariables(plan, names, collect) {
    const declared = (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(plan['configuration'])['root_module'])['variables']);
    const isSensitive = (name) => names.includes(name) || (0,lib_json/* asRecord */.qY)(declared[name])['sensitive'] === true;
    // The plan holds them in plain text.
    for (const [name, variable] of Object.entries((0,lib_json/* asRecord */.qY)(plan['variables']))) {
        if (isSensitive(name))
            collect((0,lib_json/* asRecord */.qY)(variable)['value']);
    }
    for (const [name, variable] of Object.entries(declared)) {
        if (isSensitive(name))
            collect((0,lib_json/* asRecord */.qY)(variable)['default']);
    }
}
function collectMarked(value, marks, collect, depth = DEEPEST) {
    if (marks === true || depth === 0) {
        collect(value);
    }
    else if (Array.isArray(marks)) {
        const values = (0,lib_json/* asList */.DD)(value);
        marks.forEach((mark, index) => {
            collectMarked(values[index], mark, collect, depth - 1);
        });
    }
    else if ((0,lib_json/* isRecord */.u4)(marks)) {
        const members = (0,lib_json/* asRecord */.qY)(value);
        for (const [key, mark] of Object.entries(marks))
            collectMarked(members[key], mark, collect, depth - 1);
    }
}
/** A secret and its parts: lines, and what it holds as JSON. */
function collectSecret(secret, found) {
    collectScalars(secret, found, DEEPEST);
}
function collectScalars(value, found, depth) {
    if (depth === 0)
        return;
    if (typeof value === 'string')
        collectText(value, found);
    else if (typeof value === 'number')
        addIfTelling(String(value), found);
    else if (Array.isArray(value))
        for (const item of value)
            collectScalars(item, found, depth - 1);
    else if ((0,lib_json/* isRecord */.u4)(value))
        for (const item of Object.values(value))
            collectScalars(item, found, depth - 1);
}
function collectText(text, found) {
    addIfTelling(text, found);
    addIfTelling(text.trim(), found);
    if (text.includes('\n')) {
        for (const line of text.split(/\r?\n/))
            if (line.trim().length >= 8)
                addIfTelling(line.trim(), found);
    }
    if (/^\s*[{[]/.test(text)) {
        const inner = (0,lib_json/* parseJson */.qF)(text);
        if (inner !== undefined)
            collectScalars(inner, found, 20);
    }
}
/**
 * A mark on a whole map also covers its harmless members: hiding every `info`, `8080` or `true` of
 * the plan would hide the ports from the reviewer, so short plain words and numbers do not count.
 */
function addIfTelling(text, found) {
    if (text.length < 4)
        return;
    if (/^([a-z]{1,7}|[A-Z]{1,7}|[A-Z][a-z]{1,6}|-?\d{1,5})$/.test(text))
        return;
    found.add(text);
}

// EXTERNAL MODULE: ./lib/report/masking/matcher.js
var masking_matcher = __webpack_require__(6859);
// EXTERNAL MODULE: ./lib/report/masking/names.js
var names = __webpack_require__(7125);
;// CONCATENATED MODULE: ./lib/report/masking/masker.js




function buildMasker(plan, known) {
    const forms = new Set();
    const secrets = new Set(harvestSecrets(plan, known.sensitiveVariables));
    for (const secret of known.secrets) {
        for (const part of partsOf(secret))
            secrets.add(part);
        collectSecret(secret, secrets);
    }
    for (const secret of secrets)
        for (const form of formsOf(secret))
            forms.add(form);
    const matcher = new masking_matcher/* SecretMatcher */.Ni(forms);
    const mask = (text) => (0,names/* maskUrlPasswords */._)((0,names/* maskSettings */.AR)(matcher.mask(text), masking_matcher/* MASK */.v5), masking_matcher/* MASK */.v5);
    return { mask, maskAddress: (address) => maskAddress(address, mask) };
}
const KEYS = /\["((?:[^"\\]|\\.)*)"\]/gs;
function maskAddress(address, mask) {
    // What is no address after all may be any text.
    if (/[^\w.[\]-]/.test(address.replace(KEYS, '')))
        return mask(address);
    return address.replace(KEYS, (_, key) => `["${maskKey(key, mask)}"]`);
}
/** Terraform writes a key with the escapes of HCL: the secret is looked for in both forms. */
function maskKey(key, mask) {
    const masked = mask(key);
    const plain = masked.replace(/\\(["\\])/g, '$1');
    const twice = mask(plain);
    return twice === plain ? masked : twice.replace(/["\\]/g, '\\$&');
}
/** Each line of a multi-line secret counts on its own, as in the runner's log. */
function partsOf(secret) {
    return [secret, ...secret.split(/\r?\n/)].filter((part) => part.trim().length >= masking_matcher/* SHORTEST_FORM */.Ye);
}


/***/ }),

/***/ 6859:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ni: () => (/* binding */ SecretMatcher),
/* harmony export */   Ye: () => (/* binding */ SHORTEST_FORM),
/* harmony export */   v5: () => (/* binding */ MASK)
/* harmony export */ });
const MASK = '***';
/** Nothing shorter is looked for: it would be found everywhere. */
const SHORTEST_FORM = 4;
const FILTER_BITS = 20;
// Looked up once: it is called for every character of a plan.
const { imul } = Math;
/** So much of a long form is found even where the rest of it is missing, or cut off. */
const TELLING_PREFIX = 64;
/**
 * Finds any of very many texts in time that grows with the searched text only: a filter on the
 * first four characters, then a walk down the sorted list.
 */
class SecretMatcher {
    #forms;
    #filter = new Uint8Array(1 << FILTER_BITS);
    constructor(forms) {
        this.#forms = [...forms].filter(({ length }) => length >= SHORTEST_FORM).sort();
        for (const form of this.#forms)
            this.#filter[slotOf(form, 0)] = 1;
    }
    /** The text with each form in it replaced; forms that overlap are hidden as one. */
    mask(text) {
        if (this.#forms.length === 0)
            return text;
        let result = '';
        let copied = 0;
        let from = -1;
        let to = -1;
        for (let at = 0; at <= text.length - SHORTEST_FORM; at++) {
            if (this.#filter[slotOf(text, at)] !== 1)
                continue;
            const length = this.#longestAt(text, at);
            if (length === 0)
                continue;
            if (at > to) {
                if (to > 0) {
                    result += text.slice(copied, from) + MASK;
                    copied = to;
                }
                from = at;
            }
            to = Math.max(to, at + length);
            // Without this, a text like "xxxx…" would be compared anew from each of its characters on.
            at += Math.max(0, length - TELLING_PREFIX);
        }
        return to < 0 ? text : result + text.slice(copied, from) + MASK + text.slice(to);
    }
    /** The length of the longest form that stands here; zero when none does. */
    #longestAt(text, at) {
        let low = 0;
        let high = this.#forms.length;
        let longest = 0;
        let matched = 0;
        for (let depth = 0; low < high; depth++) {
            matched = depth;
            if (this.#forms[low]?.length === depth) {
                longest = depth;
                low++;
            }
            if (at + depth >= text.length)
                break;
            const code = text.charCodeAt(at + depth);
            // Very many forms may begin alike: where the first and the last agree, so do all between.
            if (this.#codeAt(low, depth) === code && this.#codeAt(high - 1, depth) === code)
                continue;
            low = this.#firstNotBelow(code, depth, { low, high });
            high = this.#firstNotBelow(code + 1, depth, { low, high });
        }
        return matched >= TELLING_PREFIX ? Math.max(longest, matched) : longest;
    }
    #codeAt(form, depth) {
        return this.#forms[form]?.charCodeAt(depth) ?? 0;
    }
    #firstNotBelow(code, depth, range) {
        let { low, high } = range;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.#codeAt(middle, depth) < code)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
function slotOf(text, at) {
    const mixed = text.charCodeAt(at) +
        imul(text.charCodeAt(at + 1), 0x9e37) +
        imul(text.charCodeAt(at + 2), 0x85ebca6b) +
        imul(text.charCodeAt(at + 3), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 15)) >>> 0) & ((1 << FILTER_BITS) - 1);
}


/***/ }),

/***/ 7125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $C: () => (/* binding */ isSecretMember),
/* harmony export */   AR: () => (/* binding */ maskSettings),
/* harmony export */   A_: () => (/* binding */ isReference),
/* harmony export */   Hz: () => (/* binding */ VALUE_MEMBER),
/* harmony export */   _: () => (/* binding */ maskUrlPasswords),
/* harmony export */   cJ: () => (/* binding */ holdsSettings),
/* harmony export */   eh: () => (/* binding */ isSecretName),
/* harmony export */   h0: () => (/* binding */ NAMING_MEMBERS)
/* harmony export */ });
const SECRET_WORDS = /^(apikey|auth|authorization|credentials?|dsn|key|pass|passphrase|password|passwd|pat|pwd|pword|private|secrets?|tokens?)$/;
const HARMLESS_WORDS = /^(public|file|filename|path|version|name|ttl|expiry|region|type|count|length|size)$/;
/** Secret as one word among others only: alone, they mean anything. */
const VAGUE_NAME = /^(key|auth|private|pass|pat)$/i;
const CONTAINERS = /(^|_|-)(env|envs|environ|environment|environments|variables|vars|secrets)$|^(settings|config|parameters|params|data|metadata|headers)$/i;
/** Whether a setting of this name usually holds a secret: `DB_PASSWORD`, but not `PUBLIC_KEY`. */
function isSecretName(name) {
    const words = name
        .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
        .toLowerCase()
        .split(/[^a-z0-9]+/);
    return (words.some((word) => SECRET_WORDS.test(word)) &&
        !words.some((word) => HARMLESS_WORDS.test(word)) &&
        !VAGUE_NAME.test(name));
}
/** Whether the members of a map of this name are settings of a program. */
function holdsSettings(name) {
    return CONTAINERS.test(name);
}
/**
 * Whether a member of a map has a value that nobody should read, going by names alone. Only
 * settings count: of an attribute its provider says whether it is sensitive.
 */
function isSecretMember(member, isSetting) {
    return (isSetting || /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(member)) && isSecretName(member);
}
/** What names the setting in a list of `{ name, value }`. */
const NAMING_MEMBERS = ['name', 'key', 'Name', 'Key'];
const VALUE_MEMBER = /^(value|Value|default_?[vV]alue)$/;
// The reference to a version of a secret, which the boot scripts are given, is not the secret.
const REFERENCE = /^[A-Za-z][\w-]*\/(\d+|latest)$/;
// What a shell puts in later is not the secret either.
const EXPANSION = /^["']?\$[({]/;
/** Whether a text holds nothing but references to secrets, one by one or as `NAME=reference`. */
function isReference(text) {
    return text
        .split('\n')
        .every((line) => line === '' || REFERENCE.test(line.replace(/^[A-Za-z_]\w*=/, '')));
}
const SETTING_LINE = /^([ \t]*(?:-[ \t]+|export[ \t]+|-e[ \t]+)?(["']?)([A-Za-z_][\w.-]*)\2(?:=|:[ \t]+|[ \t]+=[ \t]+))(\S[^\n]*)$/gm;
const JSON_MEMBER = /("([A-Za-z_][\w.-]*)"[ \t]*:[ \t]*)"(?:[^"\\]|\\.)*"/g;
/** Hides values whose names speak of a secret: of `NAME=value`, `name: value` and `"name": "value"`. */
function maskSettings(text, mask) {
    if (!text.includes('=') && !text.includes(': ') && !text.includes('":'))
        return text;
    const masked = text.replace(SETTING_LINE, (line, lead, _, name, value) => {
        const isHarmless = REFERENCE.test(value) || EXPANSION.test(value);
        return !isHarmless && isSecretName(name) ? `${lead}${mask}` : line;
    });
    return masked.replace(JSON_MEMBER, (member, lead, name) => isSecretName(name) ? `${lead}"${mask}"` : member);
}
/** Hides the password of `scheme://user:password@host`. */
function maskUrlPasswords(text, mask) {
    if (!text.includes('://') || !text.includes('@'))
        return text;
    return text.replace(/(:\/\/[^\s/?#:@]*:)[^\s/?#@]+@/g, `$1${mask}@`);
}


/***/ }),

/***/ 7390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ WORK_DIRECTORY_STATE),
/* harmony export */   y: () => (/* binding */ ATTEMPT_STATE)
/* harmony export */ });
/** Keys of the runner's state, under which main leaves what post needs; never a secret. */
const WORK_DIRECTORY_STATE = 'work_directory';
/** The attempt that post must look after when main could not; empty when there is none. */
const ATTEMPT_STATE = 'attempt';


/***/ }),

/***/ 8218:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ TerraformFailure),
/* harmony export */   i: () => (/* binding */ timedOut)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8335);
/* harmony import */ var _state_lock_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2177);
/* harmony import */ var _ui_stream_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1221);




/** Of plain words, which may be a whole screen. */
const MOST_CHARACTERS = 2_000;
/** Of what becomes an output, which a later step may put into its environment. */
const MOST_ERRORS = 20;
const MOST_CHARACTERS_IN_ALL = 20_000;
/** A terraform that ended with an error of its own. */
class TerraformFailure extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l {
    /** Errors and warnings, with their places as far as terraform told them. */
    diagnostics;
    constructor(title, result, more) {
        const told = more.diagnostics.filter(({ severity }) => severity === 'error');
        const errors = told.length > 0 ? told : [readPlainWords(result)];
        const hint = hintFor(errors.map(_ui_stream_js__WEBPACK_IMPORTED_MODULE_2__/* .renderDiagnostic */ .I).join('\n'), more.backend);
        super('TERRAFORM_FAILED', `${title} failed: ${renderAll(errors)}`, { hint });
        const warnings = more.diagnostics.filter(({ severity }) => severity === 'warning');
        this.diagnostics = [...errors, ...warnings];
    }
}
function hintFor(said, { bucket, prefix }) {
    // The backend locks the state once to begin it, whatever was said of locks.
    if (/Error loading state: writing "gs:[^"]+tflock" failed/.test(said.replace(/\s+/g, ' '))) {
        return 'There is no state yet, and who may only read cannot begin one: let the default branch be deployed once, then plan again.';
    }
    if (!said.includes('Error acquiring the state lock'))
        return undefined;
    return `Another terraform holds the lock: wait for it. If its run is no more, free it with: gcloud storage rm gs://${bucket}/${(0,_state_lock_js__WEBPACK_IMPORTED_MODULE_3__/* .stateLockName */ .U)(prefix)}`;
}
function timedOut(title, timeoutMs) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_TIMED_OUT', `${title} was still running after ${(0,_lib_duration_js__WEBPACK_IMPORTED_MODULE_1__/* .renderDuration */ .P)(timeoutMs)} and was interrupted.`, {
        hint: 'Terraform itself retries a state bucket that does not answer for ever; check that Cloud Storage can be reached.',
    });
}
function renderAll(errors) {
    const shown = errors.slice(0, MOST_ERRORS).map(_ui_stream_js__WEBPACK_IMPORTED_MODULE_2__/* .renderDiagnostic */ .I).join('\n\n');
    const more = errors.length - MOST_ERRORS;
    const text = shown.slice(0, MOST_CHARACTERS_IN_ALL);
    return more > 0 ? `${text}\n\nand ${more} more errors` : text;
}
/** Init and output do not speak JSON: their own last words, without the box that they are drawn in. */
function readPlainWords({ stderr, stdout, exitCode }) {
    const text = (stderr.trim() || stdout.trim()).replace(/^[╷│╵]\s?/gm, '').trim();
    const from = text.indexOf('Error: ');
    const words = (from < 0 ? text : text.slice(from + 'Error: '.length)).trim();
    const [, file = '', line = '0'] = /^\s*on (\S+) line (\d+)/m.exec(words) ?? [];
    const [summary = '', ...rest] = words.slice(0, MOST_CHARACTERS).split('\n');
    return {
        severity: 'error',
        summary: summary || `it ended with exit code ${exitCode} and said nothing.`,
        detail: rest.join('\n').trim(),
        address: '',
        file,
        line: Number(line),
    };
}


/***/ }),

/***/ 2475:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ planInfrastructure)
/* harmony export */ });
/** Terraform made ready, initialised and asked for its plan. @throws ActionError TERRAFORM_* */
async function planInfrastructure(ports, steps, { signal, isLocked }) {
    const log = ports.log.labelled('terraform');
    const terraform = await steps.time('terraform', () => ports.terraform(signal));
    await steps.time('init', () => terraform.init(log));
    const plan = await steps.time('plan', () => terraform.plan(log, { isLocked }));
    const { add, change, destroy } = plan.counts;
    log.info(plan.hasChanges
        ? `Plan: ${add} to add, ${change} to change, ${destroy} to destroy`
        : 'Plan: no changes');
    return { terraform, plan };
}


/***/ }),

/***/ 5148:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fg: () => (/* binding */ markOf),
/* harmony export */   gN: () => (/* binding */ isDefinition),
/* harmony export */   w0: () => (/* binding */ digestPlan)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9968);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);



/**
 * Made anew whenever anything about them changes, and nothing but releases is made of them: their
 * replacement loses nothing.
 */
const DEFINITIONS = new Set([
    'google_compute_instance_template',
    'google_compute_region_instance_template',
]);
/** Enough to show which changes differ; whether plans are equal is for the hash of the plan. */
const MARK_DIGITS = 8;
function isDefinition(type) {
    return DEFINITIONS.has(type);
}
/** Of `terraform show -json PLAN`. */
function digestPlan(json) {
    const changes = readChanges(json);
    const outputs = Object.entries((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(json)['output_changes']))
        .map(([name, output]) => ({ name, change: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(output) }))
        .filter(({ change }) => !isNothing(change))
        .map(({ name, change }) => [name, (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(change['actions']), valueAfter(change)]);
    return { changes, planHash: hashOf([changes.map(({ hash }) => hash), outputs.sort()]) };
}
function readChanges(json) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(json)['resource_changes'])
        .map(_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)
        .flatMap((change) => {
        const reviewed = readChange(change);
        return reviewed ? [reviewed] : [];
    })
        .sort((a, b) => (a.address < b.address ? -1 : 1));
}
/** A short form of the hash, by which a change is known again. */
function markOf({ hash }) {
    return hash.slice(0, MARK_DIGITS);
}
function readChange(resource) {
    const change = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(resource['change']);
    const action = actionOf((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(change['actions']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1));
    if (resource['mode'] === 'data' || action === undefined)
        return undefined;
    const deposed = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(resource['deposed']);
    const address = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(resource['address']) + (deposed && ` (deposed ${deposed})`);
    const isLoss = action === 'delete' || action === 'replace';
    // What was given up in a replacement before is nobody's any more.
    const isAnew = action === 'replace' && isDefinition((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(resource['type']));
    const isDestructive = isLoss && deposed === '' && !isAnew;
    const hash = hashOf([address, action, contentOf(action, change)]);
    return { address, action, isDestructive, hash };
}
function actionOf(actions) {
    // An object that is only forgotten is still there.
    if (actions.includes('create'))
        return actions.includes('delete') ? 'replace' : 'create';
    const [action] = actions;
    return action === 'update' || action === 'delete' || action === 'forget' ? action : undefined;
}
/** For an update only what differs: the rest may have been changed by others meanwhile. */
function contentOf(action, change) {
    if (action === 'delete' || action === 'forget')
        return null;
    const after = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(valueAfter(change));
    if (action !== 'update')
        return [after, (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(change['replace_paths'])];
    const before = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(hidden(change, change['before']));
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names
        .filter((name) => (0,_lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .d)(before[name]) !== (0,_lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .d)(after[name]))
        .map((name) => [name, before[name], after[name]]);
}
function valueAfter(change) {
    return markUnknown(hidden(change, change['after']), change['after_unknown']);
}
/** What is sensitive before or after is so both times, as terraform has it. */
function hidden(change, value) {
    return hideSensitive(hideSensitive(value, change['before_sensitive']), change['after_sensitive']);
}
/** Terraform marks with `true` at any level, and everything below it is meant. */
function hideSensitive(value, marks) {
    if (marks === true)
        return '(sensitive)';
    if (Array.isArray(value)) {
        return value.map((item, index) => hideSensitive(item, (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(marks)[index]));
    }
    if (value === null || typeof value !== 'object')
        return value;
    const below = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(marks);
    return mapped(value, (item, name) => hideSensitive(item, below[name]));
}
/** Unknown attributes are missing in the value, or null in a list. */
function markUnknown(value, marks) {
    if (marks === true)
        return '(known after apply)';
    if (Array.isArray(marks)) {
        const items = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(value);
        const length = Math.max(items.length, marks.length);
        return Array.from({ length }, (_, index) => markUnknown(items[index], marks[index]));
    }
    if (marks === null || typeof marks !== 'object')
        return value;
    const below = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(marks);
    const unknowns = mapped(below, (mark, name) => markUnknown((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(value)[name], mark));
    return { ...(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(value), ...withoutUndefined(unknowns) };
}
function mapped(record, change) {
    return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, change(item, name)]));
}
function withoutUndefined(record) {
    return Object.fromEntries(Object.entries(record).filter(([, item]) => item !== undefined));
}
function isNothing(change) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asList */ .DD)(change['actions']).every((action) => action === 'no-op');
}
function hashOf(value) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update((0,_lib_canonical_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .d)(value)).digest('hex');
}


/***/ }),

/***/ 2177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ findStateLock),
/* harmony export */   U: () => (/* binding */ stateLockName)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** The backend's own name for it: https://developer.hashicorp.com/terraform/language/backend/gcs */
function stateLockName(prefix) {
    return `${prefix}/default.tflock`;
}
/** A warning that says who holds the state lock, since when, and how to free it; undefined when nobody does. */
async function findStateLock(store, prefix) {
    const name = stateLockName(prefix);
    const found = await store.read(name);
    if (found === undefined)
        return undefined;
    const lock = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(found.text));
    const holder = `${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Who']) || 'Somebody'} holds it since ${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Created']) || 'some time'}`;
    return {
        severity: 'warning',
        summary: 'The state is locked: what is under way may change this plan',
        detail: `${holder} (${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(lock['Operation']) || 'unknown operation'}). If that run is no more, free it with: gcloud storage rm ${store.url(name)}`,
        address: '',
        file: '',
        line: 0,
    };
}


/***/ }),

/***/ 1221:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ renderDiagnostic),
/* harmony export */   t: () => (/* binding */ readUiLine)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

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
    const event = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(text));
    switch (event['type']) {
        case 'diagnostic':
            return { diagnostic: readDiagnostic((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(event['diagnostic'])) };
        case 'planned_change':
            return plannedChange((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(event['change']));
        case 'apply_start':
            return hookLine((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(event['hook']), 0);
        case 'apply_complete':
            return hookLine((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(event['hook']), 1);
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
    const range = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(diagnostic['range']);
    return {
        severity: diagnostic['severity'] === 'warning' ? 'warning' : 'error',
        summary: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(diagnostic['summary']),
        detail: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(diagnostic['detail']),
        address: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(diagnostic['address']),
        file: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(range['filename']),
        line: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(range['start'])['line']) ?? 0,
    };
}
function plannedChange(change) {
    const verb = VERBS[(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(change['action'])];
    if (!verb)
        return undefined;
    return { line: `${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(change['resource'])['addr'])}: to be ${verb[1]}` };
}
function hookLine(hook, tense) {
    const verb = VERBS[(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(hook['action'])];
    if (!verb)
        return undefined;
    const seconds = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asNumber */ .i)(hook['elapsed_seconds']);
    const took = tense === 1 && seconds !== undefined && seconds > 0 ? ` after ${seconds} s` : '';
    return { line: `${(0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(hook['resource'])['addr'])}: ${verb[tense]}${took}` };
}


/***/ })

};
