export const id = 281;
export const ids = [281];
export const modules = {

/***/ 4281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  composeSecrets: () => (/* binding */ composeSecrets)
});

// EXTERNAL MODULE: ./lib/adapters/clock.js
var clock = __webpack_require__(1642);
;// CONCATENATED MODULE: ./lib/commands/secrets/outputs.js
/** The outputs of action.yml after "secrets" came to its end, as text. */
function renderSecretsOutputs(result) {
    const { outcome, release, rolled, steps, durationMs, secrets } = result;
    const versions = secrets.map(({ secret, version, wasAdded }) => [secret, { version: Number(version), changed: wasAdded }]);
    return new Map([
        ['outcome', outcome],
        ['secret_versions', JSON.stringify(Object.fromEntries(versions))],
        ['release', release],
        ...(rolled === undefined
            ? []
            : [
                ['previous_release', rolled.previousRelease],
                ['image', rolled.image],
                ['vms', JSON.stringify(rolled.vms)],
                ['url', rolled.url],
            ]),
        ['steps', JSON.stringify(steps)],
        ['duration_seconds', (durationMs / 1000).toFixed(1)],
    ]);
}

// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
;// CONCATENATED MODULE: ./lib/commands/secrets/summary.js

/** The step's page: what was written, what runs, and what is left to do. Pure. */
function renderSecretsSummary(result) {
    const { secrets, rolled, behind } = result;
    const rows = secrets.map(({ secret, version, wasAdded }) => `| ${(0,markdown/* codeSpan */.SS)(secret)} | ${version} | ${wasAdded ? 'new' : 'as it was'} |`);
    const table = ['| secret | version | |', '| --- | ---: | --- |', ...rows];
    return [
        `### ${headline(result)}`,
        ...(rows.length > 0 ? [table.join('\n')] : []),
        ...(rolled === undefined ? [] : [describeWayBack(rolled.previousRelease)]),
        ...(behind.length === 0 ? [] : [describeBehind(behind)]),
        '',
    ].join('\n\n');
}
function headline({ outcome, secrets, release, rolled }) {
    const added = secrets.filter(({ wasAdded }) => wasAdded).length;
    if (outcome === 'deployed') {
        const vms = (0,markdown/* counted */.hS)(rolled?.vms.length ?? 0, 'VM');
        return `${vms} rolled onto the newest values, release \`${release}\``;
    }
    return outcome === 'written' ? `${(0,markdown/* counted */.hS)(added, 'new version')} of secrets` : 'Secrets unchanged';
}
function describeWayBack(previousRelease) {
    return previousRelease === ''
        ? 'There is no release before it.'
        : `A rollback to release \`${previousRelease}\` brings the old values back.`;
}
function describeBehind(behind) {
    const who = `${(0,markdown/* counted */.hS)(behind.length, 'VM')} still ${behind.length === 1 ? 'has' : 'have'}`;
    const names = behind.map(({ vm }) => (0,markdown/* codeSpan */.SS)(vm)).join(', ');
    return `${who} an old value: ${names}. The next deploy brings the new one, and so does this command with \`roll: true\`.`;
}

// EXTERNAL MODULE: ./lib/lib/stopwatch.js
var stopwatch = __webpack_require__(2648);
// EXTERNAL MODULE: ./lib/secrets/publish.js + 3 modules
var publish = __webpack_require__(149);
// EXTERNAL MODULE: ./lib/secrets/wanted.js
var wanted = __webpack_require__(3334);
// EXTERNAL MODULE: ./lib/commands/deploy/result.js
var result = __webpack_require__(3595);
// EXTERNAL MODULE: ./lib/commands/deploy/vms.js
var deploy_vms = __webpack_require__(1590);
// EXTERNAL MODULE: ./lib/google/compute/group-reference.js
var group_reference = __webpack_require__(3926);
// EXTERNAL MODULE: ./lib/lib/duration.js
var duration = __webpack_require__(8335);
;// CONCATENATED MODULE: ./lib/secrets/behind.js
/** The VMs that do not have the wanted version of each secret, in their order. Pure. */
function findBehind(vms, wanted) {
    return vms.flatMap(({ vm, release, versions }) => {
        const secrets = oldSecrets(versions, wanted);
        return secrets.length === 0 ? [] : [{ vm, release, secrets }];
    });
}
/** The secrets of which a release names another version than the wanted one, or none. Pure. */
function oldSecrets(versions, wanted) {
    return wanted.flatMap(({ secret, version }) => {
        const own = versions.filter((one) => one.secret === secret).map((one) => one.version);
        return own.includes(version) ? [] : [{ secret, has: own[0], wanted: version }];
    });
}
/** One line for a VM: `web-x7k2 still has api-key 3 (newest: 4)`. Pure. */
function behind_describeBehind({ vm, secrets }) {
    const parts = secrets.map(({ secret, has, wanted }) => has === undefined
        ? `none of ${secret} (newest: ${wanted})`
        : `${secret} ${has} (newest: ${wanted})`);
    return `${vm} still has ${parts.join(', ')}`;
}

