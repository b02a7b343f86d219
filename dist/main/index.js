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

/***/ 5555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ compose),
/* harmony export */   o: () => (/* binding */ isUnplanned)
/* harmony export */ });
// Loaded only when it is called for: a job pays for no other command than its own, and one with a
// wrong input for none.
const COMMANDS = {
    deploy: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(609), __nccwpck_require__.e(535), __nccwpck_require__.e(311), __nccwpck_require__.e(468), __nccwpck_require__.e(959), __nccwpck_require__.e(100), __nccwpck_require__.e(638), __nccwpck_require__.e(493)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6493))).composeDeploy,
    plan: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(311), __nccwpck_require__.e(468), __nccwpck_require__.e(959), __nccwpck_require__.e(893)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7768))).composePlan,
    rollback: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(609), __nccwpck_require__.e(535), __nccwpck_require__.e(468), __nccwpck_require__.e(100), __nccwpck_require__.e(717)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4717))).composeRollback,
    status: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(609), __nccwpck_require__.e(95)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6095))).composeStatus,
    doctor: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(635)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7635))).composeDoctor,
    destroy: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(311), __nccwpck_require__.e(438)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4438))).composeDestroy,
    secrets: async () => (await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(492), __nccwpck_require__.e(5), __nccwpck_require__.e(609), __nccwpck_require__.e(535), __nccwpck_require__.e(638), __nccwpck_require__.e(281)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4281))).composeSecrets,
};
/** Builds the job of a command, with the real world behind every port. */
async function compose(config, env, signal) {
    return (await COMMANDS[config.command]())(config, env, signal);
}
/**
 * Whether wrong inputs are no fault, since nobody plans this pull request anyway; says so then. Only a
 * plan is looked at: any other job would wait for what it never needs.
 */
async function isUnplanned(env) {
    const { INPUT_COMMAND: command = '', GITHUB_EVENT_NAME: event } = env;
    if (command.trim() !== 'plan' || event !== 'pull_request')
        return false;
    const { explainUnplanned } = await Promise.all(/* import() */[__nccwpck_require__.e(58), __nccwpck_require__.e(975)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1975));
    // An event that cannot be read says nothing: then the inputs are what is wrong.
    return explainUnplanned(env).catch(() => false);
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

/***/ 3286:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ readInputs)
});

// UNUSED EXPORTS: parseInputs

;// CONCATENATED MODULE: ./lib/inputs/build.js
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
        sbom: reader.flag('sbom', false),
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

// EXTERNAL MODULE: ./lib/secrets/forms.js
var secrets_forms = __nccwpck_require__(9930);
// EXTERNAL MODULE: ./lib/secrets/short-name.js
var short_name = __nccwpck_require__(4579);
;// CONCATENATED MODULE: ./lib/secrets/value-entries.js
const BASE64 = ':base64';
/**
 * Reads `NAME=VALUE` lines, and `NAME<<END`, lines, `END` for a value of several lines, as the
 * runner's GITHUB_ENV has it; `NAME:base64` in front of either sign says that the value is encoded.
 * Empty lines and lines that begin with `#` are skipped between values.
 */
function parseValueEntries(text) {
    const lines = text.split('\n');
    const entries = [];
    const problems = [];
    for (let at = 0; at < lines.length; at += 1) {
        const line = withoutReturn(lines[at]);
        if (line.trim() === '' || line.trimStart().startsWith('#'))
            continue;
        const start = beginningOf(line);
        if (start === undefined) {
            problems.push(`has neither "=" nor "<<" in line ${at + 1}: write NAME=VALUE, and a value of several lines as NAME<<END, its lines, and END alone on a line.`);
        }
        else if (start.sign === '=') {
            entries.push(entryOf(at, start));
        }
        else {
            const end = endOf(lines, at + 1, start.rest.trim());
            if (end === undefined) {
                problems.push(`begins a value in line ${at + 1} that ends nowhere: ${HOW_TO_END}`);
                break;
            }
            entries.push(entryOf(at, { ...start, rest: lines.slice(at + 1, end).join('\n') }));
            at = end;
        }
    }
    return { entries, problems };
}
const HOW_TO_END = 'write the word behind "<<" once more, alone on a line, after the value.';
/** Whichever sign comes first: a value may hold the other one. */
function beginningOf(line) {
    const [, name, sign, rest] = /^(.*?)(<<|=)(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined)
        return undefined;
    return { name: name.trim(), sign: sign === '=' ? '=' : '<<', rest };
}
function entryOf(at, { name, rest }) {
    const isBase64 = name.endsWith(BASE64);
    return {
        line: at + 1,
        name: isBase64 ? name.slice(0, -BASE64.length) : name,
        isBase64,
        text: rest,
    };
}
/** Index of the line that ends a value; an empty word would end it at the first empty line. */
function endOf(lines, from, word) {
    const at = lines.findIndex((line, index) => index >= from && withoutReturn(line) === word);
    return word === '' || at < 0 ? undefined : at;
}
function withoutReturn(line = '') {
    return line.replace(/\r$/, '');
}

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

