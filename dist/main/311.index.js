export const id = 311;
export const ids = [311];
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

/***/ 9428:
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
// EXTERNAL MODULE: ./lib/adapters/runner/tool-cache.js
var tool_cache = __webpack_require__(8742);
// EXTERNAL MODULE: ./lib/lib/abortable.js
var abortable = __webpack_require__(3537);
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
        await (0,abortable/* abortable */.Z)(signal, () => google.request({
            service: 'storage',
            method: 'GET',
            path: `b/${bucket}/o`,
            query: { maxResults: '1', fields: 'kind' },
            purpose: `read the state bucket ${bucket}`,
        }));
        await google.clock.sleep(PAUSE_MS, signal);
    }
}

// EXTERNAL MODULE: ./lib/report/masking/masker.js + 2 modules
var masker = __webpack_require__(5503);
// EXTERNAL MODULE: ./lib/secrets/forms.js
var secrets_forms = __webpack_require__(9930);
// EXTERNAL MODULE: ./lib/terraform/install.js
var install = __webpack_require__(7711);
// EXTERNAL MODULE: ./lib/lib/guarded.js
var guarded = __webpack_require__(9115);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/terraform/failure.js
var failure = __webpack_require__(8218);
// EXTERNAL MODULE: ./lib/terraform/plan.js
var plan = __webpack_require__(8189);
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
     * lock nothing is written to the bucket, and nobody who deploys is in the way. `isDestroy`: that
     * everything goes; a resource that its configuration protects refuses here, before anything does.
     */
    async plan(log, { isLocked, isDestroy = false }) {
        const path = this.#options.planPath;
        let json;
        const { exitCode, diagnostics } = await this.#run({
            title: isDestroy ? 'terraform plan -destroy' : 'terraform plan',
            args: [
                'plan',
                ...(isDestroy ? ['-destroy'] : []),
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
        return (0,plan/* readPlan */.m)({ path, json, hasChanges: exitCode === 2, warnings: diagnostics });
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
        return (0,plan/* outputValues */.u)((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(stdout)));
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
        return (0,json/* parseJson */.qF)(stdout);
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
            throw new failure/* TerraformFailure */.N(step.title, words, {
                diagnostics: told,
                backend,
                fixForWords: this.#options.fixForWords,
            });
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

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
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
    const value = (0,json/* parseJson */.qF)(text);
    return value === undefined || typeof value === 'number' ? text : value;
}

;// CONCATENATED MODULE: ./lib/compose/outside/terraform.js










/** Lays out what terraform needs, all of it in our own folder: the workspace stays as it is. */
async function composeTerraform(parts) {
    const { commands, files, log, config, env, google, credentials, workDirectory, signal } = parts;
    const credentialsPath = (0,external_node_path_.join)(workDirectory, 'google-credentials.json');
    const variablesPath = (0,external_node_path_.join)(workDirectory, 'deploy.tfvars.json');
    const dataDirectory = (0,external_node_path_.join)(workDirectory, 'terraform-data');
    const [executable, directory] = await Promise.all([
        // A download cannot be interrupted; a cancelled run does not wait for it.
        (0,abortable/* abortable */.Z)(signal, () => (0,install/* resolveTerraform */.lQ)({ commands, files, tools: tool_cache/* runnerToolCache */.F, log }, {
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
        fixForWords: (text) => google.fixForWords(text),
        credentialsPath,
        watchBackend: (either) => watchBucket(google, config.stateBucket, either),
        maskOf: (plan) => (0,masker/* buildMasker */.g)(plan, { secrets: secretsOf(config), sensitiveVariables: [] }).mask,
        clock: clock/* systemClock */.m,
        signal,
    });
}
/** What must not be shown, whatever a plan says. */
function secretsOf({ githubToken, buildSecrets, secretValues }) {
    const texts = [...secretValues.values()].flatMap((bytes) => (0,secrets_forms/* textOf */.b6)(bytes) ?? []);
    return [githubToken, ...buildSecrets.values(), ...texts].filter((secret) => secret !== '');
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

/***/ 8218:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ TerraformFailure),
/* harmony export */   i: () => (/* binding */ timedOut)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _google_diagnosis_diagnose_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1165);
/* harmony import */ var _google_diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8491);
/* harmony import */ var _lib_duration_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8335);
/* harmony import */ var _state_lock_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2177);
/* harmony import */ var _ui_stream_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1221);






/** Of plain words, which may be a whole screen. */
const MOST_CHARACTERS = 2_000;
/** Of what becomes an output, which a later step may put into its environment. */
const MOST_ERRORS = 20;
const MOST_CHARACTERS_IN_ALL = 20_000;
const MOST_FIXES = 5;
/** A terraform that ended with an error of its own. */
class TerraformFailure extends _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l {
    /** Errors and warnings, with their places as far as terraform told them. */
    diagnostics;
    constructor(title, result, more) {
        const told = more.diagnostics.filter(({ severity }) => severity === 'error');
        const errors = told.length > 0 ? told : [readPlainWords(result)];
        const texts = errors.map(_ui_stream_js__WEBPACK_IMPORTED_MODULE_3__/* .renderDiagnostic */ .I);
        const hint = hintFor(texts.join('\n'), more.backend) ?? knownFixes(texts, more.fixForWords);
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
    const stateLock = `gs://${bucket}/${(0,_state_lock_js__WEBPACK_IMPORTED_MODULE_4__/* .stateLockName */ .Ui)(prefix)}`;
    // What the lock says of itself may be cut short: its place is known here.
    return said.includes('Error acquiring the state lock')
        ? (0,_google_diagnosis_diagnose_js__WEBPACK_IMPORTED_MODULE_1__/* .fixFor */ .jc)((0,_google_diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_5__/* .failureInWords */ .d)(said), { projectId: '', stateLock })
        : undefined;
}
/** Each once, and only some: what is missing is often missing many times. */
function knownFixes(texts, fixForWords) {
    const fixes = new Set(texts.flatMap((text) => fixForWords?.(text) ?? []));
    return fixes.size === 0 ? undefined : [...fixes].slice(0, MOST_FIXES).join('\n');
}
function timedOut(title, timeoutMs) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('TERRAFORM_TIMED_OUT', `${title} was still running after ${(0,_lib_duration_js__WEBPACK_IMPORTED_MODULE_2__/* .renderDuration */ .P)(timeoutMs)} and was interrupted.`, {
        hint: 'Terraform itself retries a state bucket that does not answer for ever; check that Cloud Storage can be reached.',
    });
}
function renderAll(errors) {
    const shown = errors.slice(0, MOST_ERRORS).map(_ui_stream_js__WEBPACK_IMPORTED_MODULE_3__/* .renderDiagnostic */ .I).join('\n\n');
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
