import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 3339:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("module");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 7830:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/web");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 3480:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("querystring");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 8167:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("worker_threads");

/***/ }),

/***/ 3624:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ onStopSignals)
/* harmony export */ });
/** The runner cancels with SIGINT, after 7.5 s SIGTERM, and after another 2.5 s it kills. */
function onStopSignals(calls) {
    let isFirst = true;
    const stop = () => {
        if (isFirst)
            calls.first();
        else
            calls.more();
        isFirst = false;
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
}


/***/ }),

/***/ 8193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ renderErrorCommand)
/* harmony export */ });
/** `::error::` for the entry, which loads no library: @actions/core costs more than the rest of it. */
function renderErrorCommand(title, message) {
    return `::error title=${escapeProperty(title)}::${escapeData(message)}`;
}
// As the runner decodes them (actions/runner, ActionCommand).
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ }),

/***/ 452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ describeError),
/* harmony export */   l: () => (/* binding */ ActionError)
/* harmony export */ });
/**
 * The one error that people are meant to read: `message` says what failed and on what, `hint` what
 * to do next. Anything else that is thrown is a bug of ours.
 */
class ActionError extends Error {
    code;
    hint;
    isPassing;
    annotations;
    outcome;
    runs;
    constructor(code, message, more = {}) {
        super(message, { cause: more.cause });
        this.name = 'ActionError';
        this.code = code;
        this.hint = more.hint;
        this.isPassing = more.isPassing ?? false;
        this.annotations = more.annotations ?? [];
        this.outcome = more.outcome ?? 'failed';
        this.runs = more.runs;
    }
}
/** One sentence for any thrown value; never a stack trace. */
function describeError(error) {
    if (error instanceof ActionError)
        return error.hint ? `${error.message}\n${error.hint}` : error.message;
    const text = error instanceof Error ? error.message : String(error);
    return `Unexpected error, which is a bug of deploy-spot-mig (please report it): ${text}`;
}


/***/ }),

/***/ 8777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ readInputs)
});

// UNUSED EXPORTS: parseInputs

;// CONCATENATED MODULE: ./lib/build-inputs.js
const IMAGE = {
    pattern: /^[a-z0-9][a-z0-9.-]*(:[0-9]+)?\/[a-z0-9._/-]+(:[A-Za-z0-9_][A-Za-z0-9._-]*|(:[A-Za-z0-9_][A-Za-z0-9._-]*)?@sha256:[0-9a-f]{64})$/,
    instead: 'an image with its registry and a tag or digest, such as "europe-west1-docker.pkg.dev/PROJECT/REPOSITORY/IMAGE@sha256:…"',
};
const PLATFORM = /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/;
/** What only a build can use: with an image that exists already it would be passed over. */
const OF_A_BUILD = ['dockerfile', 'target', 'build_args', 'build_secrets', 'platforms'];
/** Reads what the image is made of, or which one is taken. */
function readBuildInputs(reader) {
    const image = reader.optional('image', IMAGE);
    const unused = OF_A_BUILD.filter((input) => reader.text(input) !== '');
    if (image !== undefined && unused.length > 0) {
        const names = unused.map((input) => `"${input}"`).join(', ');
        reader.object('image', `names an image that is there: take ${names} away, or "image".`);
    }
    return {
        context: reader.text('context') || '.',
        dockerfile: reader.text('dockerfile') || undefined,
        target: reader.text('target') || undefined,
        buildArgs: reader.lines('build_args'),
        buildSecrets: reader.lines('build_secrets', BUILD_SECRET_LINE),
        platforms: readPlatforms(reader),
        sbom: reader.choice('sbom', ['true', 'false'], 'false') === 'true',
        image,
    };
}
function readPlatforms(reader) {
    const platforms = reader.list('platforms');
    const strangers = platforms.filter((platform) => !PLATFORM.test(platform));
    if (strangers.length > 0)
        reader.refuse('platforms', strangers.join(', '), 'platforms, such as "linux/amd64, linux/arm64"');
    return platforms;
}
/** The runner would make every appearance of a shorter one unreadable, in words that mean something else. */
const SHORTEST_SECRET = 4;
const BUILD_SECRET_LINE = {
    judgeValue: (value) => value.trim().length >= SHORTEST_SECRET
        ? undefined
        : 'has a value that is too short to be hidden in the log',
    instead: `NAME=VALUE with ${SHORTEST_SECRET} characters or more, and what is no secret in "build_args"`,
};

// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __nccwpck_require__(8335);
;// CONCATENATED MODULE: ./lib/lib/name-value-lines.js
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/**
 * Reads one `NAME=VALUE` per line. Empty lines and lines that begin with `#` are skipped; the value
 * is everything after the first `=`, as it stands. Problems give the number of the line and show
 * nothing of it: the "name" in a line of a pasted key is a piece of the key. `judgeValue` may add
 * what is wrong with a value, as the rest of a sentence that begins with "line 3".
 */
