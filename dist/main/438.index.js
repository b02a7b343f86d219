export const id = 438;
export const ids = [438];
export const modules = {

/***/ 4438:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeDestroy: () => (/* binding */ composeDestroy)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
// EXTERNAL MODULE: ./lib/adapters/disk/files.js
var files = __webpack_require__(1903);
// EXTERNAL MODULE: ./lib/adapters/processes/processes.js + 3 modules
var processes = __webpack_require__(344);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
;// CONCATENATED MODULE: ./lib/commands/destroy/result.js


/** What nobody asked to go, or nobody may take away. Pure. */
function whatStays({ name, projectId, stateBucket, deleteHistory }, { strangers }) {
    const history = `ledger and state in gs://${stateBucket}/${name}/, as the record of what ran; they serve nothing and cost next to nothing (delete_history: true removes them)`;
    const templates = `instance templates that are called like releases and were not made by this action: ${strangers.slice(0, 5).join(', ')}`;
    return [
        ...(deleteHistory ? [] : [history]),
        `the bucket ${stateBucket}, which other services may use`,
        `the APIs of ${projectId}, which stay on: other things may call them, and being on costs nothing`,
        'the identities and roles that the bootstrap made, with which the next deploy can begin',
        ...(strangers.length === 0 ? [] : [templates]),
    ];
}
/** The end of the job's log. */
function renderLog({ service, gone, stays, durationMs }) {
    const head = gone.length === 0
        ? `There was nothing of ${service} to destroy (${(0,duration/* renderDuration */.P)(durationMs)}).`
        : `Destroyed ${service} in ${(0,duration/* renderDuration */.P)(durationMs)}. Gone:`;
    return [
        head,
        ...gone.map((what) => `  ${what}`),
        'What stays:',
        ...stays.map((what) => `  ${what}`),
    ].join('\n');
}
/** The job's summary page, in Markdown. */
function renderPage({ service, gone, stays, durationMs }) {
    const list = (items) => items
        .map((item) => `- ${(0,markdown/* oneLine */.TN)(item).replace(/[\\`*_<>|[\]]/g, (sign) => `\\${sign}`)}`)
        .join('\n');
    const head = gone.length === 0
        ? `### There was nothing of ${(0,markdown/* codeSpan */.SS)(service)} to destroy`
        : `### 🗑️ Destroyed ${(0,markdown/* codeSpan */.SS)(service)} in ${(0,duration/* renderDuration */.P)(durationMs)}\n\n**Gone**\n\n${list(gone)}`;
    return `${head}\n\n**What stays**\n\n${list(stays)}\n`;
}
/** The outputs of action.yml after a destroy that came to its end. */
function renderDestroyOutputs(result) {
    return new Map([
        ['outcome', 'destroyed'],
        ['changes', JSON.stringify({ add: 0, change: 0, destroy: result.resources })],
        ['duration_seconds', (result.durationMs / 1000).toFixed(1)],
    ]);
}

// EXTERNAL MODULE: ./lib/google/removal/secrets.js
var removal_secrets = __webpack_require__(4793);
// EXTERNAL MODULE: ./lib/release/ledger/deploy-lock.js + 1 modules
var deploy_lock = __webpack_require__(7433);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: ./lib/google/inspection/api-off.js
var api_off = __webpack_require__(3457);
// EXTERNAL MODULE: ./lib/google/inspection/group.js
var inspection_group = __webpack_require__(3833);
// EXTERNAL MODULE: ./lib/image/reference.js
var reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/release/prune/release-tags.js
var release_tags = __webpack_require__(8361);
// EXTERNAL MODULE: ./lib/release/prune/release-template.js
var release_template = __webpack_require__(3234);
// EXTERNAL MODULE: ./lib/terraform/recorded/state-file.js
var state_file = __webpack_require__(6032);
;// CONCATENATED MODULE: ./lib/google/removal/objects.js

/** Every generation of every object whose name begins so. @throws ActionError GCP_* */
async function listGenerations(google, bucket, prefix) {
    const found = [];
    let pageToken = '';
    do {
        const answer = await google.request({
            service: 'storage',
            method: 'GET',
            path: `b/${bucket}/o`,
            query: {
                prefix,
                versions: 'true',
                fields: 'nextPageToken,items(name,generation,timeDeleted)',
                ...(pageToken !== '' && { pageToken }),
            },
            purpose: `list gs://${bucket}/${prefix}`,
        });
        const page = (0,json/* asRecord */.qY)(answer.json);
        for (const item of (0,json/* asList */.DD)(page['items']).map(json/* asRecord */.qY)) {
            const isLive = (0,json/* asText */.e1)(item['timeDeleted']) === '';
            found.push({ name: (0,json/* asText */.e1)(item['name']), generation: (0,json/* asText */.e1)(item['generation']), isLive });
        }
        pageToken = (0,json/* asText */.e1)(page['nextPageToken']);
    } while (pageToken !== '');
    return found;
}
/** Removes one generation for good, live or not; one that is gone already is as well. @throws ActionError GCP_* */
async function removeGeneration(google, bucket, { name, generation }) {
    await google.request({
        service: 'storage',
        method: 'DELETE',
        path: `b/${bucket}/o/${encodeURIComponent(name)}`,
        query: { generation },
        purpose: `remove gs://${bucket}/${name}`,
        accept: [404],
    });
}

