export const id = 638;
export const ids = [638];
export const modules = {

/***/ 4793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ot: () => (/* binding */ secretLabels),
/* harmony export */   e3: () => (/* binding */ deleteSecret),
/* harmony export */   yi: () => (/* binding */ listOwnSecrets)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

/** What the secrets of a service that this action made carry. */
function secretLabels(service) {
    return { app: service, 'managed-by': 'deploy-spot-mig' };
}
/** Short ids of the secrets that this action made for the service. @throws ActionError GCP_* */
async function listOwnSecrets(google, { projectId, service }) {
    const labels = Object.entries(secretLabels(service));
    const ids = [];
    let pageToken = '';
    do {
        const answer = await google.request({
            service: 'secretmanager',
            method: 'GET',
            path: `projects/${projectId}/secrets`,
            query: {
                filter: labels.map(([key, value]) => `labels.${key}=${value}`).join(' AND '),
                ...(pageToken !== '' && { pageToken }),
            },
            purpose: `list the secrets of ${service}`,
        });
        const page = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(answer.json);
        for (const secret of (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asList */ .DD)(page['secrets']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)) {
            // A filter finds what begins alike, too, and what is not one's own must stay.
            const there = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)(secret['labels']);
            const isOwn = labels.every(([key, value]) => there[key] === value);
            if (isOwn)
                ids.push((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(secret['name']).replace(/^.*\//, ''));
        }
        pageToken = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(page['nextPageToken']);
    } while (pageToken !== '');
    return ids;
}
/** Deletes a secret with all its versions; one that is gone already is as well. @throws ActionError GCP_* */
async function deleteSecret(google, { projectId, secret }) {
    await google.request({
        service: 'secretmanager',
        method: 'DELETE',
        path: `projects/${projectId}/secrets/${secret}`,
        purpose: `delete secret ${secret}`,
        accept: [404],
    });
}


/***/ }),

/***/ 6458:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ prepareRelease)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/registry.js
var registry = __webpack_require__(7190);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/lib/canonical-json.js
var canonical_json = __webpack_require__(9968);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
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
    const id = (0,external_node_crypto_.createHash)('sha256').update((0,canonical_json/* canonicalJson */.d)(properties)).digest('hex').slice(0, 12);
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
                labels: { ...(0,json/* asRecord */.qY)(properties['labels']), release: id },
            },
        },
    };
}
// A VM cannot ask how long a notice it will get, so the seconds that its template asks for are told.
function preemptionNotice(properties) {
    const duration = (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(properties['scheduling'])['preemptionNoticeDuration']);
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
    return (0,json/* isRecord */.u4)(value) ? withoutServerFields(value) : value;
}
/** Sets metadata items; the list is sorted by key, since its order carries no meaning. */
function withMetadata(properties, set) {
    const metadata = (0,json/* asRecord */.qY)(properties['metadata']);
    const kept = (0,json/* asList */.DD)(metadata['items'])
        .map(json/* asRecord */.qY)
        .filter((item) => !Object.hasOwn(set, (0,json/* asText */.e1)(item['key'])));
    const items = [...kept, ...Object.entries(set).map(([key, value]) => ({ key, value }))];
    items.sort((a, b) => ((0,json/* asText */.e1)(a['key']) < (0,json/* asText */.e1)(b['key']) ? -1 : 1));
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
        await (0,registry/* tagManifest */.Ug)(google, image, (0,reference/* releaseTag */.aF)(release.id));
        await compute.ensureTemplate(release.template);
    }
    return release;
}
async function fetchBase(compute, name) {
    const base = await compute.fetchTemplate(name);
    if (base)
        return base;
    throw new errors/* ActionError */.l('GCP_UNEXPECTED_ANSWER', `Compute Engine does not know the base template ${name} that Terraform's outputs name.`, { hint: 'Somebody may have deleted it: run the deploy again, so that terraform makes it anew.' });
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


/***/ }),

/***/ 5799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ ensureSecrets),
/* harmony export */   p: () => (/* binding */ makeSecret)
/* harmony export */ });
/* harmony import */ var _google_removal_secrets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4793);
/* harmony import */ var _wanted_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3334);


/**
 * Makes the secrets that get a value and are not there, before terraform lets the VMs read them.
 * What terraform makes is left to it, and with a configuration of one's own everything is.
 *
 * @throws ActionError GCP_*
 */