;// CONCATENATED MODULE: ./lib/commands/secrets/result.js




/** The versions, one line each for those that stayed as they were; new ones have been told. */
function sayPublished(log, published) {
    if (published.length === 0)
        log.info('No values were given ("secret_values").');
    for (const { secret, version, wasAdded } of published)
        if (!wasAdded)
            log.info(`${secret}: version ${version} has this value already.`);
}
/** Which VMs have an old value, and what brings them the new one. */
function sayBehind(log, service, willRoll) {
    if (service === undefined) {
        log.info('There is no release yet: the first deploy takes the newest values.');
        return;
    }
    const { behind, isBehind, release } = service;
    for (const vm of behind)
        log.info(behind_describeBehind(vm));
    if (!isBehind && behind.length === 0) {
        log.info(`Every VM of release ${release} has the newest values.`);
    }
    else if (!willRoll) {
        const who = behind.length === 0 ? 'New VMs get' : `${(0,markdown/* counted */.hS)(behind.length, 'VM')} will keep`;
        log.info(`${who} the old values until the next deploy; with the input "roll: true" this command rolls them.`);
    }
}
/** The last lines of the log. */
function sayResult(log, service, result) {
    const { outcome, secrets, release, rolled, durationMs } = result;
    const took = (0,duration/* renderDuration */.P)(durationMs);
    const added = secrets.filter(({ wasAdded }) => wasAdded);
    if (outcome === 'unchanged')
        log.info(`Unchanged (${took}).`);
    if (outcome === 'written')
        log.info(`Wrote ${(0,markdown/* counted */.hS)(added.length, 'new version')} in ${took}.`);
    if (outcome !== 'deployed' || rolled === undefined || service === undefined)
        return;
    const group = (0,group_reference/* groupName */.hv)(service.infrastructure.groupName);
    log.info(`Rolled ${(0,markdown/* counted */.hS)(rolled.vms.length, 'VM')} of ${group} onto the newest values, release ${release}, in ${took}. A rollback to ${rolled.previousRelease} brings the old ones back.`);
    for (const { name, address, health } of rolled.vms)
        log.info(`  ${name}  ${address}  ${health.toLowerCase()}`);
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
// EXTERNAL MODULE: ./lib/release/attempt/attempt.js + 20 modules
var attempt = __webpack_require__(3001);
// EXTERNAL MODULE: ./lib/release/prepare.js + 1 modules
var prepare = __webpack_require__(6458);
// EXTERNAL MODULE: ./lib/release/standing.js
var standing = __webpack_require__(1881);
;// CONCATENATED MODULE: ./lib/commands/secrets/roll.js






/**
 * Makes the release of the image that runs, on terraform's current base, with the newest secret
 * versions, and rolls the group onto it; the way back is that of a deploy.
 *
 * @throws ActionError ROLLOUT_*, DEPLOY_LOCKED, LEDGER_*, GCP_*
 */
async function rollSecrets(story, service) {
    const { config, ports, context, steps } = story;
    const image = imageOf(service);
    const { commit, ref } = commitOf(service.template);
    const { actor, runUrl } = context;
    const provenance = { commit, ref, actor, runUrl };
    const { baseTemplateName, groupName: group } = service.infrastructure;
    const { name, secrets } = config;
    const release = await ports.log.group('Making the release', () => steps.time('release', () => (0,prepare/* prepareRelease */.v)(ports, { name, baseTemplateName, image, secrets, provenance })));
    const attempted = await ports.log.group(`Rolling ${(0,group_reference/* groupName */.hv)(group)} to release ${release.id}`, () => steps.time('roll', () => roll(story, service, { release, image, provenance })));
    return { ...attempted, release: release.id, image };
}
function roll({ config, ports, context }, service, { release, image, provenance }) {
    const { minReadyMs, progressDeadlineMs, autoRollback, name } = config;
    const { holder, signal } = context;
    const { infrastructure } = service;
    const machineType = (0,json/* asText */.e1)(release.template.properties['machineType']) || undefined;
    ports.handover.begin(infrastructure.groupName);
    return (0,attempt/* attemptRelease */.r)(ports, {
        group: infrastructure.groupName,
        prefix: name,
        release,
        policy: { release: release.id, image, machineType, minReadyMs, progressDeadlineMs },
        kind: 'deploy',
        guard: (_, groupIsOn) => refuseMoved(service, release, groupIsOn),
        provenance,
        holder,
        autoRollback,
        signal,
    });
}
/** A deploy may have come in between: the image that ran before it must not take its place. */
function refuseMoved(service, { id }, groupIsOn) {
    if (groupIsOn === service.release || groupIsOn === id)
        return;
    throw new errors/* ActionError */.l('ROLLOUT_SUPERSEDED', `The group is on ${groupIsOn === '' ? 'no release' : `release ${groupIsOn}`} by now, and no longer on ${service.release}, whose image was to get the newest values: nothing was rolled.`, { hint: 'The values are written. Run this job again, which rolls what runs now.' });
}
/** The image that VMs of a release run. @throws ActionError RELEASE_GONE for a template that names none */
function imageOf({ release, template }) {
    const image = (0,standing/* metadataOf */.Nk)(template, 'app-image');
    if (image !== '')
        return image;
    throw new errors/* ActionError */.l('RELEASE_GONE', `The instance template ${template.name} of release ${release} names no image, so no release can be made of it.`, { hint: 'Somebody may have put another template on the group: deploy instead.' });
}
function commitOf({ description }) {
    const told = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(description));
    return { commit: (0,json/* asText */.e1)(told['commit']), ref: (0,json/* asText */.e1)(told['ref']) };
}