// EXTERNAL MODULE: ./lib/google/compute/deletion.js
var deletion = __webpack_require__(2187);
;// CONCATENATED MODULE: ./lib/commands/destroy/releases.js



const WORKERS = 4;
/**
 * Deletes the tags and templates of all releases. The tags first: a template knows where its image's
 * tag is, so what is left of a run that dies in between can be found. Terraform comes after it: it
 * could not delete the subnet and the account that templates name.
 *
 * @throws ActionError DESTROY_FAILED, GCP_*
 */
async function removeReleases(story, { templates, tags }) {
    const { artifacts, compute } = story.ports;
    await inTurn(tags, story, async ({ of, tag }) => {
        const deletion = await artifacts.deleteTag(of, tag);
        if (typeof deletion === 'object')
            throw refused(story, `the tag ${tag}`, deletion);
    });
    await inTurn(templates, story, async ({ name }) => {
        const deletion = await compute.deleteTemplate(name);
        if (typeof deletion === 'object')
            throw refused(story, `the instance template ${name}`, deletion);
    });
    return nameReleases({ templates, tags });
}
/** `3 releases`; a run that died may have left tags alone. */
function nameReleases({ templates, tags }) {
    return templates.length > 0
        ? (0,markdown/* counted */.hS)(templates.length, 'release')
        : (0,markdown/* counted */.hS)(tags.length, 'release tag');
}
/** Some at a time; once one fails no other is begun, and those under way are waited for. */
async function inTurn(items, { context }, work) {
    const rest = items.values();
    let failure;
    const worker = async () => {
        for (const item of rest) {
            if (failure)
                return;
            try {
                context.signal.throwIfAborted();
                await work(item);
            }
            catch (error) {
                failure ??= { error };
            }
        }
    };
    await Promise.all(Array.from({ length: WORKERS }, worker));
    if (failure)
        throw failure.error;
}
function refused({ ports }, what, failure) {
    const hint = (0,deletion/* isInUse */.l)(failure)
        ? 'Something outside of this service uses it, such as another group or a VM: delete that first.'
        : ports.google.fixFor(failure);
    return new errors/* ActionError */.l('DESTROY_FAILED', `Could not delete ${what}: Google answered ${failure.status} ${failure.reason}: ${failure.message}`, { hint });
}

;// CONCATENATED MODULE: ./lib/commands/destroy/history.js


/**
 * Ledger, state and all their earlier versions. Listed anew, as terraform has just written another
 * state. The lock stays as long as this run holds it.
 */
async function removeHistory(story) {
    await removeObjects(story, (name) => HISTORY.test(name));
    return 'ledger and state, with all earlier versions';
}
/** What our own lock has left: only versions that nobody holds, as the next run may have it by now. */
async function removeLockVersions(story) {
    await removeObjects(story, (name, isLive) => name === LOCK && !isLive);
}
const LOCK = 'deploy.lock';
/** What this action and terraform's backend write; anything else in the folder is somebody's own. */
const HISTORY = /^(default\.tfstate|default\.tflock|releases\.json(\.damaged)?)$/;
/** How many versions there are that `removeHistory` would remove. */
async function countHistory({ config, ports }) {
    const folder = `${config.name}/`;
    const found = await listGenerations(ports.google, config.stateBucket, folder);
    return found.filter(({ name }) => HISTORY.test(name.slice(folder.length))).length;
}
async function removeObjects(story, isMeant) {
    const { google } = story.ports;
    const { name: service, stateBucket } = story.config;
    // With the slash: the folder of another service may begin alike.
    const folder = `${service}/`;
    const found = await listGenerations(google, stateBucket, folder);
    const meant = found.filter(({ name, isLive }) => isMeant(name.slice(folder.length), isLive));
    await inTurn(meant, story, (object) => removeGeneration(google, stateBucket, object));
}

;// CONCATENATED MODULE: ./lib/commands/destroy/found.js











/**
 * Looks for everything of the service, and for nothing of others: releases by name, label and
 * description, secrets by their labels, the group by terraform's own record.
 *
 * @throws ActionError GCP_*; DESTROY_FAILED for a group of ours that terraform does not know, and for
 * one that it knows in another region or project
 */