async function ensureSecrets({ secretManager, log }, config) {
    if (config.terraformDirectory !== undefined)
        return;
    const ofTerraform = (0,_wanted_js__WEBPACK_IMPORTED_MODULE_0__/* .secretsOfTerraform */ .fT)(config);
    const ours = (0,_wanted_js__WEBPACK_IMPORTED_MODULE_0__/* .wantedSecrets */ .th)(config).filter(({ secret }) => !ofTerraform.has(secret));
    await Promise.all(ours.map(async ({ secret }) => {
        if ((await secretManager.findSecret(secret)) !== undefined)
            return;
        await makeSecret({ secretManager, log }, secret, config.name);
    }));
}
/** Makes a secret without a version, labelled as ours. @throws ActionError GCP_* */
async function makeSecret({ secretManager, log }, secret, service) {
    const made = await secretManager.ensureSecret(secret, (0,_google_removal_secrets_js__WEBPACK_IMPORTED_MODULE_1__/* .secretLabels */ .Ot)(service));
    if (made === 'created')
        log.info(`Created secret ${secret}.`);
}


/***/ }),

/***/ 149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ publishSecretValues)
});

// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/release/ledger/deploy-lock.js + 1 modules
var deploy_lock = __webpack_require__(7433);
// EXTERNAL MODULE: ./lib/secrets/ensure.js
var ensure = __webpack_require__(5799);
;// CONCATENATED MODULE: ./lib/secrets/failure.js

/**
 * The one error for secrets of which some did not get their value: which, why, and what became of the
 * others. Undefined when all went well. Pure.
 */
function publishFailure(outcomes) {
    const failed = outcomes.flatMap(({ secret, failure }) => failure ? [{ secret, ...failure }] : []);
    const [first] = failed;
    if (first === undefined)
        return undefined;
    // A cancel, or a bug of ours, is not told as if Google had said something.
    const strange = failed.find(({ error }) => !(error instanceof lib_errors/* ActionError */.l));
    if (strange)
        return strange.error;
    if (outcomes.length === 1)
        return first.error;
    const errors = failed.flatMap(({ error }) => (error instanceof lib_errors/* ActionError */.l ? [error] : []));
    const lines = failed.map(({ secret }, index) => `  ${secret}: ${errors[index]?.message}`);
    const hints = [...new Set(errors.flatMap(({ hint }) => hint ?? []))];
    return new lib_errors/* ActionError */.l('SECRET_VALUES', [
        `${failed.length} of ${outcomes.length} secrets did not get their value:`,
        ...lines,
        describeOthers(outcomes.flatMap(({ published }) => published ?? [])),
    ].join('\n'), {
        cause: first.error,
        isPassing: errors.every(({ isPassing }) => isPassing),
        hint: [...hints, 'Then run the job again: what has its value already is left alone.'].join('\n'),
    });
}
function describeOthers(published) {
    const added = published.filter(({ wasAdded }) => wasAdded);
    if (added.length === 0)
        return 'No new version was written.';
    const names = added.map(({ secret, version }) => `${secret} (version ${version})`);
    return `New versions were written of ${names.join(', ')}.`;
}

// EXTERNAL MODULE: ./lib/release/standing.js
var standing = __webpack_require__(1881);
// EXTERNAL MODULE: ./lib/secrets/short-name.js
var short_name = __webpack_require__(4579);
;// CONCATENATED MODULE: ./lib/secrets/retire.js



/** Of every service in the region: a secret may be shared, and the name tells its releases alone. */
const RELEASES = '[a-z][-a-z0-9]*-[0-9a-f]{12}';
/** The versions to take out of use, oldest first: neither among the newest nor needed. Pure. */
function decideRetiring({ enabled, keepSecretVersions, needed, }) {
    const surplus = enabled.slice(Math.max(keepSecretVersions, 1));
    return surplus.filter(({ number }) => !needed.has(number)).reverse();
}
/** Whether a secret has more versions that can be read than are to be kept. */
async function hasSurplus({ secretManager }, secret, keepSecretVersions) {
    return ((await secretManager.listEnabled(secret)) ?? []).length > keepSecretVersions;
}
/**
 * Disables the versions of these secrets beyond the newest few, and destroys none. What a standing
 * release names stays, what the input `secrets` pins, and what has an alias. Never rejects: an old
 * version too many is no harm.
 */