function parseNameValueLines(text, judgeValue = () => undefined) {
    const pairs = new Map();
    const problems = [];
    text.split(/\r?\n/).forEach((line, index) => {
        if (line.trim() === '' || line.trimStart().startsWith('#'))
            return;
        const [name, value] = splitOnce(line);
        const problem = problemOf(name, value, pairs) ?? judgeValue(value ?? '');
        if (problem)
            problems.push(`line ${index + 1} ${problem}`);
        else
            pairs.set(name, value ?? '');
    });
    return { pairs, problems };
}
function splitOnce(line) {
    const at = line.indexOf('=');
    return at < 0 ? [line.trim(), undefined] : [line.slice(0, at).trim(), line.slice(at + 1)];
}
function problemOf(name, value, seen) {
    if (value === undefined)
        return 'has no "="';
    if (!NAME.test(name))
        return 'does not begin with a name of letters, digits and "_"';
    if (seen.has(name))
        return 'sets a name that an earlier line sets already';
    if (value.includes('\0'))
        return 'holds a NUL character';
    return undefined;
}

;// CONCATENATED MODULE: ./lib/input-reader.js


/** Reads inputs one by one and collects what is wrong with them; a wrong one reads as its fallback. */
class InputReader {
    problems = [];
    #read;
    constructor(read) {
        this.#read = read;
    }
    text(input) {
        return this.#read(input).trim();
    }
    /** What stands between commas and white space, each once. */
    list(input) {
        const parts = this.text(input).split(/[\s,]+/);
        return [...new Set(parts.filter((part) => part !== ''))];
    }
    matching(input, { pattern, instead }, fallback = '') {
        const given = this.text(input) || fallback;
        if (given === '')
            this.object(input, `is required: write ${instead}.`);
        else if (!pattern.test(given))
            this.refuse(input, given, instead);
        return given;
    }
    optional(input, wanted) {
        return this.text(input) === '' ? undefined : this.matching(input, wanted);
    }
    choice(input, choices, fallback) {
        const given = this.text(input);
        if (given === '')
            return fallback;
        const chosen = choices.find((choice) => choice === given);
        if (chosen === undefined)
            this.refuse(input, given, choices.map((c) => `"${c}"`).join(' or '));
        return chosen ?? fallback;
    }
    wholeNumber(input, wanted) {
        const { from, to, fallback, instead = `a whole number from ${from} to ${to}` } = wanted;
        const given = this.text(input);
        if (given === '')
            return fallback;
        const value = /^[0-9]{1,9}$/.test(given) ? Number(given) : Number.NaN;
        if (value >= from && value <= to)
            return value;
        this.refuse(input, given, instead);
        return fallback;
    }
    duration(input, fallback, atLeastMs) {
        const given = this.text(input) || fallback;
        const durationMs = (0,duration/* parseDuration */.E)(given);
        if (durationMs === undefined) {
            this.refuse(input, given, 'a duration, such as "90s", "10m", "1h30m" or "7d"');
        }
        else if (durationMs < atLeastMs) {
            this.refuse(input, given, `at least ${(0,duration/* renderDuration */.P)(atLeastMs)}`);
        }
        return durationMs ?? 0;
    }
    /** Values are never shown: they may be secret even where they should not be. */
    lines(input, rule) {
        const lines = parseNameValueLines(this.#read(input), rule?.judgeValue);
        const instead = rule?.instead ?? 'one NAME=VALUE on each line';
        for (const problem of lines.problems)
            this.object(input, `${problem}: write ${instead}.`);
        return lines.pairs;
    }
    /** Notes a value that cannot be taken, and what to write instead. */
    refuse(input, given, instead) {
        this.object(input, `is "${shortened(given)}": write ${instead}.`);
    }
    /** Notes whatever else is wrong with an input, as the rest of the sentence. */
    object(input, predicate) {
        this.problems.push({ input, message: `Input "${input}" ${predicate}` });
    }
}
function shortened(text) {
    return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

;// CONCATENATED MODULE: ./lib/inputs.js


/** Reads all inputs at once and reports all problems at once. Pure: `read` gives an input's text. */
function parseInputs(read, context) {
    const reader = new InputReader(read);
    const config = readConfig(reader, context);
    return reader.problems.length > 0 ? { problems: reader.problems } : { config };
}
/** The same, as the runner gives them to a step. */
function readInputs(env) {
    const read = (input) => env[`INPUT_${input.toUpperCase()}`] ?? '';
    return parseInputs(read, { repository: env['GITHUB_REPOSITORY'] ?? '' });
}
function readConfig(reader, context) {
    const region = reader.matching('region', REGION);
    return {
        command: reader.choice('command', ['deploy', 'plan'], 'deploy'),
        projectId: reader.matching('project_id', PROJECT_ID),
        region,
        zones: readZones(reader, region),
        name: reader.matching('name', inputs_NAME, defaultName(context.repository)),
        machineType: reader.matching('machine_type', MACHINE_TYPE, 'e2-small'),
        size: reader.wholeNumber('size', { from: 0, to: 1000, fallback: 1 }),
        port: readPort(reader),
        healthPath: readHealthPath(reader),
        strategy: reader.choice('strategy', ['surge', 'recreate'], 'surge'),
        provisioning: reader.choice('provisioning', ['spot', 'standard'], 'spot'),
        ...readSettings(reader),
        workloadIdentityProvider: reader.matching('workload_identity_provider', PROVIDER),
        serviceAccount: reader.optional('service_account', SERVICE_ACCOUNT),
        stateBucket: reader.matching('state_bucket', BUCKET),
        terraformDirectory: reader.text('terraform_directory') || undefined,
        terraformVersion: reader.optional('terraform_version', VERSION),
        terraformVariables: reader.lines('terraform_variables'),
        ...readBuildInputs(reader),
        rebuildAfterMs: reader.duration('rebuild_after', '7d', 0),
        secretScan: reader.choice('secret_scan', ['block', 'warn', 'off'], 'block'),
        keepReleases: reader.wholeNumber('keep_releases', { from: 1, to: 1000, fallback: 10 }),
        progressDeadlineMs: reader.duration('progress_deadline', '10m', SHORTEST_DEADLINE_MS),
        minReadyMs: reader.duration('min_ready', '10s', 0),
        autoRollback: readSwitch(reader, 'auto_rollback', true),
        review: reader.choice('review', ['destructive', 'exact', 'off'], 'destructive'),
        comment: readSwitch(reader, 'comment', true),
        driftIssue: readSwitch(reader, 'drift_issue', false),
        githubToken: reader.text('github_token'),
    };
}
function readSwitch(reader, input, fallback) {
    return reader.choice(input, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
}
/** Less than a VM needs to boot would fail every rollout. */
const SHORTEST_DEADLINE_MS = 30_000;
const PROJECT_ID = {
    pattern: /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    instead: 'the id of the Google Cloud project (not its name or number), such as "mervis-prod"',
};
const REGION = {
    pattern: /^[a-z]+-[a-z]+[0-9]+$/,
    instead: 'a region (not a zone), such as "asia-northeast3"',
};
const inputs_NAME = {
    pattern: /^[a-z]([-a-z0-9]{0,40}[a-z0-9])?$/,
    instead: 'up to 42 lower-case letters, digits and "-", beginning with a letter',
};
const MACHINE_TYPE = {
    pattern: /^[a-z][a-z0-9]*-[a-z0-9-]+$/,
    instead: 'a machine type, such as "e2-small"',
};
const HEALTH_PATH = {
    pattern: /^\/[!-~]*$/,
    instead: 'a path that begins with "/", such as "/healthz", or "none" to only connect to the port',
};
const PROVIDER = {
    pattern: /^projects\/[0-9]+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/,
    instead: 'the full name of the provider with the project NUMBER: "projects/123456789012/locations/global/workloadIdentityPools/POOL/providers/PROVIDER"',
};
const SERVICE_ACCOUNT = {
    pattern: /^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$/,
    instead: 'the e-mail of a service account: "NAME@PROJECT.iam.gserviceaccount.com"',
};
const BUCKET = {
    pattern: /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
    instead: 'the name of a Cloud Storage bucket without "gs://"',
};
const VERSION = {
    pattern: /^[0-9]+\.[0-9]+\.[0-9]+(-[0-9a-z]+)?$/,
    instead: 'an exact version, such as "1.11.4"',
};
const PORT = {
    from: 1,
    to: 65_535,
    fallback: 8080,
    instead: 'a whole number from 1 to 65535, or "none" for a worker',
};
const SECRET_VALUE = /^((?:projects\/[a-z0-9:.-]+\/secrets\/)?[A-Za-z0-9_-]{1,255})(?::([0-9]+|latest))?$/;
const SECRET_LINE = {
    judgeValue: (value) => SECRET_VALUE.test(value.trim())
        ? undefined
        : 'has something other than a secret\'s name behind its "="',
    instead: 'NAME=secret or NAME=secret:version, never the value itself',
};
function defaultName(repository) {
    const name = (repository.split('/')[1] ?? '').toLowerCase().replace(/[^a-z0-9-]+/g, '-');
    return name
        .replace(/^[^a-z]+/, '')
        .slice(0, 42)
        .replace(/-+$/, '');
}
function readZones(reader, region) {
    const zones = reader.list('zones');
    const isOfRegion = (zone) => zone.startsWith(region) && /^-[a-z]$/.test(zone.slice(region.length));
    const strangers = zones.filter((zone) => !isOfRegion(zone));
    // Advice about zones would be wrong as long as the region is.
    if (REGION.pattern.test(region) && strangers.length > 0) {
        const instead = `zones of the region, such as "${region}-a, ${region}-b"`;
        reader.refuse('zones', strangers.join(', '), instead);
    }
    return zones;
}
function readPort(reader) {
    return reader.text('port') === 'none' ? undefined : reader.wholeNumber('port', PORT);
}
function readHealthPath(reader) {
    if (reader.text('health_path') === 'none')
        return undefined;
    return reader.matching('health_path', HEALTH_PATH, '/healthz');
}
/** A name may come from one of the two only: which one would win is nothing to guess about. */
function readSettings(reader) {
    const env = reader.lines('env');
    const secrets = new Map([...reader.lines('secrets', SECRET_LINE)].map(([name, value]) => {
        const [, secret = '', version = 'latest'] = SECRET_VALUE.exec(value.trim()) ?? [];
        return [name, { secret, version }];
    }));
    const both = [...secrets.keys()].filter((name) => env.has(name));
    if (both.length > 0) {
        const predicate = `sets ${both.join(', ')}, which "env" sets, too: write it in one of them.`;
        reader.object('secrets', predicate);
    }
    return { env, secrets };
}


/***/ }),

/***/ 8335:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   P: () => (/* binding */ renderDuration)
/* harmony export */ });
const UNITS_MS = {
    ms: 1,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
};
/** Milliseconds of a duration such as `90s`, `10m`, `1h30m` or `7d`; undefined when it is not one. */
function parseDuration(text) {
    if (!/^(\d+(ms|s|m|h|d))+$/.test(text))
        return undefined;
    let totalMs = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) {
        totalMs += Number(amount) * (UNITS_MS[unit ?? ''] ?? 0);
    }
    return totalMs;
}
/** A duration as people say it: `820 ms`, `3.2 s`, `4 min 10 s`. */
function renderDuration(durationMs) {
    if (durationMs < 1000)
        return `${Math.round(durationMs)} ms`;
    if (durationMs < 59_950)
        return `${(durationMs / 1000).toFixed(durationMs % 1000 === 0 ? 0 : 1)} s`;
    const days = durationMs / 86_400_000;
    if (days >= 2)
        return `${Number(days.toFixed(1))} days`;
    const seconds = Math.round(durationMs / 1000);
    const rest = seconds % 60;
    return rest === 0
        ? `${Math.floor(seconds / 60)} min`
        : `${Math.floor(seconds / 60)} min ${rest} s`;
}