async function findAll(story) {
    const { config, ports } = story;
    const { name, projectId } = config;
    const { google } = ports;
    const ifOn = (service, ask, whenOff) => (0,api_off/* askUnlessOff */.P)(google, { service, projectId, ask, whenOff });
    const state = (0,state_file/* readStateFile */.qy)(ports.store, name);
    const listing = ifOn('compute', () => ports.compute.listTemplates((0,release_template/* namePattern */._u)(name)), []);
    const finding = Promise.all([
        state,
        listing,
        state.then((known) => ifOn('compute', () => findLiveGroup(story, known), undefined)),
        ifOn('secretmanager', () => (0,removal_secrets/* listOwnSecrets */.yi)(google, { projectId, service: name }), []),
        config.deleteHistory ? countHistory(story) : 0,
    ]);
    const [known, listed, group, secrets, historyCount] = await finding;
    const templates = listed.flatMap((template) => (0,release_template/* readReleaseTemplate */.cT)(name, template) ?? []);
    const own = new Set(templates.map((template) => template.name));
    const strangers = listed.map((template) => template.name).filter((found) => !own.has(found));
    const tags = await findTags(story, known, templates);
    return { state: known, group, templates, strangers, tags, secrets, historyCount };
}
async function findLiveGroup({ config, ports }, state) {
    const recorded = state && (0,state_file/* findGroup */.$B)(state, (0,json/* asText */.e1)(state.outputs['group_name']));
    const reference = (0,json/* asText */.e1)(recorded?.attributes['id']) || config.name;
    if (recorded !== undefined)
        refuseElsewhere(config, reference);
    const group = await (0,inspection_group/* inspectGroup */.U)(ports.google, config, reference);
    if (group === undefined)
        return undefined;
    if (state === undefined || recorded === undefined) {
        if (isOurs(config.name, group))
            throw unknownToTerraform(config, group);
        return undefined;
    }
    const vms = (await ports.compute.listManagedInstances(reference)).length;
    const base = (0,json/* asText */.e1)(state.outputs['base_template_name']) || undefined;
    return { reference, group, vms, template: (0,state_file/* templateBelow */.Cg)(state, recorded) ?? base };
}
// The releases lie where the inputs say: with a wrong region they would stay, and be called gone.
function refuseElsewhere(config, recorded) {
    const { name, projectId, region, stateBucket } = config;
    const path = (0,group_reference/* groupPath */.zm)(recorded, config);
    const [, project = '', place = ''] = /^projects\/([^/]+)\/[^/]+\/([^/]+)\//.exec(path) ?? [];
    // A zone is called like its region, and a letter.
    if (project === projectId && place.replace(/-[a-z]$/, '') === region)
        return;
    throw new errors/* ActionError */.l('DESTROY_FAILED', `This job names ${region} of project ${projectId}, but the state gs://${stateBucket}/${name}/default.tfstate is of ${path}. Nothing was changed.`, {
        hint: 'Give the inputs "project_id" and "region" as the deploy did, or the right "state_bucket".',
    });
}
/** A group that only bears the service's name is somebody else's. */
function isOurs(service, { versions }) {
    const ours = new RegExp(`^${service}-(seed|base-[0-9]+|[0-9a-f]{12})$`);
    return versions.some(({ instanceTemplate }) => ours.test((0,group_reference/* groupName */.hv)(instanceTemplate)));
}
// Whoever went on would leave VMs behind that cost money, and call everything gone.
function unknownToTerraform({ name, projectId, region, stateBucket }, group) {
    return new errors/* ActionError */.l('DESTROY_FAILED', `The instance group ${group.name} runs releases of ${name}, but terraform's state gs://${stateBucket}/${name}/default.tfstate does not know it. Nothing was changed.`, {
        hint: `Put back the state that knew it (gcloud storage ls --all-versions gs://${stateBucket}/${name}/default.tfstate), or delete the group by hand: gcloud compute instance-groups managed delete ${group.name} --region ${region} --project ${projectId}`,
    });
}
/** `release-<id>`, and what somebody pinned: the image itself is to go. */
const RELEASE_TAG = /^release-[0-9a-f]{12}(-pinned)?$/;
async function findTags({ config, ports, context }, state, templates) {
    const { name, projectId } = config;
    // Without either nothing was ever deployed, or all of it is gone.
    if (state === undefined && templates.length === 0)
        return [];
    const place = { host: context.registryHost, projectId };
    const repositoryId = (0,json/* asText */.e1)(state?.outputs['repository_id']) || name;
    const own = (0,release_tags/* packageIn */.sr)((0,reference/* imageRepository */.an)(place.host, { projectId, repositoryId, name }), place);
    const listed = own === undefined ? [] : await ports.artifacts.listTags(own);
    const tags = listed.map((tag) => tag.name).filter((tag) => RELEASE_TAG.test(tag));
    // An image that was deployed from elsewhere in the project has its tag there.
    const elsewhere = templates.flatMap(({ id, image }) => {
        const of = (0,release_tags/* packageOf */.wg)(image, place);
        const isOwn = of?.repositoryId === own?.repositoryId && of?.image === own?.image;
        return of === undefined || isOwn ? [] : [{ of, tag: (0,reference/* releaseTag */.aF)(id) }];
    });
    return [...(own ? tags.map((tag) => ({ of: own, tag })) : []), ...elsewhere];
}

// EXTERNAL MODULE: ./lib/terraform/failure.js
var failure = __webpack_require__(8218);
;// CONCATENATED MODULE: ./lib/commands/destroy/progress.js


