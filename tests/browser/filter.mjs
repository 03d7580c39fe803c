// The list of findings with and without its script: filtered, sorted, reset, counted aloud, printed as it stands.
// Each function gives what is wrong. Functions named in_page run inside the page.

/** What a person sees of the list in one language. */
function in_page_list(language) {
    const root = document.querySelector(`.k-${language} .k-found`);
    const seen = [...root.querySelectorAll('.k-find')].filter(one => one.getClientRects().length > 0);
    const bar = root.querySelector('.k-filter');
    return {
        all: root.querySelectorAll('.k-find').length,
        lines: seen.map(one => ({
            level: +one.dataset.level, time: +(one.dataset.time ?? Infinity), count: +one.dataset.count,
            label: one.dataset.label ?? 'none', fresh: one.dataset.new === '1', text: one.textContent,
            host: one.querySelector('.k-at')?.textContent ?? one.closest('.k-host')?.querySelector('h3 bdi').textContent,
            rule: one.querySelector('.k-rule bdi')?.textContent,
        })),
        hosts: [...root.querySelectorAll('.k-host')].filter(one => one.getClientRects().length > 0).length,
        has_bar: !!bar && bar.getClientRects().length > 0,
        status: bar?.querySelector('[role=status]').textContent ?? '',
    };
}

const list_of = (page, language) => page.evaluate(in_page_list, language);
const bar_of = (page, language) => page.locator(`.k-${language} .k-filter`);
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const is_sorted = (list, key, order) => list.every((one, at) => at === 0 || order(key(list[at - 1]), key(one)) <= 0);
const rising = (a, b) => (a < b ? -1 : a > b ? 1 : 0), falling = (a, b) => rising(b, a);

/** Lines that are shown are those that should be, and the status says how many. */
function compare(what, list, wanted) {
    const faults = [];
    if (!same(list.lines.map(one => one.text), wanted.map(one => one.text)))
        faults.push(`${what}: ${list.lines.length} lines, want ${wanted.length}`);
    for (const number of [list.lines.length, list.lines.reduce((sum, one) => sum + one.count, 0)])
        if (!list.status.includes(`${number}`)) faults.push(`${what}: ${number} is not told in "${list.status}"`);
    return faults;
}

/** Each control for itself and together; both languages have one state; reset gives everything back. */
export async function filters(page, language, other) {
    const bar = bar_of(page, language), whole = await list_of(page, language);
    if (!whole.has_bar) return ['no controls'];
    const faults = compare('at first', whole, whole.lines);
    const check = async (what, wanted) => faults.push(...compare(what, await list_of(page, language), whole.lines.filter(wanted)));
    const reset = async () => { await bar.locator('button').click(); await check('after reset', () => true); };
    const highest = Math.max(...whole.lines.map(one => one.level));
    await bar.locator(`[name=level][value="${highest}"]`).check();
    await check('one level', one => one.level === highest);
    await bar.locator('[name=host]').selectOption({ index: 1 });
    const host = await bar.locator('[name=host] option').nth(1).textContent();
    await check('level and host', one => one.level === highest && one.host === host);
    await page.check(`#choose-${other}`);
    const there = await list_of(page, other);
    if (there.lines.length !== whole.lines.filter(one => one.level === highest && one.host === host).length)
        faults.push('the other language is filtered otherwise');
    await page.check(`#choose-${language}`);
    await reset();
    for (const label of ['none', 'own_collection', 'sanctioned']) {
        if (await bar.locator(`[name=label] option[value=${label}]`).count() === 0) continue;
        await bar.locator('[name=label]').selectOption(label);
        await check(`label ${label}`, one => one.label === label);
        await reset();
    }
    if (await bar.locator('[name=fresh]').count() > 0) {
        await bar.locator('[name=fresh]').check();
        await check('new', one => one.fresh);
        await reset();
    }
    return [...faults, ...await words(page, language, other, whole)];
}

/** Words are sought in rules, accounts and values, in both languages, whatever their case or width. */
async function words(page, language, other, whole) {
    const bar = bar_of(page, language), faults = [];
    const type = async text => { await bar.locator('[name=text]').fill(text); return list_of(page, language); };
    const value = await page.locator(`.k-${language} .k-record mark`).first().evaluate(one => one.textContent.trim());
    for (const text of [value, value.toUpperCase(), value.replace(/[!-~]/g, c => String.fromCharCode(c.charCodeAt(0) + 0xfee0))]) {
        const found = await type(text);
        const wanted = whole.lines.filter(one => one.text.toLowerCase().includes(value.toLowerCase()));
        if (found.lines.length === 0 || found.lines.length > wanted.length)
            faults.push(`"${text}": ${found.lines.length} lines of ${wanted.length}`);
    }
    const said = await page.locator(`.k-${other} .k-rule bdi`).first().evaluate(one => one.textContent);
    if ((await type(said)).lines.length === 0) faults.push(`"${said}" of the other language is not found`);
    const none = await type('there is no such text');
    if (none.lines.length > 0 || none.hosts > 0) faults.push('what is nowhere is found');
    if (!none.status.includes('there is no such text')) faults.push(`the filter is not told in "${none.status}"`);
    await bar.locator('button').click();
    return [...faults, ...compare('after words', await list_of(page, language), whole.lines)];
}