;// CONCATENATED MODULE: ./lib/inputs/reader.js


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
    /** As it was given: for values in which white space counts. */
    raw(input) {
        return this.#read(input);
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
    flag(input, fallback) {
        return this.choice(input, ['true', 'false'], fallback ? 'true' : 'false') === 'true';
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

;// CONCATENATED MODULE: ./lib/inputs/secret-values.js




const INPUT = 'secret_values';
/** https://cloud.google.com/secret-manager/quotas#content-limits */
const MOST_BYTES = 65_536;
/**
 * Reads the values of secrets, by the name under which the container knows them. No problem shows
 * a value, nor a name that is none of `secrets`: it may be a piece of one. A command that writes no
 * values has them for the mask alone, and minds nothing: forks plan without any secret.
 */
function readSecretValues(all, context) {
    const isWriting = context.command === 'deploy' || context.command === 'secrets';
    const reader = isWriting ? all : new InputReader((input) => all.raw(input));
    const { entries, problems } = parseValueEntries(reader.raw(INPUT));
    for (const problem of problems)
        reader.object(INPUT, problem);
    const values = new Map();
    for (const entry of entries) {
        const problem = nameProblem(entry, context, values);
        const read = problem === undefined ? readValue(entry) : { problem };
        if (read.bytes === undefined)
            reader.object(INPUT, read.problem);
        else
            values.set(entry.name, read.bytes);
    }
    for (const problem of contradictions(values, context))
        reader.object(INPUT, problem);
    return values;
}
function nameProblem({ name, line }, { secrets }, seen) {
    const reference = secrets.get(name);
    if (reference === undefined) {
        return `sets a name in line ${line} that "secrets" does not have: add NAME=secret to "secrets". (A value of several lines is NAME<<END, its lines, and END.)`;
    }
    if (reference.version !== 'latest') {
        return `sets ${name}, of which "secrets" wants version ${reference.version} and no other: take the ":${reference.version}" away there, or ${name} away here.`;
    }
    if (seen.has(name))
        return `sets ${name} again in line ${line}: keep one of the two.`;
    return undefined;
}
function readValue({ name, text, isBase64, line }) {
    if (text.trim() === '') {
        return {
            problem: `gives ${name} nothing in line ${line}: the GitHub secret that is meant there is not set, or not for this job (look for it under the repository's, the environment's and the organisation's secrets; pull requests of forks get none).`,
        };
    }
    const bytes = isBase64 ? decoded(text) : Buffer.from(text);
    if (bytes === undefined)
        return { problem: `gives ${name} a value in line ${line} that is not base64.` };
    if ((isBase64 ? bytes.length : text.trim().length) < secrets_forms/* SHORTEST_VALUE */.Lr) {
        return {
            problem: `gives ${name} a value that is too short to be hidden in the log: use ${secrets_forms/* SHORTEST_VALUE */.Lr} characters or more, and "env" for what is no secret.`,
        };
    }
    if (bytes.length > MOST_BYTES) {
        return {
            problem: `gives ${name} ${bytes.length} bytes: Secret Manager takes ${MOST_BYTES} at most.`,
        };
    }
    return { bytes };
}
/** Undefined for what is no base64: Buffer would pass over every wrong sign. */
function decoded(text) {
    const plain = text.replace(/\s+/g, '').replace(/={1,2}$/, '');
    const bytes = Buffer.from(plain, 'base64');
    return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined;
}
/** Two names may stand for one secret, which has one value. */
function contradictions(values, { projectId, secrets }) {
    const first = new Map();
    const problems = [];
    for (const [name, bytes] of values) {
        const secret = (0,short_name/* shortName */.E)(secrets.get(name)?.secret ?? '', projectId);
        const other = first.get(secret);
        if (other === undefined)
            first.set(secret, name);
        else if (!Buffer.from(bytes).equals(values.get(other) ?? Buffer.alloc(0))) {
            problems.push(`gives ${other} and ${name} different values, and both are secret ${secret}: give them one value, or a secret each.`);
        }
    }
    return problems;
}

;// CONCATENATED MODULE: ./lib/inputs/command.js

const COMMANDS = [
    'deploy',
    'plan',
    'rollback',
    'status',
    'doctor',
    'destroy',
    'secrets',
];
const ENVIRONMENT = {
    pattern: /^[^\s].{0,253}[^\s]$|^[^\s]$/,
    instead: 'the name of an environment of the repository, such as "production"',
};
const RELEASE = {
    pattern: /^[A-Za-z0-9_.:/@-]{1,512}$/,
    instead: 'a release id, "-2" for the one before the one before, a commit, an image digest or a tag, or nothing for the last one before',
};
/** Reads the inputs that say what to do. */
function readCommandInputs(reader, context) {
    const command = reader.choice('command', COMMANDS, 'deploy');
    const confirmed = reader.text('confirm');
    if (command === 'destroy')
        demandConfirmation(reader, confirmed, context.name);
    return {
        command,
        release: reader.optional('release', RELEASE),
        force: reader.flag('force', false),
        deleteHistory: reader.flag('delete_history', false),
        environment: reader.optional('environment', ENVIRONMENT),
        secretValues: readSecretValues(reader, { ...context, command }),
        keepSecretVersions: reader.wholeNumber('keep_secret_versions', {
            from: 1,
            to: 1000,
            fallback: 10,
        }),
        roll: reader.flag('roll', false),
    };
}
/** Everything of the service goes: whoever wants that writes its name. */
function demandConfirmation(reader, given, name) {
    if (given === name)
        return;
    const instead = `"${name}", the name of the service, to destroy everything of it`;
    if (given === '')
        reader.object('confirm', `is required: write ${instead}.`);
    else
        reader.refuse('confirm', given, instead);
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
    const name = reader.matching('name', inputs_NAME, defaultName(context.repository));
    const service = {
        projectId: reader.matching('project_id', PROJECT_ID),
        region,
        zones: readZones(reader, region),
        name,
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
        autoRollback: reader.flag('auto_rollback', true),
        review: reader.choice('review', ['destructive', 'exact', 'off'], 'destructive'),
        comment: reader.flag('comment', true),
        driftIssue: reader.flag('drift_issue', false),
        githubToken: reader.text('github_token'),
    };
    return { ...service, ...readCommandInputs(reader, service) };
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
/* harmony import */ var _adapters_processes_stop_signals_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(3624);
/* harmony import */ var _adapters_runner_workflow_commands_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8193);
/* harmony import */ var _compose_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5555);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(452);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3286);