/** What is gone and what is left, for whoever must tell it in the middle. */
class Progress {
    #gone = [];
    #left = [];
    get gone() {
        return this.#gone;
    }
    /** In words, in the order in which it will go. */
    expect(left) {
        this.#left = left.filter((words) => words !== '');
    }
    /**
     * Does what makes `left` disappear, and notes what that was. Nothing to do where it is empty.
     * `leftInPart`: what is left of it where that fails half-way.
     */
    async step(left, work, leftInPart = left) {
        if (left === '')
            return;
        try {
            const gone = await work();
            this.#left = this.#left.filter((words) => words !== left);
            if (gone !== undefined)
                this.#gone.push(gone);
        }
        catch (error) {
            this.#left = this.#left.map((words) => (words === left ? leftInPart : words));
            throw error;
        }
    }
    /** The same error, with what a person needs to go on from here. */
    explain(error) {
        return error instanceof errors/* ActionError */.l ? new DestroyFailure(error, this.#gone, this.#left) : error;
    }
}
/** A destroy that ended in the middle; its code is that of what ended it. */
class DestroyFailure extends errors/* ActionError */.l {
    /** Terraform's own, with their places in the configuration. */
    diagnostics;
    constructor(cause, gone, left) {
        const lines = [
            cause.message,
            `Gone already: ${gone.join('; ') || 'nothing'}.`,
            `Still there: ${left.join('; ') || 'nothing that is known'}.`,
        ];
        super(cause.code, lines.join('\n'), {
            hint: [hintOf(cause), AGAIN].filter((text) => text !== undefined).join('\n'),
            cause,
            isPassing: cause.isPassing,
            annotations: cause.annotations,
        });
        this.diagnostics = cause instanceof failure/* TerraformFailure */.N ? cause.diagnostics : [];
    }
}
const AGAIN = 'Then run this job again: it goes on with what is left.';
function hintOf({ hint, message }) {
    // Terraform's own words for a lifecycle { prevent_destroy = true }.
    if (!message.includes('Instance cannot be destroyed'))
        return hint;
    return 'Your configuration protects this resource: take prevent_destroy out of its lifecycle, or let terraform forget it (terraform state rm ADDRESS), if it is to stay.';
}

// EXTERNAL MODULE: ./lib/google/operations.js
var operations = __webpack_require__(6345);
;// CONCATENATED MODULE: ./lib/google/removal/groups.js




/** Leaves the autoscaler where it is and takes its say from it. `link` is its URL. @throws ActionError GCP_* */
async function switchOffAutoscaler(google, link) {
    const [, place, name = ''] = /(projects\/.+\/autoscalers)\/([^/]+)$/.exec(link) ?? [];
    if (place === undefined)
        return;
    await (0,operations/* changeCompute */.I)(google, {
        method: 'PATCH',
        path: `${place}?autoscaler=${name}`,
        body: { name, autoscalingPolicy: { mode: 'OFF' } },
        purpose: `switch off the autoscaler ${name}`,
        // It went with somebody else's change: then it says nothing any more.
        accept: [404],
    });
}
/** Asks for no VM at all; they are gone some time later. @throws ActionError GCP_* */
async function emptyGroup(google, scope, group) {
    await (0,operations/* changeCompute */.I)(google, {
        method: 'POST',
        path: `${(0,group_reference/* groupPath */.zm)(group, scope)}/resize?size=0`,
        purpose: `resize the instance group ${(0,group_reference/* groupName */.hv)(group)} to 0`,
    });
}
const ATTEMPTS = 5;
/**
 * Makes `template` the group's only version, so that no release is in use any more. Meant for a
 * group without VMs: nothing is to boot from it.
 *
 * @throws ActionError DESTROY_FAILED when somebody else is faster every time, GCP_*
 */
async function parkGroup(google, scope, { group, template }) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        const found = await (0,inspection_group/* inspectGroup */.U)(google, scope, group);
        if (found === undefined)
            return;
        const [version, ...others] = found.versions;
        const isParked = version !== undefined && isSame(version.instanceTemplate, template, scope);
        if (isParked && others.length === 0)
            return;
        const outcome = await (0,operations/* changeCompute */.I)(google, {
            method: 'PATCH',
            path: (0,group_reference/* groupPath */.zm)(group, scope),
            body: {
                fingerprint: found.fingerprint,
                versions: [{ name: '', instanceTemplate: (0,group_reference/* templatePath */.Y7)(template, scope) }],
            },
            purpose: `take the instance group ${(0,group_reference/* groupName */.hv)(group)} off its release`,
            accept: [412],
        });
        if (outcome === 'done')
            return;
    }
    throw new errors/* ActionError */.l('DESTROY_FAILED', `The instance group ${(0,group_reference/* groupName */.hv)(group)} was changed by somebody else each of the ${ATTEMPTS} times that it was to be taken off its release.`, {
        hint: 'See who changes it (Cloud Audit Logs, method instanceGroupManagers.patch), then run this job again.',
    });
}
function isSame(link, template, scope) {
    return (0,group_reference/* templatePath */.Y7)(link, scope) === (0,group_reference/* templatePath */.Y7)(template, scope);
}

;// CONCATENATED MODULE: ./lib/commands/destroy/vms.js





