export const id = 959;
export const ids = [959];
export const modules = {

/***/ 1662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ localTree)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7975);
/* harmony import */ var _image_context_tree_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3985);




// Not node:fs/promises: over 10,000 files these took 40 % of its time.
const realpath = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.promisify)(node_fs__WEBPACK_IMPORTED_MODULE_1__.realpath.native);
const lstat = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.promisify)(node_fs__WEBPACK_IMPORTED_MODULE_1__.lstat);
const readlink = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.promisify)(node_fs__WEBPACK_IMPORTED_MODULE_1__.readlink);
const open = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.promisify)(node_fs__WEBPACK_IMPORTED_MODULE_1__.open);
const fstat = (0,node_util__WEBPACK_IMPORTED_MODULE_2__.promisify)(node_fs__WEBPACK_IMPORTED_MODULE_1__.fstat);
const CHUNK_BYTES = 256 * 1024;
/** Kept for the next files: new ones for thousands of files are more than the collector keeps up with. */
const spareBuffers = [];
const MAX_SPARE = 32;
const SPECIAL_BITS = 0o7000;
// A pipe in a file's place must not make us wait, nor a link lead elsewhere.
const OPEN_FLAGS = node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NONBLOCK;
/** The file system of this machine. */
const localTree = {
    resolve: (path) => realpath(path),
    list: async (folder) => {
        const nodes = (await readFolder(folder)).map((entry) => toNode(entry.name, entry, true));
        // The mark of a name that could not be decoded; it may also stand in a name as such.
        if (!nodes.some(({ name }) => name.includes('\uFFFD')))
            return nodes;
        return (await readRawFolder(folder)).map((entry) => toNode(entry.name.toString('utf8'), entry, (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(entry.name)));
    },
    inspect: async (path) => toFacts(path, await lstat(path)),
    read: readFile,
};
async function readFolder(folder) {
    const { promise, resolve, reject } = Promise.withResolvers();
    node_fs__WEBPACK_IMPORTED_MODULE_1__.readdir(folder, { withFileTypes: true }, (error, entries) => error ? reject(error) : resolve(entries));
    return await promise;
}
async function readRawFolder(folder) {
    const { promise, resolve, reject } = Promise.withResolvers();
    node_fs__WEBPACK_IMPORTED_MODULE_1__.readdir(folder, { withFileTypes: true, encoding: 'buffer' }, (error, entries) => error ? reject(error) : resolve(entries));
    return await promise;
}
function toNode(name, entry, isName) {
    return { name, kind: kindOf(entry), isUtf8: isName };
}
function kindOf(entry) {
    if (entry.isFile())
        return 'file';
    if (entry.isDirectory())
        return 'folder';
    if (entry.isSymbolicLink())
        return 'link';
    if (entry.isSocket())
        return 'socket';
    return entry.isFIFO() ? 'pipe' : 'device';
}
async function toFacts(path, stats) {
    const kind = kindOf(stats);
    return {
        kind,
        sizeBytes: kind === 'file' ? stats.size : 0,
        isExecutable: kind === 'file' && (stats.mode & node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.S_IXUSR) !== 0,
        hasSpecialBits: kind !== 'link' && (stats.mode & SPECIAL_BITS) !== 0,
        ...(kind === 'link' && { target: await readlink(path) }),
    };
}
async function* readFile(path, sizeBytes, signal) {
    const handle = await open(path, OPEN_FLAGS);
    const whole = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    try {
        // One byte more than there was: a file that has grown shows.
        const buffer = whole.subarray(0, Math.min(sizeBytes + 1, CHUNK_BYTES));
        const before = sizeBytes < CHUNK_BYTES ? undefined : await fstat(handle);
        let total = 0;
        for (;;) {
            signal.throwIfAborted();
            const count = await readChunk(handle, buffer);
            total += count;
            if (count > 0)
                yield buffer.subarray(0, count);
            // Less than the buffer holds: that was the end, and no further call has to say so.
            if (count === 0 || total > sizeBytes || (total === sizeBytes && count < buffer.length))
                break;
        }
        const after = before && (await fstat(handle));
        if (total !== sizeBytes || before?.mtimeMs !== after?.mtimeMs) {
            throw new _image_context_tree_js__WEBPACK_IMPORTED_MODULE_3__/* .FileChangedError */ .j(`${path} had ${sizeBytes} bytes, and now has another content`);
        }
    }
    finally {
        // Takes a microsecond, and the way through a thread twenty.
        node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync(handle);
        if (spareBuffers.length < MAX_SPARE)
            spareBuffers.push(whole);
    }
}
async function readChunk(handle, buffer) {
    const { promise, resolve, reject } = Promise.withResolvers();
    node_fs__WEBPACK_IMPORTED_MODULE_1__.read(handle, buffer, 0, buffer.length, null, (error, count) => error ? reject(error) : resolve(count));
    return await promise;
}


/***/ }),

/***/ 4805:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ estimateCost)
});

// EXTERNAL MODULE: ./lib/lib/json.js
var lib_json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/cost/plan-resources.js

/** What exists before or after the plan `terraform show -json` speaks of; unknown values are absent. */
function resourcesOf(plan, when) {
    const { prior_state: prior, planned_values: planned } = (0,lib_json/* asRecord */.qY)(plan);
    const values = when === 'before' ? (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(prior)['values']) : (0,lib_json/* asRecord */.qY)(planned);
    return resourcesIn((0,lib_json/* asRecord */.qY)(values['root_module']));
}
function resourcesIn(module) {
    const own = (0,lib_json/* asList */.DD)(module['resources'])
        .map(lib_json/* asRecord */.qY)
        // A deposed object is the old half of a replacement that is about to go.
        .filter((json) => json['mode'] === 'managed' && json['deposed_key'] === undefined)
        .map(toResource);
    return [
        ...own,
        ...(0,lib_json/* asList */.DD)(module['child_modules']).flatMap((child) => resourcesIn((0,lib_json/* asRecord */.qY)(child))),
    ];
}
function toResource(json) {
    const address = (0,lib_json/* asText */.e1)(json['address']);
    return {
        address,
        configAddress: address.replace(KEYS, ''),
        keys: (address.match(KEYS) ?? []).join(''),
        type: (0,lib_json/* asText */.e1)(json['type']),
        provider: (0,lib_json/* asText */.e1)(json['provider_name']),
        values: (0,lib_json/* asRecord */.qY)(json['values']),
    };
}
/** `module.a["x.y"].google_b.c[0]` is `module.a.google_b.c` in the configuration. */
const KEYS = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;
/** The first block of a nested block type: `scheduling { … }`. */
function blockOf(values, name) {
    return (0,lib_json/* asRecord */.qY)((0,lib_json/* asList */.DD)(values[name])[0]);
}
/** `e2-small` of `projects/p/zones/z/machineTypes/e2-small`, and of itself. */
function lastSegment(value) {
    return (0,lib_json/* asText */.e1)(value).split('/').at(-1) ?? '';
}
/** The region that a resource is billed in; `global` for one that has none. */
function regionOf(values) {
    const zone = lastSegment(values['zone']);
    return lastSegment(values['region']) || zone.replace(/-[a-z]$/, '') || 'global';
}

;// CONCATENATED MODULE: ./lib/cost/shapes.js
const perCore = (memory) => new Map(Object.entries(memory));
const STANDARD = perCore({ standard: 4 });
const FROM_1_TO_8 = perCore({ standard: 4, highmem: 8, highcpu: 1 });
const FROM_2_TO_8 = perCore({ standard: 4, highmem: 8, highcpu: 2 });
const N1 = perCore({ standard: 3.75, highmem: 6.5, highcpu: 0.9 });
const C4 = perCore({ standard: 3.75, highmem: 7.75, highcpu: 2 });
/** Older series, of which a VM that runs all month costs less by itself. */
const discounted = (name, memory, customName) => ({
    name,
    memory,
    ...(customName !== undefined && { customName }),
    hasSustainedUseDiscount: true,
});
/**
 * The series whose memory follows from the name (Compute Engine's documentation of machine families).
 * Where it does not, as in C4D, or where GPUs and local SSDs cost extra, there is no entry: unknown.
 */
const SERIES = new Map([
    ['e2', { name: 'E2 Instance', memory: FROM_1_TO_8, customName: 'E2 Custom Instance' }],
    ['n1', discounted('N1 Predefined Instance', N1, 'Custom Instance')],
    ['n2', discounted('N2 Instance', FROM_1_TO_8, 'N2 Custom Instance')],
    ['n2d', discounted('N2D AMD Instance', FROM_1_TO_8, 'N2D AMD Custom Instance')],
    ['n4', { name: 'N4 Instance', memory: FROM_2_TO_8, customName: 'N4 Custom Instance' }],
    ['n4d', { name: 'N4D Instance', memory: FROM_2_TO_8, customName: 'N4D Custom Instance' }],
    ['c2', discounted('Compute optimized', STANDARD)],
    ['c2d', { name: 'C2D AMD Instance', memory: FROM_2_TO_8 }],
    ['c3', { name: 'C3 Instance', memory: FROM_2_TO_8 }],
    ['c3d', { name: 'C3D Instance', memory: FROM_2_TO_8 }],
    ['c4', { name: 'C4 Instance', memory: C4 }],
    ['t2d', { name: 'T2D AMD Instance', memory: STANDARD }],
]);
/** Shared cores, and the few sizes that do not follow their series. */
const EXCEPTIONS = new Map([
    ['e2-micro', { cores: 0.25, memoryGib: 1 }],
    ['e2-small', { cores: 0.5, memoryGib: 2 }],
    ['e2-medium', { cores: 1, memoryGib: 4 }],
    ['n2-highmem-128', { cores: 128, memoryGib: 864 }],
    ['c3d-highcpu-360', { cores: 360, memoryGib: 708 }],
    ['c4-standard-2', { cores: 2, memoryGib: 7 }],
    ['c4-highmem-2', { cores: 2, memoryGib: 15 }],
]);
/** The shape of a machine type, undefined when its name does not tell it. */
function shapeOf(machineType) {
    const [, family = 'n1', cores, memoryMib] = /^(?:([a-z0-9]+)-)?custom-(\d+)-(\d+)$/.exec(machineType) ?? [];
    if (cores !== undefined) {
        const series = SERIES.get(family);
        if (series?.customName === undefined)
            return undefined;
        const memoryGib = Number(memoryMib) / 1024;
        return shape({ ...series, name: series.customName }, Number(cores), memoryGib);
    }
    return predefined(machineType);
}
function predefined(machineType) {
    const [family = '', kind = '', size = '', ...more] = machineType.split('-');
    const series = SERIES.get(family);
    if (series === undefined || more.length > 0)
        return undefined;
    const exception = EXCEPTIONS.get(machineType);
    if (exception)
        return shape(series, exception.cores, exception.memoryGib);
    const memoryPerCore = series.memory.get(kind);
    if (memoryPerCore === undefined || !/^[1-9]\d*$/.test(size))
        return undefined;
    return shape(series, Number(size), Number(size) * memoryPerCore);
}
function shape(series, cores, memoryGib) {
    const { name, hasSustainedUseDiscount = false } = series;
    return { series: name, cores, memoryGib, hasSustainedUseDiscount };
}

// EXTERNAL MODULE: ./lib/cost/tariff.js
var cost_tariff = __webpack_require__(999);
;// CONCATENATED MODULE: ./lib/cost/machines.js




/** How a month is counted wherever cloud prices are compared: 365 days of 24 hours, by 12. */
const HOURS_A_MONTH = 730;
const NOTHING = { parts: [], unpriced: [], usage: [] };
function joinBills(bills) {
    return {
        parts: bills.flatMap(({ parts }) => parts),
        unpriced: bills.flatMap(({ unpriced }) => unpriced),
        usage: bills.flatMap(({ usage }) => usage),
    };
}
/** What an instance template, or the part of an instance that is like one, says of its VMs. */
function readMachines(values, disks) {
    const scheduling = blockOf(values, 'scheduling');
    const interfaces = (0,lib_json/* asList */.DD)(values['network_interface']).map(lib_json/* asRecord */.qY);
    return {
        region: '',
        machineType: lastSegment(values['machine_type']),
        isSpot: scheduling['provisioning_model'] === 'SPOT' || scheduling['preemptible'] === true,
        disks,
        addresses: interfaces.flatMap((nic) => (0,lib_json/* asList */.DD)(nic['access_config'])).length,
        hasAccelerator: (0,lib_json/* asList */.DD)(values['guest_accelerator']).length > 0,
    };
}
/** A disk whose type is left open is a pd-standard one: Compute Engine's default. */
function readDisk(type, sizeGib) {
    const size = (0,lib_json/* asNumber */.i)(sizeGib) ?? 0;
    return { type: lastSegment(type) || 'pd-standard', sizeGib: size > 0 ? size : undefined };
}
/** Cores, memory, disks and addresses of VMs that run all month. */
function billMachines(machines) {
    const { count, region, machineType, isSpot, hasAccelerator } = machines;
    if (count.most === 0)
        return NOTHING;
    const name = `${plural(count, 'VM')} ${machineType}${isSpot ? ' (Spot)' : ''}`;
    const shape = shapeOf(machineType);
    if (!shape)
        return joinBills([withoutPrice(name), ...aroundThem(machines)]);
    const tariffs = (0,cost_tariff/* machineTariffs */.dO)(shape.series, isSpot);
    const hours = times(count, HOURS_A_MONTH);
    const cores = { tariff: tariffs.core, region, units: times(hours, shape.cores) };
    const memory = { tariff: tariffs.memory, region, units: times(hours, shape.memoryGib) };
    const hasDiscount = shape.hasSustainedUseDiscount && !isSpot;
    return joinBills([
        { ...NOTHING, parts: [{ name, charges: [cores, memory] }] },
        ...aroundThem(machines),
        hasAccelerator ? withoutPrice(`GPUs of ${machineType}`) : NOTHING,
        hasDiscount ? { ...NOTHING, usage: [`the sustained use discount on ${machineType}`] } : NOTHING,
    ]);
}
function aroundThem(machines) {
    const { count, region, isSpot, disks, addresses } = machines;
    const perVm = times(count, addresses);
    const charge = {
        tariff: isSpot ? cost_tariff/* ADDRESS */.BD.spot : cost_tariff/* ADDRESS */.BD.standard,
        region,
        units: times(perVm, HOURS_A_MONTH),
    };
    const name = plural(perVm, 'external address', 'external addresses');
    return [
        ...disks.map((disk) => billDisk(disk, count, region)),
        addresses === 0 ? NOTHING : { ...NOTHING, parts: [{ name, charges: [charge] }] },
        { ...NOTHING, usage: ['network traffic'] },
    ];
}
/** Persistent disks, which are billed by size whether they are full or not. */
function billDisk(disk, count, region) {
    const { type, sizeGib } = disk;
    const tariff = cost_tariff/* DISKS */.pi.get(type);
    const size = sizeGib === undefined ? '' : ` of ${sizeGib} GB`;
    const name = `${plural(count, 'disk')}${size} (${type})`;
    if (tariff === undefined || sizeGib === undefined)
        return withoutPrice(name);
    return {
        ...NOTHING,
        parts: [{ name, charges: [{ tariff, region, units: times(count, sizeGib) }] }],
    };
}
function withoutPrice(name) {
    return { ...NOTHING, unpriced: [name] };
}
function times({ least, most }, factor) {
    return { least: least * factor, most: most * factor };
}
function exactly(number) {
    return { least: number, most: number };
}
/** `1 VM`, `3 VMs`, `1 to 4 VMs`. */
function plural({ least, most }, one, many = `${one}s`) {
    const number = least === most ? `${most}` : `${least} to ${most}`;
    return `${number} ${most === 1 ? one : many}`;
}

;// CONCATENATED MODULE: ./lib/cost/groups.js



const GROUP = /^google_compute_(?:region_)?instance_group_manager$/;
const TEMPLATE = /^google_compute_(?:region_)?instance_template$/;
const INSTANCE = /^google_compute_instance$/;
const AUTOSCALER = /^google_compute_(?:region_)?autoscaler$/;
/** Everything that makes VMs. */
function fleetsOf(resources, references) {
    const ofType = (type) => resources.filter((resource) => type.test(resource.type));
    const groups = ofType(GROUP);
    const parts = { groups, templates: ofType(TEMPLATE), autoscalers: ofType(AUTOSCALER), references };
    return [
        ...groups.map((group) => ({ owner: group.address, machines: ofGroup(group, parts) })),
        ...ofType(INSTANCE).map((one) => ({ owner: one.address, machines: ofInstance(one) })),
    ];
}
function ofInstance({ values }) {
    const boot = blockOf(values, 'boot_disk');
    const { size, type } = blockOf(boot, 'initialize_params');
    const scratch = (0,lib_json/* asList */.DD)(values['scratch_disk']).map(() => readDisk('local-ssd', undefined));
    // As below: a disk that exists already is billed where it was made.
    const disks = (0,lib_json/* asText */.e1)(boot['source']) ? scratch : [readDisk(type, size), ...scratch];
    return { ...readMachines(values, disks), count: exactly(1), region: regionOf(values) };
}
function ofGroup(group, parts) {
    const { version, instance_flexibility_policy: flexibility } = group.values;
    // Several templates or machine types at once: how many VMs get which, Google decides.
    if ((0,lib_json/* asList */.DD)(version).length > 1 || (0,lib_json/* asList */.DD)(flexibility).length > 0)
        return undefined;
    const count = sizeOf(group, parts);
    const template = templateOf(group, parts);
    if (!count || !template)
        return undefined;
    const disks = (0,lib_json/* asList */.DD)(template.values['disk'])
        .map(lib_json/* asRecord */.qY)
        // A disk that exists already is billed where it was made.
        .filter(({ source }) => !(0,lib_json/* asText */.e1)(source))
        .map(({ type, disk_type: kind, disk_size_gb: size }) => type === 'SCRATCH' ? readDisk('local-ssd', undefined) : readDisk(kind, size));
    return { ...readMachines(template.values, disks), count, region: regionOf(group.values) };
}
/** An autoscaler's bounds, else the size that is written down. */
function sizeOf(group, parts) {
    const autoscaler = parts.autoscalers.find((one) => isTarget(group, one, parts));
    if (!autoscaler) {
        const size = wholeNumber(group.values['target_size']);
        return size === undefined ? undefined : exactly(size);
    }
    const policy = blockOf(autoscaler.values, 'autoscaling_policy');
    const least = wholeNumber(policy['min_replicas']);
    const most = wholeNumber(policy['max_replicas']);
    return least === undefined || most === undefined ? undefined : { least, most };
}
function wholeNumber(value) {
    const number = (0,lib_json/* asNumber */.i)(value) ?? -1;
    return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
/** By value where it is known, which it is not before the group exists; then as it is written. */
function isTarget(group, autoscaler, parts) {
    const id = (0,lib_json/* asText */.e1)(group.values['id']);
    const target = (0,lib_json/* asText */.e1)(autoscaler.values['target']);
    // Google gives an address back for the id that it was given.
    if (target !== '' && id !== '')
        return `/${target}`.endsWith(`/${id}`);
    if (parts.references.ofArgument(autoscaler, ['target']) !== group.configAddress)
        return false;
    const namesakes = parts.groups.filter((one) => one.configAddress === group.configAddress);
    return namesakes.length === 1 || autoscaler.keys === group.keys;
}
/**
 * The template of the VMs. The group that releases roll on runs copies of the base template,
 * whatever template its state shows; those are the action's own and in no plan.
 */
function templateOf(group, { templates, references }) {
    const isReleased = references.ofOutput('group_name') === group.configAddress;
    const base = isReleased ? references.ofOutput('base_template_name') : undefined;
    const configAddress = base ?? references.ofArgument(group, ['version', 'instance_template']);
    const declared = templates.filter((template) => template.configAddress === configAddress);
    if (declared.length === 1)
        return declared[0];
    const named = lastSegment(blockOf(group.values, 'version')['instance_template']);
    return (declared.find(({ keys }) => keys === group.keys) ??
        templates.find(({ values }) => named !== '' && values['name'] === named));
}

;// CONCATENATED MODULE: ./lib/cost/references.js

/** Modules may pass a value on as deep as people nest them; a circle is no configuration at all. */
const MAX_HOPS = 20;
/**
 * Which resource an expression of the configuration means. The plan says it by value only where the
 * value is known, and a template that is about to be made has neither name nor id yet.
 */
class References {
    #root;
    constructor(plan) {
        const configuration = (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(plan)['configuration']);
        this.#root = { module: (0,lib_json/* asRecord */.qY)(configuration['root_module']), path: [] };
    }
    /** Configuration address of what the root output names, or undefined. */
    ofOutput(name) {
        return ofOutput(this.#root, name, 0);
    }
    /** Configuration address of what an argument names, such as `['version', 'instance_template']`. */
    ofArgument(resource, argument) {
        const [place, local] = this.#placeOf(resource.configAddress);
        const declared = (0,lib_json/* asList */.DD)(place?.module['resources'])
            .map(lib_json/* asRecord */.qY)
            .find(({ address }) => address === local);
        if (!place || !declared)
            return undefined;
        return argumentValues(declared['expressions'], argument)
            .map((expression) => follow(place, expression, 0))
            .find((address) => address !== undefined);
    }
    #placeOf(configAddress) {
        const names = [...configAddress.matchAll(/module\.([^.]+)\./g)].map(([, name]) => name ?? '');
        const place = names.reduce((outer, name) => outer && childOf(outer, name), this.#root);
        return [place, configAddress.replace(/^(?:module\.[^.]+\.)*/, '')];
    }
}
function childOf(parent, name) {
    const call = (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(parent.module['module_calls'])[name]);
    if (call['module'] === undefined)
        return undefined;
    return { module: (0,lib_json/* asRecord */.qY)(call['module']), path: [...parent.path, name], parent };
}
/** Nested blocks are lists, one entry for each that is written out. */
function argumentValues(expressions, [name, ...rest]) {
    if (name === undefined)
        return [expressions];
    const value = (0,lib_json/* asRecord */.qY)(expressions)[name];
    const blocks = Array.isArray(value) ? (0,lib_json/* asList */.DD)(value) : [value];
    return blocks.flatMap((block) => argumentValues(block, rest));
}
function ofOutput(place, name, hops) {
    return follow(place, (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(place.module['outputs'])[name])['expression'], hops);
}
function follow(place, expression, hops) {
    if (hops > MAX_HOPS)
        return undefined;
    return (0,lib_json/* asList */.DD)((0,lib_json/* asRecord */.qY)(expression)['references'])
        .map((reference) => resolve(place, (0,lib_json/* asText */.e1)(reference), hops + 1))
        .find((address) => address !== undefined);
}
function resolve(place, reference, hops) {
    const [, moduleName, output] = /^module\.([\w-]+)(?:\[[^\]]*\])?\.([\w-]+)/.exec(reference) ?? [];
    if (moduleName !== undefined && output !== undefined) {
        const child = childOf(place, moduleName);
        return child && ofOutput(child, output, hops);
    }
    const [, variable] = /^var\.([\w-]+)/.exec(reference) ?? [];
    if (variable !== undefined)
        return ofVariable(place, variable, hops);
    const [, resource] = /^(google_\w+\.[\w-]+)/.exec(reference) ?? [];
    if (resource === undefined)
        return undefined;
    return [...place.path.map((name) => `module.${name}`), resource].join('.');
}
function ofVariable({ parent, path }, name, hops) {
    if (!parent)
        return undefined;
    const call = (0,lib_json/* asRecord */.qY)((0,lib_json/* asRecord */.qY)(parent.module['module_calls'])[path.at(-1) ?? '']);
    return follow(parent, (0,lib_json/* asRecord */.qY)(call['expressions'])[name], hops);
}

;// CONCATENATED MODULE: ./lib/cost/inventory.js






/** Cost nothing by themselves, or are billed with what uses them. */
const FREE_TYPES = [
    /^google_(?:project_service|service_account|project_iam_custom_role|iam_workload_identity_pool)/,
    /_iam_(?:member|binding|policy|audit_config)$/,
    /^google_compute_(?:region_)?(?:instance_template|instance_group_manager|instance_group|autoscaler)$/,
    /^google_compute_(?:network|subnetwork|firewall|route|router|router_interface|instance)$/,
    /^google_compute_(?:region_)?(?:health_check|backend_service|url_map|target_https?_proxy)$/,
    /^google_compute_(?:region_)?(?:ssl_policy|ssl_certificate|managed_ssl_certificate)$/,
    /^google_(?:compute_project_metadata|compute_resource_policy|tags_)/,
];
/** Providers that make nothing anywhere but in the state. */
const FREE_PROVIDERS = /\/(?:terraform|random|null|local|tls|time|archive|external|template|http)$/;
/** What the plan leaves behind, or what there was before it, as lines with a price each. */
function takeInventory(plan, when) {
    const references = new References(plan);
    const resources = resourcesOf(plan, when);
    const fleets = fleetsOf(resources, references);
    const surroundings = {
        references,
        fleets,
        rules: resources.filter(({ type }) => type === GLOBAL_RULE),
    };
    const rest = joinBills([
        ...resources.map((resource) => billResource(resource, surroundings)),
        billForwardingRules(surroundings.rules),
    ]);
    return { fleets, rest };
}
/** The whole bill; with `isOnDemand` as if no VM were a Spot VM. */
function billOf({ fleets, rest }, isOnDemand = false) {
    const bills = fleets.map(({ owner, machines }) => {
        if (!machines)
            return withoutPrice(`the VMs of ${owner}`);
        return billMachines(isOnDemand ? { ...machines, isSpot: false } : machines);
    });
    return joinBills([...bills, rest]);
}
const GLOBAL_RULE = 'google_compute_global_forwarding_rule';
function billResource(resource, surroundings) {
    const { type, provider, values } = resource;
    const usage = (...words) => ({ ...NOTHING, usage: words });
    switch (type) {
        case 'google_compute_disk':
            return billDisk(readDisk(values['type'], values['size']), exactly(1), regionOf(values));
        case 'google_compute_router_nat':
            return billNat(resource, surroundings);
        case 'google_compute_global_address':
            return billGlobalAddress(resource, surroundings);
        case 'google_compute_address':
            return values['address_type'] === 'INTERNAL' ? NOTHING : unknownType(type);
        case 'google_secret_manager_secret':
            return usage('versions of secrets');
        case 'google_secret_manager_secret_version':
            return billSecretVersion();
        case 'google_artifact_registry_repository':
            return usage('images in Artifact Registry');
        case 'google_storage_bucket':
            return usage('data in Cloud Storage');
        case GLOBAL_RULE:
            return isExternal(resource) ? NOTHING : unknownType(type);
    }
    const isFree = FREE_PROVIDERS.test(provider) || FREE_TYPES.some((free) => free.test(type));
    return isFree ? NOTHING : unknownType(type);
}
function unknownType(type) {
    return withoutPrice(type);
}
const MAX_BILLED_VMS = 32;
const PORTS_OF_AN_ADDRESS = 64_512;
const DEFAULT_PORTS_PER_VM = 64;
/** The gateway is billed by the VMs that go out through it, up to 32 of them, and by its addresses. */
function billNat({ type, values }, { fleets }) {
    if (values['type'] === 'PRIVATE')
        return unknownType(type);
    const region = regionOf(values);
    const users = fleets.flatMap(({ machines }) => machines?.region === region && machines.addresses === 0 ? [machines.count] : []);
    const vms = sum(users);
    const billed = map(vms, (number) => Math.min(number, MAX_BILLED_VMS));
    const ports = (0,lib_json/* asNumber */.i)(values['min_ports_per_vm']) ?? DEFAULT_PORTS_PER_VM;
    const addresses = values['nat_ip_allocate_option'] === 'MANUAL_ONLY'
        ? exactly((0,lib_json/* asList */.DD)(values['nat_ips']).length)
        : map(vms, (number) => Math.max(1, Math.ceil((number * ports) / PORTS_OF_AN_ADDRESS)));
    const charges = [
        { tariff: cost_tariff/* NAT */.mS.uptime, region, units: times(billed, HOURS_A_MONTH) },
        { tariff: cost_tariff/* NAT */.mS.address, region, units: times(addresses, HOURS_A_MONTH) },
    ];
    const name = `Cloud NAT for ${plural(vms, 'VM')}`;
    return { ...NOTHING, parts: [{ name, charges }], usage: ['traffic through Cloud NAT'] };
}
/** Free while a forwarding rule uses it; who else may use one, the plan does not say. */
function billGlobalAddress(address, { references, rules }) {
    if (address.values['address_type'] === 'INTERNAL')
        return NOTHING;
    const isUsed = rules.some((rule) => references.ofArgument(rule, ['ip_address']) === address.configAddress);
    return isUsed ? NOTHING : unknownType(address.type);
}
function billForwardingRules(rules) {
    const count = rules.filter(isExternal).length;
    if (count === 0)
        return NOTHING;
    const hours = exactly(HOURS_A_MONTH);
    const further = Math.max(0, count - 5);
    const charges = [
        { tariff: cost_tariff/* FORWARDING_RULES */.q5.firstFive, region: 'global', units: hours },
        ...(further === 0
            ? []
            : [
                {
                    tariff: cost_tariff/* FORWARDING_RULES */.q5.furtherOne,
                    region: 'global',
                    units: times(hours, further),
                },
            ]),
    ];
    const name = `load balancer (${plural(exactly(count), 'forwarding rule')})`;
    return { ...NOTHING, parts: [{ name, charges }], usage: ['traffic through the load balancer'] };
}
function isExternal({ values }) {
    return /^(?:EXTERNAL(?:_MANAGED)?)?$/.test((0,lib_json/* asText */.e1)(values['load_balancing_scheme']));
}
function billSecretVersion() {
    const charge = { tariff: cost_tariff/* SECRET_VERSION */._9, region: 'global', units: exactly(1) };
    return { ...NOTHING, parts: [{ name: 'secret version', charges: [charge] }] };
}
function map({ least, most }, change) {
    return { least: change(least), most: change(most) };
}
function sum(counts) {
    return counts.reduce((all, { least, most }) => ({ least: all.least + least, most: all.most + most }), exactly(0));
}

;// CONCATENATED MODULE: ./lib/cost/report.js


/** Pure: the monthly cost of what `plan` (`terraform show -json`) leaves behind, and the difference. */
function estimateCost(plan, prices) {
    if ('unreadable' in prices)
        return withoutPrices(prices.unreadable);
    const inventory = takeInventory(plan, 'after');
    const after = priceBill(billOf(inventory), prices);
    const before = priceBill(billOf(takeInventory(plan, 'before')), prices);
    return {
        ...totalsOf(inventory, after, prices),
        differenceUsd: differenceOf(before, after),
        parts: after.lines.map(({ name, least }) => ({ name, monthlyUsd: least / 100 })),
        unknown: countEqual([...after.unpriced, ...new Set(after.usage)]),
        isPartial: after.unpriced.length > 0,
        pricesAsOf: prices.asOf,
    };
}
function withoutPrices(unreadable) {
    const nothing = { monthlyUsd: undefined, differenceUsd: undefined, parts: [], unknown: [] };
    return { ...nothing, isPartial: true, pricesAsOf: '', unreadable };
}
function totalsOf(inventory, after, prices) {
    const least = totalOf(after, 'least');
    if (least === undefined)
        return { monthlyUsd: undefined };
    const most = totalOf(after, 'most');
    const hasSpot = inventory.fleets.some(({ machines }) => machines?.isSpot && machines.count.least > 0);
    const onDemand = hasSpot ? priceBill(billOf(inventory, true), prices) : undefined;
    const isSameBill = onDemand?.unpriced.length === after.unpriced.length;
    const onDemandCents = onDemand && isSameBill ? totalOf(onDemand, 'least') : undefined;
    return {
        monthlyUsd: least / 100,
        ...(most !== undefined && most !== least && { monthlyUsdAtMost: most / 100 }),
        ...(onDemandCents !== undefined && { monthlyUsdOnDemand: onDemandCents / 100 }),
    };
}
/** Parts of one name are one line; a part that lacks any of its prices has none. */
function priceBill(bill, prices) {
    const lines = new Map();
    const unpriced = [...bill.unpriced];
    for (const part of bill.parts) {
        const line = priceOfPart(part, prices);
        const earlier = lines.get(part.name);
        if (line)
            lines.set(part.name, earlier ? add(earlier, line) : line);
        else
            unpriced.push(`${part.name}, which has no price in the list`);
    }
    return { lines: [...lines.values()].map(toCents), unpriced, usage: bill.usage };
}
function priceOfPart({ name, charges }, prices) {
    let [least, most] = [0, 0];
    for (const { tariff, region, units } of charges) {
        const price = (0,cost_tariff/* priceOf */.xx)(prices, tariff, region);
        if (!price)
            return undefined;
        least += units.least * price.nanoUsd;
        most += units.most * price.nanoUsd;
    }
    return { name, parts: 1, least, most };
}
function add(one, other) {
    return {
        name: one.name,
        parts: one.parts + other.parts,
        least: one.least + other.least,
        most: one.most + other.most,
    };
}
const NANOS_A_CENT = 10_000_000;
function toCents({ name, parts, least, most }) {
    return {
        name: parts === 1 ? name : `${name}, ${parts} times`,
        parts,
        least: Math.round(least / NANOS_A_CENT),
        most: Math.round(most / NANOS_A_CENT),
    };
}
/** The sum of the lines as they are shown, so that it can be checked; undefined when nothing has a price. */
function totalOf({ lines, unpriced }, which) {
    if (lines.length === 0 && unpriced.length > 0)
        return undefined;
    return lines.reduce((sum, line) => sum + line[which], 0);
}
/** What has no price may still be the same before and after; if it is not, nobody knows the difference. */
function differenceOf(before, after) {
    const [from, to] = [totalOf(before, 'least'), totalOf(after, 'least')];
    const isComparable = sorted(before.unpriced) === sorted(after.unpriced);
    if (from === undefined || to === undefined || !isComparable)
        return undefined;
    return (to - from) / 100;
}
function sorted(names) {
    return names.toSorted().join('\n');
}
/** `google_sql_database_instance (3)` instead of three times the same. */
function countEqual(names) {
    const counts = new Map();
    for (const name of names)
        counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].map(([name, count]) => (count === 1 ? name : `${name} (${count})`));
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

/***/ 1118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O8: () => (/* binding */ readEngineImage),
/* harmony export */   _q: () => (/* binding */ readDiffIds),
/* harmony export */   ad: () => (/* binding */ askDocker),
/* harmony export */   mC: () => (/* binding */ readVerboseManifest),
/* harmony export */   vY: () => (/* binding */ readIndex)
/* harmony export */ });
/* harmony import */ var _lib_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8173);
/* harmony import */ var _lib_last_line_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6646);
/* harmony import */ var _dockerfile_platform_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5841);



/** Runs one docker command whose failure is an answer. @throws the signal's reason */
async function askDocker(commands, args, options) {
    const { signal, timeoutMs, env } = options;
    const result = await commands.runInterruptible('docker', args, { signal, timeoutMs, env });
    signal.throwIfAborted();
    if (result.exitCode === 0)
        return { found: result.stdout };
    return { missing: whyNot(result, timeoutMs) };
}
function whyNot({ stderr, timedOut, exitCode }, timeoutMs) {
    if (timedOut)
        return `no answer within ${timeoutMs / 1000} s`;
    return (0,_lib_last_line_js__WEBPACK_IMPORTED_MODULE_1__/* .lastLine */ .f)(stderr).replace(/^ERROR: /, '') || `docker ended with exit code ${exitCode}`;
}
/** Reads `docker image inspect`. */
function readEngineImage(text) {
    const image = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text));
    return {
        digest: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(image['Id']),
        platform: readPlatform(image['Os'], image['Architecture'], image['Variant']),
        diffIds: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(image['RootFS'])['Layers']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1),
        names: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(image['RepoDigests']).map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1),
    };
}
/** The layers of an image configuration, as `{{json .Image}}` of buildx prints one. */
function readDiffIds(text) {
    const layers = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text))['rootfs'])['diff_ids'];
    return Array.isArray(layers) ? layers.map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1) : undefined;
}
/** The manifests that an index lists, attestations left out; none for a single image. */
function readIndex(text) {
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text))['manifests']).flatMap((entry) => {
        const { digest, platform } = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(entry);
        const { os, architecture, variant } = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(platform);
        const known = os === 'unknown' ? undefined : readPlatform(os, architecture, variant);
        return known === undefined ? [] : [{ digest: (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(digest), platform: known }];
    });
}
/**
 * Reads `docker manifest inspect --verbose`: a list for several platforms, else one entry, which is
 * taken whatever is wanted.
 */