/** Every order is one, names the host of each line, and gives the first order back. */
export async function sorts(page, language) {
    const bar = bar_of(page, language), whole = await list_of(page, language), faults = [];
    const orders = {
        level: list => is_sorted(list, one => one.level, falling), time: list => is_sorted(list, one => one.time, rising),
        latest: list => is_sorted(list, one => one.time, falling), count: list => is_sorted(list, one => one.count, falling),
        name: list => is_sorted(list, one => one.host.toLowerCase(), rising), rule: list => list.length > 0,
    };
    for (const [name, holds] of Object.entries(orders)) {
        await bar.locator('[name=sort]').selectOption(name);
        const list = await list_of(page, language);
        if (!holds(list.lines)) faults.push(`not in the order of ${name}`);
        if (list.lines.length !== whole.lines.length) faults.push(`${name}: ${list.lines.length} lines`);
        if (list.lines.some(one => !one.host)) faults.push(`${name}: a line without its host`);
        if (list.hosts > 0) faults.push(`${name}: heads of hosts without lines`);
    }
    await bar.locator('[name=sort]').selectOption('host');
    const back = (await list_of(page, language)).lines.map(one => [one.level, one.time, one.count]);
    return same(back, whole.lines.map(one => [one.level, one.time, one.count])) ? faults : [...faults, 'the first order is lost'];
}

/** With keys alone: to the words, type, on to the next control, reset, and open a line. */
export async function keyboard(page, language) {
    const bar = bar_of(page, language), faults = [];
    const whole = await list_of(page, language);
    await bar.locator('[name=text]').focus();
    await page.keyboard.type('zzzz');
    if ((await list_of(page, language)).lines.length > 0) faults.push('typing filters nothing');
    for (let step = 0; step < 12; ++step) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement.localName) === 'button') break;
    }
    await page.keyboard.press('Enter');
    if ((await list_of(page, language)).lines.length !== whole.lines.length) faults.push('the button does nothing');
    if (await page.evaluate(() => document.activeElement.name) !== 'text') faults.push('the focus is lost after reset');
    await page.locator(`.k-${language} .k-find summary`).first().focus();
    await page.keyboard.press('Enter');
    if (!await page.locator(`.k-${language} .k-record`).first().isVisible()) faults.push('a line does not open');
    return faults;
}

/** On paper: what is filtered out is not there, controls are not, and it says that it is a part. */
export async function filtered_print(page, language) {
    const bar = bar_of(page, language), faults = [];
    await page.emulateMedia({ media: 'print' });
    if (await bar.isVisible()) faults.push('the filter is on paper without being used');
    await page.emulateMedia({ media: 'screen' });
    await bar.locator('[name=level]').first().check();
    const shown = (await list_of(page, language)).lines.length;
    await page.emulateMedia({ media: 'print' });
    const list = await list_of(page, language);
    if (list.lines.length !== shown) faults.push(`${list.lines.length} lines on paper, ${shown} on the screen`);
    if (!await bar.locator('[role=status]').isVisible()) faults.push('paper does not say that it is filtered');
    if (await bar.locator('[name=text]').isVisible()) faults.push('controls are on paper');
    await page.emulateMedia({ media: null });
    return faults;
}

/** Without scripts all lines are there, and each opens down to its record with what matched marked. */
export async function without_script(page, language) {
    const faults = [];
    const lines = page.locator(`.k-${language} .k-find`), bar = bar_of(page, language);
    if (await bar.isVisible()) faults.push('controls that do nothing');
    for (const line of await lines.all()) if (!await line.isVisible()) faults.push('a line is hidden');
    await lines.first().locator('summary').click();
    if (!await lines.first().locator('.k-record mark').first().isVisible()) faults.push('no marked text in the first record');
    return faults;
}

/** Nothing of what was chosen is stored or stands in the address. */
export function in_page_traces() {
    const faults = [];
    if (location.hash !== '' || location.search !== '') faults.push(`the address is ${location.href}`);
    if (document.cookie !== '') faults.push('a cookie');
    for (const store of [localStorage, sessionStorage]) if (store.length > 0) faults.push('something is stored');
    if (history.length > 2) faults.push('steps in the history');
    return faults;
}

/** Scripts and handlers that get into the page do not run: the policy stops each. */
export async function injected(page) {
    const stopped = await page.evaluate(async () => {
        let count = 0;
        document.addEventListener('securitypolicyviolation', () => ++count);
        const script = document.createElement('script');
        script.textContent = "document.title='owned'";
        document.body.append(script);
        const box = document.createElement('div');
        box.innerHTML = `<button onclick="document.title='owned'">x</button><img src="x" onerror="document.title='owned'">` +
            `<a href="javascript:document.title='owned'">x</a>`;
        document.body.append(box);
        box.querySelector('button').click();
        box.querySelector('a').click();
        await new Promise(done => setTimeout(done, 200));
        return count;
    });
    const title = await page.title();
    return [...(title === 'owned' ? ['an injected script ran'] : []), ...(stopped < 4 ? [`only ${stopped} of them were stopped`] : [])];
}

/** Milliseconds from a keystroke to the laid out list, for each letter of a word; the longest counts. */
export async function keystroke_time(page, language, word) {
    return page.evaluate(async ([wanted, text]) => {
        const input = document.querySelector(`.k-${wanted} .k-filter [name=text]`);
        input.focus();
        await new Promise(done => setTimeout(done, 3000));
        const times = [];
        for (let size = 1; size <= text.length; ++size) {
            input.value = text.slice(0, size);
            const start = performance.now();
            input.dispatchEvent(new Event('input', { bubbles: true }));
            document.body.getBoundingClientRect();
            await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            times.push(performance.now() - start);
        }
        return times;
    }, [language, word]);
}