/***/ }),

/***/ 342:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _adapters_processes_stop_signals_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3624);
/* harmony import */ var _adapters_runner_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8193);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(452);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8777);




const parsed = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readInputs */ .K)(process.env);
if (parsed.problems)
    refuse(parsed.problems);
else
    await run(parsed.config);
function refuse(problems) {
    for (const { input, message } of problems) {
        process.stdout.write(`${(0,_adapters_runner_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .renderErrorCommand */ .Y)(`Input ${input}`, message)}\n`);
    }
    process.exitCode = 1;
}
async function run(config) {
    const cancel = new AbortController();
    // Everything beyond the inputs is loaded only now: a job with a wrong input pays for none of it.
    const composing = config.command === 'plan'
        ? Promise.all(/* import() */[__nccwpck_require__.e(55), __nccwpck_require__.e(545), __nccwpck_require__.e(726)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9726)).then(({ composePlan }) => composePlan(config, process.env, cancel.signal))
        : Promise.all(/* import() */[__nccwpck_require__.e(55), __nccwpck_require__.e(545), __nccwpck_require__.e(19)]).then(__nccwpck_require__.bind(__nccwpck_require__, 19)).then(({ composeDeploy }) => composeDeploy(config, process.env, cancel.signal));
    const fail = async (error) => {
        const job = await composing;
        const message = (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .U)(error);
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l)
            job.fail({ ...error, message, code: error.code });
        else
            job.fail({ message, code: 'UNEXPECTED', outcome: 'failed' });
        process.exit(1);
    };
    (0,_adapters_processes_stop_signals_js__WEBPACK_IMPORTED_MODULE_3__/* .onStopSignals */ .D)({
        first: () => cancel.abort(cancelled('what had been started was stopped')),
        more: () => void fail(cancelled('what is still stopping is left to the post step')),
    });
    await composing.then((job) => job.run()).catch(fail);
    // What is still under way (a renewal of the lock, a download that waits) must not keep the job.
    process.exit(0);
}
function cancelled(what) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('CANCELLED', `The run was cancelled; ${what}.`);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(342);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