const POLL_MS = 3_000;
/** A shutdown script has 90 s, and Google some minutes for the rest. */
const DEADLINE_MS = 15 * 60_000;
/** Ends all VMs and takes the group off its release: from here on nothing of it costs anything. */
async function stopVms(story, { reference, group, vms, template }) {
    const { config, ports } = story;
    const { google, log } = ports;
    // Else it would ask for VMs again as soon as there are none.
    if (group.autoscaler !== undefined) {
        log.info(`Switching off the autoscaler of ${group.name}.`);
        await switchOffAutoscaler(google, group.autoscaler);
    }
    if (group.targetSize > 0)
        await emptyGroup(google, config, reference);
    await waitUntilEmpty(story, reference);
    if (template !== undefined)
        await parkGroup(google, config, { group: reference, template });
    return vms === 0 ? undefined : (0,markdown/* counted */.hS)(vms, 'VM');
}
async function waitUntilEmpty({ ports, context }, group) {
    const { clock, compute, log } = ports;
    const startedAtMs = clock.now();
    let before = new Set();
    for (;;) {
        const names = new Set((await compute.listManagedInstances(group)).map(({ name }) => name));
        for (const name of before)
            if (!names.has(name))
                log.info(`${name}  gone`);
        if (names.size === 0)
            return;
        if (clock.now() - startedAtMs > DEADLINE_MS)
            throw stillThere(group, names);
        before = names;
        await clock.sleep(POLL_MS, context.signal);
    }
}
function stillThere(group, names) {
    return new errors/* ActionError */.l('DESTROY_FAILED', `${(0,markdown/* counted */.hS)(names.size, 'VM')} of ${(0,group_reference/* groupName */.hv)(group)} did not go within ${(0,duration/* renderDuration */.P)(DEADLINE_MS)}: ${[...names].slice(0, 5).join(', ')}.`, { hint: 'Look at the operations of these VMs in the console, delete what protects them.' });
}

;// CONCATENATED MODULE: ./lib/commands/destroy.js









/**
 * Takes a service away: VMs first, as they cost the most, then what terraform does not know and
 * would stumble over, then all that terraform made, then the rest. Each step looks at what is there,
 * so that a run after one that died goes on where that one ended.
 *
 * @throws DestroyFailure with the code of what went wrong, and with what is gone and what is left
 */
async function destroy(config, ports, context) {
    const progress = new Progress();
    const story = { config, ports, context, progress };
    const startedAtMs = ports.clock.now();
    try {
        const { found, resources } = await underLock(story);
        if (config.deleteHistory)
            await removeLockVersions(story);
        const durationMs = ports.clock.now() - startedAtMs;
        const stays = whatStays(config, found);
        return { service: config.name, gone: progress.gone, stays, resources, durationMs };
    }
    catch (error) {
        throw progress.explain(error);
    }
}
function underLock(story) {
    const { config, ports, context } = story;
    const { holder, runUrl, actor, signal } = context;
    const lock = { prefix: config.name, owner: { holder, runUrl, actor }, signal };
    // Lost, the lock aborts what follows: another run may deploy by then.
    return (0,deploy_lock/* withDeployLock */.Jg)({ ...ports, store: ports.lasting.store }, lock, (either) => removeAll({ ...story, context: { ...context, signal: either } }));
}
async function removeAll(story) {
    const { config, ports, progress } = story;
    const { log } = ports;
    const found = await log.group(`Looking for everything of ${config.name}`, () => findAll(story));
    const left = describe(found);
    progress.expect(Object.values(left));
    const planned = await planDestruction(story, found);
    await progress.step(left.group, () => log.group('Ending the VMs', async () => found.group && stopVms(story, found.group)));
    await progress.step(left.releases, () => log.group('Deleting the releases', () => removeReleases(story, found)));
    await progress.step(left.infrastructure, () => log.group('Destroying the infrastructure', async () => planned && apply(story, planned)), `what terraform did not get to of ${left.infrastructure}`);
    await progress.step(left.secrets, () => log.group('Deleting the secrets', () => removeSecrets(story, found)));
    await progress.step(left.history, () => log.group('Deleting the history', () => removeHistory(story)));
    return { found, resources: planned?.plan.counts.destroy ?? 0 };
}
/** In words; empty for what is not there. */
function describe({ group, templates, tags, state, secrets, historyCount }) {
    const resources = state?.resources.length ?? 0;
    const named = (count, words) => (count === 0 ? '' : words);
    return {
        group: group ? `the instance group ${group.group.name} with ${(0,markdown/* counted */.hS)(group.vms, 'VM')}` : '',
        releases: named(templates.length + tags.length, nameReleases({ templates, tags })),
        infrastructure: named(resources, `${(0,markdown/* counted */.hS)(resources, 'resource')} that terraform made`),
        secrets: named(secrets.length, (0,markdown/* counted */.hS)(secrets.length, 'secret')),
        history: named(historyCount, 'ledger and state'),
    };
}
/** Before anything is touched: what must not be destroyed refuses here, and so does a state that is locked. */
async function planDestruction(story, { state }) {
    if (state === undefined || state.resources.length === 0)
        return undefined;
    const { ports, context } = story;
    const log = ports.log.labelled('terraform');
    return ports.log.group('Planning the destruction', async () => {
        const terraform = await ports.terraform(context.signal);
        await terraform.init(log);
        return { terraform, plan: await terraform.plan(log, { isLocked: true, isDestroy: true }) };
    });
}
async function apply({ ports }, { terraform, plan }) {
    await terraform.apply(plan, ports.log.labelled('terraform'));
    return `${(0,markdown/* counted */.hS)(plan.counts.destroy, 'resource')} that terraform made`;
}
/** After terraform, which takes the VMs' right to read them away before that. */
async function removeSecrets(story, { secrets }) {
    const { config, ports } = story;
    const { projectId } = config;
    await inTurn(secrets, story, (secret) => (0,removal_secrets/* deleteSecret */.e3)(ports.google, { projectId, secret }));
    return (0,markdown/* counted */.hS)(secrets.length, 'secret');
}

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/compose/outside/attempt.js
var attempt = __webpack_require__(1673);
// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var outside_google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
// EXTERNAL MODULE: ./lib/compose/outside/terraform.js + 3 modules
var outside_terraform = __webpack_require__(9428);
;// CONCATENATED MODULE: ./lib/compose/destroy.js










