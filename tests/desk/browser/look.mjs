// What every page keeps: accessible in both schemes, in its window, nothing refused by its content policy, nothing
// asked of another host. Findings are gathered in `faults`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCHEMES = ['light', 'dark'];
/** A busy machine is no fault of a page. */
const PATIENCE_MS = 60_000;

export class Looker {
    constructor({ browser, axe, url, shots }) {
        Object.assign(this, { browser, axe, url, shots, faults: [], looked: 0 });
    }

    fault(where, what) { this.faults.push(`${where}: ${what}`); }
    expect(where, holds, what) { if (!holds) this.fault(where, what); }

    /** A browser of somebody's own. */
    async open(where, options = {}) {
        const context = await this.browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York', ...options });
        context.setDefaultTimeout(PATIENCE_MS);
        await context.addInitScript(() => addEventListener('securitypolicyviolation', event =>
            console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)));
        const page = await context.newPage();
        const origin = new URL(this.url).origin;
        page.on('console', message => {
            // The browser itself writes a line for each answer that is a refusal; what a page makes of it is looked at.
            const is_answer = /^Failed to load resource: the server responded/.test(message.text());
            if (['error', 'warning'].includes(message.type()) && !is_answer) this.fault(where, `console: ${message.text()}`);
        });
        page.on('pageerror', error => this.fault(where, `script: ${error}`));
        page.on('dialog', dialog => { this.fault(where, `dialog: ${dialog.message()}`); dialog.dismiss(); });
        page.on('request', request => {
            if (new URL(request.url()).origin !== origin) this.fault(where, `request: ${request.url().slice(0, 100)}`);
        });
        return { context, page };
    }

    /** Looks at the page as it stands. */
    async at(page, name) {
        ++this.looked;
        await page.waitForLoadState('networkidle');
        for (const fault of await page.evaluate(in_page_overflow)) this.fault(name, fault);
        await this.at_four_times(page, name);
        for (const scheme of SCHEMES) {
            await page.emulateMedia({ colorScheme: scheme });
            for (const fault of await this.accessibility(page)) this.fault(`${name} ${scheme}`, fault);
            if (this.shots) await page.screenshot({ path: join(this.shots, `${name.replace(/\W+/g, '-')}-${scheme}.png`), fullPage: true });
        }
        await page.emulateMedia({ colorScheme: 'light' });
    }

    /** WCAG 1.4.10: at 400 % of 1280 pixels nothing scrolls sideways. */
    async at_four_times(page, name) {
        const before = page.viewportSize();
        if (before.width > 400) return;
        await page.setViewportSize({ width: 320, height: before.height });
        for (const fault of await page.evaluate(in_page_overflow)) this.fault(`${name} at 320`, fault);
        await page.setViewportSize(before);
    }

    async accessibility(page) {
        await page.evaluate(this.axe);
        const { violations } = await page.evaluate(runOnly => window.axe.run(document, { runOnly, resultTypes: ['violations'] }), RULES);
        return violations.map(one => `axe ${one.id}: ${one.help}; ${one.nodes.length} places, the first: ` +
            one.nodes.slice(0, 3).map(node => `${node.target.join(' ')} (${node.failureSummary.split('\n').slice(1, 2)})`).join('; '));
    }
}

export const axe_source = require => readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Nothing scrolls sideways, nothing that is to be pressed is smaller than a finger needs, no style and no script in a tag. */
function in_page_overflow() {
    const width = document.scrollingElement.clientWidth;
    const faults = [];
    if (document.scrollingElement.scrollWidth > width)
        faults.push(`the page is ${document.scrollingElement.scrollWidth} wide in a window of ${width}`);
    for (const one of document.querySelectorAll('body *')) {
        const box = one.getBoundingClientRect();
        // An empty one is what is left of what the browser's driver wrote there.
        if (one.getAttribute('style')) faults.push(`<${one.localName} id="${one.id}" style="${one.getAttribute('style')}">`);
        if (box.width > 2 && (box.right > width + 1) && !one.closest('svg, .vh, .skip'))
            faults.push(`<${one.localName} class="${one.className}"> reaches to ${Math.round(box.right)}: ${one.textContent.slice(0, 40)}`);
        // WCAG 2.5.8; links within text need not be.
        if (one.matches('button, .btn, input, select, textarea, nav a') && box.width > 0 && (box.height < 24 || box.width < 24) &&
            !one.closest('label'))
            faults.push(`<${one.localName}> is ${Math.round(box.width)} x ${Math.round(box.height)}: ${one.textContent.slice(0, 40)}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice) faults.push(`two elements are called ${twice}`);
    return faults.slice(0, 6);
}