const parsed = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInputs */ .K)(process.env);
if (parsed.problems)
    await refuse(parsed.problems);
else
    await run(parsed.config);
async function refuse(problems) {
    if (await (0,_compose_js__WEBPACK_IMPORTED_MODULE_0__/* .isUnplanned */ .o)(process.env))
        return;
    for (const { input, message } of problems) {
        process.stdout.write(`${(0,_adapters_runner_workflow_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .renderErrorCommand */ .Y)(`Input ${input}`, message)}\n`);
    }
    process.exitCode = 1;
}
async function run(config) {
    const cancel = new AbortController();
    const composing = (0,_compose_js__WEBPACK_IMPORTED_MODULE_0__/* .compose */ .Z)(config, process.env, cancel.signal);
    const fail = async (error) => {
        const job = await composing;
        const message = (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .U)(error);
        if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .l)
            job.fail({ ...error, message, code: error.code });
        else
            job.fail({ message, code: 'UNEXPECTED', outcome: 'failed' });
        process.exit(1);
    };
    (0,_adapters_processes_stop_signals_js__WEBPACK_IMPORTED_MODULE_4__/* .onStopSignals */ .D)({
        first: () => cancel.abort(cancelled('what had been started was stopped')),
        more: () => void fail(cancelled('what is still stopping is left to the post step')),
    });
    await composing.then((job) => job.run()).catch(fail);
    // What is still under way (a renewal of the lock, a download that waits) must not keep the job.
    process.exit(0);
}
function cancelled(what) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ActionError */ .l('CANCELLED', `The run was cancelled; ${what}.`);
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 9930:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lr: () => (/* binding */ SHORTEST_VALUE),
/* harmony export */   XP: () => (/* binding */ formsOf),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
/** The runner would make every appearance of a shorter one unreadable, in words that mean something else. */
const SHORTEST_VALUE = 4;
/** Frames of keys and certificates: they are in public ones, too. */
const FRAME = /^-----(BEGIN|END) [^-]*-----$/;
/**
 * Every form in which a value is to be masked: as a whole, line by line, as JSON has it, in base64, in URLs.
 * What is too short to be told from any other text is none of them.
 */
function formsOf(bytes) {
    const base64 = Buffer.from(bytes).toString('base64');
    const text = textOf(bytes);
    const forms = [
        ...(text === undefined ? [] : textForms(text)),
        // With and without the signs at its end, which some leave out.
        base64,
        base64.replace(/=+$/, ''),
        base64.replaceAll('+', '-').replaceAll('/', '_'),
    ];
    return [...new Set(forms)].filter((form) => form.trim().length >= SHORTEST_VALUE);
}
/** The bytes as text, if a variable of a container can hold them. */
function textOf(bytes) {
    try {
        const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
        return text.includes('\0') ? undefined : text;
    }
    catch {
        // Not UTF-8 is an answer.
        return undefined;
    }
}
function textForms(text) {
    const lines = text.split(/\r\n|\r|\n/);
    const telling = lines.map((line) => line.trim()).filter((line) => !FRAME.test(line));
    // The log masks each line of what it is given; a frame is masked with the whole in one line only.
    const isFramed = telling.length < lines.length;
    return [
        ...(isFramed ? [] : [text, text.trim()]),
        ...lines.filter((line) => telling.includes(line)),
        ...telling,
        JSON.stringify(text).slice(1, -1),
        // The runner masks what it is told and no form of it.
        ...[text, ...telling].map(encodeURIComponent),
    ];
}


/***/ }),

/***/ 4579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ shortName)
/* harmony export */ });
/** A secret of this project is the same with and without the project in front. */
function shortName(secret, projectId) {
    const prefix = `projects/${projectId}/secrets/`;
    return secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
}


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