function readVerboseManifest(text, wanted) {
    const parsed = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(text);
    const descriptors = (Array.isArray(parsed) ? (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asList */ .DD)(parsed) : [parsed]).map((entry) => (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)((0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(entry)['Descriptor']));
    const fitting = descriptors.find((descriptor) => {
        if (!Array.isArray(parsed))
            return true;
        const { os, architecture, variant } = (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asRecord */ .qY)(descriptor['platform']);
        const offered = readPlatform(os, architecture, variant);
        return offered && wanted && (0,_dockerfile_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .isSamePlatform */ .SW)(offered, wanted);
    });
    return (0,_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1)(fitting?.['digest']) || undefined;
}
/** Images say `arm64` with variant v8 or without one: both are the same here. */
function readPlatform(os, architecture, variant) {
    return (0,_dockerfile_platform_js__WEBPACK_IMPORTED_MODULE_0__/* .parsePlatform */ .FL)([os, architecture, variant].map(_lib_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asText */ .e1).filter(Boolean).join('/'));
}


/***/ }),

/***/ 3775:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ pinsOf),
  r: () => (/* binding */ resolveBases)
});

// EXTERNAL MODULE: ./lib/image/dockerfile/platform.js
var dockerfile_platform = __webpack_require__(5841);
// EXTERNAL MODULE: ./lib/image/reference.js
var image_reference = __webpack_require__(8424);
// EXTERNAL MODULE: ./lib/image/bases/docker.js
var docker = __webpack_require__(1118);
;// CONCATENATED MODULE: ./lib/image/bases/registry-digest.js


/** The digest that a registry has under a name right now. */
async function findRegistryDigest(commands, question) {
    return question.builder.hasBuildx
        ? findThroughBuildx(commands, question)
        : findThroughClient(commands, question);
}
// In words on purpose. `--format` fetches the configuration of every platform, each of which counts
// for Docker Hub's limit, and the bytes of `--raw` cannot be hashed once they were read as lines.
async function findThroughBuildx(commands, { reference, ask }) {
    const answer = await (0,docker/* askDocker */.ad)(commands, ['buildx', 'imagetools', 'inspect', reference], ask);
    if ('missing' in answer)
        return answer;
    const digest = /^Digest:\s+(sha256:[0-9a-f]{64})\s*$/m.exec(answer.found)?.[1];
    return digest === undefined ? { missing: 'docker buildx names no digest' } : { found: digest };
}
async function findThroughClient(commands, { reference, platform, ask }) {
    const args = ['manifest', 'inspect', '--verbose', ...insecureOnLoopback(reference), reference];
    const answer = await (0,docker/* askDocker */.ad)(commands, args, ask);
    if ('missing' in answer)
        return answer;
    const wanted = platform === undefined ? undefined : (0,dockerfile_platform/* parsePlatform */.FL)(platform);
    const digest = (0,docker/* readVerboseManifest */.mC)(answer.found, wanted);
    return digest === undefined ? { missing: `there is none for ${platform}` } : { found: digest };
}
/** Engine and buildx speak plain HTTP to this machine by themselves; here it has to be said. */
function insecureOnLoopback(reference) {
    return /^(127\.[0-9.]+|localhost|\[::1\])[:/]/.test(reference) ? ['--insecure'] : [];
}

;// CONCATENATED MODULE: ./lib/image/bases/resolve.js




/** A registry that takes longer must not hold up a build that would ask it again. */
const TIMEOUT_MS = 20_000;
/**
 * Looks up what the builder will take for each image, all at once, through the user's own Docker and
 * its credentials. Never fails: the build itself will tell what is wrong with a name or a registry.
 *
 * @throws the signal's reason
 */
async function resolveBases(commands, images, options) {
    const found = await Promise.all(images.map(async (use) => {
        const result = await resolveOne(commands, use, options);
        return 'found' in result ? result : { missing: `${use.name}: ${result.missing}` };
    }));
    return {
        bases: found.flatMap((result) => ('found' in result ? [result.found] : [])),
        reasons: found.flatMap((result) => 'missing' in result ? [`the digest of an image cannot be looked up: ${result.missing}`] : []),
    };
}
async function resolveOne(commands, use, { builder, signal, env }) {
    const { name, platform, by } = use;
    const image = (0,image_reference/* parseImageName */["if"])(name);
    if (image === undefined)
        return { missing: 'this is no image reference' };
    const common = { name, platform, by, diffIds: undefined };
    if (image.digest !== undefined) {
        return { found: { ...common, digest: image.digest, origin: 'reference' } };
    }
    const ask = { signal, env, timeoutMs: TIMEOUT_MS };
    const isEngineAsked = !builder.hasBuildx || builder.driver === 'docker';
    const local = isEngineAsked ? await findInEngine(commands, { use, image, ask }) : undefined;
    if (local !== undefined)
        return { found: { ...common, ...local, origin: 'engine' } };
    const reference = (0,image_reference/* renderImageName */.$X)(image);
    const remote = await findRegistryDigest(commands, { reference, platform, builder, ask });
    if ('missing' in remote)
        return remote;
    return { found: { ...common, digest: remote.found, origin: 'registry' } };
}
// As moby's own resolver: an image of another platform does not count, one of the same name does,
// however old it is (daemon/internal/builder-next/adapters/containerimage/pull.go).
async function findInEngine(commands, { use, image, ask, }) {
    // In full: a short name could also be the beginning of an image id.
    const reference = (0,image_reference/* renderImageName */.$X)(image);
    const args = ['image', 'inspect', '--format={{json .}}', reference];
    const answer = await (0,docker/* askDocker */.ad)(commands, args, ask);
    if ('missing' in answer)
        return undefined;
    const local = (0,docker/* readEngineImage */.O8)(answer.found);
    const wanted = use.platform === undefined ? undefined : (0,dockerfile_platform/* parsePlatform */.FL)(use.platform);
    if (local.digest === '' || local.platform === undefined)
        return undefined;
    if (wanted !== undefined && !(0,dockerfile_platform/* isSamePlatform */.SW)(local.platform, wanted))
        return undefined;
    return { digest: repositoryDigest(local.names, image) ?? local.digest, diffIds: local.diffIds };
}
/** The digest under which the registry knows it as well, so that both ways give one address. */
function repositoryDigest(names, { host, path }) {
    const own = names.flatMap((text) => {
        const name = (0,image_reference/* parseImageName */["if"])(text);
        return name?.host === host && name.path === path && name.digest ? [name.digest] : [];
    });
    return own.length === 1 ? own[0] : undefined;
}
/**
 * The images that a build can be pinned to by `name@digest`. An image that only stands in the engine
 * cannot: by digest it would be looked for in the registry. Nor can one that is called as a stage is:
 * BuildKit would take the pin for the stage, and leave out what the stage does.
 */
function pinsOf(bases, stageNames = []) {
    const unpinned = new Set(bases.flatMap(({ name, origin }) => (origin === 'registry' ? [] : [name])));
    const stages = new Set(stageNames);
    const pins = new Map();
    for (const { name, digest, by } of bases) {
        const isPinned = !unpinned.has(name) && by !== '# syntax' && !stages.has(familiarName(name));
        if (isPinned)
            pins.set(name, digest);
    }
    return [...pins].map(([name, digest]) => ({ name, digest }));
}
/** As buildx writes a name before it compares it with those of stages. */
function familiarName(name) {
    return name
        .toLowerCase()
        .replace(/^(?:index\.)?docker\.io\//, '')
        .replace(/^library\//, '')
        .replace(/:latest$/, '');
}


/***/ }),

/***/ 7895:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   O$: () => (/* binding */ unreadable),
/* harmony export */   pn: () => (/* binding */ refusedIgnoreFile)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3985);


/**
 * What is thrown when `path`, a part of the build context, cannot be read. An abort and an error
 * that is ours already stay what they are.
 */
function unreadable(path, cause, signal) {
    if (signal.aborted || cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l)
        return signal.aborted ? signal.reason : cause;
    const code = codeOf(cause);
    if (cause instanceof _tree_js__WEBPACK_IMPORTED_MODULE_1__/* .FileChangedError */ .j || GONE.has(code))
        return changed(path, cause);
    if (DENIED.has(code))
        return denied(path, cause);
    const why = cause instanceof Error ? cause.message : String(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('IMAGE_CONTEXT', `${path} cannot be read for the image: ${why}`, { cause });
}
// The last three: something else than a file stands there by now.
const GONE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO', 'EAGAIN']);
const DENIED = new Set(['EACCES', 'EPERM']);
/** The system's code of a failure, or empty. */
function codeOf(error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
    return typeof code === 'string' ? code : '';
}
function changed(path, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('IMAGE_CONTEXT', `${path} changed or vanished while it was read for the image, so what would be built is not certain.`, {
        cause,
        hint: 'Let earlier steps end before this one, or name the path in .dockerignore if the image does not need it.',
    });
}
function denied(path, cause) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('IMAGE_CONTEXT', `${path} cannot be read for the image: no permission.`, {
        cause,
        // BuildKit itself says nothing and builds with an empty file.
        hint: `Run \`sudo chmod -R a+rX ${quoted(path)}\` before this step, or name the path in .dockerignore if the image does not need it.`,
    });
}
function quoted(path) {
    return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
/** A pattern or line that Docker cannot use either: it refuses it, or stops listening there. */
function refusedIgnoreFile(ignoreFile, cause) {
    if (!(cause instanceof SyntaxError || cause instanceof RangeError))
        return cause;
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ActionError */ .l('IMAGE_CONTEXT', `${ignoreFile} is not valid: ${cause.message}.`, {
        cause,
        hint: 'Docker cannot use it either: mend it or take it out.',
    });
}


/***/ }),

/***/ 9527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ runBounded)
/* harmony export */ });
/**
 * Does `work` for every item, at most `atOnce` at a time. After the first failure nothing new is
 * begun; it is thrown when what was under way has ended.
 */
async function runBounded(items, { atOnce, signal }, work) {
    let next = 0;
    let failure;
    const run = async () => {
        while (next < items.length && failure === undefined) {
            const index = next++;
            const item = items[index];
            try {
                signal.throwIfAborted();
                if (item !== undefined)
                    await work(item, index);
            }
            catch (error) {
                failure ??= { error };
            }
        }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run));
    if (failure)
        throw failure.error;
}


/***/ }),

/***/ 3985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ FileChangedError)
/* harmony export */ });
/** A file is not what it was when it was listed. */
class FileChangedError extends Error {
    code = 'FILE_CHANGED';
}


/***/ }),

/***/ 5841:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   SW: () => (/* binding */ isSamePlatform),
/* harmony export */   qn: () => (/* binding */ renderPlatform)
/* harmony export */ });
const ARCHITECTURES = {
    i386: '386',
    x86_64: 'amd64',
    'x86-64': 'amd64',
    aarch64: 'arm64',
    armhf: 'arm',
    armel: 'arm',
};
/** Reads `os/architecture[/variant]`; undefined for shorter forms, which mean "as on the builder". */
function parsePlatform(text) {
    const parts = text.toLowerCase().split('/');
    const [os = '', named = '', variant = ''] = parts;
    if (os === '' || named === '' || parts.length > 3)
        return undefined;
    const architecture = ARCHITECTURES[named] ?? named;
    return {
        os: os === 'macos' ? 'darwin' : os,
        architecture,
        variant: normalVariant(architecture, named === 'armel' ? 'v6' : variant),
    };
}
function normalVariant(architecture, variant) {
    const version = /^[0-9]+$/.test(variant) ? `v${variant}` : variant;
    if (architecture === 'arm')
        return version || 'v7';
    // The ones that every processor of the kind has are not written.
    const isPlain = (architecture === 'arm64' && version === 'v8') || (architecture === 'amd64' && version === 'v1');
    return isPlain ? '' : version;
}
/** The form that TARGETPLATFORM has in builds. */
function renderPlatform({ os, architecture, variant }) {
    return variant === '' ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}
/** Whether an image of `offered` is taken where `wanted` is asked for. */
function isSamePlatform(offered, wanted) {
    return renderPlatform(offered) === renderPlatform(wanted);
}


/***/ }),