async function retireVersions(ports, secrets, config) {
    const { log } = ports;
    try {
        const crowded = [];
        for (const secret of secrets) {
            const enabled = (await ports.secretManager.listEnabled(secret)) ?? [];
            if (enabled.length > config.keepSecretVersions)
                crowded.push([secret, enabled]);
        }
        if (crowded.length === 0)
            return;
        const inUse = await versionsInUse(ports, config);
        for (const [secret, enabled] of crowded) {
            const needed = new Set([...(inUse.get(secret) ?? []), ...(await aliasesOf(ports, secret))]);
            await retire(ports, secret, decideRetiring({ ...config, enabled, needed }));
        }
    }
    catch (error) {
        log.warning(`Old versions of secrets were not all disabled, which the next change tries again. ${(0,lib_errors/* describeError */.U)(error)}`);
    }
}
async function retire({ secretManager, log }, secret, versions) {
    const gone = [];
    for (const version of versions) {
        // Somebody who touched it meanwhile knows why.
        if ((await secretManager.disableVersion(secret, version)) === 'disabled')
            gone.push(version.number);
    }
    if (gone.length === 0)
        return;
    const what = gone.length === 1 ? 'version' : 'versions';
    log.info(`${secret}: disabled ${what} ${gone.join(', ')}, which no release needs any more.`);
}
async function aliasesOf({ secretManager }, secret) {
    return (await secretManager.findSecret(secret))?.aliased ?? [];
}
/** By secret, the numbers that a standing release or the inputs name. */
async function versionsInUse({ compute }, { secrets, projectId }) {
    const inUse = new Map();
    const templates = await compute.listTemplateMetadata(RELEASES);
    for (const { secret, version } of [...templates.flatMap(standing/* secretsOf */.Fj), ...secrets.values()]) {
        const name = (0,short_name/* shortName */.E)(secret, projectId);
        inUse.set(name, (inUse.get(name) ?? new Set()).add(version));
    }
    return inUse;
}

// EXTERNAL MODULE: ./lib/google/diagnosis/remedies.js
var remedies = __webpack_require__(4265);
// EXTERNAL MODULE: ./lib/google/secret-manager.js + 1 modules
var secret_manager = __webpack_require__(202);
// EXTERNAL MODULE: ./lib/secrets/forms.js
var secrets_forms = __webpack_require__(9930);
;// CONCATENATED MODULE: ./lib/secrets/survey.js




/**
 * Compares the newest version that can be read with what is wanted; mostly one request. What it
 * reads is masked before anything else happens.
 *
 * @throws ActionError GCP_REQUEST_FAILED when the value may not be read, with the role that is missing
 */
async function surveySecret(ports, { secret, bytes }, config) {
    const { secretManager } = ports;
    let found = await read(ports, secret, 'latest');
    if (found.kind !== 'value') {
        // The newest one of all is disabled, there is none, or nobody says which of these it is.
        const enabled = await secretManager.listEnabled(secret);
        const [newest] = enabled ?? [];
        if (newest === undefined)
            return { kind: 'other', isThere: enabled !== undefined };
        found = await read(ports, secret, newest.number);
        if (found.kind === 'denied')
            throw denied(secret, found.message, config);
    }
    return found.kind === 'value' && Buffer.from(found.bytes).equals(bytes)
        ? { kind: 'same', number: found.number }
        : { kind: 'other', isThere: true };
}
async function read({ secretManager, log }, secret, version) {
    const found = await secretManager.accessVersion(secret, version);
    if (found.kind === 'value')
        for (const form of (0,secrets_forms/* formsOf */.XP)(found.bytes))
            log.mask(form);
    return found;
}
function denied(name, message, { projectId, serviceAccount }) {
    const { secret, project } = (0,secret_manager/* placeOf */.$)(name, projectId);
    const member = serviceAccount === undefined ? 'MEMBER' : `serviceAccount:${serviceAccount}`;
    const grant = (0,remedies/* grantOnSecret */.Wc)('roles/secretmanager.secretAccessor', { secret, project, member });
    return new lib_errors/* ActionError */.l('GCP_REQUEST_FAILED', `Could not compare the value of secret ${name} with what it has: Secret Manager answered 403: ${message}`, {
        hint: `Run: ${grant}\nWithout reading it nobody could tell whether it changed. (Set up by terraform/bootstrap? Name the secret in managed_secrets there.)`,
    });
}