// EXTERNAL MODULE: ./lib/secrets/short-name.js
var short_name = __webpack_require__(4579);
// EXTERNAL MODULE: ./lib/terraform/last-outputs.js
var last_outputs = __webpack_require__(6649);
// EXTERNAL MODULE: ./lib/terraform/outputs.js
var terraform_outputs = __webpack_require__(8382);
;// CONCATENATED MODULE: ./lib/commands/secrets/service.js





/**
 * What runs, from the outputs that terraform's last apply left. Undefined before there is a release.
 *
 * @throws ActionError TERRAFORM_OUTPUTS, GCP_*
 */
async function findService(story, published) {
    const { config, ports } = story;
    const outputs = await (0,last_outputs/* readLastOutputs */.f)(ports.store, config.name);
    if (Object.keys(outputs).length === 0)
        return undefined;
    const infrastructure = (0,terraform_outputs/* readInfrastructure */.m)(outputs);
    const group = await ports.compute.findGroup(infrastructure.groupName);
    const [version] = group?.versions ?? [];
    if (version === undefined || version.name === '')
        return undefined;
    const template = await ports.compute.fetchTemplate(version.instanceTemplate);
    if (template === undefined)
        return undefined;
    const wanted = await wantedVersions(story, published);
    const current = { release: version.name, template };
    const vms = await listVms(story, infrastructure, current);
    return {
        infrastructure,
        ...current,
        behind: findBehind(vms, wanted),
        isBehind: oldSecrets(versionsOf(story, template), wanted).length > 0,
    };
}
/** The number of every secret that the service reads, not only of those whose value was given. */
async function wantedVersions({ config, ports }, published) {
    const known = new Map(published.map(({ secret, version }) => [secret, version]));
    return Promise.all([...config.secrets.values()].map(async (reference) => {
        const secret = (0,short_name/* shortName */.E)(reference.secret, config.projectId);
        const newest = reference.version === 'latest' ? known.get(secret) : undefined;
        const version = newest ?? (await ports.secretManager.resolveVersion(secret, reference.version));
        return { secret, version };
    }));
}
/** A VM may still be of a release before: each release's template is read once. */
async function listVms(story, { groupName }, current) {
    const { config, ports } = story;
    const instances = await ports.compute.listManagedInstances(groupName);
    const running = instances.filter(({ instanceStatus, versionName }) => instanceStatus === 'RUNNING' && versionName !== '');
    const releases = [...new Set(running.map(({ versionName }) => versionName))];
    const versions = new Map(await Promise.all(releases.map(async (release) => {
        const template = release === current.release
            ? current.template
            : await ports.compute.fetchTemplate(`${config.name}-${release}`);
        return [release, template ? versionsOf(story, template) : []];
    })));
    return running.map(({ name, versionName }) => ({
        vm: name,
        release: versionName,
        versions: versions.get(versionName) ?? [],
    }));
}
function versionsOf({ config }, template) {
    return (0,standing/* secretsOf */.Fj)(template).map(({ secret, version }) => ({
        secret: (0,short_name/* shortName */.E)(secret, config.projectId),
        version,
    }));
}