/***/ 2653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ ALLOW_LIST_FILE),
/* harmony export */   j: () => (/* binding */ parseAllowList)
/* harmony export */ });
/** At the root of the workspace. */
const ALLOW_LIST_FILE = '.secret-scan-allow';
const FORM = 'write "<rule or *>  <path>  # reason"';
/** Reads `.secret-scan-allow`: one rule, one path glob and the reason per line; `#` starts a comment. */
function parseAllowList(text) {
    const entries = [];
    const problems = [];
    text
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/)
        .forEach((line, index) => {
        const content = line.trim();
        if (content === '' || content.startsWith('#'))
            return;
        const parsed = parseLine(content);
        if (typeof parsed === 'string')
            problems.push(`line ${index + 1}: ${parsed}`);
        else
            entries.push({ ...parsed, text: `line ${index + 1}: ${content}` });
    });
    return buildList(entries, problems);
}
function buildList(entries, problems) {
    const used = new Set();
    return {
        problems,
        allows(path, finding) {
            const fitting = entries.filter((entry) => covers(entry, path, finding));
            for (const entry of fitting)
                used.add(entry);
            return fitting.length > 0;
        },
        unused: () => entries.filter((entry) => !used.has(entry)).map((entry) => entry.text),
    };
}
function covers({ rule, path: pattern }, path, finding) {
    return (rule === '*' || rule === finding.rule) && pattern.test(path.replace(/^\.?\/+/, ''));
}
function parseLine(line) {
    const [, rule, glob, reason] = /^(\S+)\s+(\S+)(?:\s+#\s*(.*))?$/.exec(line) ?? [];
    if (rule === undefined || glob === undefined || glob.startsWith('#'))
        return FORM;
    if (reason === undefined || !/\p{L}{2}/u.test(reason))
        return 'the reason is missing; ' + FORM;
    if (!/^(\*|[a-z0-9-]+)$/.test(rule))
        return `"${rule}" is no rule; ` + FORM;
    if (rule === '*' && /^[*/]*$/.test(glob))
        return 'this would allow everything; name a rule or a path';
    return { rule, path: patternOf(glob) };
}
/** As in a `.gitignore` with a slash: `*` and `?` within a segment, `**` across, a folder covers what it holds. */
function patternOf(glob) {
    const pattern = glob
        .replace(/^\.?\/+/, '')
        .replace(/\/+$/, '')
        .replace(/\*\*\/|\*\*|\*|\?|[^*?]+/g, (part) => GLOB[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${pattern}(?:/.*)?$`);
}
const GLOB = {
    '**/': '(?:.*/)?',
    '**': '.*',
    '*': '[^/]*',
    '?': '[^/]',
};


/***/ }),

/***/ 8705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _W: () => (/* binding */ guardFindings),
  hp: () => (/* binding */ scanContext),
  FW: () => (/* binding */ scanImage),
  Z: () => (/* binding */ warnOfAllowList)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/image/gate/scan/window.js
/** How far a detector may look back from its anchor, and ahead of it. */
const BEHIND_BYTES = 4_096;
/** A whole RSA key of 16,384 bits, encoded twice, fits. */
const AHEAD_BYTES = 32_768;
/** The byte there, or -1 where the window ends. */
function byteAt({ bytes, from, to }, at) {
    return at >= from && at < to ? (bytes[at] ?? -1) : -1;
}
/** The bytes as characters of one byte each, so that places in the text are places in the file. */
function textOf({ bytes, from, to }, start, end) {
    const first = Math.max(start, from);
    return bytes.toString('latin1', first, Math.max(first, Math.min(end, to)));
}
/** Letters, digits, `_` and `-`. */
function isWordByte(byte) {
    return ((byte >= 0x61 && byte <= 0x7a) ||
        (byte >= 0x41 && byte <= 0x5a) ||
        (byte >= 0x30 && byte <= 0x39) ||
        byte === 0x5f ||
        byte === 0x2d);
}
const BACKSLASH = 0x5c;
const PERCENT = 0x25;
/** Whether something can begin here: no word runs into it, except an escape such as `\n` or `%3D`. */
function isStart(window, at) {
    const before = byteAt(window, at - 1);
    if (before === -1 || !isWordByte(before))
        return true;
    if (before === 0x2d || before === 0x5f)
        return false;
    if (byteAt(window, at - 2) === BACKSLASH)
        return before === 0x6e || before === 0x72 || before === 0x74;
    return byteAt(window, at - 3) === PERCENT;
}
const CONTROL_REACH = 64;
/** Whether control bytes stand nearby, as between the strings of a program or in an archive. */
function isInBinary(window, start, end) {
    for (let at = start - CONTROL_REACH; at < end + CONTROL_REACH; at++) {
        const byte = byteAt(window, at);
        if (byte >= 0 && byte < 0x20 && byte !== 0x1b && (byte < 0x09 || byte > 0x0d))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/detector.js
function literals(...texts) {
    return texts.map((text) => ({ text }));
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/keys/encoded.js


/** What of an encoded file gives it away, at any place in it. */
const TELLTALES = [
    ...['-----BEGIN ', 'PRIVATE KEY', 'authorized_user', 'refresh_token', 'external_account'],
    ...['credential_source', 'Authorization'],
];
/** For each number of bytes left over from the group before: characters that depend on them. */
const SHIFTED = [0, 2, 3];
/** What base64 makes of a text for each of the three ways it can lie in the groups of three bytes. */
function coresOf(text) {
    return [0, 1, 2].map((lead) => {
        const encoded = Buffer.from('\0'.repeat(lead) + text, 'latin1').toString('base64');
        const shift = SHIFTED[lead] ?? 0;
        const whole = Math.floor(((lead + text.length) * 8) / 6);
        return { text: encoded.slice(shift, whole), shift };
    });
}
const ONCE = TELLTALES.flatMap(coresOf);
const TWICE = ONCE.flatMap(({ text }) => coresOf(text));
const SHIFTS = new Map([...ONCE, ...TWICE].map(({ text, shift }) => [text, shift]));
const LONGEST_CORE = Math.max(...[...SHIFTS.keys()].map((text) => text.length));
/** Keys and key files in base64, as in kubeconfig or an `.env`, also encoded twice. */
const ENCODED_DETECTOR = {
    anchors: literals(...SHIFTS.keys()),
    find: findEncoded,
};
const LOOK_BACK = 4_096;
const LINE_BREAK = '(?:(?:(?:\\\\)+[rn])+|\\r?\\n)[ \\t]*';
// Wrapped lines only in the usual alphabet: a `-` on the next line may begin an item of a list.
const AFTER = new RegExp(`^[A-Za-z0-9+/]+(?:${LINE_BREAK}[A-Za-z0-9+/]+)*`);
const AFTER_IN_URL = /^[\w-]+/;
const WRAPPED_LINE = /^[A-Za-z0-9+/]{40,}$/;
const BREAKS = /\\+[rn]|\s/g;
function findEncoded(window) {
    const text = textOf(window, window.at, runEnd(window));
    const shift = shiftOf(text.slice(0, LONGEST_CORE));
    if (shift === undefined)
        return undefined;
    const behind = encodedBefore(textOf(window, window.at - LOOK_BACK, window.at));
    const before = behind.replace(BREAKS, '');
    const after = longer(AFTER.exec(text)?.[0] ?? '', AFTER_IN_URL.exec(text)?.[0] ?? '');
    // The group that the telltale lies in must be a group again when all is decoded.
    const odd = (((before.length - shift) % 4) + 4) % 4;
    const encoded = before.slice(odd) + after.replace(BREAKS, '');
    const rule = window.scanInner(Buffer.from(encoded, 'base64'));
    const end = window.at + after.length;
    return rule === undefined ? { restUntil: end } : { rule, start: window.at - behind.length, end };
}
/** As far as there is base64 or what may break its lines. */
function runEnd(window) {
    let at = window.at;
    while (isRunByte(byteAt(window, at)))
        at += 1;
    return at;
}
function isRunByte(byte) {
    return isWordByte(byte) || byte === 0x2b || byte === 0x2f || byte === 0x5c || isSpace(byte);
}
function isSpace(byte) {
    return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
function longer(first, second) {
    return second.length > first.length ? second : first;
}
/** The end of the text as far as it belongs to the same encoded run, with the breaks between its lines. */
function encodedBefore(text) {
    const parts = text.split(new RegExp(`(${LINE_BREAK})`));
    const last = parts.pop() ?? '';
    let run = encodedEnd(last);
    if (run.length < last.length)
        return run;
    // Lines and the breaks behind them take turns.
    for (let at = parts.length - 2; at >= 0; at -= 2) {
        const line = parts[at] ?? '';
        const end = encodedEnd(line);
        if (end === '')
            return run;
        run = `${end}${parts[at + 1] ?? ''}${run}`;
        if (!WRAPPED_LINE.test(line))
            return run;
    }
    return run;
}
function encodedEnd(line) {
    let start = line.length;
    while (start > 0 && /[A-Za-z0-9+/_-]/.test(line[start - 1] ?? ''))
        start -= 1;
    return line.slice(start);
}
function shiftOf(head) {
    for (const [text, shift] of SHIFTS)
        if (head.startsWith(text))
            return shift;
    return undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/image/gate/rules/values/known.js

/** Enough of a SHA-256 that no other value of anybody's has it. */
const SHOWN_DIGITS = 16;
/**
 * Values that everybody has: printed in standards and manuals, or part of the tests that packages
 * install. Whoever ships one of them ships no secret. A key counts by its decoded bytes, anything else
 * by its text, so a fixture is known wherever it lies.
 */
const KNOWN = new Set([
    // CPython: the certificates of its test suite.
    ...[
        '0184db1f82d1cba1',
        '04fdc27881ec43f2',
        '082122d34a0c10ff',
        '098136f59b60cc0d',
        '0a5d37ad1b744b5a',
    ],
    ...[
        '0e0697954830abae',
        '1093f6ea15cfb2f9',
        '24639cdb7b362df2',
        '30325068603a16a0',
        '34b57c7e4b9121ff',
    ],
    ...[
        '47698284e7e71daf',
        '4cf2a44a9f940b12',
        '4ff6fb05a3da6ae5',
        '676951ec40b98fb5',
        '6f120e9f72fd4537',
    ],
    ...[
        '73f9064b8a4be3e0',
        '783955de94876aad',
        '810b2b7f978cd2df',
        '83d4d09f6eb60626',
        '8547eb983f31a400',
    ],
    ...[
        '85f11ff5a5107ed9',
        '8d827189fa61f0c0',
        '8ffef375b96e9528',
        '9fb1ee4f614279a7',
        'a70f24304eba8198',
    ],
    ...[
        'aa937c270bfefeac',
        'aaa20ba84e1bafab',
        'bed0ab27bb11479e',
        'cf1db3df60313e91',
        'd571cb8b3c8c569f',
    ],
    ...['e10264e38e69d0ae', 'f022ad7b79455ba6', 'f139e02d7543073f', 'fb7f6509e3ab7681'],
    // gevent, tornado, twisted: keys of their tests.
    ...[
        '051848dd074db519',
        '0a2752b0357bf66f',
        '1de5ac5cb37d8d36',
        '31761af00a5f2840',
        '47921b0a6df31713',
    ],
    ...[
        '4cfba72f445e7d7d',
        '51f172e9fcd409db',
        '568ff063f1396d19',
        '5d9b829e08e7ccef',
        '61454321ddf8dc45',
    ],
    ...[
        '7029036295be093b',
        '7b8a7f7a95bb59c1',
        '87cdfce81c567ef4',
        '88f3145770d602b6',
        '88fe695fe42d8ecb',
    ],
    ...[
        '929bd67eaab58257',
        'a26741c999733d90',
        'a81ee152a2b8b5de',
        'ae3695311b4c04f6',
        'e6dab686eed8a29f',
    ],
    ...['f4e80f54f0be5996'],
    // PyCryptodome: its self test, with the vectors of NIST and of RFC drafts.
    ...[
        '19b50af4e529a2d2',
        '2983f7b9489d0065',
        '2da1a57f2aba15d6',
        '371ce2e630fad756',
        '4958e0437a747ecb',
    ],
    ...[
        '4c5b7750a9e24c7d',
        '4d490557774aa7ad',
        '636a9136612e1625',
        '67a45b723a903103',
        '6e0964346c8b5765',
    ],
    ...[
        '74790c6a7abbf872',
        '77287e1830ccf96d',
        '78f1cd2051065b20',
        '7d941a6f0509df82',
        '8f3649b5971d8ef0',
    ],
    ...[
        '93c2ddc6d96963da',
        '983e6e4aafe5aadf',
        'a853f65ad0b3b33b',
        'ab1488ef9c80609d',
        'aed2272a4669f8cf',
    ],
    ...[
        'c1f4b06b91e04dad',
        'c4c34b9203ce49c5',
        'd397bea55ed0a9b9',
        'e898149519311d5b',
        'ead929f420026605',
    ],
    ...['f3d47b7ca96b0621', 'f895617db25d5d65'],
    ...['b3eca3b885caeee5'],
    // agent-base, https-proxy-agent, public-encrypt, parse-asn1, browserify-sign: keys of their tests.
    ...[
        '09ec38989a5fb269',
        '1b2957613e7545dd',
        '1c645b09445bebb2',
        '512a3bec8c48bc54',
        '6a21b415d20c902a',
    ],
    ...[
        '77222a0b0e017e55',
        'c62207ebe638e9f1',
        'd6a8b6a2941f1bfe',
        'e361a2024a7bc70e',
        'f0a775ad2fd1cc81',
    ],
    // requests, urllib3, google-auth, gsutil, boto: keys of their tests.
    ...[
        '04350df9556081e9',
        '05d6e0b6534c9451',
        '09041c605bafb8c4',
        '2913d00ead4111eb',
        '2c3b6ecb5a3758f5',
    ],
    ...[
        '48d7b7bf0bc51580',
        '492e9dcc8cadbe00',
        '5d0b7e7bbb03d7bf',
        '66917fd37ff73e07',
        '6d910b55121bac18',
    ],
    ...[
        '70b77a3e1c5856eb',
        '72a2c4ce7344b0ff',
        '97e3597f7c01eaff',
        'a3cca8f705174906',
        'b1954293f5ea3782',
    ],
    ...[
        'b6b4c6a819ef0a1d',
        'cc89b24fa7b57e6d',
        'd4cf18485c683cda',
        'd55e9d9b688c5833',
        'dbe3c5bda333d160',
    ],
    ...[
        'e3eef58cc34f0cdb',
        'ed44042df90a02f1',
        'f34d5fa19d189c22',
        'f4187ad2496a8677',
        'f53cddc280b55732',
    ],
    // RFC 5849, RFC 6749 and oauthlib, which quotes them.
    ...[
        '00cf4c781dc37003',
        '131a6c00534ce4fa',
        '2ff8b0fb93aca981',
        '6c96130f130ab0d6',
        '9d03b692e941d5ac',
    ],
    ...['b55c3eb087132236', 'ca7459e2b26776de'],
    ...['d167410a16865cd6', '055671f8eca86240'],
    // botocore and the AWS CLI: the examples of their manuals.
    ...[
        '12ff915a8fff182f',
        '14a9207b9888485b',
        '16529b293d4d3f1a',
        '237acc64cdcc91b3',
        '26cb6d7d3db2418d',
    ],
    ...[
        '3cbbf95303d2b994',
        '3d0772ce04aff41a',
        '3e46394d68921a6d',
        '475dddd7e494f2d1',
        '4c7b3f40e866bf98',
    ],
    ...[
        '54e49af0da756bb3',
        '714776c4bb9a8ff7',
        '7ca486cbe6b13db5',
        '855acef1377b3a8a',
        '9268d57ecf6b736e',
    ],
    ...[
        '95a66051cb8d036f',
        'ba54690e1ab6cc2d',
        'c0a9271ec8c34c66',
        'c9595305a1238d72',
        'd45c6bbbf1a5a561',
    ],
    ...[
        'dc4704fc8d050a4b',
        'dc9f5c31e7d041f5',
        'e0a33b21e05584f7',
        'e4a82fb4ed91928d',
        'e6c2d3455587c47c',
    ],
    ...['e8e3f5ac838f1580', 'eef168423ab2e49f'],
    // 1Password's description of its tokens, which secretlint quotes.
    ...['4861b7d682dcbc5a'],
    // The Cloud SDK: clients and keys that every installation holds.
    ...[
        '28a9d0634db5ab1f',
        '3f3f774c2e151cd2',
        '456a51b1f1b3cf3e',
        '486743a2eab4395e',
        '6189b36d964849f3',
    ],
    ...['63774f6fa0c83e7e', 'a73b3ad3b416d981', 'b3f19cc85129501b', 'f0386f9be1fe905f'],
    // Chromium of Debian, PyJWT, joserfc, xmlsec, pip: keys and tokens of their manuals.
    ...['0932b11171039a7c', '4e6af0221e03f890', 'f1cdf4d3485952c9', 'f7026ba153dc0b7d'],
]);
/** Whether the value is one that everybody has. */
function isKnownTestValue(value) {
    return KNOWN.has((0,external_node_crypto_.createHash)('sha256').update(value).digest('hex').slice(0, SHOWN_DIGITS));
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/values/randomness.js
/** Bits per character, from how often each character occurs. */
function entropyOf(text) {
    const counts = new Map();
    for (const sign of text)
        counts.set(sign, (counts.get(sign) ?? 0) + 1);
    let bits = 0;
    for (const count of counts.values())
        bits -= (count / text.length) * Math.log2(count / text.length);
    return bits;
}
/** Four fifths of what chance gives on average: one random text in a million falls below. */
const ENTROPY_SHARE = 0.72;
/** Whether so many different characters occur as chance would give from that alphabet. */
function isVaried(text, alphabet = 62) {
    return entropyOf(text) >= ENTROPY_SHARE * Math.log2(Math.min(text.length, alphabet));
}
// Of the 676 pairs of letters these make up nine tenths of English and of identifiers, but only a
// quarter of random text.
const COMMON_PAIRS = new Set(('th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me ' +
    'de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot ' +
    'il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai ' +
    'sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag ' +
    'if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi da cr cl du ga qu ue ff ba ey ' +
    'ls va um pp ua up lu go ru ds pi rc rr eg au ck ew br pt ak pu key').split(' '));
// As likely a word as not, between the two.
const WORDLIKE_SHARE = 0.62;
const FEWEST_PAIRS = 6;
/** Whether the letters follow each other as in words; undefined where too few do to tell. */
function isWordlike(text) {
    const lower = text.toLowerCase();
    let pairs = 0;
    let common = 0;
    for (let at = 0; at + 1 < lower.length; at++) {
        const pair = lower.slice(at, at + 2);
        if (!/^[a-z]{2}$/.test(pair))
            continue;
        pairs += 1;
        if (COMMON_PAIRS.has(pair))
            common += 1;
    }
    return pairs < FEWEST_PAIRS ? undefined : common / pairs >= WORDLIKE_SHARE;
}
/** Letters of both cases so often in turn are no word of any language. */
const SHORTEST_CASED = 16;
/** How often letters and digits take turns. */
function turnsOf(text) {
    return (text.match(/[a-z](?=\d)|\d(?=[a-z])/gi) ?? []).length;
}
/** Words with numbers between them take fewer turns. */
const MANY_TURNS = 6;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Whether a machine drew it: varied, no words, letters and digits mixed. Never a UUID. */
function isRandom(text) {
    if (UUID.test(text))
        return false;
    const isHex = /^[0-9a-f]+$/i.test(text);
    if (!isVaried(text, isHex ? 16 : 62))
        return false;
    if (isHex)
        return text.length >= 24 && /\d/.test(text) && /[a-f]/i.test(text);
    if (!/[a-z]/i.test(text))
        return false;
    const isWords = isWordlike(text);
    const turns = turnsOf(text);
    if (isWords === true)
        return turns >= MANY_TURNS;
    if (isWords === undefined)
        return turns >= 4;
    // Without digits it may be a language of which the pairs know nothing, but rarely in mixed case.
    return turns >= 2 || (text.length >= SHORTEST_CASED && caseTurnsOf(text) >= text.length / 5);
}
function caseTurnsOf(text) {
    return (text.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g) ?? []).length;
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/keys/armor.js
const HEADER_LINE = /^[ \t]*[A-Z][A-Za-z-]*: .*$/gm;
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/;
/**
 * Decodes the block in whatever way source text carries it: real lines, `\n` escaped once or more,
 * strings joined by `+`, indented, commented out, URL-encoded. Undefined where anything else stands
 * in it, such as the dots of an example.
 */
function decodeArmor(text) {
    const lines = uncomment(unescapeLines(text));
    const headers = (lines.match(HEADER_LINE) ?? []).join('\n');
    const body = lines.replace(HEADER_LINE, '').replace(/^\s*=[A-Za-z0-9+/]{4}\s*$/m, '');
    if (NOT_BASE64.test(body))
        return undefined;
    return { headers, body: Buffer.from(body, 'base64') };
}
/** Only a sign before every line is a comment's: base64 may well begin a line with `//`. */
function uncomment(text) {
    const sign = /^[ \t]*(#|\/\/|\*|>|;)/m.exec(text)?.[1];
    if (sign === undefined)
        return text;
    const lines = text.split('\n').map((line) => line.trim());
    const last = lines.at(-1) === sign ? lines.length - 1 : lines.length;
    const isComment = lines.slice(0, last).every((line) => line === '' || line.startsWith(sign));
    return isComment ? lines.map((line) => line.slice(sign.length)).join('\n') : text;
}
const CODES = {
    '2b': '+',
    '2c': ',',
    '2f': '/',
    '3a': ':',
    '3d': '=',
    '0a': '\n',
    '0d': '\n',
    '20': ' ',
};
function unescapeLines(text) {
    return text
        .replace(/(?:\\+u00|%)(2b|2c|2f|3a|3d|0a|0d|20)/gi, (_, code) => CODES[code.toLowerCase()] ?? '')
        .replace(/\\+[nrt]|\\+(?=\r?\n)/g, '\n')
        .replace(/\\+\//g, '/')
        .replace(/\\*["'`][ \t]*[+,.]?[ \t]*(?:\r?\n)?[ \t]*[+.]?[ \t]*[bru]?\\*["'`]/g, '\n')
        .replace(/\\*["'`][ \t,+;\])]*$/, '')
        .replace(/^\s*["'`]/, '');
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/keys/der.js
const INTEGER = 0x02;
const OCTETS = 0x04;
const OBJECT_ID = 0x06;
const SEQUENCE = 0x30;
/**
 * Whether the bytes are a private key in DER: PKCS#1, PKCS#8 (plain or encrypted), SEC1 or DSA, whole
 * and with lengths that add up. Never true of a certificate, a public key or random bytes.
 */
function isPrivateKeyDer(bytes) {
    const outer = elementAt(bytes, 0, bytes.length);
    if (outer?.tag !== SEQUENCE)
        return false;
    const parts = elementsIn(bytes, outer);
    const [first, second] = parts ?? [];
    if (parts === undefined || first === undefined || second === undefined)
        return false;
    if (first.tag === SEQUENCE)
        return isEncrypted(bytes, first, second);
    if (first.tag !== INTEGER || first.end - first.start !== 1)
        return false;
    const version = bytes[first.start] ?? 0xff;
    if (version > 1)
        return false;
    if (second.tag === SEQUENCE)
        return isPkcs8(bytes, second, parts[2]);
    if (second.tag === OCTETS)
        return version === 1 && second.end - second.start >= 16;
    return second.tag === INTEGER && parts.length >= 6 && isIntegers(parts.slice(0, 6));
}
function isPkcs8(bytes, algorithm, key) {
    if (key?.tag !== OCTETS || key.end - key.start < 16)
        return false;
    return elementAt(bytes, algorithm.start, algorithm.end)?.tag === OBJECT_ID;
}
function isEncrypted(bytes, scheme, data) {
    if (data.tag !== OCTETS || data.end - data.start < 24)
        return false;
    return elementAt(bytes, scheme.start, scheme.end)?.tag === OBJECT_ID;
}
function isIntegers(parts) {
    return parts.every(({ tag }) => tag === INTEGER);
}
/** Undefined where the parts do not fill the whole exactly. */
function elementsIn(bytes, outer) {
    const elements = [];
    let at = outer.start;
    while (at < outer.end) {
        const element = elementAt(bytes, at, outer.end);
        if (element === undefined)
            return undefined;
        elements.push(element);
        at = element.end;
    }
    return elements;
}
function elementAt(bytes, at, limit) {
    const tag = bytes[at];
    const short = bytes[at + 1];
    if (tag === undefined || short === undefined)
        return undefined;
    if (short < 0x80)
        return within({ tag, start: at + 2, end: at + 2 + short }, limit);
    const count = short & 0x7f;
    if (count === 0 || count > 3)
        return undefined;
    let length = 0;
    for (let offset = 0; offset < count; offset++)
        length = length * 256 + (bytes[at + 2 + offset] ?? 0);
    const start = at + 2 + count;
    return within({ tag, start, end: start + length }, limit);
}
function within(element, limit) {
    return element.end <= limit ? element : undefined;
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/keys/private-key.js






/** Key files and blocks of every kind that openssl, ssh, gpg and PuTTY write. */
const PRIVATE_KEY_RULES = [
    { id: 'google-service-account-key', title: 'Google service account key' },
    { id: 'private-key', title: 'Private key' },
    { id: 'pgp-private-key', title: 'PGP private key' },
    { id: 'putty-private-key', title: 'PuTTY private key' },
];
const BEGIN = '-----BEGIN';
const LONGEST_LABEL = 60;
const SHORTEST_BODY = 32;
const DASHES = '-----';
/** PEM and PGP blocks; those of a service account by their own rule. */
const PRIVATE_KEY_DETECTOR = { anchors: literals(BEGIN), find: findBlock };
function findBlock(window) {
    const labelStart = window.at + BEGIN.length;
    const head = textOf(window, labelStart, labelStart + LONGEST_LABEL);
    const label = /^((?:[ +_]|%20)[A-Za-z0-9 +_%]{0,40}?PRIVATE(?:[ +_]|%20)KEY(?:(?:[ +_]|%20)BLOCK)?)-----/.exec(head);
    if (label === null)
        return undefined;
    const start = labelStart + label[0].length;
    const length = window.bytes.subarray(start, window.to).indexOf(DASHES);
    const end = length === -1 ? window.to : start + length;
    const text = textOf(window, start, end);
    const armor = decodeArmor(length === -1 ? wholePart(text) : text);
    const isPgp = /PGP/.test(label[1] ?? '');
    if (armor === undefined || !isKey(armor, isPgp) || isKnownTestValue(armor.body))
        return undefined;
    if (isPgp)
        return { rule: 'pgp-private-key', start: window.at, end };
    const rule = isServiceAccount(window, end) ? 'google-service-account-key' : 'private-key';
    return { rule, start: window.at, end };
}
// A file that was cut off: what is there may still be the whole key.
function wholePart(text) {
    return /^[A-Za-z0-9+/=\s\\"'%:,-]*/.exec(text)?.[0] ?? '';
}
const OPENSSH_MAGIC = 'openssh-key-v1\0';
function isKey({ headers, body }, isPgp) {
    if (body.length < SHORTEST_BODY || !isVaried(body.toString('base64'), 48))
        return false;
    if (isPgp)
        return isSecretKeyPacket(body);
    if (body.toString('latin1', 0, OPENSSH_MAGIC.length) === OPENSSH_MAGIC)
        return body.length >= 150;
    // The old encryption of openssl covers the whole body: nothing can be read, only measured.
    if (/ENCRYPTED/.test(headers))
        return body.length >= 64 && body.length % 8 === 0;
    return isPrivateKeyDer(body);
}
/** RFC 9580: a packet's first byte holds its tag; 5 is a secret key. */
function isSecretKeyPacket(body) {
    const first = body[0] ?? 0;
    return first === 0xc5 || (first >= 0x94 && first <= 0x97);
}
const NEAR_BYTES = 2_048;
function isServiceAccount(window, end) {
    const before = textOf(window, window.at - NEAR_BYTES, window.at);
    if (!/private_key\\*["']?\s*[:=]\s*\\*["']?[^"']{0,8}$/.test(before))
        return false;
    const around = before + textOf(window, end, end + NEAR_BYTES);
    return /service_account|gserviceaccount|private_key_id/.test(around);
}
const PUTTY_REST_BYTES = 512;
/** `.ppk` files, of which the name alone is no proof. */
const PUTTY_DETECTOR = {
    anchors: literals('PuTTY-User-Key-File-'),
    find: (window) => {
        const text = textOf(window, window.at, window.at + 8_192);
        const found = /Private-Lines: \d+(?:\r?\n|(?:\\+[rn])+)([A-Za-z0-9+/=\s\\]{24,})/.exec(text);
        if (found === null || !isVaried((found[1] ?? '').slice(0, 64))) {
            return { restUntil: window.at + PUTTY_REST_BYTES };
        }
        return {
            rule: 'putty-private-key',
            start: window.at,
            end: window.at + found.index + found[0].length,
        };
    },
};

;// CONCATENATED MODULE: ./lib/image/gate/rules/values/placeholder.js
// `yourApiKey`, where nothing sets the word apart but its case.
const OWN_WORD = /^your[A-Z]?[a-z]{3}|^YOUR[A-Z]{3}/;
// Long enough, or set apart, so that not one random token in 100,000 holds one by chance.
const WORDS = /example|sample|change[-_ ]?(me|it|this)|place[-_ ]?holder|dummy|\byour[-_ ]|redacted|insert|pass[-_ ]?word|replace|foobar|lorem|deadbeef|cafebabe|\bnot[-_ ](a|re[a@4]l|secret|set)|invalid|undefined|(^|[-_ .])(fake|mock|todo|fixme|test|demo)([-_ .]|$)|[<>]|\$\{|\$\(|\{\{|\}\}|%\(|%s|#\{|\[\[|\.\.\.|…|\*{3}|x{6}|(x{4}[-_ ]?){3}|_{4}|-{4}|0{6}/i;
const CHOSEN_WORDS = /passw|passphrase|qwert|admin|letmein|welcome|hunter|secret|guest|default|local|public|correct|horse|battery|swordfish|monkey|dragon|trustno|troubador|super|string|value|mypass|token|hello/i;
const SHORT_WORDS = /pass|asdf|test|demo|user|root|temp|null|none|some|xxxx|fake|mock|todo|123|(?<![a-z])(abc|pwd|foo|bar|baz)(?![a-z])/i;
/** Up to so many characters people choose themselves, and up to so many a short word is one. */
const LONGEST_CHOSEN = 20;
const LONGEST_SHORT = 14;
/** Whether the value only stands for one: a word such as `example`, a template, a pattern. */
function isPlaceholder(text) {
    return WORDS.test(text) || OWN_WORD.test(text) || isPattern(text);
}
/** As `isPlaceholder`, and also a word that people take for a password where none matters. */
function isWeak(text) {
    if (isPlaceholder(text))
        return true;
    if (text.length > LONGEST_CHOSEN)
        return false;
    return [text, plainly(text)].some((form) => CHOSEN_WORDS.test(form) || (text.length <= LONGEST_SHORT && SHORT_WORDS.test(form)));
}
/** `p4$$w0rd` as `password`. */
function plainly(text) {
    const signs = {
        '0': 'o',
        '1': 'i',
        '3': 'e',
        '4': 'a',
        '5': 's',
        '7': 't',
        '@': 'a',
        $: 's',
        '!': 'i',
    };
    return text.toLowerCase().replace(/[013457@$!]/g, (sign) => signs[sign] ?? sign);
}
const LONGEST_PERIOD = 8;
/** Counting, repeating, or one character over and over. */
function isPattern(text) {
    return hasSequence(text) || isPeriodic(text);
}
const placeholder_SEQUENCE = 6;
// Chance puts six equal digits into one long hexadecimal key of twenty thousand.
const LONG_SEQUENCE = 8;
const LONG_TEXT = 32;
/** Characters in a row that count up or down or stay: `123456`, `abcdef`, `aaaaaa`. */
function hasSequence(text) {
    const enough = text.length < LONG_TEXT ? placeholder_SEQUENCE : LONG_SEQUENCE;
    let run = 1;
    let step = 0;
    for (let at = 1; at < text.length; at++) {
        const now = text.charCodeAt(at) - text.charCodeAt(at - 1);
        run = now === step && Math.abs(now) <= 1 ? run + 1 : 2;
        step = now;
        if (run >= enough && Math.abs(step) <= 1)
            return true;
    }
    return false;
}
function isPeriodic(text) {
    for (let period = 1; period <= Math.min(LONGEST_PERIOD, text.length / 3); period++) {
        if (text.slice(period) === text.slice(0, -period))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/settings/files.js





/** Files of known form, wherever such a file stands, and headers. */
const FILE_RULES = [
    { id: 'netrc-password', title: 'Password in a netrc file' },
    { id: 'npm-registry-auth', title: 'Password or token of a package registry (.npmrc)' },
    { id: 'docker-registry-auth', title: 'Password of a container registry' },
    { id: 'kubernetes-secret', title: 'Kubernetes secret with its value' },
    { id: 'http-basic-auth', title: 'HTTP basic authentication' },
    { id: 'bearer-token', title: 'Bearer token' },
    { id: 'kakao-key', title: 'Kakao key' },
];
const FORMS = [
    {
        rule: 'netrc-password',
        anchors: ['machine '],
        pattern: /machine\s+[\w.:-]+\s+login\s+\S+\s+(?:account\s+\S+\s+)?password\s+([^\s"'\\]{6,200})/y,
        longest: 400,
        isSecret: (value) => !isWeak(value) && /[\d!@#$%^&*+?]/.test(value) && !/[<>[\]{}]/.test(value),
    },
    {
        rule: 'npm-registry-auth',
        anchors: [
            ':_authToken',
            ':_password',
            ':_auth=',
            ':_auth =',
            '\n_auth=',
            '\n_auth =',
            '\n_authToken',
        ],
        pattern: /[:\n]_(?:authToken|password|auth)[ \t]*=[ \t]*["']?(?=([\w+/=.:-]{12,1000}))\1(?=["'\s\\]|$)/y,
        longest: 1_100,
        // A password stands there in base64, of which one in forty has no digit.
        isSecret: (value) => !isWeak(value) && /\d|[a-z][A-Z]/.test(value),
    },
    {
        rule: 'docker-registry-auth',
        anchors: ['"auth"', '"auth\\', 'auth":'],
        pattern: /"?auth\\*"\s*:\s*\\*"([A-Za-z0-9+/]{12,4000}={0,2})\\*"/y,
        longest: 4_200,
        isSecret: isUserAndPassword,
    },
    {
        rule: 'docker-registry-auth',
        anchors: ['"identitytoken"'],
        pattern: /"identitytoken"\s*:\s*"([\w+/=.-]{20,4000})"/y,
        longest: 4_200,
        isSecret: (value) => isRandom(value),
    },
    {
        rule: 'kubernetes-secret',
        anchors: ['kind: Secret', 'kind: "Secret"'],
        pattern: /kind: "?Secret"?[ \t]*\r?\n(?:(?!---|data:)[^\r\n]*\r?\n){0,40}?data:[ \t]*\r?\n((?:[ \t]+[^\r\n]*\r?\n?){1,60})/y,
        longest: 6_000,
        isSecret: hasEncodedValue,
    },
    {
        rule: 'http-basic-auth',
        anchors: ['authorization'],
        ignoreCase: true,
        pattern: /authorization\\*["']?\]?\s*[:=,]\s*\\*["'`]?basic\s+([A-Za-z0-9+/]{8,400}={0,2})/iy,
        longest: 500,
        isSecret: isUserAndPassword,
    },
    {
        rule: 'bearer-token',
        anchors: ['authorization'],
        ignoreCase: true,
        pattern: /authorization\\*["']?\]?\s*[:=,]\s*\\*["'`]?(?:bearer|token)\s+([\w.~+/=-]{20,400})/iy,
        longest: 500,
        isSecret: (value) => !isWeak(value) && isRandom(value),
    },
    {
        rule: 'kakao-key',
        anchors: ['KakaoAK '],
        pattern: /KakaoAK ([0-9a-f]{32})(?!\w)/y,
        longest: 60,
        isSecret: (value) => !isPlaceholder(value) && isRandom(value),
    },
];
/** One detector for each form. */
const FILE_DETECTORS = FORMS.map((form) => ({
    anchors: literals(...form.anchors).map(({ text }) => ({
        text,
        ignoreCase: form.ignoreCase === true,
    })),
    find: (window) => findForm(form, window),
}));
const FAR_BYTES = 2_000;
const REST_BYTES = 200;
function findForm(form, window) {
    form.pattern.lastIndex = 0;
    const text = textOf(window, window.at, window.at + form.longest);
    const found = form.pattern.exec(text);
    const value = found?.[1];
    if (found === null || value === undefined || !form.isSecret(value)) {
        return form.longest > FAR_BYTES ? { restUntil: window.at + REST_BYTES } : undefined;
    }
    if (isKnownTestValue(value))
        return undefined;
    const start = window.at + found[0].lastIndexOf(value);
    return { rule: form.rule, start, end: start + value.length };
}
/** Base64 of `user:password`, and the password none of those that manuals print. */
function isUserAndPassword(value) {
    const text = Buffer.from(value, 'base64').toString('latin1');
    const pair = /^([\x21-\x39\x3b-\x7e]{1,128}):([\x21-\x7e]{6,3000})$/.exec(text);
    if (pair === null)
        return false;
    const [, user = '', password = ''] = pair;
    return !isWeak(password) && user !== password && /[\d\W]/.test(password);
}
/** A value under `data:` that decodes to text which is none of a manual's. */
function hasEncodedValue(block) {
    return [
        ...block.matchAll(/^[ \t]+[\w.-]+:[ \t]*["']?([A-Za-z0-9+/]{8,8192}={0,2})["']?[ \t]*$/gm),
    ].some(([, encoded = '']) => {
        const text = Buffer.from(encoded, 'base64').toString('latin1').trim();
        return /^[\x09\x0a\x0d\x20-\x7e]{8,}$/.test(text) && !isWeak(text) && /\d/.test(text);
    });
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/settings/named.js


// What a bundler puts into the page is public whatever it is called.
const IN_PAGE = /NEXT_PUBLIC|VITE_|REACT_APP|java?script|js[-_]?key|EXPO_PUBLIC/i;
/** First match wins; generic rules come after all of these. */
const NAMED_RULES = [
    {
        id: 'aws-secret-access-key',
        title: 'AWS secret access key',
        name: /(aws|amazon|s3|ses|minio)?.{0,20}secret[-_.]?(access[-_.]?)?key$/i,
        value: /^[A-Za-z0-9/+]{40}$/,
        context: /aws|amazon|\b(AKIA|ASIA)[A-Z2-7]{16}|secret_?access_?key/i,
    },
    {
        id: 'azure-storage-key',
        title: 'Azure storage account key',
        name: /account[-_.]?key|storage[-_.]?key|(azure|cosmos).*key/i,
        value: /^[A-Za-z0-9+/]{86}==$/,
    },
    {
        id: 'azure-shared-access-key',
        title: 'Azure shared access key',
        name: /shared[-_.]?access[-_.]?key$/i,
        value: /^[A-Za-z0-9+/]{43}=$/,
    },
    {
        id: 'kis-app-key',
        title: 'Korea Investment & Securities app key',
        // PS and 34 characters; this is what its published samples look like, no specification says so.
        name: /app[-_.]?key|my_app|paper_app|prod_app|kis|appkey|key/i,
        value: /^PS[A-Za-z0-9]{34}$/,
    },
    {
        id: 'kis-app-secret',
        title: 'Korea Investment & Securities app secret',
        name: /app[-_.]?secret|app[-_.]?sec$|my_sec|paper_sec|prod_sec|kis.*sec|sec(ret)?[-_.]?key/i,
        value: /^[A-Za-z0-9+/]{150,200}={0,2}$/,
    },
    {
        id: 'kakao-key',
        title: 'Kakao key',
        name: /kakao.*(key|secret|token|rest|admin)|(rest[-_.]?api|admin)[-_.]?key|client[-_.]?(secret|id)$/i,
        value: /^([0-9a-f]{32}|[A-Za-z0-9]{32})$/,
        context: /kakao/i,
        except: IN_PAGE,
    },
    {
        id: 'naver-client-secret',
        title: 'Naver client secret',
        name: /client[-_.]?secret$|naver.*(secret|key)|x-naver-client-secret/i,
        value: /^[A-Za-z0-9_]{10}$/,
        context: /naver/i,
        except: IN_PAGE,
    },
    {
        id: 'naver-cloud-key',
        title: 'Naver Cloud Platform key',
        name: /(ncp|naver|x-ncp).*(key|secret)/i,
        value: /^[A-Za-z0-9]{40}$/,
        except: /key[-_.]?id$/i,
    },
    {
        id: 'twilio-auth-token',
        title: 'Twilio auth token',
        name: /auth[-_.]?token|api[-_.]?secret|secret/i,
        value: /^([0-9a-f]{32}|[A-Za-z0-9]{32})$/,
        context: /twilio|\bAC[0-9a-f]{32}\b/i,
    },
];
/** The first named rule that the setting fits. `around` is asked only when a rule needs a context. */
function judgeNamed(setting, around) {
    return NAMED_RULES.find((rule) => fits(rule, setting, around));
}
function fits(rule, { name, value }, around) {
    if (!rule.name.test(name) || !rule.value.test(value) || rule.except?.test(name) === true)
        return false;
    if (isPlaceholder(value) || !looksDrawn(value))
        return false;
    return rule.context === undefined || rule.context.test(name) || rule.context.test(around());
}
function looksDrawn(value) {
    if (value.length >= 16)
        return isRandom(value) || value.length >= 80;
    return isVaried(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/settings/generic.js


const PASSWORD = /pass(word|wd|phrase)?s?(?![a-z])|pwd|passw/i;
const HOLDER = /secret|token|credential|api[-_.]?key|app[-_.]?key|access[-_.]?key|auth[-_.]?key|private[-_.]?key|(encryption|signing|master|license|service|session|webhook|admin)[-_.]?key|_pat$/i;
/** Names that end so hold something about the secret, not the secret. */
const ABOUT = /(id|ids|name|names|file|files|path|dir|url|urls|uri|type|types|hint|label|regex|pattern|field|fields|header|param|prefix|suffix|length|len|size|ttl|expiry|expires?(_?(in|at))?|count|limit|policy|policies|placeholder|description|message|error|errors|text|title|status|format|hash|hashed|digest|checksum|version|arn|ref|enabled|disabled|required|env|var|endpoint|algorithm|alg|method|class|locale|kind|role|scope|scopes|index|usage|rule|rules|provider|manager|service|store|audience|issuer|selector|icon|button|input|form|page|prompt|help|fingerprint|sha\d*|md5|etag|integrity|thumbprint|nonce|cursor|marker|position|kid|cache|event|action|state|mode|mapping|map|list|set|schema|symbol|char|chars|charset|alphabet|separator|delimiter)$/i;
const IS_PUBLIC = /public|publishable|anon(ymous)?[-_]?key|next[-_]?(page|token)|page[-_]?token|continuation|csrf|xsrf|pagination|hash|digest|checksum|sha(1|256|512)|cancel|example|sample|dummy|fake|mock|token(izer|ize|s$)|syntax/i;
// Tokens with a checksum, which their own rule has read; and keys of services' test modes.
const DECIDED = /^(gh[pous]|npm)_[A-Za-z0-9]{36}$|^([spr]k|live_[cg]k)_test_|^pk_(live|test)_|^test_g?[sc]k_/;
/** Of a shell; `pwd` in lower case may well be a password. */
const WORKING_FOLDER = /^(OLD)?PWD$/;
const LONGEST_VALUE = 256;
/** Whether a setting with such a name and such a value gives something away. */
function judgeSetting({ name, value }) {
    if (isAbout(name) || IS_PUBLIC.test(name) || WORKING_FOLDER.test(name))
        return undefined;
    if (value.length > LONGEST_VALUE || !/^[\x21-\x7e]+$/.test(value) || isReference(value))
        return undefined;
    if (DECIDED.test(value) || isEncodedText(value))
        return undefined;
    if (HOLDER.test(name))
        return isSecretValue(value) ? 'secret' : undefined;
    if (PASSWORD.test(name))
        return isPasswordValue(value) ? 'password' : undefined;
    return undefined;
}
/** The last word of the name says what it holds: `tokenType`, `secret_name`, `password-hint`. */
function isAbout(name) {
    const words = name
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .split(/[-_.]+/)
        .filter((word) => word !== '');
    const last = words.at(-1) ?? '';
    // `KEY_ID`, but not `apikey`, in which no part stands apart.
    return words.length > 1 && new RegExp(`^${ABOUT.source}`, 'i').test(last);
}
/** What code writes to name a value kept elsewhere: variables, paths, calls, addresses, types. */
function isReference(value) {
    return (/^[$%@&!*<{[(.~/]|[<>{}]|\(\)|=>|::|\\u[0-9a-f]{4}|\s/i.test(value) ||
        /^(https?|wss?|file|data|urn|arn|projects|gs|s3|sm|ssm|vault|op|secret|env|ref|aws|gcp)[:/]/i.test(value) ||
        /^(sha\d+-|sha\d+:|md5:|(\w+:)?\$2[aby]\$|\$argon2|\$apr1|pbkdf2|\{SHA|\{SSHA|bcrypt)/i.test(value) ||
        /^[a-z_$][\w$]*(\.[a-z_$][\w$]*)+(\[.*\])?$/i.test(value) ||
        (/^[\w.-]+\/[\w./-]+$/.test(value) && isWordlike(value) !== false) ||
        /^\/|^\.{1,2}\/|^[\w-]+(\.[\w-]+)*\.(json|ya?ml|txt|pem|key|crt|ts|js|py|env|md|html?|conf|cfg|ini|toml|xml|sh)$/i.test(value) ||
        /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(value));
}
const SHORTEST_SECRET = 16;
/** What is told once decoded: words, or the members of an object, are no key. */
function isEncodedText(value) {
    if (!/^[A-Za-z0-9+/]{10,}={0,2}$/.test(value) || value.length % 4 !== 0)
        return false;
    const text = Buffer.from(value, 'base64').toString('latin1');
    return /^[\x20-\x7e]{8,}$/.test(text) && (/^[[{]| /.test(text) || isWeak(text));
}
function isSecretValue(value) {
    if (value.length < SHORTEST_SECRET || !/^[\w+/=.~:!@#%^*-]+$/.test(value))
        return false;
    return !isWeak(value) && isRandom(value);
}
const SHORTEST_PASSWORD = 8;
function isPasswordValue(value) {
    if (value.length < SHORTEST_PASSWORD || value.length > 128 || isWeak(value))
        return false;
    if (value.length >= SHORTEST_SECRET && isRandom(value))
        return true;
    if (turnsOf(value) < 3 && /^[\w]+(-[\w]+)*$/.test(value) && isWordlike(value) === true)
        return false;
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*?+~=]/].filter((kind) => kind.test(value)).length;
    return kinds >= 3 && /\d/.test(value) && !isPlaceholder(value);
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/settings/setting.js

const LONGEST_NAME = 64;
const setting_LONGEST_VALUE = 600;
const DOT = 0x2e;
/** Reads the setting whose name holds the anchor; undefined where no value stands in the text. */
function readSetting(window) {
    const nameStart = nameStartOf(window);
    const nameEnd = nameEndOf(window);
    const next = byteAt(window, nameEnd);
    // By far the most words are followed by something else: they must not cost more than this.
    if (!CAN_FOLLOW.has(next))
        return undefined;
    const name = textOf(window, nameStart, nameEnd);
    const rest = textOf(window, nameEnd, nameEnd + setting_LONGEST_VALUE);
    const before = textOf(window, nameStart - 12, nameStart);
    const found = findValue(rest, before, { carrier: window.carrier, isOption: /^-/.test(name) });
    if (found === undefined)
        return undefined;
    const start = nameEnd + found.offset;
    return { name, value: found.value, start, end: start + found.length, isQuoted: found.isQuoted };
}
/** After a name: space, quotes, backslash, `:`, `=`, `>`, `]`, `)`, `,`, `?`, tab. */
const CAN_FOLLOW = new Set([
    0x20, 0x22, 0x27, 0x60, 0x5c, 0x3a, 0x3d, 0x3e, 0x5d, 0x29, 0x2c, 0x3f, 0x09,
]);
function nameStartOf(window) {
    let at = window.at;
    while (at > window.at - LONGEST_NAME && isNameByte(byteAt(window, at - 1)))
        at -= 1;
    // `\n` of an escaped text is no part of the name.
    return byteAt(window, at - 1) === 0x5c ? at + 1 : at;
}
function nameEndOf(window) {
    let at = window.at;
    while (at < window.at + LONGEST_NAME && isNameByte(byteAt(window, at)))
        at += 1;
    return at;
}
function isNameByte(byte) {
    return byte === DOT || isWordByte(byte);
}
// After the name: the end of a quoted or indexed name, a type, and what assigns.
const ASSIGNS = /^\\*["'`]?\]?[ \t]*(?:\?|!)?(?::[ \t]*[\w.<>[\] |]{1,40}?[ \t]*=(?![=>])|:=|=>|=(?![=>~])|:(?!:)|,(?=[ \t]*\\*["'`]))[ \t]*(?:\r?\n[ \t]*)?/;
const QUOTED = /^(?:[bru]|rb|br)?(\\*)(["'`])/i;
// A run of what a value may hold, and what must follow it; apart, so that nothing is tried twice.
const BARE = /[^\s"'`<>{}\\]*/y;
const BARE_END = /[ \t]*(?:[\r\n]|\\+n|$)|[ \t]+#/y;
const IN_LINE = /[^\s"'`#,;&|<>(){}[\]\\$]*/y;
const IN_LINE_END = /[&;"'`\s\\]|$/y;
const SHORTEST_VALUE = 8;
const TAG = /^>([^<>\r\n]{8,512})<\//;
const ATTRIBUTE = /^["'][ \t]+value=(["'])([^"'<>\r\n]{8,512})\1/;
const DOCKER = /^[ \t]+([^\s"'=]{8,512})(?=\s|$)/;
function findValue(rest, before, place) {
    const tag = before.endsWith('<') ? TAG.exec(rest) : null;
    if (tag?.[1] !== undefined)
        return plain(tag[1], 1);
    const attribute = ATTRIBUTE.exec(rest);
    if (attribute?.[2] !== undefined)
        return plain(attribute[2], attribute[0].length - attribute[2].length - 1);
    const docker = /(?:^|\n)[ \t]*(?:ENV|ARG)[ \t]+$/i.test(before) ? DOCKER.exec(rest) : null;
    if (docker?.[1] !== undefined)
        return plain(docker[1], docker[0].length - docker[1].length);
    const assigns = ASSIGNS.exec(rest);
    if (assigns === null)
        return undefined;
    const offset = assigns[0].length;
    const tail = rest.slice(offset);
    const quoted = QUOTED.exec(tail);
    if (quoted !== null)
        return quotedValue(tail, quoted, offset);
    // A line break leads to another statement unless quotes follow.
    if (/\n/.test(assigns[0]))
        return undefined;
    return bareValue(tail, {
        offset,
        before,
        ...place,
        isEqual: /=[ \t]*$/.test(assigns[0]),
    });
}
function plain(value, offset) {
    return { value, offset, length: value.length, isQuoted: true };
}
function quotedValue(tail, quoted, offset) {
    const [opening, slashes = '', quote = ''] = quoted;
    const closing = `${slashes}${quote}`;
    const end = tail.indexOf(closing, opening.length);
    if (end === -1)
        return undefined;
    const value = tail.slice(opening.length, end);
    if (/[\r\n]/.test(value))
        return undefined;
    return { value, offset: offset + opening.length, length: value.length, isQuoted: true };
}
/** Without quotes only where files write so: settings files, command lines, queries. */
function bareValue(tail, { offset, before, carrier, isOption, isEqual }) {
    const isInLine = isEqual && (/[?&;"'`]$/.test(before) || /\s-(?:e|-env)[ =]$/.test(before) || isOption);
    if (!isInLine && carrier === 'code')
        return undefined;
    const value = isInLine ? runOf(IN_LINE, IN_LINE_END, tail) : runOf(BARE, BARE_END, tail);
    if (value === undefined || value.length < SHORTEST_VALUE)
        return undefined;
    return { value, offset, length: value.length, isQuoted: false };
}
function runOf(run, end, text) {
    run.lastIndex = 0;
    const value = run.exec(text)?.[0] ?? '';
    end.lastIndex = value.length;
    return end.test(text) ? value.replace(/[;,]+$/, '') : undefined;
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/settings/settings.js





/** Last of all: any surer rule that objects to the same text speaks instead. */
const GENERIC_RULES = [
    { id: 'generic-secret', title: 'Secret in a setting' },
    { id: 'generic-password', title: 'Password in a setting' },
];
// One of these stands in the name of every setting that is read; the name is judged as a whole.
const settings_WORDS = ('password passwd passphrase _pass dbpass pass= pass: pass" pass\' pwd= pwd: pwd" pwd\' _pwd secret ' +
    'token credential apikey api_key api-key api.key appkey app_key app-key accesskey access_key ' +
    'access-key authkey auth_key auth-key privatekey private_key private-key accountkey account_key ' +
    'storagekey storage_key encryption_key encryptionkey signing_key signingkey master_key masterkey ' +
    'license_key session_key service_key servicekey webhook_key admin_key adminkey rest_key _pat= my_app ' +
    'my_sec paper_app paper_sec prod_app prod_sec app_sec kakao naver kis_ x-ncp- client_id client-id ' +
    'clientid').split(' ');
const CONTEXT_BYTES = 400;
/** Settings such as `password = …`, in files of every kind; silent inside programs and archives. */
const SETTING_DETECTOR = {
    anchors: settings_WORDS.map((text) => ({ text, ignoreCase: true })),
    find: findSetting,
};
function findSetting(window) {
    if (window.isBinary)
        return undefined;
    const setting = readSetting(window);
    if (setting === undefined)
        return undefined;
    const { start, end, value } = setting;
    // Without the value: chance may have put any three letters into it.
    const around = () => `${textOf(window, start - CONTEXT_BYTES, start)} ${textOf(window, end, end + CONTEXT_BYTES)}`;
    const rule = judgeNamed(setting, around)?.id ?? genericRule(judgeSetting(setting));
    if (rule === undefined ||
        isBadge(window, start) ||
        isInBinary(window, start, end) ||
        isKnownTestValue(value))
        return undefined;
    return { rule, start, end };
}
/** Pictures in a README, which anybody may fetch. */
function isBadge(window, start) {
    return /badge|\.svg\?/.test(textOf(window, start - 120, start));
}
function genericRule(verdict) {
    return verdict === undefined ? undefined : `generic-${verdict}`;
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/settings/url.js



/** Passwords inside addresses. */
const URL_RULES = [
    { id: 'database-url-password', title: 'Password in a database address' },
    { id: 'url-password', title: 'Password in a URL' },
];
const BEFORE_SLASHES = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LONGEST_USER_INFO = 256;
const LONGEST_SCHEME = 32;
const DATABASES = /^(jdbc:)?(postgres(ql)?|pgsql|mysql[x2]?|mariadb|mongodb|rediss?|valkeys?|amqps?|mssql|sqlserver|oracle|clickhouses?|cockroachdb|neo4j(\+s+c?)?|bolt(\+s+c?)?|cassandra|couchbases?|influxdb|db2|snowflake|trino|presto|timescaledb|elasticsearch)(\+[\w+]+)?$/i;
const OTHERS = /^(git\+)?(https?|s?ftps?|ssh|smtps?|imaps?|ldaps?|nats|tls|mqtts?|wss?|socks[45]h?|cloudinary|sentry|kafka|svn|git|webdavs?|rtsps?|proxy)$/i;
/** The anchor ends in `://`; most addresses hold no `@` before the next slash and cost a few bytes. */
const URL_DETECTOR = {
    anchors: [...BEFORE_SLASHES].map((character) => ({ text: `${character}://`, ignoreCase: true })),
    find: findPassword,
};
function findPassword(window) {
    const start = window.at + 4;
    const at = lastAtSign(window, start);
    if (at === -1)
        return undefined;
    const userInfo = textOf(window, start, at);
    const colon = userInfo.indexOf(':');
    if (colon === -1)
        return undefined;
    const scheme = schemeBefore(window);
    const isDatabase = DATABASES.test(scheme);
    if (!isDatabase && !OTHERS.test(scheme))
        return undefined;
    const user = userInfo.slice(0, colon);
    const password = unescapeUrl(userInfo.slice(colon + 1));
    const host = /^[\w.-]*/.exec(textOf(window, at + 1, at + 128))?.[0] ?? '';
    if (isHarmlessHost(host, isDatabase) || isHarmlessPassword(password, user))
        return undefined;
    return {
        rule: isDatabase ? 'database-url-password' : 'url-password',
        start: start + colon + 1,
        end: at,
    };
}
/** The last `@` before the address goes on or ends; a password may hold one itself. */
function lastAtSign(window, start) {
    let last = -1;
    for (let at = start; at < start + LONGEST_USER_INFO; at++) {
        const byte = byteAt(window, at);
        if (byte === 0x40)
            last = at;
        else if (isEnd(byte))
            break;
    }
    return last;
}
/** Space and below, quotes, brackets, slash, backslash, question mark, pipe, and what is no ASCII. */
function isEnd(byte) {
    if (byte <= 0x20 || byte >= 0x7f)
        return true;
    return (byte === 0x2f ||
        byte === 0x22 ||
        byte === 0x27 ||
        byte === 0x60 ||
        byte === 0x3c ||
        byte === 0x3e ||
        byte === 0x5c ||
        byte === 0x3f ||
        byte === 0x7c);
}
function schemeBefore(window) {
    const text = textOf(window, window.at + 1 - LONGEST_SCHEME, window.at + 1);
    return /[a-z][a-z0-9+.:-]*$/i.exec(text)?.[0].replace(/^.*[:.](?=[a-z])(?<!jdbc:)/i, '') ?? '';
}
function unescapeUrl(text) {
    return text.replace(/%([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
// Names that RFC 2606 and 6761 keep for examples, and words that stand for a name.
const EXAMPLE_HOST = /(^|\.)(example(\.\w+)?|test|invalid)$|^(host(name)?|server|your[\w.-]*|my[-_]?(host|server|domain)[\w.]*|domain(\.\w+)?|foo[\w.]*|dummy[\w.]*|fake[\w.]*|bar[\w.]*|some[\w.-]*|proxy|ip|address|site(\.\w+)?)$/i;
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|0\.0\.0\.0)?$/i;
function isHarmlessHost(host, isDatabase) {
    if (EXAMPLE_HOST.test(host))
        return true;
    // A database of this machine may be reached from elsewhere by the same password.
    return !isDatabase && THIS_MACHINE.test(host);
}
const url_SHORTEST_PASSWORD = 6;
// Single signs may well stand in a password.
const TEMPLATE = /\s|\$[{(A-Za-z_]|\{[\w.$]*\}?|%[sdvp]|%\(|\[[\w-]+\]|\*{2}/;
function isHarmlessPassword(password, user) {
    if (password.length < url_SHORTEST_PASSWORD || TEMPLATE.test(password))
        return true;
    if (password.toLowerCase() === user.toLowerCase() || isWeak(password))
        return true;
    // A word, perhaps with a number behind it: what a manual or a test writes.
    const words = password.replace(/[-_.!]?\d{1,4}$/, '');
    if (!/^[a-z_.-]+$/i.test(words))
        return false;
    return isWordlike(words) !== false || !/[a-z].*[A-Z].*[a-z]|[A-Z].*[a-z].*[A-Z]/.test(words);
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./lib/image/gate/rules/values/checksum.js

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_CHARACTERS = 6;
/**
 * GitHub's and npm's tokens end in the CRC-32 of what stands between prefix and checksum, in base 62
 * (github.blog, 2021-04-05 and 2021-09-23; checked with published revoked tokens).
 */
function hasTokenChecksum(body) {
    const checksum = body.slice(-CHECKSUM_CHARACTERS);
    return checksum === inBase62((0,external_node_zlib_.crc32)(body.slice(0, -CHECKSUM_CHARACTERS)));
}
function inBase62(number) {
    let rest = number;
    let text = '';
    while (rest > 0) {
        text = `${DIGITS[rest % 62]}${text}`;
        rest = Math.floor(rest / 62);
    }
    return text.padStart(CHECKSUM_CHARACTERS, '0');
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/tokens/code-hosts.js

/** GitHub, GitLab, package registries and what builds and ships code. */
const CODE_HOST_TOKENS = [
    {
        id: 'github-token',
        title: 'GitHub token',
        anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
        pattern: /gh[pousr]_([A-Za-z0-9]{36})(?![\w-])/y,
        accepts: hasTokenChecksum,
    },
    {
        id: 'github-token',
        title: 'GitHub token',
        // Refresh tokens, and installation tokens that hold a JWT: no checksum is known for them.
        anchors: ['ghr_', 'ghs_'],
        pattern: /gh[rs]_([A-Za-z0-9]{70,80}|\d+_eyJ[\w.-]{60,1000})(?![\w-])/y,
        longest: 1_100,
    },
    {
        id: 'github-token',
        title: 'GitHub token',
        anchors: ['github_pat_'],
        pattern: /github_pat_([A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![\w-])/y,
    },
    {
        id: 'gitlab-token',
        title: 'GitLab token',
        anchors: [
            ...[
                'glpat-',
                'gldt-',
                'glrt-',
                'glft-',
                'glimt-',
                'glagent-',
                'glsoat-',
                'gloas-',
                'glffct-',
            ],
            ...['glptt-', 'glcbt-'],
        ],
        pattern: /gl[a-z]{2,5}-((?:t\d_)?[\w-]{20,300}(?:\.[0-9a-z]{2}\.?[0-9a-z]{7,9})?)/y,
    },
    {
        id: 'gitlab-token',
        title: 'GitLab runner registration token',
        anchors: ['GR1348941'],
        pattern: /GR1348941([\w-]{20})(?![\w-])/y,
    },
    {
        id: 'npm-token',
        title: 'npm token',
        anchors: ['npm_'],
        pattern: /npm_([A-Za-z0-9]{36})(?![\w-])/y,
        accepts: (random) => hasTokenChecksum(random) || hasTokenChecksum(`npm_${random}`),
    },
    {
        id: 'pypi-token',
        title: 'PyPI token',
        // The macaroon begins with its location: the index itself, or the one for tests.
        anchors: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'],
        pattern: /pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)([\w-]{50,1000})/y,
        longest: 1_200,
    },
    {
        id: 'docker-hub-token',
        title: 'Docker Hub token',
        anchors: ['dckr_pat_', 'dckr_oat_'],
        pattern: /dckr_[po]at_([\w-]{27,32})(?![\w-])/y,
    },
    {
        id: 'terraform-cloud-token',
        title: 'Terraform Cloud token',
        anchors: ['.atlasv1.'],
        lead: 14,
        pattern: /[A-Za-z0-9]{14}\.atlasv1\.([\w-]{60,70})(?![\w-])/y,
    },
    {
        id: 'rubygems-token',
        title: 'RubyGems token',
        anchors: ['rubygems_'],
        pattern: /rubygems_([a-f0-9]{48})(?![\w-])/y,
    },
    {
        id: 'nuget-token',
        title: 'NuGet key',
        anchors: [
            'oy2a',
            'oy2b',
            'oy2c',
            'oy2d',
            'oy2e',
            'oy2f',
            'oy2g',
            'oy2h',
            'oy2i',
            'oy2j',
            'oy2k',
        ],
        pattern: /(oy2[a-z2-7]{43})(?![\w-])/y,
    },
    {
        id: 'crates-token',
        title: 'crates.io token',
        anchors: ['=cio', ' cio', '"cio', "'cio", ':cio'],
        lead: -1,
        pattern: /cio([A-Za-z0-9]{32})(?![\w-])/y,
        accepts: (random) => /\d/.test(random) && /[A-Z]/.test(random),
    },
];

;// CONCATENATED MODULE: ./lib/image/gate/rules/tokens/credentials.js






/** Credential files that are known by their members, and tokens that can be read. */
const CREDENTIAL_RULES = [
    { id: 'google-user-credentials', title: 'Google user credentials (gcloud login)' },
    {
        id: 'google-workload-identity-credentials',
        title: 'Workload identity credentials with a token',
    },
    { id: 'json-web-key', title: 'Private JSON web key' },
    { id: 'json-web-token', title: 'JSON web token' },
];
const AROUND_BYTES = 3_072;
const credentials_REST_BYTES = 1_024;
/** Looks for the secret member in the same object or file, before and behind the anchor. */
function aroundDetector({ anchors, rule, pattern }) {
    return {
        anchors: literals(...anchors),
        find: (window) => {
            const start = Math.max(window.from, window.at - AROUND_BYTES);
            const text = objectAround(window, start);
            const found = pattern.exec(text.content);
            const secret = found?.[1];
            if (found === null || secret === undefined || isPlaceholder(secret) || !isVaried(secret)) {
                return { restUntil: window.at + credentials_REST_BYTES };
            }
            if (isKnownTestValue(secret))
                return undefined;
            const at = text.start + found.index;
            const end = Math.max(window.at, at + found[0].length);
            return { rule, start: text.start, end, at };
        },
    };
}
/** From the brace that opens before the anchor to the last that closes behind it, as far as seen. */
function objectAround(window, start) {
    const text = textOf(window, start, window.at + AROUND_BYTES);
    const open = text.lastIndexOf('{', window.at - start);
    const first = Math.max(open, 0);
    return { content: text.slice(first), start: start + first };
}
/** gcloud's own file, the one google-github-actions/auth writes, and private keys as JSON. */
const CREDENTIAL_DETECTORS = [
    aroundDetector({
        anchors: ['authorized_user'],
        rule: 'google-user-credentials',
        pattern: /refresh_token\\*["']?\s*[:=]\s*\\*["']([\w/.~+-]{30,512})/,
    }),
    aroundDetector({
        anchors: ['external_account'],
        rule: 'google-workload-identity-credentials',
        pattern: /authorization\\*["']?\s*[:=]\s*\\*["']bearer ([\w.~+/=-]{20,4096})/i,
    }),
    aroundDetector({
        anchors: ['"kty"', 'kty\\"', "'kty'"],
        rule: 'json-web-key',
        pattern: /\\*["']d\\*["']\s*:\s*\\*["']([\w-]{40,1024})\\*["']/,
    }),
    { anchors: literals(...tokenStarts()), find: findToken },
];
/** `{"` and the first member's name, as every library writes a header. */
function tokenStarts() {
    const names = [
        'alg"',
        'typ"',
        'kid"',
        'cty"',
        'enc"',
        'jku"',
        'jwk"',
        'x5t"',
        'x5c"',
        'x5u"',
        'zip"',
    ];
    const encode = (text) => Buffer.from(text).toString('base64').slice(0, 8);
    return [...names.map((name) => encode(`{"${name}`)), encode('{ "alg'), encode('{\n  "a')];
}
const LONGEST_TOKEN = 10_240;
const TOKEN = /([\w-]{16,2048})\.([\w-]{8,8192})\.([\w-]{20,1024})(?![\w-])/y;
function findToken(window) {
    if (/[\w.-]/.test(textOf(window, window.at - 1, window.at)) && !isEscape(window))
        return undefined;
    TOKEN.lastIndex = 0;
    const found = TOKEN.exec(textOf(window, window.at, window.at + LONGEST_TOKEN));
    if (found === null)
        return undefined;
    const [token, head = '', payload = '', signature = ''] = found;
    const header = decodeJson(head);
    const claims = decodeJson(payload);
    if (header === undefined || claims === undefined)
        return undefined;
    if (typeof header['alg'] !== 'string' || /^none$/i.test(header['alg']))
        return undefined;
    if (!isVaried(signature) || isPlaceholder(signature) || isHarmless(claims))
        return undefined;
    if (isSignedByManual(token, header['alg']) || isKnownTestValue(token))
        return undefined;
    return { rule: 'json-web-token', start: window.at, end: window.at + token.length };
}
function isEscape(window) {
    return /(\\[nrt]|%3D|%20)$/i.test(textOf(window, window.at - 3, window.at));
}
/**
 * The token that jwt.io and hundreds of manuals show, those of example.com, and Supabase's `anon` key, which is made to be
 * shipped to browsers.
 */
function isHarmless(claims) {
    if (claims['sub'] === '1234567890' || claims['role'] === 'anon')
        return true;
    return /example\.(com|org|net)|fake|dummy/.test(JSON.stringify(claims));
}
// What READMEs and tests sign with: such a token opens nothing that anybody should have behind it.
const PRINTED_KEYS = [
    'secret',
    'your-256-bit-secret',
    'key',
    'test',
    'shhhhh',
    'password',
    'my-secret',
    'hello',
    'foo',
];
const HASHES = {
    HS256: 'sha256',
    HS384: 'sha384',
    HS512: 'sha512',
};
function isSignedByManual(token, algorithm) {
    const hash = HASHES[algorithm];
    if (hash === undefined)
        return false;
    const end = token.lastIndexOf('.');
    const signature = token.slice(end + 1);
    return PRINTED_KEYS.some((key) => (0,external_node_crypto_.createHmac)(hash, key).update(token.slice(0, end)).digest('base64url') === signature);
}
function decodeJson(part) {
    try {
        const value = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return undefined;
        return Object.fromEntries(Object.entries(value));
    }
    catch {
        // Not a token then: text may begin like one.
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/tokens/google.js
/** Google's keys and tokens that carry their own prefix. */
const GOOGLE_TOKENS = [
    {
        id: 'google-api-key',
        title: 'Google API key',
        anchors: ['AIza'],
        pattern: /AIza([\w-]{35})(?![\w-])/y,
    },
    {
        id: 'google-api-key',
        title: 'Google API key',
        anchors: ['AQ.Ab'],
        pattern: /AQ\.Ab([\w-]{40,80})(?![\w-])/y,
    },
    {
        id: 'google-oauth-client-secret',
        title: 'Google OAuth client secret',
        anchors: ['GOCSPX-'],
        pattern: /GOCSPX-([\w-]{28})(?![\w-])/y,
    },
    {
        id: 'google-oauth-access-token',
        title: 'Google OAuth access token',
        anchors: ['ya29.'],
        pattern: /ya29\.([\w-]{40,2000})/y,
        longest: 2_100,
    },
    {
        id: 'google-oauth-refresh-token',
        title: 'Google OAuth refresh token',
        anchors: ['1//0'],
        pattern: /1\/\/0([\w-]{40,250})(?![\w-])/y,
    },
    {
        id: 'google-storage-hmac-key',
        title: 'Cloud Storage HMAC key',
        // The access id alone opens nothing.
        anchors: ['GOOG1E', 'GOOG'],
        pattern: /GOOG(?:1E[A-Z2-7]{55}|[A-Z0-9]{20})[\s\S]{1,120}?(?<![\w/+])([A-Za-z0-9/+]{40})(?![\w/+=])/y,
    },
    {
        id: 'firebase-server-key',
        title: 'Firebase Cloud Messaging server key',
        anchors: [':APA91b'],
        lead: 11,
        pattern: /AAAA[\w-]{7}:APA91b([\w-]{134})(?![\w-])/y,
    },
];

;// CONCATENATED MODULE: ./lib/image/gate/rules/tokens/services.js
const HEX = '0123456789abcdef';
const ALPHANUMERICS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const WORD = `${ALPHANUMERICS}_-`;
function each(prefix, characters) {
    return [...characters].map((character) => `${prefix}${character}`);
}
/** Messaging, payment and mail services. */
const SERVICE_TOKENS = [
    {
        id: 'slack-token',
        title: 'Slack token',
        anchors: [
            'xoxb-',
            'xoxp-',
            'xoxa-',
            'xoxe-',
            'xoxe.',
            'xoxs-',
            'xoxr-',
            'xoxo-',
            'xoxc-',
            'xoxd-',
        ],
        alphabet: 16,
        pattern: /xox(?:e\.xox[bp]-|[a-z]-)([\w%-]{20,400})/y,
        accepts: (random) => /\d{6}/.test(random) || (/\d/.test(random) && random.length >= 40),
    },
    {
        id: 'slack-token',
        title: 'Slack app token',
        anchors: ['xapp-'],
        pattern: /xapp-\d-[A-Z0-9]{8,14}-\d{8,15}-([a-f0-9]{40,80})(?![\w-])/y,
    },
    {
        id: 'slack-webhook',
        title: 'Slack webhook',
        anchors: ['hooks.slack.com/'],
        pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?:T?[A-Z0-9]{8,14}\/B?[A-Z0-9]{8,14}\/|T[A-Z0-9]{8,14}\/\d{10,20}\/)([A-Za-z0-9]{20,64})/y,
    },
    {
        id: 'stripe-key',
        title: 'Stripe live key',
        anchors: ['sk_live_', 'rk_live_'],
        pattern: /[sr]k_live_([A-Za-z0-9]{24,250})(?![\w-])/y,
    },
    {
        id: 'stripe-webhook-secret',
        title: 'Stripe webhook secret',
        anchors: ['whsec_'],
        pattern: /whsec_([A-Za-z0-9+/]{32,64})(?![\w-])/y,
    },
    {
        id: 'telegram-bot-token',
        title: 'Telegram bot token',
        // The number before the colon has 8 to 10 digits; it is looked for backwards.
        anchors: Array.from({ length: 100 }, (_, number) => `${String(number).padStart(2, '0')}:A`),
        lead: -2,
        isInner: true,
        pattern: /:(AA[\w-]{33})(?![\w-])/y,
        accepts: (_, __, { bytes, at, from }) => /(?<![\w])\d{6,8}$/.test(bytes.toString('latin1', Math.max(from, at - 10), at)),
    },
    {
        id: 'discord-bot-token',
        title: 'Discord bot token',
        // The first part is the bot's number in base64, so it begins with three digits in base64.
        anchors: Array.from({ length: 900 }, (_, index) => Buffer.from(String(index + 100)).toString('base64')),
        pattern: /([MNO][A-Za-z0-9]{22,27}\.[\w-]{6}\.[\w-]{27,38})(?![\w-])/y,
        accepts: (random) => /^\d{17,20}$/.test(Buffer.from(random.split('.')[0] ?? '', 'base64').toString('latin1')),
    },
    {
        id: 'discord-webhook',
        title: 'Discord webhook',
        anchors: ['/api/webhooks/'],
        isInner: true,
        pattern: /\/api\/webhooks\/\d{17,20}\/([\w-]{60,80})(?![\w-])/y,
    },
    {
        id: 'sendgrid-key',
        title: 'SendGrid key',
        anchors: each('SG.', WORD),
        pattern: /SG\.([\w-]{22}\.[\w-]{43})(?![\w-])/y,
    },
    {
        id: 'twilio-api-key',
        title: 'Twilio API key',
        anchors: [...HEX].flatMap((first) => each(`SK${first}`, HEX)),
        pattern: /SK([0-9a-f]{32})(?![\w-])/y,
        // SK and a hash may stand anywhere.
        accepts: (_, __, { bytes, at, from, to }) => /twilio/i.test(bytes.toString('latin1', Math.max(from, at - 400), Math.min(to, at + 400))),
    },
    {
        id: 'huggingface-token',
        title: 'Hugging Face token',
        anchors: each('hf_', ALPHANUMERICS),
        pattern: /hf_([A-Za-z0-9]{34})(?![\w-])/y,
    },
    {
        id: 'huggingface-token',
        title: 'Hugging Face token',
        anchors: ['api_org_'],
        pattern: /api_org_([A-Za-z]{34})(?![\w-])/y,
    },
    {
        id: 'openai-key',
        title: 'OpenAI key',
        anchors: ['sk-proj-', 'sk-svcacct-', 'sk-service-', 'sk-admin-', 'sk-None-'],
        pattern: /sk-(?:proj|svcacct|service|admin|None)-([\w-]{20,120}T3BlbkFJ[\w-]{20,120})(?![\w-])/y,
    },
    {
        id: 'openai-key',
        title: 'OpenAI key',
        anchors: ['T3BlbkFJ'],
        lead: 23,
        pattern: /sk-([A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})(?![\w-])/y,
    },
    {
        id: 'anthropic-key',
        title: 'Anthropic key',
        anchors: ['sk-ant-'],
        pattern: /sk-ant-[a-z]{3,10}\d{2}-([\w-]{80,120}AA)(?![\w-])/y,
    },
    {
        id: 'toss-payments-key',
        title: 'Toss Payments live key',
        anchors: ['live_sk_', 'live_gsk_'],
        pattern: /live_g?sk_([A-Za-z0-9]{24,64})(?![\w-])/y,
    },
];

;// CONCATENATED MODULE: ./lib/image/gate/rules/tokens/token-rule.js





const LONGEST = 512;
/** The detector of one such rule: boundaries, variety and placeholders are its business. */
function tokenDetector(rule) {
    return { anchors: literals(...rule.anchors), find: (window) => token_rule_findToken(rule, window) };
}
function token_rule_findToken(rule, window) {
    const start = window.at - (rule.lead ?? 0);
    if (rule.isInner !== true && !isStart(window, start))
        return undefined;
    const text = textOf(window, start, start + (rule.longest ?? LONGEST));
    rule.pattern.lastIndex = 0;
    const found = rule.pattern.exec(text);
    if (found === null)
        return undefined;
    const [token, random = token] = found;
    if (!isVaried(random, rule.alphabet ?? alphabetOf(random)) || isPlaceholder(random))
        return undefined;
    if (rule.accepts?.(random, token, window) === false || isKnownTestValue(token))
        return undefined;
    return { rule: rule.id, start, end: start + token.length };
}
/** How many characters it was drawn from, as far as the token itself shows it. */
function alphabetOf(text) {
    if (/^[0-9a-f_.-]+$/i.test(text))
        return /[a-f]/i.test(text) ? 16 : 10;
    const kinds = [
        [/\d/, 10],
        [/[a-z]/, 26],
        [/[A-Z]/, 26],
    ];
    return kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0);
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/tokens/vendors.js
// Prefix, vendor, and the rest of the token as a pattern: each of them is enough by itself.
const ROWS = [
    ['dop_v1_', 'DigitalOcean token', '[a-f0-9]{64}'],
    ['doo_v1_', 'DigitalOcean token', '[a-f0-9]{64}'],
    ['dor_v1_', 'DigitalOcean token', '[a-f0-9]{64}'],
    ['ABSKQmVkcm9ja0FQSUtleS', 'Amazon Bedrock key', '[A-Za-z0-9+/]{90,260}'],
    ['LTAI', 'Alibaba Cloud access key', '5t[A-Za-z0-9]{18}'],
    ['AGE-SECRET-KEY-1', 'age secret key', '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'],
    ['hvs.', 'HashiCorp Vault token', '[\\w-]{90,120}'],
    ['hvb.', 'HashiCorp Vault batch token', '[\\w-]{138,300}'],
    ['pul-', 'Pulumi token', '[a-f0-9]{40}'],
    ['dapi', 'Databricks token', '[a-f0-9]{32}'],
    ['glsa_', 'Grafana service account token', '[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}'],
    ['glc_eyJ', 'Grafana Cloud token', '[A-Za-z0-9+/]{50,400}'],
    ['sntrys_', 'Sentry organization token', 'eyJ[A-Za-z0-9+/=]{60,500}_[A-Za-z0-9+/]{43}'],
    ['sntryu_', 'Sentry user token', '[a-f0-9]{64}'],
    ['lin_api_', 'Linear key', '[A-Za-z0-9]{40}'],
    ['ntn_', 'Notion token', '[0-9]{11}[A-Za-z0-9]{35}'],
    ['figd_', 'Figma token', '[\\w-]{40,200}'],
    ['shpat_', 'Shopify token', '[a-fA-F0-9]{32}'],
    ['shpca_', 'Shopify token', '[a-fA-F0-9]{32}'],
    ['shppa_', 'Shopify token', '[a-fA-F0-9]{32}'],
    ['shpss_', 'Shopify shared secret', '[a-fA-F0-9]{32}'],
    ['gsk_', 'Groq key', '[A-Za-z0-9]{52}'],
    ['xai-', 'xAI key', '[A-Za-z0-9]{80}'],
    ['pplx-', 'Perplexity key', '[A-Za-z0-9]{48}'],
    ['sk-or-v1-', 'OpenRouter key', '[a-f0-9]{64}'],
    ['r8_', 'Replicate token', '[A-Za-z0-9]{37}'],
    ['lsv2_pt_', 'LangSmith key', '[a-f0-9]{32}_[a-f0-9]{10}'],
    ['lsv2_sk_', 'LangSmith key', '[a-f0-9]{32}_[a-f0-9]{10}'],
    ['pcsk_', 'Pinecone key', '[A-Za-z0-9]{5,6}_[A-Za-z0-9]{63}'],
    ['sbp_', 'Supabase token', '[a-f0-9]{40}'],
    ['sb_secret_', 'Supabase secret key', '[\\w-]{31,40}'],
    ['vcp_', 'Vercel token', '[A-Za-z0-9]{20,60}'],
    ['cfut_', 'Cloudflare token', '[A-Za-z0-9]{40}[0-9a-f]{8}'],
    ['cfat_', 'Cloudflare token', '[A-Za-z0-9]{40}[0-9a-f]{8}'],
    ['v1.0-', 'Cloudflare origin key', '[a-f0-9]{24}-[a-f0-9]{146}'],
    ['pscale_tkn_', 'PlanetScale token', '[\\w.-]{32,64}'],
    ['pscale_pw_', 'PlanetScale password', '[\\w.-]{32,64}'],
    ['PMAK-', 'Postman key', '[a-f0-9]{24}-[a-f0-9]{34}'],
    ['NRAK-', 'New Relic key', '[A-Z0-9]{27}'],
    ['xkeysib-', 'Brevo key', '[a-f0-9]{64}-[A-Za-z0-9]{16}'],
    ['ATATT3', 'Atlassian token', '[\\w=-]{150,250}'],
    ['ATBB', 'Bitbucket app password', '[A-Za-z0-9]{24}[A-F0-9]{8}'],
    ['dp.pt.', 'Doppler token', '[A-Za-z0-9]{43}'],
    ['dp.st.', 'Doppler token', '(?:[\\w-]{2,35}\\.)?[A-Za-z0-9]{40,44}'],
    ['tskey-', 'Tailscale key', '[a-z]{2,20}-[A-Za-z0-9]{8,40}-[A-Za-z0-9]{16,60}'],
    ['fm2_', 'Fly.io token', '[A-Za-z0-9+/]{100,400}'],
    ['sq0csp-', 'Square secret', '[\\w-]{43}'],
    ['EZAK', 'EasyPost key', '[A-Za-z0-9]{54}'],
    ['dt0c01.', 'Dynatrace token', '[A-Z0-9]{24}\\.[A-Z0-9]{64}'],
    ['ops_eyJ', '1Password service account token', '[A-Za-z0-9+/_-]{250,500}'],
    ['bkua_', 'Buildkite token', '[a-f0-9]{40}'],
    ['CCIPAT_', 'CircleCI token', '[A-Za-z0-9]{22}_[a-f0-9]{40}'],
    ['sha256~', 'OpenShift token', '[\\w-]{43}'],
    ['sk.eyJ', 'Mapbox secret token', '[\\w-]{60,120}\\.[\\w-]{22}'],
    ['EAACEdEose0cBA', 'Facebook token', '[A-Za-z0-9]{20,250}'],
    ['ncp_iam_', 'Naver Cloud Platform key', '[A-Za-z0-9]{20,60}'],
];
/** Tokens of other vendors, one shape each. */
const VENDOR_TOKENS = ROWS.map(([prefix, vendor, shape]) => ({
    id: `${vendor.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`,
    title: vendor,
    anchors: anchorsOf(prefix),
    pattern: new RegExp(`${prefix.replaceAll('.', '\\.')}(${shape})(?![\\w-])`, 'y'),
    longest: 700,
}));
/** Three characters are too few to look for; what follows them is a letter or a digit. */
function anchorsOf(prefix) {
    if (prefix.length > 3)
        return [prefix];
    const next = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    return [...next].map((character) => `${prefix}${character}`);
}

;// CONCATENATED MODULE: ./lib/image/gate/rules/catalog.js












const TOKENS = [...GOOGLE_TOKENS, ...CODE_HOST_TOKENS, ...SERVICE_TOKENS, ...VENDOR_TOKENS];
/** Every rule there is; where two object to the same text, the earlier one speaks. */
const RULES = [
    ...PRIVATE_KEY_RULES,
    ...CREDENTIAL_RULES,
    ...TOKENS,
    ...NAMED_RULES,
    ...FILE_RULES,
    ...URL_RULES,
    ...GENERIC_RULES,
];
/** What also looks into what an encoded text holds: there, only what needs no context counts. */
const INNER_DETECTORS = [
    PRIVATE_KEY_DETECTOR,
    ...CREDENTIAL_DETECTORS,
    ENCODED_DETECTOR,
];
const DETECTORS = [
    ...INNER_DETECTORS,
    PUTTY_DETECTOR,
    ...TOKENS.map(tokenDetector),
    ...FILE_DETECTORS,
    URL_DETECTOR,
    SETTING_DETECTOR,
];
const RANKS = new Map([...RULES].reverse().map(({ id }, index) => [id, RULES.length - 1 - index]));
const TITLES = new Map([...RULES].reverse().map(({ id, title }) => [id, title]));
/** Lower speaks first. */
function rankOf(rule) {
    return RANKS.get(rule) ?? RULES.length;
}
function titleOf(rule) {
    return TITLES.get(rule) ?? rule;
}

;// CONCATENATED MODULE: ./lib/image/gate/scan/allow-comment.js
const MARK = 'secret-scan:allow';
const NEWLINE = 0x0a;
const REASON = /^[ \t:-]*[^\s*/>"'`)}\]<-][^\n]{2,}/;
/** Looks for `secret-scan:allow <reason>` on the line that holds `at` and on the one above. */
function allowanceAt({ bytes, from, to }, at) {
    const lineStart = startOfLine(bytes, at, from);
    const aboveStart = lineStart > from ? startOfLine(bytes, lineStart - 1, from) : lineStart;
    const newline = bytes.subarray(at, to).indexOf(NEWLINE);
    const lines = bytes.toString('latin1', aboveStart, newline === -1 ? to : at + newline);
    const mark = lines.lastIndexOf(MARK);
    if (mark === -1)
        return 'none';
    const rest = (lines.slice(mark + MARK.length).split('\n')[0] ?? '').replace(/(\*\/|-->|#\})?\s*$/, '');
    return REASON.test(rest) ? 'allowed' : 'without reason';
}
function startOfLine(bytes, at, from) {
    let start = at;
    while (start > from && bytes[start - 1] !== NEWLINE)
        start -= 1;
    return start;
}

;// CONCATENATED MODULE: ./lib/image/gate/scan/literals.js
/** Hands hits on by place, and by literal where two begin at the same one. */
class OrderedHits {
    #visit;
    #waiting = [];
    constructor(visit) {
        this.#visit = visit;
    }
    add(index, at) {
        let place = this.#waiting.length;
        for (; place > 0; place--) {
            const before = this.#waiting[place - 1];
            if (before === undefined || before.at < at || (before.at === at && before.index < index))
                break;
        }
        this.#waiting.splice(place, 0, { index, at });
    }
    passOn(before) {
        while ((this.#waiting[0]?.at ?? before) < before) {
            const first = this.#waiting.shift();
            if (first !== undefined)
                this.#visit(first.index, first.at);
        }
    }
}
/** Each literal is told by so many of its bytes in a row; their last pair stops the search. */
const KEY_BYTES = 4;
const LONGEST_JUMP = KEY_BYTES - 1;
const HASH_BITS = 15;
/**
 * Finds thousands of literals in one pass over bytes: where a pair of bytes occurs in no literal's key,
 * the search jumps over it (Wu and Manber), so most bytes are looked at once or never.
 */
class LiteralSearch {
    #jumps = new Uint8Array(0x1_00_00).fill(LONGEST_JUMP);
    #heads = new Uint16Array(1 << HASH_BITS);
    #entries = [];
    #longest = KEY_BYTES;
    constructor(literals) {
        literals.forEach((literal, index) => {
            this.#add(literal, index);
        });
    }
    /** Calls `visit` for every literal that begins in [from, to), in order of position. */
    each(bytes, { from, to }, visit) {
        const jumps = this.#jumps;
        const heads = this.#heads;
        const end = Math.min(to + this.#longest, bytes.length);
        const hits = new OrderedHits(visit);
        let last = from + LONGEST_JUMP;
        while (last < end) {
            const jump = jumps[((bytes[last - 1] ?? 0) << 8) | (bytes[last] ?? 0)] ?? 1;
            if (jump > 0) {
                last += jump;
                continue;
            }
            const at = last - LONGEST_JUMP;
            const head = heads[hashAt(bytes, at)] ?? 0;
            if (head !== 0) {
                // Keys lie at different places of their literals: only these can no longer be overtaken.
                hits.passOn(at - this.#longest);
                this.#verify(bytes, { at, head, from, to }, hits);
            }
            last += 1;
        }
        hits.passOn(end);
    }
    #verify(bytes, { at, head, from, to }, hits) {
        let entry = this.#entries[head - 1];
        while (entry !== undefined) {
            const start = at - entry.keyAt;
            const isInside = start >= from && start < to;
            if (isInside && isAt(bytes, start, entry))
                hits.add(entry.index, start);
            entry = this.#entries[entry.next - 1];
        }
    }
    #add({ text, ignoreCase = false }, index) {
        const bytes = Buffer.from(ignoreCase ? text.toLowerCase() : text, 'latin1');
        if (bytes.length < KEY_BYTES)
            throw new Error(`"${text}" is too short to be searched for`);
        const keyAt = rarestKeyIn(bytes);
        const hash = hashAt(bytes, keyAt);
        this.#longest = Math.max(this.#longest, bytes.length);
        this.#entries.push({ bytes, keyAt, ignoreCase, index, next: this.#heads[hash] ?? 0 });
        this.#heads[hash] = this.#entries.length;
        for (let place = 0; place < LONGEST_JUMP; place++) {
            for (const first of casesOf(bytes[keyAt + place] ?? 0, ignoreCase)) {
                for (const second of casesOf(bytes[keyAt + place + 1] ?? 0, ignoreCase)) {
                    const pair = (first << 8) | second;
                    const jump = LONGEST_JUMP - 1 - place;
                    this.#jumps[pair] = Math.min(this.#jumps[pair] ?? jump, jump);
                }
            }
        }
    }
}
// From the most to the least frequent in source code.
const BY_FREQUENCY = ' etraonisldcpumfhgbyvw_kx.AC"(S-TE/ID=jqzBFM';
/** Where to take the key from so that the search stops at it as rarely as may be. */
function rarestKeyIn(bytes) {
    let best = 0;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let at = 0; at + KEY_BYTES <= bytes.length; at++) {
        const cost = costOf(bytes[at + KEY_BYTES - 2] ?? 0) * costOf(bytes[at + KEY_BYTES - 1] ?? 0);
        if (cost < bestCost) {
            best = at;
            bestCost = cost;
        }
    }
    return best;
}
function costOf(byte) {
    const rank = BY_FREQUENCY.indexOf(String.fromCharCode(byte));
    return rank === -1 ? 1 : BY_FREQUENCY.length + 1 - rank;
}
/** Upper and lower case share a hash: one table serves literals of both kinds. */
function hashAt(bytes, at) {
    const key = ((bytes[at] ?? 0) << 24) |
        ((bytes[at + 1] ?? 0) << 16) |
        ((bytes[at + 2] ?? 0) << 8) |
        (bytes[at + 3] ?? 0) |
        0x20_20_20_20;
    return Math.imul(key, 0x9e_37_79_b1) >>> (32 - HASH_BITS);
}
function isAt(bytes, at, { bytes: wanted, ignoreCase }) {
    if (at + wanted.length > bytes.length)
        return false;
    for (let offset = 0; offset < wanted.length; offset++) {
        const byte = bytes[at + offset] ?? 0;
        const expected = wanted[offset];
        if (byte === expected)
            continue;
        if (!ignoreCase || lowerCase(byte) !== expected)
            return false;
    }
    return true;
}
function lowerCase(byte) {
    return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}
function casesOf(byte, ignoreCase) {
    const isLetter = byte >= 0x61 && byte <= 0x7a;
    return ignoreCase && isLetter ? [byte, byte & ~0x20] : [byte];
}

;// CONCATENATED MODULE: ./lib/image/gate/scan/block-scan.js


/** As git and grep tell a text from anything else. */
const HEAD_BYTES = 8_000;
/** A file in base64, and that in base64 again. */
const DEEPEST = 2;
/** A set of detectors with the one search for all of their anchors. */
class DetectorSet {
    #search;
    #detectors;
    /** The detector of each literal. */
    #owners;
    #inner;
    /** `inner` looks at what encoded texts hold; without it, the set itself does. */
    constructor(detectors, inner) {
        this.#detectors = detectors;
        this.#search = new LiteralSearch(detectors.flatMap(({ anchors }) => anchors));
        this.#owners = detectors.flatMap(({ anchors }, index) => anchors.map(() => index));
        this.#inner = inner ?? this;
    }
    newState(carrier, depth = 0) {
        return { carrier, rests: this.#detectors.map(() => 0), depth };
    }
    /** Reports in order of the anchors; the places of a match count from the start of `bytes`. */
    scan(block, state, report) {
        const { bytes, offset } = block;
        const { rests, depth, carrier } = state;
        state.isBinary ??= bytes.subarray(0, HEAD_BYTES).includes(0);
        const { isBinary } = state;
        const scanInner = (inner) => this.#scanInner(inner, depth + 1);
        this.#search.each(bytes, block, (literal, at) => {
            const owner = this.#owners[literal] ?? 0;
            if (at + offset < (rests[owner] ?? 0))
                return;
            const from = Math.max(0, at - BEHIND_BYTES);
            const to = Math.min(bytes.length, at + AHEAD_BYTES);
            const window = { bytes, at, from, to, carrier, isBinary, scanInner };
            const found = this.#detectors[owner]?.find(window);
            if (found === undefined)
                return;
            rests[owner] = offset + ('restUntil' in found ? found.restUntil : found.end);
            if (!('restUntil' in found))
                report(found, window);
        });
    }
    /** The rule that speaks first about what was encoded. */
    #scanInner(bytes, depth) {
        if (depth > DEEPEST)
            return undefined;
        let first;
        const block = { bytes, offset: 0, from: 0, to: bytes.length };
        const inner = this.#inner;
        inner.scan(block, inner.newState('code', depth), ({ rule }) => {
            first ??= rule;
        });
        return first;
    }
}

;// CONCATENATED MODULE: ./lib/image/gate/scan/carrier.js
const CODE = new Set(('ts tsx js jsx mjs cjs mts cts py pyi pyc java class kt kts scala groovy go rs c h cc cpp cxx hpp cs fs vb rb erb php ' +
    'swift m mm vue svelte html htm xhtml css scss sass less lua pl pm r jl dart ex exs erl hs clj elm ml sql ' +
    'map json jsonc json5 ipynb xml svg po pot tf hcl proto graphql wasm so o a dll exe').split(' '));
/** By the name alone: in source code a bare word behind `password:` is a type or a variable. */
function carrierOf(path) {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const dot = name.lastIndexOf('.');
    return dot > 0 && CODE.has(name.slice(dot + 1)) ? 'code' : 'config';
}

;// CONCATENATED MODULE: ./lib/image/gate/scan/line-count.js
const line_count_NEWLINE = 0x0a;
/** Line numbers of places in a stream that is seen block by block; counts only as far as asked. */
class LineCount {
    /** Line breaks before the block. */
    #before = 0;
    #counted = 0;
    #at = 0;
    /** 1-based; `at` counts from the start of the block. */
    lineAt(block, at) {
        if (at < this.#at) {
            this.#at = 0;
            this.#counted = 0;
        }
        this.#counted += countIn(block, this.#at, at);
        this.#at = at;
        return this.#before + this.#counted + 1;
    }
    /** The first `length` bytes of the block are gone; what follows is the start of the next. */
    drop(block, length) {
        this.#before = this.lineAt(block, length) - 1;
        this.#at = 0;
        this.#counted = 0;
    }
}
function countIn(bytes, from, to) {
    let count = 0;
    let at = bytes.indexOf(line_count_NEWLINE, from);
    while (at !== -1 && at < to) {
        count += 1;
        at = bytes.indexOf(line_count_NEWLINE, at + 1);
    }
    return count;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./lib/image/gate/scan/unicode.js

const BOM_BYTES = 2;
/** Passes bytes through; text in UTF-16 with a byte order mark becomes UTF-8. */
class UnicodeStream {
    #head = Buffer.alloc(0);
    #decoder;
    write(chunk) {
        if (this.#head === undefined)
            return this.#pass(chunk);
        const head = Buffer.concat([this.#head, chunk]);
        if (head.length < BOM_BYTES) {
            this.#head = head;
            return Buffer.alloc(0);
        }
        this.#head = undefined;
        const encoding = encodingOf(head);
        if (encoding !== undefined)
            this.#decoder = new external_node_util_.TextDecoder(encoding);
        return this.#pass(head);
    }
    end() {
        const rest = this.#head ?? Buffer.from(this.#decoder?.decode() ?? '');
        this.#head = undefined;
        return rest;
    }
    #pass(chunk) {
        if (this.#decoder !== undefined)
            return Buffer.from(this.#decoder.decode(chunk, { stream: true }));
        return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
}
/** Undefined for everything but UTF-16 with its mark. */
function encodingOf(head) {
    if (head[0] === 0xff && head[1] === 0xfe)
        return 'utf-16le';
    return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

;// CONCATENATED MODULE: ./lib/image/gate/content-scan.js







/** A file with more secrets than this is refused anyway. */
const MOST_MATCHES = 1_000;
/** Larger blocks cost memory for each file that is open, smaller ones scan their edges too often. */
const BLOCK_BYTES = 512 * 1024;
const CARRIED_BYTES = BEHIND_BYTES + AHEAD_BYTES;
let detectors;
// Built at the first file: a run without an image to build needs none of it.
function allDetectors() {
    detectors ??= new DetectorSet(DETECTORS, new DetectorSet(INNER_DETECTORS));
    return detectors;
}
/** The findings of one file that is in memory. */
function scanContent(path, bytes) {
    const scan = new ContentScan(path);
    return scan.scanWhole(bytes);
}
/**
 * The findings of one file that arrives in pieces of any size. What is found does not depend on how it
 * was cut; memory stays below a megabyte and a half however long the file is.
 */
class ContentScan {
    #state;
    #unicode = new UnicodeStream();
    #lines = new LineCount();
    #matches = [];
    #pieces = [];
    #piecesBytes = 0;
    /** Of the first piece in the file. */
    #offset = 0;
    /** Where in the pieces the next anchor is looked for. */
    #from = 0;
    constructor(path) {
        this.#state = allDetectors().newState(carrierOf(path));
    }
    /** The chunk may be used again by its owner as soon as this returns. */
    write(chunk) {
        for (let start = 0; start < chunk.length; start += BLOCK_BYTES) {
            this.#add(this.#unicode.write(chunk.subarray(start, start + BLOCK_BYTES)));
        }
    }
    end() {
        this.#add(this.#unicode.end());
        const bytes = this.#join();
        this.#scan(bytes, bytes.length);
        return this.#findings();
    }
    /** For a file in memory: nothing is copied. */
    scanWhole(bytes) {
        if (encodingOf(bytes) !== undefined) {
            this.write(bytes);
            return this.end();
        }
        this.#scan(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes.byteLength);
        return this.#findings();
    }
    #add(piece) {
        if (piece.length === 0)
            return;
        this.#pieces.push(Buffer.from(piece));
        this.#piecesBytes += piece.length;
        if (this.#piecesBytes < BLOCK_BYTES + CARRIED_BYTES)
            return;
        const bytes = this.#join();
        const to = bytes.length - AHEAD_BYTES;
        this.#scan(bytes, to);
        this.#carry(bytes, to);
    }
    #join() {
        const [first] = this.#pieces;
        return first !== undefined && this.#pieces.length === 1 ? first : Buffer.concat(this.#pieces);
    }
    /** Keeps what the anchors that are still to come may look back at. */
    #carry(bytes, to) {
        const gone = to - BEHIND_BYTES;
        this.#lines.drop(bytes, gone);
        this.#pieces = [Buffer.from(bytes.subarray(gone))];
        this.#piecesBytes = bytes.length - gone;
        this.#offset += gone;
        this.#from = BEHIND_BYTES;
    }
    #scan(bytes, to) {
        const block = { bytes, offset: this.#offset, from: this.#from, to };
        allDetectors().scan(block, this.#state, (match, window) => {
            this.#place(match, window);
        });
    }
    #place({ rule, start, end, at = start }, window) {
        if (this.#matches.length >= MOST_MATCHES)
            return;
        const allowance = allowanceAt(window, at);
        if (allowance === 'allowed')
            return;
        this.#matches.push({
            rule,
            start: start + this.#offset,
            end: end + this.#offset,
            line: this.#lines.lineAt(window.bytes, at),
            isReasonMissing: allowance === 'without reason',
        });
    }
    #findings() {
        const found = new Map();
        for (const { rule, line, isReasonMissing } of speakersOf(this.#matches)) {
            const note = isReasonMissing ? ' (the comment "secret-scan:allow" gives no reason)' : '';
            found.set(`${line} ${rule}`, { rule, title: `${titleOf(rule)}${note}`, line });
        }
        return [...found.values()];
    }
}
/** Of the matches that overlap, the one whose rule is surest; in order of place. */
function speakersOf(matches) {
    const speakers = [];
    const bySureness = [...matches].sort((a, b) => rankOf(a.rule) - rankOf(b.rule) || a.start - b.start || b.end - a.end);
    for (const match of bySureness) {
        const isCovered = speakers.some(({ start, end }) => match.start < end && start < match.end);
        if (!isCovered)
            speakers.push(match);
    }
    return speakers.sort((a, b) => a.start - b.start);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/image/context/failure.js
var failure = __webpack_require__(7895);
// EXTERNAL MODULE: ./lib/image/context/pool.js
var pool = __webpack_require__(9527);
;// CONCATENATED MODULE: ./lib/image/gate/context-stage.js



/** Enough to keep the disk busy; what is read is looked through by one thread anyway. */
const AT_ONCE = 8;
/**
 * Looks for secrets in everything that the builder would get: names and contents of files, names of
 * links.
 *
 * @throws ActionError IMAGE_CONTEXT when a file cannot be read
 */
async function searchContext(tree, context, options) {
    const { signal, allowList } = options;
    const files = [...listFiles(context, options), ...(await findDockerfile(tree, context, options))];
    const found = [];
    await (0,pool/* runBounded */.B)(files, { atOnce: AT_ONCE, signal }, async (file, index) => {
        found[index] = await searchFile(tree, file, options);
    });
    return files.flatMap(({ path }, index) => (found[index] ?? [])
        .filter((finding) => !allowList.allows(path, finding))
        .map((finding) => ({ ...finding, path })));
}
function listFiles(context, { folder }) {
    return context.entries
        .filter(({ kind }) => kind !== 'folder')
        .map(({ path, kind, sizeBytes }) => ({
        path: external_node_path_.posix.join(folder ?? '.', path),
        place: `${context.root}/${path}`,
        sizeBytes: kind === 'file' ? sizeBytes : undefined,
    }));
}
/** The Dockerfile, unless it is one of the context's files anyway, or is not there at all. */
async function findDockerfile(tree, { root, entries }, { dockerfile, signal }) {
    if (dockerfile === undefined)
        return [];
    try {
        const place = await tree.resolve((0,external_node_path_.resolve)(dockerfile));
        if (entries.some(({ path, kind }) => kind === 'file' && place === `${root}/${path}`))
            return [];
        const { sizeBytes } = await tree.inspect(place);
        return [{ path: external_node_path_.posix.normalize(dockerfile), place, sizeBytes }];
    }
    catch (error) {
        // The builder says it best.
        if ((0,failure/* codeOf */.$N)(error) === 'ENOENT')
            return [];
        throw (0,failure/* unreadable */.O$)(dockerfile, error, signal);
    }
}
async function searchFile(tree, { path, place, sizeBytes }, { scanner, signal }) {
    const name = scanner.judgeName(path);
    const findings = name ? [name] : [];
    if (sizeBytes === undefined || sizeBytes === 0)
        return findings;
    try {
        const scan = scanner.start(path);
        for await (const bytes of tree.read(place, sizeBytes, signal)) {
            if (bytes.length === sizeBytes)
                return [...findings, ...scanner.scan(path, bytes)];
            scan.write(bytes);
        }
        return [...findings, ...scan.end()];
    }
    catch (error) {
        throw (0,failure/* unreadable */.O$)(place, error, signal);
    }
}

;// CONCATENATED MODULE: ./lib/image/gate/file-names.js
/** Files that show which settings there are: committed on purpose. */
const EXAMPLE = /(^|[-._])(example|examples|sample|samples|template|tmpl|tpl|dist|schema)([-._]|$)/;
// What others wrote (Python's own `secrets.py`, a library's `credentials.json`) and test data is judged
// by its contents alone: there the name is that of a module or of a test.
const ELSEWHERE = /(^|\/)(node_modules|site-packages|dist-packages|lib\/python[\d.]+|__tests__|__fixtures__|fixtures?|test[-_]?data|examples?|samples?)\//;
/**
 * Files whose name says that they hold a secret, whatever they hold today: an empty `.env` in a
 * context is filled tomorrow. Names that only may hold one (`*.pem`, `*.crt`, `.npmrc`, `config.json`,
 * `*.ovpn`) are left to the content rules, so that a certificate or a registry address does not alarm.
 */
const NAME_RULES = [
    {
        rule: 'file-private-key',
        title: 'Private key file',
        pattern: /(^|\/)(id_(rsa|dsa|ecdsa|ed25519|ecdsa_sk|ed25519_sk)|ssh_host_[a-z0-9]+_key)$/,
    },
    {
        rule: 'file-key-store',
        title: 'Key store',
        pattern: /\.(p12|pfx|jks|keystore|bcfks|kdbx?|ppk|agekey)$/,
    },
    {
        rule: 'file-dotenv',
        title: 'Environment file',
        pattern: /(^|\/)(\.env(\.[\w.-]+)?|[\w-]+\.env|\.envrc)$/,
    },
    {
        rule: 'file-secrets',
        title: 'File of secrets',
        pattern: /(^|\/)(my_?)?(secrets?\.(py|json|toml|ini|properties|txt)|credentials?\.(json|txt|ini)|passwords?\.txt|api_?keys?\.(json|txt))$/,
    },
    {
        rule: 'file-service-account',
        title: 'Google service account key file',
        pattern: /(^|\/)([\w.-]*[-_])?(service[-_]?account|sa)([-_]?(key|credentials?))?([-_][\w.-]+)?\.json$/,
    },
    {
        rule: 'file-google-credentials',
        title: 'Google credentials file',
        pattern: /(^|\/)(gha-creds-[\w-]+\.json|application_default_credentials\.json|client_secrets?([-_][\w.-]+)?\.json|\.config\/gcloud\/.+)$/,
    },
    {
        rule: 'file-terraform-state',
        title: 'Terraform state',
        pattern: /\.tfstate(\.[\w.-]+)?$|(^|\/)terraform\.tfstate\.d\//,
    },
    { rule: 'file-terraform-variables', title: 'Terraform variables', pattern: /\.tfvars(\.json)?$/ },
    {
        rule: 'file-tool-credentials',
        title: 'Credentials file of a tool',
        pattern: /(^|\/)(\.git-credentials|\.netrc|_netrc|\.pgpass|pgpass\.conf|\.my\.cnf|\.pypirc|\.terraformrc|terraform\.rc|credentials\.tfrc\.json|\.htpasswd|\.s3cfg|\.boto|\.vault-token|\.kube\/config|kubeconfig(\.ya?ml)?|\.aws\/credentials|\.cargo\/credentials(\.toml)?|\.gem\/credentials|\.config\/gh\/hosts\.yml|\.azure\/(accesstokens|msal_token_cache)\.json)$/,
    },
    { rule: 'file-kis-settings', title: 'KIS Open API settings', pattern: /(^|\/)kis_devlp\.ya?ml$/ },
];
/** What is wrong with the name alone, if anything; the way out is the allow list. */
function judgeName(path) {
    const lower = path.toLowerCase();
    const name = lower.slice(lower.lastIndexOf('/') + 1);
    if (EXAMPLE.test(name) || ELSEWHERE.test(lower))
        return undefined;
    const found = NAME_RULES.find(({ pattern }) => pattern.test(lower));
    return found === undefined ? undefined : { rule: found.rule, title: found.title, line: 0 };
}

// EXTERNAL MODULE: ./lib/lib/abortable.js
var abortable = __webpack_require__(3537);
// EXTERNAL MODULE: ./lib/image/tar/header.js
var tar_header = __webpack_require__(1404);
;// CONCATENATED MODULE: ./lib/image/tar/reader.js

/** Go's limit, too. */
const MAX_META_BYTES = 1024 * 1024;
/**
 * Reads a tar archive as its bytes come, in pieces of any size, and keeps none of them. It pushes
 * without promises or streams: an image may have a million files.
 */
class TarReader {
    #onEntry;
    /** A block of which only the beginning has come. */
    #partial = Buffer.alloc(tar_header/* BLOCK_BYTES */.Yo);
    #partialBytes = 0;
    #content;
    #contentBytes = 0;
    /** Up to the next whole block, behind content. */
    #paddingBytes = 0;
    #meta;
    #own = {};
    #partsOf;
    #zeroBlocks = 0;
    constructor(onEntry) {
        this.#onEntry = onEntry;
    }
    /** @throws TarError when this is no archive */
    write(bytes) {
        let at = 0;
        while (at < bytes.length && this.#zeroBlocks < 2) {
            if (this.#contentBytes > 0)
                at += this.#takeContent(bytes, at);
            else if (this.#paddingBytes > 0)
                at += this.#takePadding(bytes.length - at);
            else
                at += this.#takeBlock(bytes, at);
        }
    }
    /** @throws TarError when the archive is not whole */
    end() {
        if (this.#contentBytes > 0 || this.#paddingBytes > 0) {
            throw new tar_header/* TarError */.mt('ends in the middle of a file');
        }
        if (this.#partialBytes > 0 || this.#meta || this.#partsOf || hasOwn(this.#own)) {
            throw new tar_header/* TarError */.mt('ends in the middle of a header');
        }
    }
    #takeContent(bytes, at) {
        const count = Math.min(this.#contentBytes, bytes.length - at);
        this.#contentBytes -= count;
        this.#content?.write(bytes.subarray(at, at + count));
        if (this.#contentBytes === 0)
            this.#endContent();
        return count;
    }
    #endContent() {
        const meta = this.#meta;
        this.#content?.end();
        this.#content = undefined;
        this.#meta = undefined;
        if (meta)
            this.#own = { ...this.#own, ...meta.read() };
    }
    #takePadding(available) {
        const count = Math.min(this.#paddingBytes, available);
        this.#paddingBytes -= count;
        return count;
    }
    #takeBlock(bytes, at) {
        if (this.#partialBytes === 0 && bytes.length - at >= tar_header/* BLOCK_BYTES */.Yo) {
            this.#readBlock(bytes.subarray(at, at + tar_header/* BLOCK_BYTES */.Yo));
            return tar_header/* BLOCK_BYTES */.Yo;
        }
        const count = bytes.copy(this.#partial, this.#partialBytes, at);
        this.#partialBytes += count;
        if (this.#partialBytes === tar_header/* BLOCK_BYTES */.Yo) {
            this.#partialBytes = 0;
            this.#readBlock(this.#partial);
        }
        return count;
    }
    #readBlock(block) {
        if (this.#partsOf)
            this.#readParts(this.#partsOf, block);
        else if ((0,tar_header/* isZeroBlock */.ei)(block))
            this.#zeroBlocks += 1;
        else
            this.#readHeader((0,tar_header/* parseHeader */.RW)(block));
    }
    #readHeader(header) {
        this.#zeroBlocks = 0;
        if (header.kind === 'meta')
            this.#beginMeta(header);
        else if (header.hasMoreParts)
            this.#partsOf = header;
        else
            this.#beginEntry(header);
    }
    // Sparse files of the old GNU format list their parts in blocks that no size accounts for.
    #readParts(header, block) {
        if (block[504] === 1)
            return;
        this.#partsOf = undefined;
        this.#beginEntry(header);
    }
    #beginMeta(header) {
        if (header.sizeBytes > MAX_META_BYTES)
            throw new tar_header/* TarError */.mt('has a header of over 1 MB');
        this.#meta = new MetaContent(header.type);
        this.#begin(header.sizeBytes, this.#meta);
    }
    #beginEntry(header) {
        const own = this.#own;
        this.#own = {};
        const path = own.path ?? header.path;
        const sizeBytes = header.kind === 'file' ? (own.sizeBytes ?? header.sizeBytes) : 0;
        const target = own.target ?? header.target;
        const kind = header.kind === 'meta' ? 'other' : header.kind;
        this.#begin(sizeBytes, this.#onEntry({ path, kind, sizeBytes, target }));
    }
    #begin(sizeBytes, content) {
        this.#content = content;
        this.#contentBytes = sizeBytes;
        this.#paddingBytes = -sizeBytes & (tar_header/* BLOCK_BYTES */.Yo - 1);
        if (sizeBytes === 0)
            this.#endContent();
    }
}
function hasOwn(own) {
    return own.path !== undefined || own.target !== undefined || own.sizeBytes !== undefined;
}
class MetaContent {
    #type;
    #pieces = [];
    constructor(type) {
        this.#type = type;
    }
    write(bytes) {
        this.#pieces.push(bytes);
    }
    end() { }
    read() {
        const bytes = Buffer.concat(this.#pieces);
        if (this.#type === 'L')
            return { path: (0,tar_header/* parseLongName */.PF)(bytes) };
        if (this.#type === 'K')
            return { target: (0,tar_header/* parseLongName */.PF)(bytes) };
        // A global header is of no consequence to engines: Go's reader hands it over and forgets it.
        return this.#type === 'x' ? fromRecords((0,tar_header/* parseRecords */.Q4)(bytes)) : {};
    }
}
function fromRecords(records) {
    // The name of a sparse file's entry is made up; its own one stands beside it.
    const path = records.get('GNU.sparse.name') ?? records.get('path');
    const target = records.get('linkpath');
    const size = records.get('size');
    if (size !== undefined && !/^\d{1,15}$/.test(size)) {
        throw new tar_header/* TarError */.mt('has an entry whose size is no number');
    }
    return {
        ...(path !== undefined && { path }),
        ...(target !== undefined && { target }),
        ...(size !== undefined && { sizeBytes: Number(size) }),
    };
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
;// CONCATENATED MODULE: ./lib/image/gate/image/decompression.js


const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** Large, since each piece is a round trip to a thread. */
const PIECE_BYTES = 256 * 1024;
/** How content that begins so is compressed. */
function findCompression(start) {
    if (start.subarray(0, 2).equals(GZIP))
        return 'gzip';
    return start.subarray(0, 4).equals(ZSTD) ? 'zstd' : undefined;
}
/**
 * Undoes a compression while its bytes come. Nothing of it is kept, however much comes out. Node
 * does not mind a zstd stream that is cut off: who needs all of it must compare its digest.
 */
class Decompression {
    #compression;
    #events;
    #stream;
    #work = Promise.resolve();
    #failure;
    #bug;
    #isClosed = false;
    constructor(compression, events) {
        this.#compression = compression;
        this.#events = events;
    }
    write(bytes) {
        this.#work = this.#work.then(() => this.#feed(bytes));
    }
    end() {
        this.#work = this.#work.then(() => this.#finish());
    }
    /** Waits until all that was written has come out. @throws what an event has thrown */
    async settled() {
        await this.#work;
        if (this.#bug)
            throw this.#bug.error;
    }
    /** Gives up at once. */
    close() {
        this.#isClosed = true;
        this.#stream?.destroy();
    }
    async #feed(bytes) {
        let rest = bytes;
        while (rest.length > 0 && !this.#failure && !this.#isClosed) {
            this.#stream ??= this.#open();
            const stream = this.#stream;
            const before = stream.bytesWritten;
            await new Promise((resolve) => stream.write(rest, () => resolve()));
            const taken = stream.bytesWritten - before;
            // Node ends a zstd stream behind its first frame, and leaves the next one to somebody else.
            const isCut = this.#compression === 'zstd' && taken > 0 && taken < rest.length;
            if (!isCut)
                return;
            await this.#endOf(stream);
            rest = rest.subarray(taken);
        }
    }
    async #finish() {
        const stream = this.#stream;
        if (stream) {
            stream.end();
            await this.#endOf(stream);
        }
        this.#guard(() => this.#events.onEnd(this.#failure));
    }
    #open() {
        const options = { chunkSize: PIECE_BYTES };
        const isGzip = this.#compression === 'gzip';
        const stream = isGzip ? (0,external_node_zlib_.createGunzip)(options) : (0,external_node_zlib_.createZstdDecompress)(options);
        // Thrown inside an event of the stream it would end the process.
        stream.on('data', (bytes) => this.#guard(() => this.#events.onBytes(bytes)));
        stream.on('error', (error) => {
            this.#failure ??= error;
        });
        return stream;
    }
    async #endOf(stream) {
        // What is left of its input is none of its business any more.
        await new Promise((resolve) => (0,external_node_stream_.finished)(stream, { writable: false }, () => resolve()));
        stream.destroy();
        this.#stream = undefined;
    }
    #guard(work) {
        try {
            if (!this.#bug && !this.#isClosed)
                work();
        }
        catch (error) {
            this.#bug = { error };
            this.close();
        }
    }
}

;// CONCATENATED MODULE: ./lib/image/gate/image/layer-scan.js



/** Names that say what an earlier layer loses; such a file is empty. */
const WHITEOUT = /(?:^|\/)\.wh\.[^/]*$/;
/** A layer that holds more is refused anyway, and a list of millions would take the memory. */
const MAX_FINDINGS = 1_000;
/** Looks through the files of one layer while its archive comes, uncompressed. */
class LayerScan {
    findings = [];
    #rules;
    #reader = new TarReader((entry) => this.#begin(entry));
    #hash;
    #digest;
    #problem;
    /** With `hasDigest` the digest of the whole archive is reckoned, too. */
    constructor(rules, { hasDigest }) {
        this.#rules = rules;
        this.#hash = hasDigest ? (0,external_node_crypto_.createHash)('sha256') : undefined;
    }
    write(bytes) {
        this.#hash?.update(bytes);
        if (this.#problem === undefined)
            this.#watch(() => this.#reader.write(bytes));
    }
    end() {
        if (this.#problem === undefined)
            this.#watch(() => this.#reader.end());
        this.#digest = this.#hash && `sha256:${this.#hash.digest('hex')}`;
    }
    /** For what could not even be unpacked. */
    fail(problem) {
        this.#problem ??= problem;
    }
    /** Why the archive could not be looked through, in words that complete "the layer …". */
    get problem() {
        return this.#problem;
    }
    /** Of the whole archive; undefined before its end, or where it was not asked for. */
    get digest() {
        return this.#digest;
    }
    // A broken layer is of no consequence where it turns out to be the base's.
    #watch(read) {
        try {
            read();
        }
        catch (error) {
            if (!(error instanceof tar_header/* TarError */.mt))
                throw error;
            this.#problem = error.message;
        }
    }
    #begin({ path: written, kind, sizeBytes }) {
        const path = written.replace(/^(?:\.?\/)+/, '');
        const isWhiteout = sizeBytes === 0 && WHITEOUT.test(path);
        // A hard link is another name of a file whose content stands elsewhere in the same layer.
        const isFile = kind === 'file' || kind === 'hard link';
        if (!isFile || isWhiteout || this.findings.length >= MAX_FINDINGS)
            return undefined;
        const name = this.#rules.scanner.judgeName(path);
        if (name)
            this.#add(path, [name]);
        if (sizeBytes === 0)
            return undefined;
        return this.#scanContent(path, sizeBytes);
    }
    #scanContent(path, sizeBytes) {
        const { scanner } = this.#rules;
        let scan;
        return {
            write: (bytes) => {
                // Most files come in one piece, which then need not be kept.
                if (bytes.length === sizeBytes)
                    this.#add(path, scanner.scan(path, bytes));
                else {
                    scan ??= scanner.start(path);
                    scan.write(bytes);
                }
            },
            end: () => this.#add(path, scan?.end() ?? []),
        };
    }
    #add(path, found) {
        for (const finding of found) {
            if (!this.#rules.allowList.allows(path, finding))
                this.findings.push({ ...finding, path });
        }
    }
}

;// CONCATENATED MODULE: ./lib/image/gate/image/archive.js





/** What registries allow for a manifest is half of it. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;
/**
 * The archive of an image while it comes. Which part is a layer, and which layer is whose, is often
 * said only at its end: so each part is taken for what its first bytes say, and looked up later.
 */
class ImageArchive {
    #options;
    #reader = new TarReader((entry) => this.#begin(entry));
    #documents = new Map();
    #layers = new Map();
    /** Layers that occur twice stand in older archives once, and then as links. */
    #links = new Map();
    #unpacking = [];
    constructor(options) {
        this.#options = options;
    }
    /** @throws TarError when it is no archive */
    write(bytes) {
        this.#reader.write(bytes);
    }
    /** @throws TarError when it is not whole */
    end() {
        this.#reader.end();
    }
    /** Set while something is being unpacked, which has to keep up with what is written. */
    get pending() {
        if (this.#unpacking.length === 0)
            return undefined;
        return Promise.all(this.#unpacking.map((one) => one.settled())).then(() => undefined);
    }
    /** Gives up at once. */
    close() {
        for (const one of this.#unpacking)
            one.close();
    }
    /** The text at `path`, where that is JSON. */
    document(path) {
        return this.#documents.get(this.#resolve(path));
    }
    layer(path) {
        return this.#layers.get(this.#resolve(path));
    }
    /** All texts. */
    get documents() {
        return this.#documents;
    }
    #resolve(path) {
        return this.#links.get(path) ?? path;
    }
    #begin({ path: written, kind, target }) {
        const path = external_node_path_.posix.normalize(written);
        if (kind === 'hard link')
            this.#links.set(path, external_node_path_.posix.normalize(target));
        if (kind === 'symbolic link')
            this.#links.set(path, external_node_path_.posix.join(external_node_path_.posix.dirname(path), target));
        if (kind !== 'file' || this.#options.isKnown(path))
            return undefined;
        return new Part((start) => this.#recognize(path, start));
    }
    #recognize(path, start) {
        const compression = findCompression(start);
        if (compression !== undefined || isTarStart(start)) {
            return this.#options.passesOverLayers ? undefined : this.#beginLayer(path, compression);
        }
        const isJson = /^\s*[{[]/.test(start.toString('latin1'));
        return isJson ? new Document((text) => this.#documents.set(path, text)) : undefined;
    }
    #beginLayer(path, compression) {
        const layer = new LayerScan(this.#options, { hasDigest: compression !== undefined });
        this.#layers.set(path, layer);
        if (compression === undefined)
            return layer;
        const unpacking = new Decompression(compression, {
            onBytes: (bytes) => layer.write(bytes),
            onEnd: (failure) => {
                if (failure)
                    layer.fail(`cannot be unpacked (${failure.message})`);
                layer.end();
                this.#unpacking = this.#unpacking.filter((one) => one !== unpacking);
            },
        });
        this.#unpacking.push(unpacking);
        return unpacking;
    }
}
function isTarStart(start) {
    if (start.length < tar_header/* BLOCK_BYTES */.Yo)
        return false;
    try {
        return (0,tar_header/* isZeroBlock */.ei)(start) || (0,tar_header/* parseHeader */.RW)(start).path !== '';
    }
    catch (error) {
        if (error instanceof tar_header/* TarError */.mt)
            return false;
        throw error;
    }
}
/** Holds back the first block, until it can be told what this is. */
class Part {
    #recognize;
    #start = Buffer.alloc(0);
    #isDecided = false;
    #content;
    constructor(recognize) {
        this.#recognize = recognize;
    }
    write(bytes) {
        if (this.#isDecided) {
            this.#content?.write(bytes);
            return;
        }
        this.#start = Buffer.concat([this.#start, bytes]);
        if (this.#start.length >= tar_header/* BLOCK_BYTES */.Yo)
            this.#decide();
    }
    end() {
        if (!this.#isDecided)
            this.#decide();
        this.#content?.end();
    }
    #decide() {
        this.#isDecided = true;
        this.#content = this.#recognize(this.#start.subarray(0, tar_header/* BLOCK_BYTES */.Yo));
        this.#content?.write(this.#start);
        this.#start = Buffer.alloc(0);
    }
}
/** Keeps a text; one that is too long is none that anybody reads. */
class Document {
    #keep;
    #pieces = [];
    #sizeBytes = 0;
    constructor(keep) {
        this.#keep = keep;
    }
    write(bytes) {
        this.#sizeBytes += bytes.length;
        if (this.#sizeBytes <= MAX_DOCUMENT_BYTES)
            this.#pieces.push(Buffer.from(bytes));
        else
            this.#pieces = [];
    }
    end() {
        if (this.#sizeBytes <= MAX_DOCUMENT_BYTES)
            this.#keep(Buffer.concat(this.#pieces).toString());
    }
}

// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/image/gate/image/history.js

/** Reads the history of an image's config; empty where the builder wrote none. */
function readHistory(config) {
    let layers = 0;
    return (0,json/* asList */.DD)(config['history'])
        .map(json/* asRecord */.qY)
        .map((entry) => ({
        ...parseStep((0,json/* asText */.e1)(entry['created_by'])),
        layer: entry['empty_layer'] === true ? undefined : layers++,
    }));
}
const INSTRUCTIONS = /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)\b/;
/** How the classic builder marks what is no command. */
const NO_COMMAND = /^\/bin\/sh -c #\(nop\)\s*/;
const BUILDKIT = / # buildkit$/;
/** How the classic builder writes what it copies. */
const SUM = /^(?:file|dir|multi):[0-9a-f]{64} in /;
/** The shell that a step's command was given to. */
const SHELL = /(?:^|\s)\/\S*sh(?: \S+){0,4}? -\w*c /;
function parseStep(createdBy) {
    const text = createdBy.replace(NO_COMMAND, '').replace(BUILDKIT, '').trim();
    const instruction = INSTRUCTIONS.exec(text)?.[0] ?? 'RUN';
    const behind = text.startsWith(instruction) ? text.slice(instruction.length).trim() : text;
    if (instruction !== 'RUN') {
        return { createdBy, instruction, rest: behind.replace(SUM, '… '), buildArgs: [] };
    }
    const shell = SHELL.exec(behind);
    const end = shell ? shell.index : behind.length;
    const buildArgs = splitBuildArgs(behind.slice(0, end));
    // Without a known shell it cannot be told where the last value of an argument ends.
    const rest = shell ? behind.slice(end + shell[0].length) : buildArgs.length > 0 ? '' : behind;
    return { createdBy, instruction, rest, buildArgs };
}
/** `|2 A=1 B=2 3`, as both builders write it: the count, then the arguments, nothing quoted. */
function splitBuildArgs(text) {
    return /^\|\d+ /.test(text) ? text.replace(/^\|\d+ /, '').split(/ (?=[A-Za-z_]\w*=)/) : [];
}
const MAX_SHOWN = 60;
/**
 * A step in a few words, without the values of arguments and settings. With `hasSecret` only what
 * no secret can be part of is shown: a cut may leave of a secret what no rule knows any more.
 */
function renderStep({ instruction, rest }, hasSecret) {
    if (hasSecret || NAMED.has(instruction))
        return `${instruction} ${harmless(instruction, rest)}`;
    const line = rest.replace(/\s+/g, ' ');
    const shown = line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
    return `${instruction} ${shown}`.trim();
}
/** What follows these is a name, and then a value. */
const NAMED = new Set(['ARG', 'ENV', 'LABEL']);
function harmless(instruction, rest) {
    const first = NAMED.has(instruction) ? /^[\w.-]{1,60}(?==)/ : /^[a-z][a-z-]{0,19}(?= |$)/;
    const name = first.exec(rest)?.[0] ?? '';
    return `${name} …`.trim();
}

;// CONCATENATED MODULE: ./lib/image/gate/image/config-scan.js


/** Where a finding stands that stands in no layer. */
const IN_CONFIG = 'image config';
const IN_HISTORY = 'image history';
/**
 * Looks through what the image's config says of the steps above its base. What is the base's is
 * told by the history, in which every builder notes who set what.
 */
function scanConfig(config, history, scanner) {
    const settings = listSettings((0,json/* asRecord */.qY)(config['config']))
        .filter((setting) => isOwn(setting, history))
        .flatMap((setting) => {
        const found = scanText(scanner, setting.path, setting.text);
        return found.map((finding) => ({ ...finding, instruction: setting.instruction }));
    });
    const steps = history.own.flatMap((step) => scanStep(step, scanner));
    // A setting stands in the history as well; it is told once, by its name.
    const more = steps.filter((step) => !settings.some(({ instruction, rule }) => step.instruction === instruction && step.rule === rule));
    return [...settings, ...more].map(({ instruction: _, ...finding }) => finding);
}
function listSettings(config) {
    const lists = { ENTRYPOINT: config['Entrypoint'], CMD: config['Cmd'], ONBUILD: config['OnBuild'] };
    const commands = { ...lists, HEALTHCHECK: (0,json/* asRecord */.qY)(config['Healthcheck'])['Test'] };
    return [
        ...(0,json/* asList */.DD)(config['Env']).map((line) => toSetting('ENV', (0,json/* asText */.e1)(line))),
        ...Object.entries((0,json/* asRecord */.qY)(config['Labels'])).map(([name, value]) => toSetting('LABEL', `${name}=${(0,json/* asText */.e1)(value)}`)),
        ...Object.entries(commands).map(([instruction, words]) => ({
            path: instruction,
            instruction,
            name: undefined,
            text: (0,json/* asList */.DD)(words).map(json/* asText */.e1).join(' '),
        })),
    ];
}
function toSetting(instruction, text) {
    const name = text.split('=')[0] ?? '';
    return { path: `${instruction} ${name}`, instruction, name, text };
}
function isOwn(setting, { base, own }) {
    if (base.length === 0 || mentions(own, setting))
        return true;
    // A label may come by an option of the build, of which the history says nothing.
    return setting.instruction === 'LABEL' && !mentions(base, setting);
}
function mentions(steps, { instruction, name }) {
    return steps.some((step) => {
        if (step.instruction !== instruction)
            return false;
        return name === undefined || ` ${step.rest}`.replaceAll('"', '').includes(` ${name}=`);
    });
}
function scanStep(step, scanner) {
    const { instruction, rest, buildArgs } = step;
    const command = scanText(scanner, `history: ${renderStep(step, true)}`, rest);
    const values = buildArgs.flatMap((text) => {
        return scanText(scanner, `build argument ${text.split('=')[0]}`, text);
    });
    return [...values, ...command].map((finding) => ({ ...finding, layer: IN_HISTORY, instruction }));
}
/** Looks through one text that is no file, and so has no lines. */
function scanText(scanner, path, text) {
    if (text === '')
        return [];
    return scanner
        .scan(path, Buffer.from(text))
        .map((finding) => ({ ...finding, line: 0, path, layer: IN_CONFIG }));
}

;// CONCATENATED MODULE: ./lib/image/gate/image/images.js

/** An index of an index of an index is a mistake, or an attempt to keep us busy. */
const MAX_DEPTH = 4;
/** Says in words that complete "The image …" why it cannot be understood. */
class LayoutError extends Error {
    constructor(message) {
        super(message);
        this.name = 'LayoutError';
    }
}
/**
 * All images that the archive names, by Docker's own list or by the OCI index. What the index names
 * and the archive does not hold, such as a platform that was never pulled, is left out.
 *
 * @throws LayoutError when there is none, or one that contradicts itself
 */
function findImages(readText) {
    const named = [...findByDockerList(readText), ...findByIndex(readText, 'index.json', 0)];
    const byConfig = new Map(named.map((image) => [image.config, image]));
    if (byConfig.size === 0)
        throw new LayoutError('has no manifest that names its layers');
    return [...byConfig].flatMap(([path, { layers }]) => {
        const config = readText(path);
        return config === undefined ? [] : [toImage((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(config)), layers)];
    });
}
function findByDockerList(readText) {
    return (0,json/* asList */.DD)((0,json/* parseJson */.qF)(readText('manifest.json') ?? ''))
        .map(json/* asRecord */.qY)
        .map((item) => ({ config: (0,json/* asText */.e1)(item['Config']), layers: (0,json/* asList */.DD)(item['Layers']).map(json/* asText */.e1) }));
}
function findByIndex(readText, path, depth) {
    const document = (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(readText(path) ?? ''));
    if (depth > MAX_DEPTH)
        throw new LayoutError('has an index within an index without end');
    const nested = (0,json/* asList */.DD)(document['manifests']).map(json/* asRecord */.qY);
    const below = nested
        .filter((descriptor) => !isAttestation(descriptor))
        .flatMap((descriptor) => findByIndex(readText, blobPath(descriptor), depth + 1));
    return document['layers'] === undefined ? below : [...below, ...toNamed(document)];
}
function toNamed(manifest) {
    const layers = (0,json/* asList */.DD)(manifest['layers']).map(json/* asRecord */.qY);
    // Attestations, signatures and the like are kept as if they were images.
    const isImage = layers.every((layer) => /[.+]tar\b/.test((0,json/* asText */.e1)(layer['mediaType'])));
    if (!isImage)
        return [];
    return [{ config: blobPath((0,json/* asRecord */.qY)(manifest['config'])), layers: layers.map(blobPath) }];
}
function isAttestation(descriptor) {
    const annotations = (0,json/* asRecord */.qY)(descriptor['annotations']);
    return (0,json/* asText */.e1)(annotations['vnd.docker.reference.type']) === 'attestation-manifest';
}
/** Where an OCI layout has what a descriptor means. */
function blobPath(descriptor) {
    return `blobs/${(0,json/* asText */.e1)(descriptor['digest']).replace(':', '/')}`;
}
function toImage(config, paths) {
    const diffIds = (0,json/* asList */.DD)((0,json/* asRecord */.qY)(config['rootfs'])['diff_ids']).map(json/* asText */.e1);
    if (diffIds.length !== paths.length) {
        throw new LayoutError(`has ${paths.length} layers where its config names ${diffIds.length}`);
    }
    const parts = [config['os'], config['architecture'], config['variant']].map(json/* asText */.e1);
    return {
        platform: parts.filter((part) => part !== '').join('/'),
        config,
        layers: paths.map((path, index) => ({ path, diffId: diffIds[index] ?? '' })),
    };
}

;// CONCATENATED MODULE: ./lib/image/gate/image/provenance.js


const IN_PROVENANCE = 'provenance attestation';
const BUILD_ARG = 'build-arg:';
/**
 * Looks through the build arguments in the provenance that is pushed beside the image: there they
 * stand even where no step of the last stage knew them.
 */
function scanProvenance(documents, scanner) {
    return [...documents]
        .filter((text) => text.includes(BUILD_ARG))
        .map((text) => (0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(text)))
        .filter((statement) => /provenance/.test((0,json/* asText */.e1)(statement['predicateType'])))
        .flatMap((statement) => scanBuildArgs((0,json/* asRecord */.qY)(statement['predicate']), scanner));
}
function scanBuildArgs(predicate, scanner) {
    const build = (0,json/* asRecord */.qY)(predicate['buildDefinition']);
    const parameters = [
        (0,json/* asRecord */.qY)(predicate['invocation'])['parameters'],
        (0,json/* asRecord */.qY)(build['externalParameters'])['request'],
    ];
    return parameters
        .map((one) => (0,json/* asRecord */.qY)((0,json/* asRecord */.qY)(one)['args']))
        .flatMap((args) => Object.entries(args))
        .filter(([name]) => name.startsWith(BUILD_ARG))
        .map(([name, value]) => ({ name: name.slice(BUILD_ARG.length), value: (0,json/* asText */.e1)(value) }))
        .flatMap(({ name, value }) => scanText(scanner, `build argument ${name}`, `${name}=${value}`))
        .map((finding) => ({ ...finding, layer: IN_PROVENANCE }));
}

// EXTERNAL MODULE: ./lib/image/gate/image/source.js
var source = __webpack_require__(6598);
;// CONCATENATED MODULE: ./lib/image/gate/image/image-stage.js









/**
 * Looks for secrets in what the image adds to its base: the files of all layers, those that a later
 * layer removes included, the config and the history. Of every platform.
 *
 * @throws ActionError IMAGE_SECRETS when the image cannot be looked through
 */
async function searchImage(source, options) {
    try {
        const archive = await readArchive(source, options);
        const images = findImages((path) => archive.document(path));
        const inLayers = images.flatMap((image) => searchLayers(archive, image, options, images.length > 1));
        const beside = [
            ...images.flatMap((image) => searchConfig(image, options)),
            ...scanProvenance(archive.documents.values(), options.scanner),
        ].filter((finding) => !options.allowList.allows(finding.path, finding));
        return withoutRepetition([...inLayers, ...beside]);
    }
    catch (error) {
        options.signal.throwIfAborted();
        throw error instanceof errors/* ActionError */.l ? error : unsearchable(source, error);
    }
}
async function readArchive(source, options) {
    const { baseLayers } = options;
    // A layer that is not compressed has its diff id for a name.
    const known = new Set(baseLayers.map((diffId) => `blobs/${diffId.replace(':', '/')}`));
    if (source.isFile && baseLayers.length > 0) {
        for (const path of await findBasePaths(source, options))
            known.add(path);
    }
    return await readThrough(source, options, {
        isKnown: (path) => known.has(path),
        passesOverLayers: false,
    });
}
/** A large base costs more to unpack than a file costs to be read twice. */
async function findBasePaths(source, options) {
    const choice = { isKnown: () => false, passesOverLayers: true };
    const archive = await readThrough(source, options, choice);
    const base = new Set(options.baseLayers);
    return findImages((path) => archive.document(path))
        .flatMap(({ layers }) => layers)
        .filter(({ diffId }) => base.has(diffId))
        .map(({ path }) => path);
}
async function readThrough(source, { signal, scanner, allowList }, choice) {
    const archive = new ImageArchive({ scanner, allowList, ...choice });
    try {
        for await (const bytes of source.open(signal)) {
            signal.throwIfAborted();
            archive.write(bytes);
            const { pending } = archive;
            if (pending)
                await (0,abortable/* abortable */.Z)(signal, () => pending);
        }
        archive.end();
        return archive;
    }
    finally {
        archive.close();
    }
}
function searchLayers(archive, image, options, isOneOfMany) {
    const base = new Set(options.baseLayers);
    const steps = readHistory(image.config);
    return image.layers.flatMap((layer, index) => {
        if (base.has(layer.diffId))
            return [];
        const scan = archive.layer(layer.path);
        const title = `layer ${index + 1} of ${image.layers.length}`;
        expectWhole(scan, layer, title);
        if (scan.findings.length === 0)
            return [];
        const madeBy = describeStep(steps, index, options.scanner);
        const where = `${isOneOfMany ? `${image.platform}, ` : ''}${title}${madeBy}`;
        return scan.findings.map((finding) => ({ ...finding, layer: where }));
    });
}
function expectWhole(scan, { diffId }, title) {
    if (scan === undefined)
        throw new LayoutError(`names ${title}, but does not hold it`);
    if (scan.problem !== undefined)
        throw new LayoutError(`has a ${title} that ${scan.problem}`);
    // Where the unpacking ended early, the digest tells.
    if (scan.digest !== undefined && scan.digest !== diffId) {
        throw new LayoutError(`has a ${title} whose content is not the one that its config names`);
    }
}
function describeStep(steps, index, scanner) {
    const step = steps.find(({ layer }) => layer === index);
    if (step === undefined || step.createdBy === '')
        return '';
    const hasSecret = scanText(scanner, 'history', step.createdBy).length > 0;
    return ` (${renderStep(step, hasSecret)})`;
}
function searchConfig(image, { baseLayers, scanner }) {
    const steps = readHistory(image.config);
    const lastOfBase = countBaseLayers(image, baseLayers) - 1;
    const ownFrom = lastOfBase < 0 ? 0 : steps.findIndex(({ layer }) => layer === lastOfBase) + 1;
    const history = { base: steps.slice(0, ownFrom), own: steps.slice(ownFrom) };
    return scanConfig(image.config, history, scanner);
}
/**
 * How many layers from below are the base's. A step such as WORKDIR makes the same empty layer
 * everywhere, so that a layer which the base has somewhere may still be one of ours.
 */
function countBaseLayers({ layers }, baseLayers) {
    const starts = baseLayers.flatMap((diffId, at) => (diffId === layers[0]?.diffId ? [at] : []));
    const lengths = starts.map((start) => {
        const other = layers.findIndex(({ diffId }, index) => diffId !== baseLayers[start + index]);
        return other < 0 ? layers.length : other;
    });
    return Math.max(0, ...lengths);
}
/** Platforms share layers, and steps their build arguments. */
function withoutRepetition(found) {
    const keyOf = ({ path, rule, line, layer }) => JSON.stringify([path, rule, line, layer]);
    return [...new Map(found.map((finding) => [keyOf(finding), finding])).values()];
}
function unsearchable(source, error) {
    const why = reasonOf(error);
    if (why === undefined)
        return error;
    return new errors/* ActionError */.l('IMAGE_SECRETS', `The image ${source.name} could not be searched for secrets: ${why.replace(/[.!?]$/, '')}.`, { cause: error, hint: 'Nothing was pushed. Run the job again.' });
}
function reasonOf(error) {
    if (error instanceof tar_header/* TarError */.mt)
        return `its archive ${error.message}`;
    if (error instanceof LayoutError)
        return `it ${error.message}`;
    return error instanceof source/* StreamError */.lm ? error.message : undefined;
}

// EXTERNAL MODULE: ./lib/image/gate/report.js
var gate_report = __webpack_require__(5039);
;// CONCATENATED MODULE: ./lib/image/gate/gate.js






/** GitHub shows ten of a kind for each step, and the warning itself is one. */
const MOST_ANNOTATIONS = 9;
const gate_RULES = { judgeName: judgeName, scan: scanContent, start: (path) => new ContentScan(path) };
/**
 * The secrets in what the builder would get. Needs no Docker.
 *
 * @throws ActionError IMAGE_CONTEXT when a file cannot be read
 */
function scanContext(tree, context, options) {
    return searchContext(tree, context, { ...options, scanner: gate_RULES });
}
/**
 * The secrets in what a built image adds to its base.
 *
 * @throws ActionError IMAGE_SECRETS when the image cannot be looked through
 */
function scanImage(source, options) {
    return searchImage(source, { ...options, scanner: gate_RULES });
}
/**
 * Lets pass what is clean, and else stops or warns, as the input `secret_scan` says. No value of a
 * secret is ever told.
 *
 * @throws ActionError IMAGE_SECRETS
 */
function guardFindings(mode, findings, where, log) {
    if (mode === 'off' || findings.length === 0)
        return;
    const report = (0,gate_report/* renderReport */.B1)(findings, where);
    const hint = (0,gate_report/* renderWayOut */.gx)(findings, where);
    if (mode === 'block') {
        const annotations = (0,gate_report/* annotationsOf */.Ih)(findings, 'error');
        throw new errors/* ActionError */.l('IMAGE_SECRETS', report, { hint, annotations });
    }
    log.warning(`${report}\n${hint}`);
    const places = (0,gate_report/* annotationsOf */.Ih)(findings, 'warning');
    for (const place of places.slice(0, MOST_ANNOTATIONS))
        log.annotate(place);
}
/** To be called when both stages are over: only then it is known which lines nothing needs any more. */
function warnOfAllowList(allowList, log) {
    const problems = (0,gate_report/* renderAllowListProblems */.CB)(allowList);
    if (problems !== '')
        log.warning(problems);
}


/***/ }),

/***/ 6598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NI: () => (/* binding */ layoutFile),
/* harmony export */   Sg: () => (/* binding */ engineImage),
/* harmony export */   lm: () => (/* binding */ StreamError)
/* harmony export */ });
/** Why there are no more bytes, in words that end a sentence. */
class StreamError extends Error {
    constructor(message, cause) {
        super(message, { cause });
        this.name = 'StreamError';
    }
}
/** An image of the engine, by id or tag. */
function engineImage(streams, image) {
    return {
        name: image,
        isFile: false,
        open: (signal) => streams.ofTool('docker', ['image', 'save', image], signal),
    };
}
/** The file that `docker buildx build --output type=oci,dest=PATH` writes. */
function layoutFile(streams, path) {
    return { name: path, isFile: true, open: (signal) => streams.ofFile(path, signal) };
}


/***/ }),

/***/ 5039:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B1: () => (/* binding */ renderReport),
/* harmony export */   CB: () => (/* binding */ renderAllowListProblems),
/* harmony export */   Gn: () => (/* binding */ leaksOf),
/* harmony export */   Ih: () => (/* binding */ annotationsOf),
/* harmony export */   gx: () => (/* binding */ renderWayOut)
/* harmony export */ });
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3021);

const MAX_LINES = 50;
const MAX_PATH = 200;
/** Of one file and rule. */
const MAX_NUMBERS = 5;
/** Headline and one line for each place. */
function renderReport(findings, where) {
    const groups = groupFindings(findings);
    const subject = where === 'context' ? 'The build context' : 'The image';
    const lines = groups.slice(0, MAX_LINES).map(renderGroup);
    return [
        `${subject} holds ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .counted */ .hS)(findings.length, 'secret')}:`,
        ...lines.map((line) => `  ${line}`),
        ...(groups.length > MAX_LINES
            ? [`  … and ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .grouped */ .zD)(groups.length - MAX_LINES)} more places`]
            : []),
    ].join('\n');
}
function groupFindings(findings) {
    const keyOf = ({ path, rule, title, layer }) => JSON.stringify([path, rule, title, layer]);
    return [...Map.groupBy(findings, keyOf).values()].flatMap((group) => {
        const [first] = group;
        return first === undefined ? [] : [{ first, lines: group.map(({ line }) => line) }];
    });
}
function renderGroup({ first, lines }) {
    const layer = first.layer === undefined ? '' : `  ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(first.layer)}`;
    return `${placeOf(first.path, lines)}  ${first.title} (${first.rule})${layer}`;
}
function placeOf(path, lines) {
    const numbers = lines.filter((line) => line > 0);
    const shown = numbers.slice(0, MAX_NUMBERS).join(', ');
    const more = numbers.length > MAX_NUMBERS ? ' …' : '';
    return numbers.length === 0 ? shortPath(path) : `${shortPath(path)}:${shown}${more}`;
}
/** A path as text of one line that cannot do anything: others chose it. */
function shortPath(path) {
    const line = (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(path);
    return line.length > MAX_PATH ? `…${line.slice(-MAX_PATH)}` : line;
}
/** The same for the comment of a pull request, which has its own ways to show and to cut it. */
function leaksOf(findings, mode) {
    return {
        isRefused: mode === 'block',
        findings: findings.map((finding) => ({
            place: placeOf(finding.path, [finding.line]),
            what: `${finding.title} (${finding.rule})`,
        })),
    };
}
/** For the files of the repository: what stands in a layer has no place in it. */
function annotationsOf(findings, severity) {
    return findings
        .filter(({ layer }) => layer === undefined)
        .map(({ path, line, title, rule }) => ({
        severity,
        title,
        message: `A secret must not get into the image (rule ${rule}). The log of the job says how to mend it.`,
        file: path,
        line,
    }));
}
/** What to do, for the kinds of findings that there are; commands and lines to copy. */
function renderWayOut(findings, where) {
    const [first] = findings;
    if (first === undefined)
        return '';
    const file = findings.find(isFile);
    const isInHistory = findings.some((finding) => !isFile(finding));
    const isInLayer = where === 'image' && file !== undefined;
    return [
        ...secretManagerLines(findings),
        ...(file ? ignoreLines(file) : []),
        ...(isInLayer ? [DELETED_LATER] : []),
        ...(isInLayer || isInHistory ? BUILD_SECRET : []),
        KNOWN_BY_NOW,
        ...allowLines(first),
    ].join('\n');
}
function isFile({ layer }) {
    return layer === undefined || /^(?:\S+, )?layer \d/.test(layer);
}
/** What the service needs, by the name under which the finding knows it. */
function secretManagerLines(findings) {
    const names = findings.map(({ path }) => /^(?:ENV|build argument) (\w+)$/.exec(path)?.[1]);
    const name = names.find((one) => one !== undefined) ?? 'API_KEY';
    const secret = name.toLowerCase().replaceAll('_', '-');
    return [
        'A value that the service needs belongs into Secret Manager, from where the VM gets it when it boots:',
        `  printf %s "$${name}" | gcloud secrets create ${secret} --data-file=-`,
        `  secrets: ${name}=${secret}    # input of this action; the container then has the variable ${name}`,
    ];
}
function ignoreLines({ path }) {
    // A name such as "config" alone would leave out others, too.
    const isOfGit = /(^|\/)\.git\//.test(path);
    const name = isOfGit ? '.git' : path.slice(path.lastIndexOf('/') + 1);
    return [
        `A file that the image does not need is left out by a line in .dockerignore: **/${shortPath(name)}`,
    ];
}
const DELETED_LATER = 'A later step that deletes the file does not help: the layer that has it is pushed all the same.';
const BUILD_SECRET = [
    'A value that only the build needs goes to the one step that reads it, and into no layer and no history:',
    '  RUN --mount=type=secret,id=API_KEY …    # in the Dockerfile; the value is in /run/secrets/API_KEY',
    '  build_secrets: API_KEY=…    # input of this action',
];
const KNOWN_BY_NOW = 'A value that was committed or pushed counts as known: revoke it and make a new one.';
function allowLines({ path, rule }) {
    return [
        'What is no secret is allowed by a line in .secret-scan-allow, or by a comment `secret-scan:allow REASON` at its place:',
        `  ${rule}  ${path.replace(/[^\w.,:@+=/-]/g, '?')}  # REASON`,
    ];
}
/** Lines of the allow-list that are not understood, or that nothing needed; empty without any. */
function renderAllowListProblems(allowList) {
    const unused = allowList.unused().map((line) => `Nothing needs it any more: ${line}`);
    const lines = [...allowList.problems, ...unused];
    if (lines.length === 0)
        return '';
    return [
        '.secret-scan-allow has lines to look at:',
        ...lines.map((line) => `  ${(0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(line)}`),
    ].join('\n');
}


/***/ }),

/***/ 378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Se: () => (/* binding */ dockerfilePath),
  Wt: () => (/* binding */ platformsOf),
  yI: () => (/* binding */ readContext),
  o$: () => (/* binding */ readSource)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/lib/canonical-json.js
var canonical_json = __webpack_require__(9968);
;// CONCATENATED MODULE: ./lib/image/address.js


/** Changes with what is hashed, and how: addresses of other versions never meet. */
const FORMAT = 1;
/** The name of what will be built: equal for equal inputs, different for any other. */
function addressOf(inputs) {
    const reasons = [...new Set([...inputs.reasons, ...reasonsIn(inputs)])];
    if (reasons.length > 0)
        return { unaddressable: reasons };
    const { contextDigest, dockerfile, target, salt } = inputs;
    const described = (0,canonical_json/* canonicalJson */.d)({
        format: FORMAT,
        contextDigest,
        dockerfile,
        target: target ?? '',
        buildArgs: Object.fromEntries(inputs.buildArgs),
        bases: distinctSorted(inputs.bases.map(renderBase)),
        platforms: distinctSorted(inputs.platforms),
        labels: Object.fromEntries(inputs.labels),
        salt,
    });
    return { address: (0,external_node_crypto_.createHash)('sha256').update(described).digest('hex') };
}
function reasonsIn({ dockerfile, platforms }) {
    return [
        // Bytes that are no text all read as this one character: different files would look the same.
        ...(dockerfile.includes('\uFFFD') ? ['the Dockerfile is not UTF-8'] : []),
        ...(platforms.length === 0 ? ['what platform the builder builds for is not known'] : []),
    ];
}
function renderBase({ name, platform, digest }) {
    return (0,canonical_json/* canonicalJson */.d)([name, platform ?? '', digest]);
}
function distinctSorted(texts) {
    return [...new Set(texts)].sort();
}

// EXTERNAL MODULE: ./lib/image/bases/resolve.js + 1 modules
var resolve = __webpack_require__(3775);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/image/context/failure.js
var failure = __webpack_require__(7895);
;// CONCATENATED MODULE: ./lib/image/context/ignore/glob.js
/**
 * Whether Go's filepath.Match takes the pattern for the name ".". Docker asks just this of every
 * line before it uses any: a mistake behind the first mismatch is not seen, here as there.
 *
 * @throws SyntaxError when it does not
 */
function checkGlob(pattern) {
    let left = [...pattern];
    let name = '.';
    while (left.length > 0 && name !== false) {
        const { isStar, chunk, rest } = nextChunk(left);
        name = matchFrom(chunk, name, isStar);
        left = rest;
    }
}
function nextChunk(pattern) {
    const stars = pattern.findIndex((char) => char !== '*');
    const start = stars < 0 ? pattern.length : stars;
    let isInSet = false;
    let end = start;
    for (; end < pattern.length; end += 1) {
        const char = pattern[end];
        if (char === '*' && !isInSet)
            break;
        if (char === '\\' && end + 1 < pattern.length)
            end += 1;
        else if (char === '[' || char === ']')
            isInSet = char === '[';
    }
    return { isStar: start > 0, chunk: pattern.slice(start, end), rest: pattern.slice(end) };
}
function matchFrom(chunk, name, isStar) {
    const rest = matchChunk(chunk, name);
    // The name is one character long: a star can stand for nothing or for all of it.
    return rest === false && isStar && name !== '' ? matchChunk(chunk, '') : rest;
}
/** Reads the whole chunk, even when it cannot match any more. */
function matchChunk(chunk, name) {
    let rest = name;
    let at = 0;
    while (at < chunk.length) {
        const { end, isMatch } = chunk[at] === '[' ? readSet(chunk, at + 1) : readChar(chunk, at);
        rest = rest !== false && rest !== '' && isMatch(rest) ? '' : false;
        at = end;
    }
    return rest;
}
function readChar(chunk, at) {
    if (chunk[at] === '?')
        return { end: at + 1, isMatch: () => true };
    const literal = chunk[at] === '\\' ? at + 1 : at;
    if (literal >= chunk.length)
        throw new SyntaxError('nothing follows the last \\');
    return { end: literal + 1, isMatch: (char) => char === chunk[literal] };
}
/** A set whose `[` stands in front of `start`. */
function readSet(chunk, start) {
    const isNegated = chunk[start] === '^';
    const first = isNegated ? start + 1 : start;
    const ranges = [];
    let at = first;
    while (chunk[at] !== ']' || at === first) {
        const low = readMember(chunk, at);
        const high = chunk[low.end] === '-' ? readMember(chunk, low.end + 1) : low;
        ranges.push([low.char, high.char]);
        at = high.end;
    }
    const isIn = (char) => ranges.some(([low, high]) => low <= char && char <= high);
    return { end: at + 1, isMatch: (char) => isIn(char) !== isNegated };
}
function readMember(chunk, at) {
    const place = chunk[at] === '\\' ? at + 1 : at;
    const char = chunk[place];
    const isBare = place === at && (char === '-' || char === ']');
    // Something has to follow: at least the `]`.
    if (char === undefined || isBare || place + 1 >= chunk.length) {
        throw new SyntaxError('a set has no end or an empty range');
    }
    return { char, end: place + 1 };
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/go-text.js

// Unicode's White_Space. JavaScript's trim() also takes U+FEFF away and leaves U+0085.
const SPACES = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const OUTER_SPACES = new RegExp(`^${SPACES}|${SPACES}$`, 'gu');
/** As Go's strings.TrimSpace. */
function trimSpaces(text) {
    return text.replace(OUTER_SPACES, '');
}
/** As Go's filepath.Clean: the shortest way to write a path, with no slash at its end. */
function cleanPath(path) {
    const normal = external_node_path_.posix.normalize(path);
    return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/go-escape.js
const SPACE = '\\t\\n\\f\\r ';
const CLASSES = {
    d: '0-9',
    D: '\\0-\\x2f\\x3a-\\u{10ffff}',
    s: SPACE,
    S: '\\0-\\x08\\x0b\\x0e-\\x1f!-\\u{10ffff}',
    w: '0-9A-Z_a-z',
    W: '\\0-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\u{10ffff}',
};
const ASSERTIONS = { A: '^', z: '$', b: '\\b', B: '\\B' };
const CONTROLS = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };
/** A `\…` outside of a set. @throws SyntaxError where Go refuses it */
function translateEscape(chars, at) {
    const assertion = ASSERTIONS[chars[at + 1] ?? ''];
    if (assertion !== undefined)
        return { text: assertion, end: at + 2 };
    const members = readClass(chars, at);
    if (members !== undefined)
        return { text: `[${members.text}]`, end: members.end };
    const literal = readLiteral(chars, at);
    return { text: escapeCodePoint(literal.codePoint), end: literal.end };
}
/** The members of `\d`, `\pL` and their like, for use inside of `[]`. */
function readClass(chars, at) {
    const name = chars[at + 1] ?? '';
    const members = CLASSES[name];
    if (members !== undefined)
        return { text: members, end: at + 2 };
    if (name !== 'p' && name !== 'P')
        return undefined;
    const braced = /^\{(\^?)([A-Za-z_]+)\}/.exec(chars.slice(at + 2, at + 40).join(''));
    if (braced === null)
        return { text: property(name, chars[at + 2] ?? ''), end: at + 3 };
    const [written, negation, category = ''] = braced;
    const sign = (name === 'P') === (negation === '^') ? 'p' : 'P';
    return { text: property(sign, category), end: at + 2 + written.length };
}
/** Go knows categories by their short names and scripts by their long ones. */
function property(sign, name) {
    const isCategory = /^(?:[CLMNPSZ][a-z]?|Any)$/.test(name);
    const text = `\\${sign}{${isCategory ? name : `Script=${name}`}}`;
    // Throws for a name that there is not.
    new RegExp(text, 'u');
    return text;
}
/** A `\…` that means one character. @throws SyntaxError where Go refuses it */
function readLiteral(chars, at) {
    const char = chars[at + 1] ?? '';
    if (/^[\0-\x7f]$/.test(char) && !/[0-9A-Za-z]/.test(char)) {
        return { codePoint: char.charCodeAt(0), end: at + 2 };
    }
    const control = CONTROLS[char];
    if (control !== undefined)
        return { codePoint: control, end: at + 2 };
    const rest = chars.slice(at + 1, at + 16).join('');
    // A single digit other than 0 would refer back, which Go does not know.
    const octal = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest)?.[0];
    if (octal !== undefined) {
        return { codePoint: Number.parseInt(octal, 8), end: at + 1 + octal.length };
    }
    const hex = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/.exec(rest);
    const codePoint = Number.parseInt(hex?.[1] ?? hex?.[2] ?? '', 16);
    if (hex === null || codePoint > 0x10ffff)
        throw new SyntaxError(`invalid escape \\${char}`);
    return { codePoint, end: at + 1 + hex[0].length };
}
/** One character, safe anywhere in a JavaScript pattern. */
function escapeCodePoint(codePoint) {
    return `\\u{${codePoint.toString(16)}}`;
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/go-set.js

const NAMED = {
    alnum: '0-9A-Za-z',
    alpha: 'A-Za-z',
    ascii: '\\0-\\x7f',
    blank: '\\t ',
    cntrl: '\\0-\\x1f\\x7f',
    digit: '0-9',
    graph: '!-~',
    lower: 'a-z',
    print: ' -~',
    punct: '!-\\/:-@\\[-`\\{-~',
    space: '\\t-\\r ',
    upper: 'A-Z',
    word: '0-9A-Z_a-z',
    xdigit: '0-9A-Fa-f',
};
/** A `[…]` whose `[` stands at `at`. @throws SyntaxError where Go refuses it */
function translateSet(chars, at) {
    const isNegated = chars[at + 1] === '^';
    const first = at + (isNegated ? 2 : 1);
    let next = first;
    let members = '';
    // A `]` in the first place is a member.
    while (chars[next] !== ']' || next === first) {
        const member = readNamed(chars, next) ??
            (chars[next] === '\\' ? readClass(chars, next) : undefined) ??
            readRange(chars, next);
        members += member.text;
        next = member.end;
    }
    return { text: `[${isNegated ? '^' : ''}${members}]`, end: next + 1 };
}
function readNamed(chars, at) {
    if (chars[at] !== '[' || chars[at + 1] !== ':')
        return undefined;
    const end = chars.findIndex((char, i) => i >= at + 2 && char === ':' && chars[i + 1] === ']');
    if (end < 0)
        return undefined;
    const name = chars.slice(at + 2, end).join('');
    const members = NAMED[name.replace(/^\^/, '')];
    if (members === undefined)
        throw new SyntaxError(`invalid class [:${name}:]`);
    return { text: name.startsWith('^') ? complement(members) : members, end: end + 2 };
}
/** The members that `members` are not; sets cannot be nested here. */
function complement(members) {
    const isMember = new RegExp(`[${members}]`, 'u');
    // Every named class is part of ASCII.
    const others = Array.from({ length: 128 }, (_, code) => code).filter((code) => !isMember.test(String.fromCodePoint(code)));
    return `${others.map(escapeCodePoint).join('')}\\x80-\\u{10ffff}`;
}
function readRange(chars, at) {
    const low = go_set_readMember(chars, at);
    if (chars[low.end] !== '-' || chars[low.end + 1] === undefined || chars[low.end + 1] === ']') {
        return { text: escapeCodePoint(low.codePoint), end: low.end };
    }
    const high = go_set_readMember(chars, low.end + 1);
    if (high.codePoint < low.codePoint)
        throw new SyntaxError('a range runs backwards');
    return {
        text: `${escapeCodePoint(low.codePoint)}-${escapeCodePoint(high.codePoint)}`,
        end: high.end,
    };
}
function go_set_readMember(chars, at) {
    const char = chars[at];
    if (char === undefined)
        throw new SyntaxError('a set has no end');
    if (char === '\\')
        return readLiteral(chars, at);
    return { codePoint: char.codePointAt(0) ?? 0, end: at + 1 };
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/go-regex.js


const MAX_REPEAT = 1000;
const COUNT = /^\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/;
/**
 * The same language as Go's regexp package gives `source`, for what a glob can turn into: no groups
 * and no `*`, `+` or `?` of the user's own.
 *
 * @throws SyntaxError where Go refuses it
 */
function translateGoRegex(source) {
    const chars = [...source];
    const parts = [];
    let at = 0;
    while (at < chars.length) {
        const char = chars[at];
        if (char === '\\' && chars[at + 1] === 'Q') {
            const end = endOfQuote(chars, at + 2);
            for (const quoted of chars.slice(at + 2, end))
                addChar(parts, `\\${quoted}`);
            at = end + 2;
        }
        else if (char === '\\' || char === '[') {
            const { text, end } = char === '[' ? translateSet(chars, at) : translateEscape(chars, at);
            parts.push({ text, canRepeat: true });
            at = end;
        }
        else {
            const count = char === '{' ? COUNT.exec(chars.slice(at).join('')) : null;
            if (count === null)
                addChar(parts, char ?? '');
            else
                repeatLast(parts, count);
            at += count?.[0].length ?? 1;
        }
    }
    return new RegExp(parts.map(({ text }) => text).join(''), 'u');
}
function addChar(parts, char) {
    const last = parts.at(-1);
    if ((char === '*' || char === '?') && last !== undefined) {
        last.text += char;
        last.canRepeat = false;
    }
    else {
        parts.push({ text: translateChar(char), canRepeat: char !== '|' });
    }
}
function translateChar(char) {
    // In JavaScript the dot stops at more kinds of line ends, and a lone bracket is an error.
    if (char === '.')
        return '[^\\n]';
    if (/^[\]{}]$/.test(char))
        return `\\${char}`;
    // Quoted: JavaScript lets only its own syntax be escaped.
    return char.startsWith('\\') && !/^\\[\\^$.*+?()[\]{}|/]$/.test(char) ? char.slice(1) : char;
}
function repeatLast(parts, [written, min = '0', comma, max]) {
    const last = parts.at(-1);
    if (last?.canRepeat !== true)
        throw new SyntaxError(`nothing to repeat before ${written}`);
    const most = Number(max ?? min);
    if (Number(min) > MAX_REPEAT ||
        most > MAX_REPEAT ||
        (comma !== undefined && most < Number(min))) {
        throw new SyntaxError(`${written} repeats too often`);
    }
    last.text = `(?:${last.text})${written}`;
    last.canRepeat = false;
}
function endOfQuote(chars, from) {
    const end = chars.findIndex((char, at) => at >= from && char === '\\' && chars[at + 1] === 'E');
    return end < 0 ? chars.length : end;
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/pattern.js

/**
 * One line of an ignore file. What it matches is what moby/patternmatcher makes of it, with all of
 * its oddities: the glob becomes the text of a Go regular expression, so `\d` is a digit.
 */
class IgnorePattern {
    /** Without its `!`. */
    text;
    /** Begins with `!`: brings back what earlier lines took away. */
    isException;
    #test;
    constructor(text, isException) {
        this.text = text;
        this.isException = isException;
    }
    /** @throws SyntaxError when it is no regular expression; Docker notices only here, too. */
    matches(path) {
        this.#test ??= checkedPattern(this.text, () => compile(this.text));
        return this.#test(path);
    }
}
/** Names the pattern in what `work` throws. @throws SyntaxError */
function checkedPattern(text, work) {
    try {
        return work();
    }
    catch (cause) {
        if (!(cause instanceof SyntaxError))
            throw cause;
        throw new SyntaxError(`the pattern "${text}" cannot be understood (${cause.message})`, {
            cause,
        });
    }
}
function compile(text) {
    const { shape, source } = toRegex(text);
    switch (shape) {
        case 'exact':
            return (path) => path === text;
        case 'prefix':
            return (path) => path.startsWith(text.slice(0, -2));
        case 'suffix': {
            const suffix = text.slice(2);
            const isName = suffix.startsWith('/');
            return (path) => path.endsWith(suffix) || (isName && path === suffix.slice(1));
        }
        case 'regex': {
            const regex = translateGoRegex(`^${source}$`);
            return (path) => regex.test(path);
        }
    }
}
const ANY_FOLDERS = '(.*/)?';
// Docker means to escape |, { and } as well, but the table it looks them up in is too small: "a|b*"
// means two patterns.
const ESCAPED = new Set('.+()$');
function toRegex(text) {
    // The scanner that Docker reads patterns with drops a byte order mark.
    const chars = [...text.replace(/^\uFEFF/, '')];
    let shape = 'exact';
    let source = '';
    let at = 0;
    const next = () => chars[at++];
    for (let char = next(); char !== undefined; char = next()) {
        const isFirst = at === 1;
        if (char === '*' && chars[at] === '*') {
            at += chars[at + 1] === '/' ? 2 : 1;
            const isLast = at >= chars.length;
            // Twice in a row means the same as once, and takes ever longer to find out.
            if (!isLast && !source.endsWith(ANY_FOLDERS))
                source += ANY_FOLDERS;
            if (isLast && shape !== 'exact')
                source += '.*';
            shape = isLast && shape === 'exact' ? 'prefix' : 'regex';
            // Whatever follows makes it a regex again, unless it is plain text.
            if (isFirst)
                shape = 'suffix';
        }
        else if (char === '*' || char === '?') {
            source += char === '*' ? '[^/]*' : '[^/]';
            shape = 'regex';
        }
        else if (char === '\\') {
            const escaped = next();
            source += `\\${escaped ?? ''}`;
            if (escaped !== undefined)
                shape = 'regex';
        }
        else if (char === '[' || char === ']') {
            source += char;
            shape = 'regex';
        }
        else {
            source += ESCAPED.has(char) ? `\\${char}` : char;
        }
    }
    return { shape, source };
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/rules.js



/**
 * The patterns of one ignore file as a whole: the last one that matches wins. Three ways of asking
 * differ in what they make of parent folders, and Docker uses all three.
 */
class IgnoreRules {
    patterns;
    exceptions;
    /** @throws SyntaxError for a pattern that Docker refuses */
    constructor(lines) {
        this.patterns = lines.flatMap(parsePattern);
        this.exceptions = this.patterns.filter(({ isException }) => isException);
    }
    /**
     * Step by step from the top: a pattern that matched the folder matches all inside it. One that
     * was not asked about the folder (it could change nothing there) is only asked about the path
     * itself, which is not the same as `ignores`.
     */
    judge(path, parent) {
        let isIgnored = false;
        const matches = this.patterns.map((pattern, index) => {
            const isMatch = parent?.matches[index] === true ||
                (pattern.isException === isIgnored && pattern.matches(path));
            if (isMatch)
                isIgnored = !pattern.isException;
            return isMatch;
        });
        return { isIgnored, matches };
    }
    /** At once: a pattern matches when it matches the path or any of its parent folders. */
    ignores(path) {
        const all = withParents(path);
        return this.#decide((pattern) => all.some((place) => pattern.matches(place)));
    }
    /** As an old part of Docker's client asks: of the parents only the one as deep as the pattern. */
    ignoresByDepth(path) {
        const [itself = path, ...parents] = withParents(path);
        return this.#decide((pattern) => {
            const parent = parents[parents.length - pattern.text.split('/').length];
            return pattern.matches(itself) || (parent !== undefined && pattern.matches(parent));
        });
    }
    #decide(isMatch) {
        let isIgnored = false;
        for (const pattern of this.patterns) {
            if (pattern.isException === isIgnored && isMatch(pattern))
                isIgnored = !pattern.isException;
        }
        return isIgnored;
    }
}
function parsePattern(line) {
    const trimmed = trimSpaces(line);
    if (trimmed === '')
        return [];
    const clean = cleanPath(trimmed);
    const isException = clean.startsWith('!');
    if (clean === '!')
        throw new SyntaxError('illegal exclusion pattern: "!"');
    const text = isException ? clean.slice(1) : clean;
    checkedPattern(text, () => checkGlob(text));
    return [new IgnorePattern(text, isException)];
}
/** The path itself, then its folders from the nearest to the farthest. */
function withParents(path) {
    const slash = path.lastIndexOf('/');
    return slash < 0 ? [path] : [path, ...withParents(path.slice(0, slash))];
}

;// CONCATENATED MODULE: ./lib/image/context/ignore-file.js


/** Of the ignore file at the top of a context. */
const DEFAULT_NAME = '.dockerignore';
const MAX_LINKS = 255;
/**
 * Where BuildKit looks: `<Dockerfile>.dockerignore` beside the Dockerfile, wherever that is, and
 * only without one `.dockerignore` at the top of the context. Links count as if the folder that is
 * looked in were `/`; what is no file does not count.
 */
async function findBuildkitIgnoreFile(tree, options) {
    const { root, signal } = options;
    const folder = (0,external_node_path_.dirname)(options.dockerfile);
    const name = `${await dockerfileName(tree, options)}${DEFAULT_NAME}`;
    return ((await readInside(tree, { folder, name, signal })) ??
        (await readInside(tree, { folder: root, name: DEFAULT_NAME, signal })));
}
/** Where the client looks that sends the context itself; links are followed to anywhere. */
async function findClassicIgnoreFile(tree, { root, signal }) {
    const path = (0,external_node_path_.join)(root, DEFAULT_NAME);
    try {
        const isLinked = (await tree.inspect((0,external_node_path_.resolve)(path))).kind === 'link';
        const place = await tree.resolve((0,external_node_path_.resolve)(path));
        const { sizeBytes } = await tree.inspect(place);
        return { path, isLinked, content: await readWhole(tree, { place, sizeBytes, signal }) };
    }
    catch (error) {
        if ((0,failure/* codeOf */.$N)(error) === 'ENOENT')
            return undefined;
        throw (0,failure/* unreadable */.O$)(path, error, signal);
    }
}
/** The name that counts: `dockerfile` does where there is no `Dockerfile`. */
async function dockerfileName(tree, { dockerfile, signal }) {
    const name = (0,external_node_path_.basename)(dockerfile);
    if (name !== 'Dockerfile')
        return name;
    const folder = (0,external_node_path_.dirname)(dockerfile);
    try {
        const names = (await tree.list((0,external_node_path_.resolve)(folder))).map((node) => node.name);
        return !names.includes(name) && names.includes('dockerfile') ? 'dockerfile' : name;
    }
    catch (error) {
        // A Dockerfile that is missing is found by whoever reads it.
        if ((0,failure/* codeOf */.$N)(error) === 'ENOENT' || (0,failure/* codeOf */.$N)(error) === 'ENOTDIR')
            return name;
        throw (0,failure/* unreadable */.O$)(folder, error, signal);
    }
}
async function readInside(tree, place) {
    const { folder, name, signal } = place;
    const path = (0,external_node_path_.join)(folder, name);
    try {
        const root = await tree.resolve((0,external_node_path_.resolve)(folder));
        const found = await resolveInside(tree, root, name);
        if (found?.facts.kind !== 'file')
            return undefined;
        const { sizeBytes } = found.facts;
        const content = await readWhole(tree, { place: (0,external_node_path_.join)(root, found.path), sizeBytes, signal });
        return { path, content, isLinked: found.path !== name };
    }
    catch (error) {
        if ((0,failure/* codeOf */.$N)(error) === 'ENOENT' || (0,failure/* codeOf */.$N)(error) === 'ENOTDIR')
            return undefined;
        throw (0,failure/* unreadable */.O$)(path, error, signal);
    }
}
/**
 * Follows links as if `root` were `/`. A `..` in a link takes away what is written before it, even
 * if that is a link itself or does not exist.
 */
async function resolveInside(tree, root, name) {
    let path = (0,external_node_path_.join)('/', name);
    for (let links = 0; links <= MAX_LINKS; links += 1) {
        const next = await followFirstLink(tree, root, path);
        if (next === undefined)
            return { path: path.slice(1), facts: await tree.inspect(root + path) };
        path = next;
    }
    return undefined;
}
/** The path with its first link replaced, or undefined when it has none. */
async function followFirstLink(tree, root, path) {
    const parts = path.split('/').slice(1);
    for (const index of parts.keys()) {
        const folder = `/${parts.slice(0, index).join('/')}`;
        const { target } = await tree.inspect((0,external_node_path_.join)(root, folder, parts[index] ?? ''));
        if (target === undefined)
            continue;
        const rest = parts.slice(index + 1).join('/');
        return (0,external_node_path_.join)('/', target.startsWith('/') ? target : (0,external_node_path_.join)(folder, target), rest);
    }
    return undefined;
}
async function readWhole(tree, file) {
    const chunks = [];
    for await (const chunk of tree.read(file.place, file.sizeBytes, file.signal)) {
        chunks.push(Uint8Array.from(chunk));
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./lib/image/context/classic.js




/** The Dockerfile as the client names it to the engine: from `root`, with links followed. */
async function relativeDockerfile(tree, root, options) {
    const path = (0,external_node_path_.resolve)((0,external_node_path_.dirname)(options.dockerfile), await dockerfileName(tree, options));
    try {
        return (0,external_node_path_.relative)(root, await tree.resolve(path));
    }
    catch (error) {
        if ((0,failure/* codeOf */.$N)(error) === 'ENOENT' || (0,failure/* codeOf */.$N)(error) === 'ENOTDIR')
            return (0,external_node_path_.relative)(root, path);
        throw (0,failure/* unreadable */.O$)(path, error, options.signal);
    }
}
/**
 * What the client sends by: it brings Dockerfile and ignore file back, since the engine needs them.
 * That makes them exceptions like any other.
 */
function clientRules(lines, dockerfile) {
    const withIgnoreFile = withException(lines, DEFAULT_NAME);
    return new IgnoreRules(withException(withIgnoreFile, dockerfile));
}
function withException(lines, path) {
    return new IgnoreRules(lines).ignoresByDepth(path) ? [...lines, `!${path}`] : lines;
}
/** What the engine takes out again before the first COPY, if the ignore file names it. */
function withoutBuildFiles(entries, rules, dockerfile) {
    const gone = [DEFAULT_NAME, dockerfile].filter((path) => rules.ignores(path));
    return entries.filter(({ path }) => !gone.includes(path));
}
/** The client goes into an ignored folder only for an exception that begins with its whole name. */
function entersIgnored(rules, folder) {
    return rules.exceptions.some(({ text }) => `${text}/`.startsWith(`${folder}/`));
}

;// CONCATENATED MODULE: ./lib/image/context/ignore/lines.js


const BYTE_ORDER_MARK = '\uFEFF';
/** Docker reads line by line with a buffer of this size. */
const MAX_LINE_BYTES = 64 * 1024;
/**
 * The patterns of an ignore file in the form in which Docker's clients send them: comments and
 * empty lines are gone, paths are short, `!` stays in front.
 *
 * @throws RangeError for a line that Docker cannot read either
 */
function parseIgnoreLines(content) {
    const text = external_node_buffer_.Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8');
    const lines = text.split('\n');
    if (lines[0]?.startsWith(BYTE_ORDER_MARK))
        lines[0] = lines[0].slice(1);
    return lines.flatMap((line, index) => {
        if (line.length >= MAX_LINE_BYTES / 4 && external_node_buffer_.Buffer.byteLength(line) >= MAX_LINE_BYTES) {
            throw new RangeError(`line ${index + 1} is longer than 64 KiB`);
        }
        return parseLine(line);
    });
}
function parseLine(line) {
    // Only in the first column: " #x" is a pattern.
    if (line.startsWith('#'))
        return [];
    const pattern = trimSpaces(line);
    if (pattern === '')
        return [];
    if (!pattern.startsWith('!'))
        return [withoutRoot(pattern)];
    return [`!${withoutRoot(trimSpaces(pattern.slice(1)))}`];
}
function withoutRoot(pattern) {
    if (pattern === '')
        return '';
    const clean = cleanPath(pattern);
    return clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
}

// EXTERNAL MODULE: ./lib/image/context/pool.js
var pool = __webpack_require__(9527);
// EXTERNAL MODULE: ./lib/image/context/tree.js
var context_tree = __webpack_require__(3985);
;// CONCATENATED MODULE: ./lib/image/context/walk.js



const AT_ONCE = 32;
/** Everything below `root` that the rules leave, and nothing of what they shut off is looked at. */
async function walkTree(tree, root, { rules, signal }) {
    const findings = { folders: new Set(), others: [], oddities: [] };
    let level = [{ path: '', verdict: undefined }];
    while (level.length > 0) {
        const below = [];
        await (0,pool/* runBounded */.B)(level, { atOnce: AT_ONCE, signal }, async (folder) => {
            const nodes = await listFolder(tree, root, { folder, signal });
            for (const node of nodes) {
                const inside = judgeNode({ node, folder, rules, findings });
                if (inside)
                    below.push(inside);
            }
        });
        level = below;
    }
    const entries = await describe(tree, root, { findings, signal });
    return { entries, oddities: findings.oddities.sort() };
}
async function listFolder(tree, root, { folder, signal }) {
    const path = folder.path === '' ? root : `${root}/${folder.path}`;
    try {
        return await tree.list(path);
    }
    catch (error) {
        // Docker forgives this too: what cannot be seen cannot be brought back.
        if (folder.verdict?.isIgnored === true && (0,failure/* codeOf */.$N)(error) === 'EACCES')
            return [];
        throw (0,failure/* unreadable */.O$)(path, error, signal);
    }
}
/** Notes what is found; a folder that has to be looked into is returned. */
function judgeNode({ node, folder, rules, findings }) {
    const { name, kind, isUtf8 } = node;
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    const verdict = rules.judge(path, folder.verdict);
    if (!verdict.isIgnored) {
        addFolders(findings.folders, folder.path);
        const oddity = isUtf8 ? ODD_KINDS[kind] : 'has a name that is not UTF-8';
        if (oddity !== undefined)
            findings.oddities.push(`${path} ${oddity}`);
        else if (kind === 'folder')
            findings.folders.add(path);
        else
            findings.others.push({ path, kind });
    }
    if (kind !== 'folder' || !isUtf8)
        return undefined;
    return verdict.isIgnored && !rules.entersIgnored(path) ? undefined : { path, verdict };
}
const ODD_KINDS = {
    socket: 'is a socket',
    pipe: 'is a named pipe',
    device: 'is a device',
};
function addFolders(folders, path) {
    for (let at = path; at !== '' && !folders.has(at); at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
        folders.add(at);
    }
}
async function describe(tree, root, { findings, signal }) {
    const entries = [...findings.folders].map((path) => ({ path, kind: 'folder', isExecutable: false, sizeBytes: 0 }));
    await (0,pool/* runBounded */.B)(findings.others, { atOnce: AT_ONCE, signal }, async ({ path, kind }) => {
        const place = `${root}/${path}`;
        try {
            const { sizeBytes, isExecutable, hasSpecialBits, target, ...facts } = await tree.inspect(place);
            if (facts.kind !== kind)
                throw new context_tree/* FileChangedError */.j(`${path} was a ${kind}`);
            // What is left of bytes that cannot be told apart any more.
            if (target?.includes('\uFFFD'))
                findings.oddities.push(`${path} leads to what is not UTF-8`);
            if (hasSpecialBits)
                findings.oddities.push(`${path} has a set-id or sticky bit`);
            entries.push(target === undefined
                ? { path, kind: 'file', isExecutable, sizeBytes }
                : { path, kind: 'link', isExecutable, sizeBytes, target });
        }
        catch (error) {
            throw (0,failure/* unreadable */.O$)(place, error, signal);
        }
    });
    return entries.sort((a, b) => compareBytes(a.path, b.path));
}
/** The order of the paths' UTF-8 bytes, which differs from JavaScript's beyond U+FFFF only. */
function compareBytes(a, b) {
    if (SURROGATE.test(a) || SURROGATE.test(b))
        return Buffer.compare(Buffer.from(a), Buffer.from(b));
    return a < b ? -1 : a > b ? 1 : 0;
}
const SURROGATE = /[\ud800-\udfff]/;

;// CONCATENATED MODULE: ./lib/image/context/build-context.js









/**
 * Lists the build context as the builder would get it. Reads no file but the ignore file, and
 * enters no folder that the builder does not enter.
 *
 * @throws ActionError IMAGE_CONTEXT when something in it cannot be read, or a pattern is not valid
 */
async function readBuildContext(tree, options) {
    const root = await resolveRoot(tree, options);
    const isClassic = options.builder === 'classic';
    const ignoreFile = await (isClassic ? findClassicIgnoreFile : findBuildkitIgnoreFile)(tree, options);
    try {
        const walked = await (isClassic ? walkClassic : walkBuildkit)(tree, root, {
            ...options,
            lines: parseIgnoreLines(ignoreFile?.content ?? new Uint8Array()),
        });
        const oddities = [...ignoreFileOddities(ignoreFile, isClassic), ...walked.oddities];
        return { root, entries: walked.entries, ignoreFile: ignoreFile?.path, oddities };
    }
    catch (error) {
        throw (0,failure/* refusedIgnoreFile */.pn)(ignoreFile?.path ?? '', error);
    }
}
async function resolveRoot(tree, { root, signal }) {
    try {
        const place = await tree.resolve((0,external_node_path_.resolve)(root));
        if ((await tree.inspect(place)).kind === 'folder')
            return place;
    }
    catch (error) {
        if ((0,failure/* codeOf */.$N)(error) !== 'ENOENT' && (0,failure/* codeOf */.$N)(error) !== 'ENOTDIR') {
            throw (0,failure/* unreadable */.O$)(root, error, signal);
        }
    }
    throw new errors/* ActionError */.l('IMAGE_CONTEXT', `The build context ${root} is not a folder.`, {
        hint: 'Set the input `context` to the folder with your sources, and check the repository out before this step.',
    });
}
async function walkBuildkit(tree, root, options) {
    const { lines, signal } = options;
    refuseControls(lines);
    const rules = new IgnoreRules(lines);
    const exceptions = rules.exceptions.map(({ text }) => withoutLastGlob(text));
    // One exception with a wildcard, and BuildKit enters every folder that there is.
    const hasWildcards = exceptions.some((text) => /[*[\]?^\\]/.test(text));
    const entersIgnored = (folder) => hasWildcards || exceptions.some((text) => `${text}/`.startsWith(`${folder}/`));
    const judge = (path, parent) => rules.judge(path, parent);
    const { entries, oddities } = await walkTree(tree, root, {
        rules: { judge, entersIgnored },
        signal,
    });
    return { entries, oddities: [...oddities, ...findEmptied(entries, rules)] };
}
/**
 * BuildKit judges twice, in two ways that can differ: a file that its list has and its reading
 * refuses arrives without its content.
 */
function findEmptied(entries, rules) {
    const firstException = rules.patterns.findIndex(({ isException }) => isException);
    const lastIgnoring = rules.patterns.findLastIndex(({ isException }) => !isException);
    // Only a pattern that ignores again after an exception can tell them apart.
    if (firstException < 0 || lastIgnoring < firstException)
        return [];
    return entries
        .filter(({ kind, sizeBytes, path }) => kind === 'file' && sizeBytes > 0 && rules.ignores(path))
        .map(({ path }) => `${path} ${ARRIVES_EMPTY}`);
}
const ARRIVES_EMPTY = 'arrives empty: BuildKit takes the ignore file in two ways, since a line after an exception ignores its folder again';
// BuildKit sends the patterns as header fields, and encodes them only when one is not ASCII.
function refuseControls(lines) {
    if (lines.some((line) => /[^\0-\x7f]/.test(line)))
        return;
    const line = lines.find((pattern) => /[\0-\x1f\x7f]/.test(pattern));
    if (line === undefined)
        return;
    throw new SyntaxError(`the pattern ${JSON.stringify(line)} has a control character`);
}
function withoutLastGlob(text) {
    return text.replace(/\/\*\*$/, '').replace(/\/\*$/, '');
}
async function walkClassic(tree, root, options) {
    const { lines, signal } = options;
    const dockerfile = await relativeDockerfile(tree, root, options);
    const rules = clientRules(lines, dockerfile);
    const { entries, oddities } = await walkTree(tree, root, {
        rules: {
            judge: (path, parent) => rules.judge(path, parent),
            entersIgnored: (folder) => entersIgnored(rules, folder),
        },
        signal,
    });
    const left = withoutBuildFiles(entries, new IgnoreRules(lines), dockerfile);
    return { entries: left, oddities };
}
function ignoreFileOddities(ignoreFile, isClassic) {
    if (ignoreFile === undefined)
        return [];
    const { path, content, isLinked } = ignoreFile;
    return [
        ...((0,external_node_buffer_.isUtf8)(content) ? [] : [`${path} is not UTF-8`]),
        // BuildKit's own frontend takes it for "nothing ignored", one that is fetched for "not there".
        ...(content.length > 0 || (0,external_node_path_.basename)(path) === DEFAULT_NAME ? [] : [`${path} is empty`]),
        // Its engine may not see where the link leads, and then leaves the Dockerfile in.
        ...(isClassic && isLinked ? [`${path} is a link`] : []),
    ];
}

;// CONCATENATED MODULE: ./lib/image/context/digest.js



const digest_AT_ONCE = 32;
const LETTERS = { file: 'f', folder: 'd', link: 'l' };
/** Changes with the encoding, so that an address of an older version is never taken for a new one. */
const ENCODING = 'deploy-spot-mig context 1';
/**
 * SHA-256, in hexadecimal, over paths, kinds, executable bits, link targets and contents. The same
 * for the same content in whatever order it is stored, whenever and wherever it was checked out.
 *
 * @throws ActionError IMAGE_CONTEXT when a file changes or vanishes meanwhile
 */
async function digestContext(tree, context, signal) {
    const { root, entries } = context;
    const contents = [];
    await (0,pool/* runBounded */.B)(entries, { atOnce: digest_AT_ONCE, signal }, async (entry, index) => {
        if (entry.kind !== 'file')
            return;
        const path = `${root}/${entry.path}`;
        try {
            contents[index] = await digestFile(tree, { path, sizeBytes: entry.sizeBytes, signal });
        }
        catch (error) {
            throw (0,failure/* unreadable */.O$)(path, error, signal);
        }
    });
    const whole = (0,external_node_crypto_.createHash)('sha256');
    addText(whole, ENCODING);
    for (const [index, entry] of entries.entries())
        addEntry(whole, entry, contents[index]);
    return whole.digest('hex');
}
async function digestFile(tree, file) {
    const content = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of tree.read(file.path, file.sizeBytes, file.signal))
        content.update(chunk);
    return content.digest();
}
// Every part has a fixed length or its length in front: no name can be read as something else.
function addEntry(whole, entry, content) {
    whole.update(`${LETTERS[entry.kind]}${entry.isExecutable ? 'x' : '-'}`);
    addText(whole, entry.path);
    if (entry.target !== undefined)
        addText(whole, entry.target);
    if (content !== undefined)
        whole.update(content);
}
function addText(whole, text) {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    whole.update(length).update(bytes);
}

// EXTERNAL MODULE: ./lib/image/dockerfile/platform.js
var dockerfile_platform = __webpack_require__(5841);
// EXTERNAL MODULE: ./lib/lib/json.js
var json = __webpack_require__(8173);
;// CONCATENATED MODULE: ./lib/image/dockerfile/text/problem.js
/** What BuildKit would refuse: reading stops there, and the build itself will tell the user. */
class DockerfileProblem extends Error {
    /** 1-based; 0 where no line is meant. */
    line;
    constructor(message, line = 0) {
        super(message);
        this.name = 'DockerfileProblem';
        this.line = line;
    }
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/space.js
// Go's idea of white space, which is not JavaScript's: with U+0085, without the byte order mark.
const space_SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
/** Whether Go takes the one character for white space. */
function isSpace(character) {
    return space_SPACE.test(character);
}
/** Without white space at the beginning. */
function trimLeft(text) {
    let start = 0;
    while (start < text.length && isSpace(text[start] ?? ''))
        start++;
    return text.slice(start);
}
/** Without such characters at the end: a pattern would take forever for a long run that is not there. */
function trimRight(text, isTrimmed) {
    let end = text.length;
    while (end > 0 && isTrimmed(text[end - 1] ?? ''))
        end--;
    return text.slice(0, end);
}
/** Without white space at both ends. */
function trim(text) {
    return trimLeft(trimRight(text, isSpace));
}
/** Between the words of one instruction; fewer characters count here than for trimming. */
const BETWEEN_WORDS = /[\t\v\f\r ]+/;

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/arguments.js



/**
 * Takes the `--flags` off the front; quotes group, and the escape character takes the next one as it
 * is. BuildKit does this byte by byte, so that a no-break space can be cut in two: so do we.
 */
function splitFlags(line, escapeToken) {
    const bytes = Buffer.from(line).toString('latin1');
    const flags = [];
    let at = 0;
    while (at < bytes.length) {
        if (isSpace(bytes[at] ?? '')) {
            at++;
            continue;
        }
        if (!bytes.startsWith('--', at))
            break;
        const { word, end } = readFlag(bytes, at, escapeToken);
        at = end;
        // A bare "--" ends the flags, but only where something follows it.
        if (word === '--')
            break;
        flags.push(word);
    }
    return { flags, rest: Buffer.from(bytes.slice(at), 'latin1').toString() };
}
function readFlag(line, start, escapeToken) {
    let word = '';
    let quote = '';
    let at = start;
    for (; at < line.length; at++) {
        const character = line[at] ?? '';
        if (quote === '' && isSpace(character))
            break;
        if (character === quote)
            quote = '';
        else if (quote === '' && (character === "'" || character === '"'))
            quote = character;
        // An escape character at the very end is dropped.
        else if (character === escapeToken)
            word += line[++at] ?? '';
        else
            word += character;
    }
    return { word, end: at };
}
/** The value of each `--name=value`, or of a bare `--name` as ''. */
function flagValues(flags, name) {
    return flags.flatMap((flag) => {
        if (flag === `--${name}`)
            return [''];
        return flag.startsWith(`--${name}=`) ? [flag.slice(name.length + 3)] : [];
    });
}
/**
 * The words of `["a", "b"]`; undefined for anything that is not a JSON array, which is then read as
 * plain text.
 *
 * @throws DockerfileProblem for an array of other things than strings
 */
function readJsonList(rest) {
    if (!/^\s*\[/.test(rest))
        return undefined;
    const parsed = (0,json/* parseJson */.qF)(rest);
    if (!Array.isArray(parsed))
        return undefined;
    return (0,json/* asList */.DD)(parsed).map((word) => {
        if (typeof word !== 'string')
            throw new DockerfileProblem('a JSON list holds more than strings');
        return word;
    });
}
/** The words of FROM, COPY and ADD: as a JSON list, or what stands between white space. */
function plainWords(rest) {
    return readJsonList(rest) ?? (rest === '' ? [] : rest.split(BETWEEN_WORDS));
}
/** The words of ARG and ENV: quoted white space does not separate; quotes and escapes stay in. */
function quotedWords(rest, escapeToken) {
    const words = [];
    let word;
    let quote = '';
    for (let at = 0; at < rest.length; at++) {
        const character = rest[at] ?? '';
        if (quote === '' && isSpace(character)) {
            if (word !== undefined)
                words.push(word);
            word = undefined;
            continue;
        }
        if (character === quote)
            quote = '';
        else if (quote === '' && (character === "'" || character === '"'))
            quote = character;
        else if (character === escapeToken && quote !== "'") {
            if (at + 1 < rest.length)
                word = (word ?? '') + character + (rest[++at] ?? '');
            continue;
        }
        word = (word ?? '') + character;
    }
    return word === undefined ? words : [...words, word];
}
/** What `ARG name name=value …` declares. */
function readArguments(rest, escapeToken) {
    return quotedWords(rest, escapeToken).map(parseAssignment);
}
/** What `ENV name=value …` or the old form `ENV name value` sets. */
function readEnvironment(rest, escapeToken) {
    const words = quotedWords(rest, escapeToken);
    if (words[0]?.includes('='))
        return words.map(parseAssignment);
    const gap = BETWEEN_WORDS.exec(rest);
    if (gap === null)
        return [];
    return [{ name: rest.slice(0, gap.index), value: rest.slice(gap.index + gap[0].length) }];
}
function parseAssignment(word) {
    const at = word.indexOf('=');
    if (at < 0)
        return { name: word, value: undefined };
    return { name: word.slice(0, at), value: word.slice(at + 1) };
}
/** The fields of `--mount=type=bind,"from=x"`: comma-separated values, as in a CSV file. */
function commaFields(text) {
    const fields = [];
    const field = /(?:"((?:[^"]|"")*)"|([^,"]*))(,|$)/y;
    for (;;) {
        const match = field.exec(text);
        if (match === null)
            throw new DockerfileProblem(`"${text}" has a quote in the wrong place`);
        fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
        if (match[3] === '')
            return fields;
    }
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/patterns.js

/** What `${name#word}`, `##`, `%` and `%%` leave of a value; a second sign stands in `word`. */
function removeMatch(value, operator, word) {
    const isGreedy = word.startsWith(operator);
    const pattern = isGreedy ? word.slice(1) : word;
    if (operator === '#')
        return withoutPrefix(value, pattern, isGreedy);
    // The shortest match at the end is the shortest one at the beginning of everything reversed.
    return reversed(withoutPrefix(reversed(value), reversedPattern(pattern), isGreedy));
}
/** What `${name/pattern/replacement}`, or `//` for all of them, makes of a value. */
function replaceMatch(value, rule) {
    if (rule.isGlobal && rule.replacement.includes('$')) {
        throw new DockerfileProblem('a "$" in a replacement is not evaluated here');
    }
    const match = toRegExp(rule.pattern, { isGreedy: true, flags: rule.isGlobal ? 'gu' : 'u' });
    return value.replace(match, () => rule.replacement);
}
function withoutPrefix(value, pattern, isGreedy) {
    const match = toRegExp(pattern, { isGreedy, flags: 'uy' }).exec(value);
    return match === null ? value : value.slice(match[0].length);
}
/** `*` and `?` are wildcards, a backslash takes their meaning away; there are no brackets. */
function toRegExp(pattern, { isGreedy, flags }) {
    const parts = pattern.match(/\\[\s\S]?|[\s\S]/gu) ?? [];
    const source = parts.map((part) => {
        if (part === '*')
            return isGreedy ? '.*' : '.*?';
        if (part === '?')
            return '.';
        if (!part.startsWith('\\'))
            return part.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
        // Escaped only because they would end the substitution.
        if (part === '\\}' || part === '\\/')
            return `\\${part.slice(1)}`;
        if (part === '\\*' || part === '\\?' || part === '\\\\')
            return part;
        throw new DockerfileProblem(`"${part}" cannot be escaped in a pattern`);
    });
    return new RegExp(source.join(''), flags);
}
function reversed(text) {
    return [...text].reverse().join('');
}
function reversedPattern(pattern) {
    return (pattern.match(/\\[\s\S]|[\s\S]/gu) ?? []).reverse().join('');
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/expansion.js



/** Stands for the value of a variable that a base image may set. */
const UNKNOWN = Symbol('a value that only the build knows');
/**
 * Expands variables and takes quotes and escapes away, as BuildKit's shell lexer does.
 *
 * @throws DockerfileProblem for what BuildKit refuses
 */
function expandWord(word, escapeToken, lookup) {
    const lexer = new Lexer(word, { escapeToken, lookup });
    const text = lexer.readAll().text;
    return { text, unknown: [...lexer.unknown] };
}
/**
 * Splits at white space, leaving variables as they are; the words before a syntax error are lost,
 * as they are in BuildKit, which looks for heredocs this way.
 */
function splitWords(text, keeps = {}) {
    try {
        return new Lexer(text, { escapeToken: '\\', lookup: undefined, ...keeps }).readAll().words;
    }
    catch (error) {
        if (error instanceof DockerfileProblem)
            return [];
        throw error;
    }
}
/** More than anybody writes, and less than the stack of calls can take. */
const MAX_DEPTH = 200;
class Lexer {
    #characters;
    #options;
    unknown = new Set();
    #at = 0;
    #depth = 0;
    /** Of the word being read; one for all depths, so that a nested ${…:-word} clears it. */
    #word = '';
    constructor(text, options) {
        // As Go's scanner: a byte order mark at the beginning is none of the text.
        this.#characters = [...text.replace(/^\uFEFF/, '')];
        this.#options = options;
    }
    readAll() {
        return this.#readUntil('', this.#options.keepsEscapes ?? false);
    }
    get #peek() {
        return this.#characters[this.#at] ?? '';
    }
    #next() {
        return this.#characters[this.#at++] ?? '';
    }
    #readUntil(stop, keepsEscapes) {
        let text = '';
        const words = [];
        this.#word = '';
        const endWord = () => {
            if (this.#word !== '')
                words.push(this.#word);
            this.#word = '';
        };
        while (this.#at < this.#characters.length) {
            if (stop !== '' && this.#peek === stop) {
                this.#at++;
                endWord();
                return { text, words };
            }
            const { part, splits } = this.#readPart(keepsEscapes);
            text += part;
            for (const character of splits ? part : []) {
                if (isSpace(character))
                    endWord();
                else
                    this.#word += character;
            }
            if (!splits)
                this.#word += part;
        }
        if (stop !== '')
            throw new DockerfileProblem(`"${stop}" is missing`);
        endWord();
        return { text, words };
    }
    #readInner(stop, keepsEscapes) {
        if (++this.#depth > MAX_DEPTH)
            throw new DockerfileProblem('substitutions are nested too deep');
        const { text } = this.#readUntil(stop, keepsEscapes);
        this.#depth--;
        return text;
    }
    /** One character, escape, quotation or variable; white space in it separates words where `splits`. */
    #readPart(keepsEscapes) {
        const character = this.#peek;
        if (character === "'")
            return { part: this.#readSingleQuoted(), splits: false };
        if (character === '"')
            return { part: this.#readDoubleQuoted(keepsEscapes), splits: false };
        if (character === '<')
            return { part: this.#readHeredocMark(), splits: false };
        if (character === '$')
            return { part: this.#readVariable(), splits: true };
        this.#at++;
        if (character !== this.#options.escapeToken)
            return { part: character, splits: true };
        return { part: (keepsEscapes ? character : '') + this.#next(), splits: false };
    }
    #readSingleQuoted() {
        const end = this.#characters.indexOf("'", this.#at + 1);
        if (end < 0)
            throw new DockerfileProblem('a single quote is missing');
        const inner = this.#characters.slice(this.#at + 1, end).join('');
        this.#at = end + 1;
        return this.#options.keepsQuotes ? `'${inner}'` : inner;
    }
    #readDoubleQuoted(keepsEscapes) {
        const { escapeToken, keepsQuotes = false } = this.#options;
        let text = this.#next();
        while (this.#peek !== '"') {
            if (this.#at >= this.#characters.length)
                throw new DockerfileProblem('a quote is missing');
            if (this.#peek === '$') {
                text += this.#readVariable();
                continue;
            }
            const character = this.#next();
            if (character !== escapeToken) {
                text += character;
                continue;
            }
            if (keepsEscapes)
                text += character;
            const escaped = this.#peek;
            // Only these can be escaped between quotes; elsewhere the escape character stands for itself.
            text +=
                escaped === '"' || escaped === '$' || escaped === escapeToken ? this.#next() : character;
        }
        text += this.#next();
        return keepsQuotes ? text : text.slice(1, -1);
    }
    /** White space between `<<` and the name belongs to the word. */
    #readHeredocMark() {
        this.#at++;
        if (this.#peek !== '<')
            return '<';
        let mark = '<<';
        this.#at++;
        while (/^[\t\r ]$/.test(this.#peek))
            mark += this.#next();
        return mark;
    }
    #readVariable() {
        this.#at++;
        if (this.#peek !== '{') {
            const name = this.#readName();
            return name === '' ? '$' : this.#value(name, `$${name}`, (value) => value ?? '');
        }
        this.#at++;
        if (['', '{', '}', ':'].includes(this.#peek))
            throw new DockerfileProblem('a "${" is not closed');
        return this.#readBraced(this.#readName());
    }
    #readBraced(name) {
        const first = this.#next();
        if (first === '}')
            return this.#value(name, `\${${name}}`, (value) => value ?? '');
        if (first === '/')
            return this.#readReplacement(name);
        const takesEmptyAsUnset = first === ':';
        const operator = takesEmptyAsUnset ? this.#next() : first;
        const isPattern = operator === '#' || operator === '%';
        const isKnown = ['+', '-', '?', '#', '%'].includes(operator);
        const refuse = () => {
            throw new DockerfileProblem(`"\${${name}${first}" is no substitution`);
        };
        // The shell's own ${name:0:3} is only refused where it has to be evaluated.
        if ((!isKnown && !takesEmptyAsUnset) || (isPattern && takesEmptyAsUnset))
            refuse();
        const word = this.#readInner('}', isPattern);
        const written = `\${${name}${takesEmptyAsUnset ? ':' : ''}${operator}${word}}`;
        return this.#value(name, written, (value) => {
            if (!isKnown)
                refuse();
            if (isPattern)
                return removeMatch(value ?? '', operator, word);
            const isSet = value !== undefined && !(takesEmptyAsUnset && value === '');
            if (operator === '-')
                return isSet ? value : word;
            if (operator === '+')
                return isSet ? word : '';
            if (isSet)
                return value;
            throw new DockerfileProblem(`${name}: ${word || 'is not set'}`);
        });
    }
    #readReplacement(name) {
        const isGlobal = this.#peek === '/';
        if (isGlobal)
            this.#at++;
        const pattern = this.#readInner('/', true);
        const replacement = this.#readInner('}', true);
        return this.#value(name, `\${${name}/${pattern}/${replacement}}`, (value) => replaceMatch(value ?? '', { pattern, replacement, isGlobal }));
    }
    #readName() {
        if (/^[@*#?\-$!]$/.test(this.#peek))
            return this.#next();
        // "$1x" is the variable 1 and an x, as in a shell.
        const rule = /^\p{Nd}$/u.test(this.#peek) ? /^\p{Nd}$/u : /^[\p{L}\p{Nd}_]$/u;
        let name = '';
        while (rule.test(this.#peek))
            name += this.#next();
        return name;
    }
    #value(name, written, substitute) {
        const { lookup } = this.#options;
        if (lookup === undefined)
            return written;
        const value = lookup(name);
        if (value !== UNKNOWN)
            return substitute(value);
        this.unknown.add(name);
        return '';
    }
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/environment.js



/** The variables at one place of a Dockerfile. */
class Environment {
    #escapeToken;
    #values;
    /** A base image sets more than we can see. */
    #isOpen;
    constructor(escapeToken, isOpen, values = new Map()) {
        this.#escapeToken = escapeToken;
        this.#isOpen = isOpen;
        this.#values = new Map(values);
    }
    /** The same variables, for a stage that begins with another one. */
    copy() {
        return new Environment(this.#escapeToken, this.#isOpen, this.#values);
    }
    lookup = (name) => this.#values.has(name) ? this.#values.get(name) : this.#isOpen ? UNKNOWN : undefined;
    /** @throws DockerfileProblem */
    expand(word) {
        return expandWord(word, this.#escapeToken, this.lookup);
    }
    /** Declares what an ARG says; `inherited` are the ones before the first FROM. */
    applyArg({ rest }, buildArgs, inherited) {
        for (const { name, value } of readArguments(rest, this.#escapeToken)) {
            const given = buildArgs.get(name);
            if (given !== undefined)
                this.#values.set(name, given);
            else if (value !== undefined)
                this.#values.set(name, this.#evaluate(value));
            else {
                const outer = inherited?.lookup(name);
                if (outer !== undefined)
                    this.#values.set(name, outer);
            }
        }
    }
    /** Sets what an ENV says; all values are taken before any of them is set. */
    applyEnv({ rest }) {
        const set = readEnvironment(rest, this.#escapeToken).map(({ name, value }) => [this.#evaluate(name), this.#evaluate(value ?? '')]);
        for (const [name, value] of set)
            if (name !== UNKNOWN)
                this.#values.set(name, value);
    }
    #evaluate(word) {
        const { text, unknown } = this.expand(word);
        return unknown.length > 0 ? UNKNOWN : text;
    }
}
/** The variables that BuildKit itself sets for FROM lines, and those of the ARGs before them. */
function globalEnvironment(args, settings) {
    const values = new Map([
        ...platformValues('BUILD', settings.builderPlatform),
        ...platformValues('TARGET', settings.platform),
        ['TARGETSTAGE', settings.target || 'default'],
    ]);
    for (const name of values.keys()) {
        const given = settings.buildArgs.get(name);
        if (given !== undefined)
            values.set(name, given);
    }
    const environment = new Environment(settings.escapeToken, false, values);
    for (const arg of args)
        environment.applyArg(arg, settings.buildArgs);
    return environment;
}
function platformValues(prefix, text) {
    const platform = text === undefined ? undefined : (0,dockerfile_platform/* parsePlatform */.FL)(text);
    return [
        [`${prefix}PLATFORM`, platform === undefined ? UNKNOWN : (0,dockerfile_platform/* renderPlatform */.qn)(platform)],
        [`${prefix}OS`, platform?.os ?? UNKNOWN],
        [`${prefix}OSVERSION`, platform === undefined ? UNKNOWN : ''],
        [`${prefix}ARCH`, platform?.architecture ?? UNKNOWN],
        [`${prefix}VARIANT`, platform?.variant ?? UNKNOWN],
    ];
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/directives.js



const KNOWN = new Set(['syntax', 'escape', 'check']);
/** Reads `# name=value` lines as long as the file begins with nothing else. */
class DirectiveReader {
    #comment;
    #seen = new Set();
    #isDone = false;
    constructor(comment = '#') {
        this.#comment = comment;
    }
    get isDone() {
        return this.#isDone;
    }
    /** The directive on this line; the first line without one ends them all. */
    read(line) {
        if (this.#isDone)
            return undefined;
        const match = line.startsWith(this.#comment)
            ? /^([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=(.+)$/.exec(trimLeft(line.slice(this.#comment.length)))
            : null;
        const name = match?.[1]?.toLowerCase() ?? '';
        if (!KNOWN.has(name)) {
            this.#isDone = true;
            return undefined;
        }
        if (this.#seen.has(name))
            throw new DockerfileProblem(`"# ${name}=" stands there twice`);
        this.#seen.add(name);
        return { name, value: trim(match?.[2] ?? '') };
    }
}
/**
 * The image of the frontend that the file asks for with `# syntax=` (or `// syntax=`, or a JSON
 * object, behind a shebang or not), as it is written; undefined when BuildKit's own one reads it.
 */
function frontendOf(text) {
    const content = withoutByteOrderMark(text).replace(/^#!.*(\n|$)/, '');
    const named = syntaxIn(content, '#') ?? syntaxIn(content, '//');
    return named?.split(' ')[0] || (0,json/* asText */.e1)((0,json/* asRecord */.qY)((0,json/* parseJson */.qF)(content))['syntax']) || undefined;
}
function syntaxIn(content, comment) {
    const reader = new DirectiveReader(comment);
    try {
        for (const line of content.split(/\r?\n/)) {
            const directive = reader.read(line);
            if (directive?.name === 'syntax')
                return directive.value;
            if (reader.isDone)
                return undefined;
        }
    }
    catch (error) {
        // What is wrong with the directives is told by those who read the instructions.
        if (!(error instanceof DockerfileProblem))
            throw error;
    }
    return undefined;
}
/** Files of Windows editors begin with one. */
function withoutByteOrderMark(text) {
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/heredocs.js

/** The heredocs that begin in one instruction, in the order in which their texts follow. */
function heredocsIn(text) {
    return splitWords(text, { keepsQuotes: true, keepsEscapes: true }).flatMap((word) => {
        const heredoc = parseHeredoc(word);
        return heredoc ? [heredoc] : [];
    });
}
/** The heredoc that a word begins, such as `3<<-"END"`; undefined for any other word. */
function parseHeredoc(word) {
    const [, dash, space, rest = ''] = /^\d*<<(-?)([\t\n\f\r ]*)([^<]*)$/.exec(word) ?? [];
    if (rest === '')
        return undefined;
    const [name, ...more] = splitWords(rest);
    if (name === undefined || more.length > 0)
        return undefined;
    return { name, dropsTabs: dash === '-', isSpaced: space !== '' };
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/text/instructions.js





/** Takes a Dockerfile apart by the rules of BuildKit's parser; never throws. */
function parseDockerfile(text) {
    const reader = new InstructionReader(text);
    const instructions = [];
    try {
        for (let next = reader.read(); next !== undefined; next = reader.read())
            instructions.push(next);
    }
    catch (error) {
        if (!(error instanceof DockerfileProblem))
            throw error;
        return { instructions, escapeToken: reader.escapeToken, problem: error };
    }
    return { instructions, escapeToken: reader.escapeToken, problem: undefined };
}
class InstructionReader {
    #lines;
    #directives = new DirectiveReader();
    #at = 0;
    escapeToken = '\\';
    constructor(text) {
        this.#lines = withoutByteOrderMark(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    }
    read() {
        for (let raw = this.#nextLine(); raw !== undefined; raw = this.#nextLine()) {
            const line = this.#at;
            const first = trimLeft(trimLineEnd(raw));
            this.#readDirective(first);
            const { content, goesOn } = this.#takeContinuation(isComment(first) ? '' : first);
            if (content === '' && !goesOn)
                continue;
            return this.#finish(goesOn ? content + this.#readContinuation() : content, line);
        }
        return undefined;
    }
    #nextLine() {
        const line = this.#lines[this.#at];
        if (line !== undefined)
            this.#at++;
        return line;
    }
    #readDirective(line) {
        const directive = this.#directives.read(line);
        if (directive?.name !== 'escape')
            return;
        if (directive.value !== '\\' && directive.value !== '`') {
            throw new DockerfileProblem(`"# escape=" cannot be "${directive.value}"`, this.#at);
        }
        this.escapeToken = directive.value;
    }
    // Comments and empty lines inside a continued instruction are skipped, and do not end it.
    #readContinuation() {
        let joined = '';
        for (let raw = this.#nextLine(); raw !== undefined; raw = this.#nextLine()) {
            const line = trimLineEnd(raw);
            if (isComment(line) || trim(line) === '')
                continue;
            const { content, goesOn } = this.#takeContinuation(line);
            joined += content;
            if (!goesOn)
                break;
        }
        return joined;
    }
    #takeContinuation(line) {
        const escapeToken = this.escapeToken === '`' ? '`' : '\\\\';
        const end = new RegExp(`(^|[^${escapeToken}])${escapeToken}[ \\t]*$`);
        return { content: line.replace(end, '$1'), goesOn: end.test(line) };
    }
    #finish(text, line) {
        const instruction = parseInstruction(text, this.escapeToken);
        for (const heredoc of heredocsOf(instruction, this.escapeToken)) {
            this.#skipHeredoc(heredoc, line);
        }
        return { ...instruction, line, endLine: this.#at };
    }
    #skipHeredoc({ name, dropsTabs, isSpaced }, line) {
        const start = this.#at;
        for (let raw = this.#nextLine(); raw !== undefined; raw = this.#nextLine()) {
            const end = trimLineEnd(raw);
            if ((dropsTabs ? end.replace(/^\t+/, '') : end) === name)
                return;
        }
        // "$((1 << 2))" is arithmetic to the versions that can build such a file at all.
        if (!isSpaced)
            throw new DockerfileProblem(`the heredoc "${name}" does not end`, line);
        this.#at = start;
    }
}
/** One joined instruction without its heredocs, such as what follows ONBUILD. */
function parseInstruction(text, escapeToken) {
    const trimmed = trim(text);
    const gap = BETWEEN_WORDS.exec(trimmed);
    if (gap === null)
        return { keyword: trimmed.toUpperCase(), flags: [], rest: '', text };
    const { flags, rest } = splitFlags(trimmed.slice(gap.index + gap[0].length), escapeToken);
    const keyword = trimmed.slice(0, gap.index).toUpperCase();
    return { keyword, flags, rest: trim(rest), text };
}
const WITH_HEREDOCS = new Set(['ADD', 'COPY', 'RUN']);
function heredocsOf(instruction, escapeToken) {
    const inner = instruction.keyword === 'ONBUILD' && instruction.rest !== ''
        ? parseInstruction(instruction.rest, escapeToken)
        : instruction;
    if (!WITH_HEREDOCS.has(inner.keyword) || !instruction.text.includes('<<'))
        return [];
    return readJsonList(inner.rest) === undefined ? heredocsIn(instruction.text) : [];
}
function isComment(line) {
    return trimLeft(line).startsWith('#');
}
function trimLineEnd(line) {
    return trimRight(line, (character) => character === '\n' || character === '\r');
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/stages.js



/** The ARGs before the first FROM, and the instructions from each FROM to the next. */
function splitStages({ instructions }) {
    const args = [];
    const sections = [];
    for (const instruction of instructions) {
        const current = sections.at(-1);
        if (instruction.keyword === 'FROM')
            sections.push([instruction]);
        else if (current !== undefined)
            current.push(instruction);
        else if (instruction.keyword === 'ARG')
            args.push(instruction);
        else {
            throw new DockerfileProblem(`${instruction.keyword} before the first FROM`, instruction.line);
        }
    }
    if (sections.length === 0)
        throw new DockerfileProblem('there is no FROM in it');
    return { args, sections };
}
/** Reads every FROM. @throws DockerfileProblem */
function resolveStages(sections, globals, escapeToken) {
    const stages = [];
    const byName = new Map();
    for (const [from, ...own] of sections) {
        if (from === undefined)
            continue;
        const { baseName, name } = parseFrom(from);
        const base = resolveBase(from, { baseName, globals, byName });
        const instructions = base.kind === 'stage' ? [...triggersOf(base.stage, escapeToken), ...own] : own;
        const stage = { index: stages.length, name, base, line: from.line, instructions };
        stages.push(stage);
        if (name !== '')
            byName.set(name, stage);
    }
    return stages;
}
function parseFrom(from) {
    const [baseName = '', as, name = '', ...more] = plainWords(from.rest);
    const isNamed = as?.toLowerCase() === 'as' && /^[a-z][a-z0-9-_.]*$/i.test(name);
    if (baseName === '' || more.length > 0 || (as !== undefined && !isNamed)) {
        throw new DockerfileProblem('FROM takes an image, or an image AS a name', from.line);
    }
    return { baseName, name: name.toLowerCase() };
}
function resolveBase(from, { baseName, globals, byName, }) {
    const { text, unknown } = globals.expand(baseName);
    const [written] = flagValues(from.flags, 'platform');
    const platform = written === undefined ? undefined : globals.expand(written);
    const variables = [...unknown, ...(platform?.unknown ?? [])];
    // A name of which a part is unknown could be that of a stage as well.
    if (variables.length > 0)
        return { kind: 'unknown', variables };
    if (text === '')
        throw new DockerfileProblem(`FROM ${baseName} comes to nothing`, from.line);
    const stage = byName.get(text);
    if (stage !== undefined)
        return { kind: 'stage', stage };
    if (text === 'scratch')
        return { kind: 'scratch' };
    return { kind: 'image', name: text, platform: platform?.text };
}
/** What the ONBUILD instructions of a stage add to one that begins with it. */
function triggersOf(stage, escapeToken) {
    return stage.instructions
        .filter(({ keyword, rest }) => keyword === 'ONBUILD' && rest !== '')
        .map((onBuild) => ({ ...onBuild, ...parseInstruction(onBuild.rest, escapeToken) }));
}
/** The stage that `--target` names, else the last one. @throws DockerfileProblem */
function targetStage(stages, target) {
    const stage = target === undefined || target === '' ? stages.at(-1) : findStage(stages, target);
    if (stage === undefined)
        throw new DockerfileProblem(`there is no stage "${target}" in it`);
    return stage;
}
/** The last stage of that name, whatever the case: it is the one that later lines mean. */
function findStage(stages, name) {
    return stages.findLast((stage) => stage.name === name.toLowerCase() && name !== '');
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/mounts.js

/** The mounts of one RUN. @throws DockerfileProblem */
function mountsOf({ flags }, environment) {
    return flagValues(flags, 'mount').map((value) => {
        const fields = new Map(commaFields(value).map((field) => {
            const [name = '', ...rest] = field.split('=');
            return [name.toLowerCase(), rest.join('=')];
        }));
        const { text, unknown } = environment.expand(fields.get('type') ?? 'bind');
        return {
            type: unknown.length > 0 ? undefined : text.toLowerCase(),
            from: fields.get('from') ?? '',
        };
    });
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/remote-sources.js
/**
 * Why one source of an ADD may give other content the next time; undefined for files of the build
 * context and for what a checksum or a commit pins.
 */
function whyUnpinned({ written, expanded, checksum }) {
    const source = expanded.text;
    const isRemote = /^(https?|ssh|git):\/\//i.test(source) || isScpStyle(source);
    if (!isRemote) {
        if (expanded.unknown.length === 0 || beginsLikeAPath(written))
            return undefined;
        return `ADD ${written} may be a URL: what ${expanded.unknown.join(', ')} is, only the build knows`;
    }
    if (checksum !== '' || (expanded.unknown.length === 0 && isPinnedGit(source)))
        return undefined;
    return `ADD ${withoutSecrets(source)} can give other content the next time (pin it with --checksum)`;
}
function isScpStyle(source) {
    return /^[\w-]+@[\w.-]+:/.test(source);
}
/** A slash before any colon: neither a URL nor user@host:path begins so. */
function beginsLikeAPath(written) {
    return /^[^:$]*\//.test(written);
}
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
function isPinnedGit(source) {
    const [address = '', fragment = ''] = source.split('#', 2);
    const [path = '', query = ''] = address.split('?', 2);
    if (/^https?:/i.test(path) && !path.endsWith('.git'))
        return false;
    const parameters = new URLSearchParams(query);
    const names = [
        fragment.split(':')[0] ?? '',
        ...['ref', 'checksum', 'commit'].map((name) => parameters.get(name) ?? ''),
    ];
    return names.some((name) => COMMIT.test(name));
}
/** A URL may carry a password or a signature, which must not reach the log. */
function withoutSecrets(source) {
    return source.replace(/^(\w+:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '');
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/uses.js







/** The images that the target needs, through all stages that it needs. @throws DockerfileProblem */
function readUses(options) {
    const reader = new UsesReader(options);
    return reader.read();
}
/** What a stage begins with in the end, through the stages between. */
function baseImageOf(stage, platform) {
    const { base, line } = stage;
    if (base.kind === 'stage')
        return baseImageOf(base.stage, platform);
    if (base.kind !== 'image')
        return undefined;
    return { name: base.name, platform: base.platform ?? platform, line, by: 'FROM' };
}
class UsesReader {
    #options;
    #environments = new Map();
    #images = new Map();
    #reasons = new Map();
    constructor(options) {
        this.#options = options;
    }
    read() {
        const { stages, target, isClassic } = this.#options;
        // The classic builder builds everything up to the target, needed or not.
        for (const stage of isClassic ? stages.slice(0, target.index) : [])
            this.#visit(stage);
        this.#visit(target);
        const needed = stages.filter((stage) => this.#images.has(stage));
        return {
            images: needed.flatMap((stage) => this.#images.get(stage) ?? []),
            reasons: needed.flatMap((stage) => this.#reasons.get(stage) ?? []),
        };
    }
    #visit(stage) {
        if (this.#images.has(stage))
            return;
        this.#images.set(stage, []);
        this.#reasons.set(stage, []);
        this.#readBase(stage);
        const environment = this.#environmentBefore(stage);
        this.#environments.set(stage, environment);
        for (const instruction of stage.instructions) {
            try {
                this.#readInstruction(stage, instruction, environment);
            }
            catch (error) {
                if (!(error instanceof DockerfileProblem))
                    throw error;
                throw new DockerfileProblem(error.message, instruction.line);
            }
        }
    }
    #readBase(stage) {
        const { base, line } = stage;
        if (base.kind === 'stage')
            this.#visit(base.stage);
        if (base.kind === 'unknown') {
            this.#because(stage, line, `what FROM takes depends on ${base.variables.join(', ')}, which only the build knows`);
        }
        if (base.kind === 'image')
            this.#add(stage, { ...base, line, by: 'FROM' });
    }
    #environmentBefore({ base }) {
        if (base.kind === 'stage') {
            const inherited = this.#environments.get(base.stage);
            if (inherited !== undefined)
                return inherited.copy();
        }
        return new Environment(this.#options.settings.escapeToken, base.kind !== 'scratch');
    }
    #readInstruction(stage, instruction, environment) {
        const { settings, globals } = this.#options;
        const { keyword } = instruction;
        if (keyword === 'ARG')
            environment.applyArg(instruction, settings.buildArgs, globals);
        if (keyword === 'ENV')
            environment.applyEnv(instruction);
        if (keyword === 'COPY')
            this.#readCopy(stage, instruction);
        if (keyword === 'ADD')
            this.#readAdd(stage, instruction, environment);
        if (keyword === 'RUN')
            this.#readRun(stage, instruction, environment);
    }
    #readCopy(stage, { flags, line }) {
        const [from = ''] = flagValues(flags, 'from');
        if (from === '')
            return;
        if (!/^[+-]?[0-9]+$/.test(from)) {
            this.#take(stage, from, { line, by: 'COPY --from' });
            return;
        }
        const source = this.#options.stages[Number(from)];
        if (source === undefined)
            throw new DockerfileProblem(`there is no stage ${from}`);
        this.#visit(source);
    }
    #readAdd(stage, { flags, rest, line }, environment) {
        const [checksum = ''] = flagValues(flags, 'checksum');
        for (const written of plainWords(rest).slice(0, -1)) {
            if (parseHeredoc(written) !== undefined)
                continue;
            const why = whyUnpinned({
                written,
                expanded: environment.expand(written),
                checksum: environment.expand(checksum).text,
            });
            if (why !== undefined)
                this.#because(stage, line, why);
        }
    }
    #readRun(stage, instruction, environment) {
        const { line } = instruction;
        for (const { type, from } of mountsOf(instruction, environment)) {
            if (type === undefined)
                this.#because(stage, line, 'only the build knows what RUN mounts');
            if (type === 'secret' || type === 'ssh') {
                this.#because(stage, line, `RUN --mount=type=${type} shows it what is not in the context`);
            }
            if (from !== '')
                this.#take(stage, from, { line, by: 'RUN --mount' });
        }
    }
    /** A stage of that name, or else an image from outside. */
    #take(stage, from, where) {
        if (from.includes('$')) {
            throw new DockerfileProblem(`${where.by}=${from} takes no variables`);
        }
        const source = findStage(this.#options.stages, from);
        if (source !== undefined)
            this.#visit(source);
        else if (from !== 'scratch')
            this.#add(stage, { name: from, platform: undefined, ...where });
    }
    #add(stage, { name, platform, line, by }) {
        const use = { name, platform: platform ?? this.#options.platform, line, by };
        this.#images.get(stage)?.push(use);
    }
    #because(stage, line, why) {
        this.#reasons.get(stage)?.push(`line ${line} of the Dockerfile: ${why}`);
    }
}

;// CONCATENATED MODULE: ./lib/image/dockerfile/dockerfile.js







// By the text alone: one mount too many that counts costs a cache, one too few a secret.
const SECRET_MOUNT = /--mount=\S*type=["']?(?:secret|ssh|\$)/i;
/** Reads a Dockerfile as the builder will; never throws: what cannot be read is a reason. */
function readDockerfile(text, options) {
    const frontend = readFrontend(text, options);
    const platforms = options.platforms.length > 0 ? options.platforms : [options.builderPlatform];
    const perPlatform = platforms.map((platform) => readForPlatform(text, options, platform));
    return {
        images: distinct([frontend, ...perPlatform].flatMap(({ images }) => images)),
        finalBases: distinct(perPlatform.flatMap(({ base }) => (base ? [base] : []))),
        stageNames: [...new Set(perPlatform.flatMap((reading) => reading.stageNames))],
        usesSecrets: SECRET_MOUNT.test(text),
        reasons: [...new Set([frontend, ...perPlatform].flatMap(({ reasons }) => reasons))],
    };
}
function readForPlatform(text, options, platform) {
    try {
        const parsed = parseDockerfile(text);
        if (parsed.problem !== undefined)
            throw parsed.problem;
        const { args, sections } = splitStages(parsed);
        const isClassic = options.builder === 'classic';
        const settings = {
            buildArgs: options.buildArgs,
            // The classic builder does not set the platform variables.
            platform: isClassic ? undefined : platform,
            builderPlatform: isClassic ? undefined : options.builderPlatform,
            target: options.target ?? sections.at(-1)?.[0]?.rest.split(/\s+/)[2]?.toLowerCase() ?? '',
            escapeToken: parsed.escapeToken,
        };
        const globals = globalEnvironment(args, settings);
        const stages = resolveStages(sections, globals, parsed.escapeToken);
        const target = targetStage(stages, options.target);
        const builtFor = normalPlatform(platform);
        const uses = readUses({ stages, target, globals, platform: builtFor, settings, isClassic });
        const stageNames = stages.map(({ name }) => name).filter((name) => name !== '');
        return { ...uses, base: baseImageOf(target, builtFor), stageNames };
    }
    catch (error) {
        if (!(error instanceof DockerfileProblem))
            throw error;
        const where = error.line > 0 ? `line ${error.line} of the Dockerfile` : 'the Dockerfile';
        return { images: [], stageNames: [], reasons: [`${where} cannot be read: ${error.message}`] };
    }
}
function normalPlatform(text) {
    const platform = text === undefined ? undefined : (0,dockerfile_platform/* parsePlatform */.FL)(text);
    return platform === undefined ? undefined : (0,dockerfile_platform/* renderPlatform */.qn)(platform);
}
/** Docker's own frontends and mirrors of them: what others read, and how, cannot be known here. */
const DOCKERS_FRONTEND = /(?:^|\/)docker\/dockerfile(?:-upstream)?(?:[:@].*)?$/;
function readFrontend(text, { buildArgs, builder, builderPlatform }) {
    if (builder === 'classic')
        return { images: [], reasons: [] };
    const asked = buildArgs.get('BUILDKIT_SYNTAX')?.trim().split(' ')[0] || frontendOf(text);
    if (asked === undefined)
        return { images: [], reasons: [] };
    const image = { name: asked, platform: normalPlatform(builderPlatform), line: 1, by: '# syntax' };
    const reason = `the frontend ${asked} (# syntax) reads the Dockerfile in its own way`;
    return { images: [image], reasons: DOCKERS_FRONTEND.test(asked) ? [] : [reason] };
}
function distinct(uses) {
    const byKey = new Map();
    for (const use of uses) {
        const key = `${use.name} ${use.platform ?? ''}`;
        if (!byKey.has(key))
            byKey.set(key, use);
    }
    return [...byKey.values()];
}

;// CONCATENATED MODULE: ./lib/image/source.js







/** Changes when the gate learns to see more: what it let through before is looked at again. */
const GATE_VERSION = 1;
function dockerfilePath({ context, dockerfile }) {
    return dockerfile ?? external_node_path_.posix.join(context, 'Dockerfile');
}
/** What is built for: what is asked for, else the builder's first, which is its own. */
function platformsOf({ platforms }, builder) {
    return platforms.length > 0 ? platforms : builder.platforms.slice(0, 1);
}
/** The context as the builder will get it. @throws ActionError IMAGE_CONTEXT */
function readContext({ tree }, recipe, { builder, signal }) {
    const dockerfile = dockerfilePath(recipe);
    return readBuildContext(tree, { root: recipe.context, dockerfile, builder, signal });
}
/**
 * Names what a build of this recipe would give, without building it.
 *
 * @throws ActionError IMAGE_CONTEXT
 */
async function readSource({ commands, files, tree }, recipe, options) {
    const { builder, context, signal } = options;
    const { target, buildArgs, platforms } = recipe;
    // A Dockerfile that cannot be read is the builder's to complain about.
    const dockerfile = await files.read(dockerfilePath(recipe)).catch(() => '');
    const reading = readDockerfile(dockerfile, {
        target,
        buildArgs,
        platforms,
        builderPlatform: builder.platforms[0],
        builder: builder.hasBuildx ? 'buildkit' : 'classic',
    });
    const [contextDigest, { bases, reasons }] = await Promise.all([
        digestContext(tree, context, signal),
        options.signedIn(reading.images, (env) => (0,resolve/* resolveBases */.r)(commands, reading.images, { builder, signal, env })),
    ]);
    const address = addressOf({
        contextDigest,
        dockerfile,
        target,
        buildArgs,
        bases,
        platforms: platformsOf(recipe, builder),
        labels: new Map(),
        salt: `${builder.hasBuildx ? 'buildkit' : 'classic'} ${saltOf(recipe, options.allowed)}`,
        reasons: [...context.oddities, ...reading.reasons, ...reasons, ...secretReasons(recipe)],
    });
    return { reading, bases, address };
}
function saltOf({ secretScan, sbom }, allowed) {
    const list = (0,external_node_crypto_.createHash)('sha256').update(allowed).digest('hex');
    return [secretScan, GATE_VERSION, list, ...(sbom ? ['sbom'] : [])].join(' ');
}
function secretReasons({ buildSecrets }) {
    return buildSecrets.size === 0 ? [] : ['it has build secrets, whose values are no part of a name'];
}


/***/ }),

/***/ 1404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PF: () => (/* binding */ parseLongName),
/* harmony export */   Q4: () => (/* binding */ parseRecords),
/* harmony export */   RW: () => (/* binding */ parseHeader),
/* harmony export */   Yo: () => (/* binding */ BLOCK_BYTES),
/* harmony export */   ei: () => (/* binding */ isZeroBlock),
/* harmony export */   mt: () => (/* binding */ TarError)
/* harmony export */ });
/** The size of everything in a tar archive. */
const BLOCK_BYTES = 512;
/** An archive that cannot be read, in words that complete "the archive …". */
class TarError extends Error {
    constructor(message) {
        super(message);
        this.name = 'TarError';
    }
}
const KINDS = {
    '1': 'hard link',
    '2': 'symbolic link',
    '3': 'other',
    '4': 'other',
    '5': 'folder',
    '6': 'other',
    K: 'meta',
    L: 'meta',
    g: 'meta',
    x: 'meta',
};
/** Whether the block is one of those that end an archive. */
function isZeroBlock(block) {
    return block[0] === 0 && block.every((byte) => byte === 0);
}
/** Reads one header block. @throws TarError when it is none */
function parseHeader(block) {
    if (!hasChecksum(block))
        throw new TarError('has a header that is none');
    const letter = String.fromCharCode(block[156] ?? 0);
    const name = readPath(block);
    // Before 1988 a folder was a file whose name ends in a slash.
    const type = (letter === '\0' || letter === '0') && name.endsWith('/') ? '5' : letter;
    const kind = KINDS[type] ?? 'file';
    // Go's reader, by which engines unpack, takes no content with these whatever their size says.
    const hasContent = kind === 'file' || kind === 'meta';
    return {
        path: name,
        kind,
        type,
        sizeBytes: hasContent ? readNumber(block, 124, 12) : 0,
        target: readText(block, 157, 100),
        hasMoreParts: type === 'S' && block[482] === 1,
    };
}
function readPath(block) {
    const name = readText(block, 0, 100);
    // In the old GNU format there are other things where POSIX has the front of a long path.
    const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
    const front = isPosix ? readText(block, 345, 155) : '';
    return front === '' ? name : `${front}/${name}`;
}
function readText(block, start, length) {
    const zero = block.indexOf(0, start);
    return block.toString('utf8', start, zero < 0 ? start + length : Math.min(zero, start + length));
}
/** Octal digits, or, from 8 GB on, a binary number behind a set highest bit. */
function readNumber(block, start, length) {
    const first = block[start] ?? 0;
    if (first >= 0x80)
        return readBinary(block.subarray(start, start + length));
    const digits = readText(block, start, length).trim();
    if (digits === '')
        return 0;
    if (!/^[0-7]+$/.test(digits))
        throw new TarError('has an entry whose size is no number');
    return Number.parseInt(digits, 8);
}
function readBinary(field) {
    const value = field.reduce((sum, byte, index) => sum * 256 + (index === 0 ? byte & 0x7f : byte), 0);
    if (!Number.isSafeInteger(value))
        throw new TarError('has an entry of an impossible size');
    return value;
}
/** The sum of all bytes, the field of the sum itself taken as spaces; some add signed bytes. */
function hasChecksum(block) {
    const wanted = Number.parseInt(readText(block, 148, 8).trim(), 8);
    const sum = sumOf(block, 0, 148) + 8 * 0x20 + sumOf(block, 156, BLOCK_BYTES);
    return wanted === sum || wanted === sum - 256 * block.filter((byte) => byte >= 0x80).length;
}
/** Four bytes at a time, two in each half of a number: byte by byte it takes half of all the time. */
function sumOf(block, start, end) {
    let halves = 0;
    for (let at = start; at < end; at += 4) {
        const four = block.readUInt32LE(at);
        halves += (four & 0xff00ff) + ((four >>> 8) & 0xff00ff);
    }
    return (halves >>> 16) + (halves & 0xffff);
}
/** The records of an extended header, `LENGTH NAME=VALUE\n` each. @throws TarError when it is none */
function parseRecords(bytes) {
    const records = new Map();
    let at = 0;
    while (at < bytes.length && bytes[at] !== 0) {
        const space = bytes.indexOf(0x20, at);
        const length = space < 0 ? Number.NaN : Number(bytes.toString('latin1', at, space));
        const end = at + length;
        if (!(length > 0) || end > bytes.length || bytes[end - 1] !== 0x0a) {
            throw new TarError('has an extended header that is none');
        }
        const equals = bytes.indexOf(0x3d, space);
        if (equals < 0 || equals >= end)
            throw new TarError('has an extended header that is none');
        records.set(bytes.toString('utf8', space + 1, equals), bytes.toString('utf8', equals + 1, end - 1));
        at = end;
    }
    return records;
}
/** A name that stands in the content of an entry of its own, up to the first zero. */
function parseLongName(bytes) {
    return readText(bytes, 0, bytes.length);
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


/***/ })

};