// EXTERNAL MODULE: ./lib/secrets/wanted.js
var secrets_wanted = __webpack_require__(3334);
;// CONCATENATED MODULE: ./lib/secrets/publish.js







/**
 * Gives each secret its value: a new version where the newest that can be read has another one, and
 * nothing where it has it already. Writes under the deploy lock, so that of two runs the second finds
 * the value there; then disables old versions. A run that fails in the middle is run again.
 *
 * @throws ActionError SECRET_VALUES that says what was written and what not, DEPLOY_LOCKED, GCP_*
 */
async function publishSecretValues(ports, config, options) {
    const wanted = (0,secrets_wanted/* wantedSecrets */.th)(config);
    if (wanted.length === 0)
        return [];
    warnOfBinary(ports.log, config);
    // Most runs have nothing to write, and find that out without the lock.
    const found = await each(wanted, (one) => lookAt(ports, one, config));
    const settled = found.filter((published) => published !== undefined);
    const isCrowded = options.isThorough && (await anySurplus(ports, wanted, config));
    if (settled.length === wanted.length && !isCrowded)
        return settled;
    const { owner, signal, random = Math.random } = options;
    const lockPorts = { store: ports.lasting.store, clock: ports.clock, log: ports.log };
    const lock = { prefix: config.name, owner, signal, random };
    return (0,deploy_lock/* withDeployLock */.Jg)(lockPorts, lock, async (either) => {
        const published = await each(wanted, (one) => publish(ports, one, { config, signal: either }));
        const changed = published.filter(({ wasAdded }) => wasAdded || options.isThorough);
        const secrets = changed.map(({ secret }) => secret);
        await retireVersions(ports, secrets, config);
        return published;
    });
}
function warnOfBinary(log, { secretValues }) {
    const binary = (0,secrets_wanted/* binaryNames */.o5)(secretValues);
    if (binary.length === 0)
        return;
    log.warning(`The value of ${binary.join(', ')} is binary: a VM whose release names it does not start, since no variable of a container can hold it.`);
}
/** Side by side, each to its end whatever becomes of the others. @throws what `publishFailure` makes of it */
async function each(wanted, work) {
    const results = await Promise.allSettled(wanted.map(work));
    const outcomes = results.map((result, index) => {
        const secret = wanted[index]?.secret ?? '';
        return result.status === 'rejected'
            ? { secret, failure: { error: result.reason } }
            : { secret, published: result.value };
    });
    const failure = publishFailure(outcomes);
    if (failure !== undefined)
        throw failure;
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
async function anySurplus(ports, wanted, { keepSecretVersions }) {
    const looks = wanted.map(({ secret }) => hasSurplus(ports, secret, keepSecretVersions));
    return (await Promise.all(looks)).includes(true);
}
async function lookAt(ports, wanted, config) {
    const found = await surveySecret(ports, wanted, config);
    refuseMissing(found, wanted, config);
    if (found.kind === 'other')
        return undefined;
    return { secret: wanted.secret, version: found.number, wasAdded: false };
}
/** Looks once more, since another run may have had the lock before. */
async function publish(ports, wanted, { config, signal }) {
    const { secretManager, log } = ports;
    const { secret, bytes } = wanted;
    const found = await surveySecret(ports, wanted, config);
    if (found.kind === 'same')
        return { secret, version: found.number, wasAdded: false };
    refuseMissing(found, wanted, config);
    signal.throwIfAborted();
    if (!found.isThere)
        await (0,ensure/* makeSecret */.p)(ports, secret, config.name);
    const version = await secretManager.addVersion(secret, bytes);
    log.info(`${secret}: version ${version} is new.`);
    return { secret, version, wasAdded: true };
}
/** @throws ActionError SECRET_VALUES where terraform is to make a secret and has not done so yet */
function refuseMissing(found, { secret }, config) {
    const isMissing = found.kind === 'other' && !found.isThere;
    if (!isMissing || !(0,secrets_wanted/* secretsOfTerraform */.fT)(config).has(secret))
        return;
    throw new lib_errors/* ActionError */.l('SECRET_VALUES', `Secret ${secret} is not there yet: Terraform makes it ("create_secrets"), and has not been applied since it was named there.`, { hint: 'Run `command: deploy` with the same inputs: it writes the value after the apply.' });
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


/***/ })

};