;// CONCATENATED MODULE: ./lib/commands/secrets.js








/** Writes the values that changed to Secret Manager, says which VMs have old ones, and rolls them if asked. */
async function secrets(config, ports, context) {
    const { clock, log } = ports;
    const startedAt = clock.now();
    const steps = new stopwatch/* Stopwatch */.e(clock);
    const story = { config, ports, context, steps };
    if (config.roll)
        (0,wanted/* refuseBinary */.Oc)(config);
    const published = await log.group('Writing what changed to Secret Manager', () => steps.time('publish', () => secrets_publish(story)));
    const service = await log.group('Looking at what the VMs have', () => steps.time('look', () => look(story, published)));
    const isBehind = service !== undefined && (service.isBehind || service.behind.length > 0);
    const rolled = config.roll && isBehind ? await rollSecrets(story, service) : undefined;
    const after = rolled && (await describeRolled(story, service, rolled));
    ports.handover.end();
    const result = {
        outcome: outcomeOf(published, rolled),
        secrets: published,
        behind: rolled ? [] : (service?.behind ?? []),
        release: rolled?.release ?? service?.release ?? '',
        rolled: after,
        steps: steps.laps,
        durationMs: clock.now() - startedAt,
    };
    sayResult(log, service, result);
    return result;
}
async function secrets_publish({ config, ports, context }) {
    const { holder, runUrl, actor, signal } = context;
    const owner = { holder, runUrl, actor };
    // A run that is killed leaves the lock under which values are written.
    if (config.secretValues.size > 0)
        ports.handover.begin('');
    const published = await (0,publish/* publishSecretValues */.I)(ports, config, { owner, isThorough: true, signal });
    sayPublished(ports.log, published);
    return published;
}
async function look(story, published) {
    const service = await findService(story, published);
    sayBehind(story.ports.log, service, story.config.roll);
    return service;
}
async function describeRolled({ ports }, service, { observation, previousRelease, image }) {
    const vms = await (0,deploy_vms/* describeVms */.c)(ports.compute, observation);
    const { url, port } = service?.infrastructure ?? {};
    return { previousRelease, image, vms, url: url ?? (0,result/* urlOf */.r)(vms, port) };
}
function outcomeOf(published, rolled) {
    if (rolled?.wasRolled)
        return 'deployed';
    return published.some(({ wasAdded }) => wasAdded) ? 'written' : 'unchanged';
}

// EXTERNAL MODULE: ./lib/github/context.js
var context = __webpack_require__(8120);
// EXTERNAL MODULE: ./lib/compose/outside/attempt.js
var outside_attempt = __webpack_require__(1673);
// EXTERNAL MODULE: ./lib/compose/outside/google.js + 10 modules
var google = __webpack_require__(7252);
// EXTERNAL MODULE: ./lib/compose/outside/step.js + 3 modules
var outside_step = __webpack_require__(2178);
;// CONCATENATED MODULE: ./lib/compose/secrets.js








/** Builds "secrets" with the real world behind every port: Google and nothing else. */
function composeSecrets(config, env, signal) {
    const step = new outside_step/* Step */.p(config);
    return {
        run: async () => {
            const { log } = step;
            const identity = (0,google/* identify */.ls)({ config, env, log });
            const parts = { config, log, signal };
            const { holder, ...attempt } = (0,outside_attempt/* composeAttempt */.a)(identity, parts);
            const ports = { ...(0,google/* googleClients */.Sh)(identity, parts), ...attempt, clock: clock/* systemClock */.m, log };
            const { actor, runUrl } = (0,context/* readJobContext */.V1)(env);
            const result = await secrets(config, ports, { actor, runUrl, holder, signal });
            step.setOutputs(renderSecretsOutputs(result));
            await step.summarize(renderSecretsSummary(result));
        },
        fail: (failure) => step.fail(failure),
    };
}


/***/ })

};