/** Builds the destroy with the real world behind every port. Nothing is written or asked before run(). */
function composeDestroy(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: () => runDestroy({ config, env, signal, step }),
        fail: (failure) => step.fail(failure),
    };
}
async function runDestroy({ config, env, signal, step }) {
    const { log } = step;
    const workDirectory = step.workDirectory(env);
    const identity = (0,outside_google/* identify */.ls)({ config, env, log });
    const outside = {
        commands: new processes/* ProcessRunner */.S(env),
        files: files/* localFiles */.J,
        clock: clock/* systemClock */.m,
        log,
    };
    const clients = (0,outside_google/* googleClients */.Sh)(identity, { config, log, signal });
    const { holder, lasting, handover } = (0,attempt/* composeAttempt */.a)(identity, { config, log, signal });
    const { google } = clients;
    const { credentials } = identity;
    const terraform = (either) => (0,outside_terraform/* composeTerraform */.N)({
        ...outside,
        config,
        env,
        google,
        credentials,
        workDirectory,
        signal: either,
    });
    const { runUrl, actor } = (0,context/* readJobContext */.V1)(env);
    const { registryHost } = identity.endpoints;
    const ports = { ...outside, ...clients, lasting, terraform };
    // Without a group: a run that is killed leaves its lock to the post step, and no release to put back.
    handover.begin('');
    const result = await destroy(config, ports, { holder, runUrl, actor, registryHost, signal });
    handover.end();
    log.info(renderLog(result));
    step.setOutputs(renderDestroyOutputs(result));
    await step.summarize(renderPage(result));
}


/***/ }),

/***/ 1673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ composeAttempt)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6058);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7390);
/* harmony import */ var _google_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7252);




/** From the cancel on: what is left of the runner's 7.5 s until SIGTERM, with time to end by itself. */
const AFTER_CANCEL_MS = 6_000;
/** Builds what an attempt needs to end well when the job is cancelled or killed. */
function composeAttempt(identity, { config, log, signal, }) {
    const holder = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)();
    const lastingSignal = outliving(signal, AFTER_CANCEL_MS);
    const clients = (0,_google_js__WEBPACK_IMPORTED_MODULE_2__/* .googleClients */ .Sh)(identity, { config, log, signal: lastingSignal });
    return {
        holder,
        lasting: { ...clients, signal: lastingSignal },
        handover: {
            begin: (group) => {
                const state = { group, holder };
                _actions_core__WEBPACK_IMPORTED_MODULE_1__.saveState(_state_js__WEBPACK_IMPORTED_MODULE_3__/* .ATTEMPT_STATE */ .yU, JSON.stringify(state));
            },
            end: () => _actions_core__WEBPACK_IMPORTED_MODULE_1__.saveState(_state_js__WEBPACK_IMPORTED_MODULE_3__/* .ATTEMPT_STATE */ .yU, ''),
        },
    };
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


/***/ }),

/***/ 3457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ askUnlessOff)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8491);


/** What tells whether an API answers at all in a project. */
const PROBES = {
    compute: (project) => ({
        path: `projects/${project}/zones`,
        query: { maxResults: '1', fields: 'kind' },
    }),
    secretmanager: (project) => ({
        path: `projects/${project}/secrets`,
        query: { pageSize: '1' },
    }),
};
/**
 * The answer to a question; that of a project in which nothing was ever deployed where the API is
 * off. Only a refusal makes it look for that, so that the usual case costs no request.
 *
 * @throws ActionError what `ask` throws
 */
async function askUnlessOff(google, { service, projectId, ask, whenOff }) {
    try {
        return await ask();
    }
    catch (error) {
        const isRefusal = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l && error.code === 'GCP_REQUEST_FAILED';
        if (!isRefusal || error.isPassing)
            throw error;
        const answer = await google.request({
            service,
            method: 'GET',
            ...PROBES[service](projectId),
            purpose: 'see whether an API is on',
            accept: [400, 403, 404],
        });
        if (answer.status !== 403 || !isOff(answer.text))
            throw error;
        return whenOff;
    }
}
/** Compute Engine says it in an older way, too. */
function isOff(body) {
    const { reason } = (0,_diagnosis_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .readFailure */ .f)(403, body);
    return reason === 'SERVICE_DISABLED' || reason === 'accessNotConfigured';
}


/***/ }),

/***/ 3833:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ inspectGroup)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8173);
/* harmony import */ var _compute_group_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9006);
/* harmony import */ var _compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3926);



