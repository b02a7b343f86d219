export const id = 975;
export const ids = [975];
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

/***/ 1975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainUnplanned: () => (/* binding */ explainUnplanned)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6058);
/* harmony import */ var _adapters_disk_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1903);
/* harmony import */ var _github_fork_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7859);
/* harmony import */ var _github_pull_request_event_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3209);




/**
 * Whether the inputs are wrong in a pull request that nobody plans anyway; says so then, as `plan`
 * would. GitHub keeps the repository's variables from forks, so that inputs made of them arrive empty.
 */
async function explainUnplanned(env) {
    const event = await _adapters_disk_files_js__WEBPACK_IMPORTED_MODULE_1__/* .localFiles */ .J.read(env['GITHUB_EVENT_PATH'] ?? '').catch(() => '');
    const pullRequest = (0,_github_pull_request_event_js__WEBPACK_IMPORTED_MODULE_2__/* .readPullRequestEvent */ .$)(event, env);
    if (pullRequest === undefined || !(0,_github_fork_js__WEBPACK_IMPORTED_MODULE_3__/* .isWithoutToken */ .w)(pullRequest, env))
        return false;
    const words = (0,_github_fork_js__WEBPACK_IMPORTED_MODULE_3__/* .explainNoToken */ .O)(pullRequest);
    _actions_core__WEBPACK_IMPORTED_MODULE_0__.info(words);
    await _actions_core__WEBPACK_IMPORTED_MODULE_0__.summary
        .addRaw(words)
        .write()
        // A runner without such a page has the log.
        .catch((error) => _actions_core__WEBPACK_IMPORTED_MODULE_0__.debug(`There is no job summary: ${String(error)}`));
    return true;
}


/***/ }),

/***/ 7859:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ explainNoToken),
/* harmony export */   w: () => (/* binding */ isWithoutToken)
/* harmony export */ });
/** Whether GitHub gives this job neither an OIDC token nor the right to comment, whatever it asks for. */
function isWithoutToken({ isFork, isDependabot }, env) {
    const hasOidc = (env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '') !== '';
    return (isFork || isDependabot) && !hasOidc;
}
/** For the page of the run: why there is no plan, and what to do. */
function explainNoToken({ isFork, number }) {
    const whose = isFork ? 'comes from a fork' : 'was opened by Dependabot';
    return `Pull request #${number} ${whose}, so GitHub gives this job no OIDC token and a token that may only read: there is no plan, and that is no failure. Somebody with write access can push the same commits to a branch of this repository, which is planned then.\n`;
}


/***/ }),

/***/ 3209:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ readPullRequestEvent)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);


/**
 * What the event file says of a pull request; undefined for a job that runs for anything else.
 *
 * @throws ActionError INPUT_INVALID for `pull_request_target`, and for an event that cannot be read
 */
function readPullRequestEvent(json, env) {
    const event = env['GITHUB_EVENT_NAME'] ?? '';
    if (event === 'pull_request_target')
        throw refusal();
    if (event !== 'pull_request')
        return undefined;
    const payload = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(json));
    const pull = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(payload['pull_request']);
    const number = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asNumber */ .i)(pull['number']);
    const headSha = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(pull['head'])['sha']);
    if (number === undefined || headSha === '')
        throw unreadable();
    return {
        number,
        headSha,
        baseRef: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(pull['base'])['ref']),
        author: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(pull['user'])['login']),
        action: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(payload['action']),
        state: pull['merged'] === true ? 'merged' : pull['state'] === 'closed' ? 'closed' : 'open',
        isFork: repositoryOf(pull['head']) !== repositoryOf(pull['base']),
        isDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]',
    };
}
// A fork that was deleted meanwhile has no repository any more.
function repositoryOf(end) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asNumber */ .i)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(end)['repo'])['id']);
}
function refusal() {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('INPUT_INVALID', 'This job runs on pull_request_target, which gives the code of a stranger the permissions and the cloud access of your main branch.', {
        hint: 'Use `on: pull_request` instead. Pull requests from forks are then planned by nobody, on purpose.',
    });
}
function unreadable() {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('INPUT_INVALID', 'The file that GITHUB_EVENT_PATH names does not describe a pull request.', { hint: 'Run the action as a step of a job that `on: pull_request` started.' });
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


/***/ })

};