/** Undefined where there is no such group (yet, or any more). @throws ActionError GCP_* */
async function inspectGroup(google, scope, reference) {
    const answer = await google.request({
        service: 'compute',
        method: 'GET',
        path: (0,_compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .groupPath */ .zm)(reference, scope),
        purpose: `read the instance group ${(0,_compute_group_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .groupName */ .hv)(reference)}`,
        accept: [404],
    });
    if (answer.status === 404)
        return undefined;
    const whole = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(answer.json);
    return {
        ...(0,_compute_group_js__WEBPACK_IMPORTED_MODULE_2__/* .readGroup */ .iY)(whole),
        name: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(whole['name']),
        baseInstanceName: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)(whole['baseInstanceName']),
        autoscaler: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asText */ .e1)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asRecord */ .qY)(whole['status'])['autoscaler']) || undefined,
        whole,
    };
}


/***/ }),

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

/***/ 8424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $X: () => (/* binding */ renderImageName),
/* harmony export */   $m: () => (/* binding */ parseSourceTag),
/* harmony export */   Ao: () => (/* binding */ renderDigestReference),
/* harmony export */   GG: () => (/* binding */ renderTagReference),
/* harmony export */   NQ: () => (/* binding */ buildTag),
/* harmony export */   Yr: () => (/* binding */ sourceTag),
/* harmony export */   _M: () => (/* binding */ repositoryOf),
/* harmony export */   aF: () => (/* binding */ releaseTag),
/* harmony export */   an: () => (/* binding */ imageRepository),
/* harmony export */   "if": () => (/* binding */ parseImageName),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
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
/** The tag of an image that was built from the content of that address at that time. */
function sourceTag(address, builtAtMs) {
    return `src-${address}-${Math.floor(builtAtMs / 1000)}`;
}
/** The build times that tags say for one address; other tags are none of ours. */
function parseSourceTag(address, tag) {
    const prefix = `src-${address}-`;
    const seconds = tag.startsWith(prefix) ? tag.slice(prefix.length) : '';
    return /^[0-9]{1,12}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}
// The grammar of https://github.com/distribution/reference, upper case only in host and tag.
const HOST_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const HOST = new RegExp(`^(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?$`);
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^(?<path>${PATH_PART}(?:/${PATH_PART})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,}))?$`);
/** Reads an image reference by Docker's rules; undefined when it is none. */
function parseImageName(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    const hasHost = /[.:A-Z]/.test(first) || first === 'localhost';
    const named = hasHost ? first : 'docker.io';
    const host = named === 'index.docker.io' ? 'docker.io' : named;
    const groups = NAME.exec(hasHost ? text.slice(slash + 1) : text)?.groups;
    const path = groups?.['path'];
    if (path === undefined || !HOST.test(host) || /^[0-9a-f]{64}$/.test(text))
        return undefined;
    return {
        host,
        path: host === 'docker.io' && !path.includes('/') ? `library/${path}` : path,
        tag: groups?.['tag'],
        digest: groups?.['digest'],
    };
}
/** The same reference in full, `latest` where it says neither tag nor digest. */
function renderImageName({ host, path, tag, digest }) {
    const shown = tag ?? (digest === undefined ? 'latest' : undefined);
    return `${host}/${path}${shown === undefined ? '' : `:${shown}`}${digest === undefined ? '' : `@${digest}`}`;
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

/***/ 7433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UM: () => (/* binding */ findDeployLock),
  ay: () => (/* binding */ isDeployLocked),
  Jg: () => (/* binding */ withDeployLock)
});

// UNUSED EXPORTS: acquireDeployLock, releaseDeployLock

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
// EXTERNAL MODULE: ./lib/lib/guarded.js
var guarded = __webpack_require__(9115);
// EXTERNAL MODULE: ./lib/lib/network-reason.js
var network_reason = __webpack_require__(702);
// EXTERNAL MODULE: ./lib/release/ledger/lock-record.js
var lock_record = __webpack_require__(3984);
;// CONCATENATED MODULE: ./lib/release/ledger/lease.js





const RENEW_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 10_000;
/** Given up before others may take it, so that the work is told in time. */
const LOST_AFTER_MS = lock_record/* STALE_AFTER_MS */._k - 15_000;
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
                if (error instanceof errors/* ActionError */.l && error.code === 'DEPLOY_LOCK_LOST')
                    throw error;
                log.info(`The deploy lock could not be renewed, which is tried again: ${(0,network_reason/* networkReason */.d)(error)}`);
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
        await (0,guarded/* guarded */.N)(over, { work: () => this.#renew(), guard, patienceMs: 0, clock });
    }
    async #renew() {
        if (await this.#rewrite(this.#held.generation))
            return;
        // Somebody else's, or our own earlier renewal that we took for failed.
        const { name, owner } = this.#held;
        const found = await this.#ports.store.read(name);
        if (found === undefined)
            throw this.#lost('somebody removed it');
        const there = (0,lock_record/* parseLock */.PG)(found.text);
        if (there.holder !== owner.holder)
            throw this.#lost(`${(0,lock_record/* describeOwner */.$S)(there)} has it now`);
        if (!(await this.#rewrite(found.generation)))
            throw this.#lost('it changed hands just now');
    }
    async #rewrite(ifGeneration) {
        const confirmedAtMs = this.#ports.clock.now();
        const { name, owner, acquiredAt } = this.#held;
        const renewedAt = new Date(confirmedAtMs).toISOString();
        const text = (0,lock_record/* renderLock */.wC)({ ...owner, acquiredAt, renewedAt });
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
        return new errors/* ActionError */.l('DEPLOY_LOCK_LOST', `This run lost its deploy lock ${store.url(this.#held.name)}: ${why}.`, {
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
    return found && (0,lock_record/* parseLock */.PG)(found.text).holder === holder ? found.generation : undefined;
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
        return await (0,guarded/* guarded */.N)(options.signal, {
            work,
            guard: (over) => lease.keep(over),
            patienceMs: PATIENCE_MS,
            clock: ports.clock,
        });
    }
    finally {
        await lease.release().catch((error) => {
            const freeIn = (0,duration/* renderDuration */.P)(lock_record/* STALE_AFTER_MS */._k);
            ports.log.warning(`The deploy lock could not be removed; it frees itself in ${freeIn}: ${(0,network_reason/* networkReason */.d)(error)}`);
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
    const text = (0,lock_record/* renderLock */.wC)({ ...owner, acquiredAt, renewedAt: acquiredAt });
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
/** The lock as it stands, whoever holds it, and how long ago it was renewed; undefined for none. */
async function findDeployLock(store, prefix) {
    const found = await store.read(lockName(prefix));
    return found && { ...(0,lock_record/* parseLock */.PG)(found.text), ageMs: (0,lock_record/* ageMsOf */.ff)(found) };
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
    const isOurs = (0,lock_record/* parseLock */.PG)(found.text).holder === owner.holder;
    return isOurs || (0,lock_record/* ageMsOf */.ff)(found) >= lock_record/* STALE_AFTER_MS */._k ? found.generation : undefined;
}
function sayTakeover({ log }, found, owner) {
    if (found === undefined)
        return;
    const before = (0,lock_record/* parseLock */.PG)(found.text);
    log.info(before.holder === owner.holder
        ? 'This run holds the deploy lock already, from an earlier start.'
        : `Took over the deploy lock of ${(0,lock_record/* describeOwner */.$S)(before)}, which did not renew it for ${(0,duration/* renderDuration */.P)((0,lock_record/* ageMsOf */.ff)(found))}.`);
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
        const record = (0,lock_record/* parseLock */.PG)(found?.text ?? '');
        const restMs = this.#startedAtMs + waitMs - clock.now();
        if (restMs <= 0)
            throw this.#tooLong(record, waitMs);
        if (found && this.#said !== record.holder) {
            this.#said = record.holder;
            log.info(`Waiting for the deploy lock: ${(0,lock_record/* describeOwner */.$S)(record)} holds it.`);
        }
        // Some jitter, so that several waiting runs do not ask in step.
        const pauseMs = (found ? POLL_MS : RACE_PAUSE_MS) * (0.8 + 0.4 * random());
        await clock.sleep(Math.min(pauseMs, restMs), signal);
    }
    #tooLong(record, waitMs) {
        const { store } = this.#ports;
        const since = record.acquiredAt && ` since ${record.acquiredAt}`;
        return new errors/* ActionError */.l('DEPLOY_LOCKED', `Another run holds the deploy lock ${store.url(lockName(this.#options.prefix))}${since}: ${(0,lock_record/* describeOwner */.$S)(record)}. This run waited ${(0,duration/* renderDuration */.P)(waitMs)} for it.`, {
            hint: `Wait for that run to end, or cancel it, then run this job again. A run that died loses the lock after ${(0,duration/* renderDuration */.P)(lock_record/* STALE_AFTER_MS */._k)} by itself.`,
        });
    }
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


/***/ }),

/***/ 3234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lj: () => (/* binding */ imageOfTemplate),
/* harmony export */   _u: () => (/* binding */ namePattern),
/* harmony export */   cT: () => (/* binding */ readReleaseTemplate)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8173);

const ID = '[0-9a-f]{12}';
/** What the names of all release templates of a service match, and next to no others. */
function namePattern(service) {
    return `${service}-${ID}`;
}
/**
 * The release behind a template; undefined for every template that is not ours beyond doubt: name,
 * label and description must all three say so. What somebody copied or renamed is theirs.
 */
function readReleaseTemplate(service, { name, labels, description, createdAtMs }) {
    const id = name.slice(service.length + 1);
    if (!new RegExp(`^${namePattern(service)}$`).test(name) || labels['release'] !== id) {
        return undefined;
    }
    const { image, isOurs } = readDescription(description);
    return isOurs ? { id, name, image, createdAtMs } : undefined;
}
/** What a release's template says of its image; empty where it says nothing. */
function imageOfTemplate({ description }) {
    return readDescription(description).image;
}
function readDescription(description) {
    const told = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(description));
    const image = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(told['image']);
    const isOurs = image !== '' && (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asText */ .e1)(told['base']) !== '' && typeof told['commit'] === 'string';
    return { image, isOurs };
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


/***/ })

};
