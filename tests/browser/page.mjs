// What a report must keep whatever is in it: it runs nothing, loads nothing, links to nothing but itself, and fits.
// Functions named in_page run inside the page.

/** Elements that load, send or run something. A report has none of them; a script only where its hash is allowed. */
const ACTIVE = 'img,iframe,frame,object,embed,link,base,form,audio,video,source,picture,portal,foreignObject';

function in_page_inertness(active) {
    const faults = [];
    for (const one of document.querySelectorAll(active)) faults.push(`<${one.localName}> in the page`);
    for (const one of document.querySelectorAll('*'))
        for (const { name, value } of one.attributes) {
            if (name.startsWith('on') || name === 'style' || /^(src|srcset|action|formaction|ping)$/.test(name))
                faults.push(`<${one.localName} ${name}>`);
            if (/(^|:)href$/.test(name) && !(value.startsWith('#') && document.getElementById(value.slice(1))))
                faults.push(`<${one.localName} ${name}="${value.slice(0, 80)}"> leads nowhere in the page`);
        }
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
    if (!policy.includes("default-src 'none'")) faults.push(`the content policy is "${policy}"`);
    if (/unsafe|\*|https?:|data:|blob:/.test(policy)) faults.push(`the content policy allows too much: ${policy}`);
    if (document.title === 'owned') faults.push('a script of the evidence ran');
    if (document.scripts.length > 0 && !policy.includes("script-src 'sha256-")) faults.push('a script without its hash');
    // Tab and line feed are ours; marks that turn the direction of writing and control characters are nobody's.
    const text = document.documentElement.textContent;
    const odd = text.match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    if (odd) faults.push(`the character ${odd[0].codePointAt(0).toString(16)} stands in the page`);
    const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice) faults.push(`two elements are called ${twice}`);
    return faults;
}

export function inertness(page) {
    return page.evaluate(in_page_inertness, ACTIVE);
}

/** The page itself never scrolls sideways, and text stays in its box; a box that scrolls by itself may be wider. */
function in_page_overflow() {
    const root = document.scrollingElement;
    const width = root.clientWidth;
    const faults = root.scrollWidth > width ? [`the page is ${root.scrollWidth} wide in a window of ${width}`] : [];
    const scrolls = one => one && (one.matches('.k-scroll, svg') || scrolls(one.parentElement));
    for (const one of document.querySelectorAll('main *')) {
        const box = one.getBoundingClientRect();
        if (box.width < 2 || (box.right <= width + 1 && box.left >= -1) || scrolls(one)) continue;
        faults.push(`<${one.localName} class="${one.className}"> reaches from ${Math.round(box.left)} to ` +
            `${Math.round(box.right)} in a window of ${width}: ${one.textContent.slice(0, 40)}`);
        if (faults.length > 5) break;
    }
    // Names in pictures are cut beforehand; what stands out of a picture is not seen at all.
    for (const one of document.querySelectorAll('svg text')) {
        const box = one.getBoundingClientRect(), picture = one.ownerSVGElement.getBoundingClientRect();
        if (box.width > 0 && (box.right > picture.right + 1 || box.left < picture.left - 1))
            faults.push(`"${one.textContent}" stands out of its picture`);
    }
    return faults;
}

export function overflow(page) {
    return page.evaluate(in_page_overflow);
}

/** Violations of WCAG 2.1 A and AA, with the first places of each. */
export async function accessibility(page, axe, with_contrast) {
    await page.evaluate(axe);
    const result = await page.evaluate(contrast => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'],
        rules: { 'color-contrast': { enabled: contrast } },
    }), with_contrast);
    return result.violations.map(one => `axe ${one.id}: ${one.help}; ${one.nodes.length} places, the first: ` +
        one.nodes.slice(0, 3).map(node => `${node.target.join(' ')} (${node.failureSummary.split('\n').slice(1, 2)})`).join('; '));
}

/** What is far from the window is looked at too, as if somebody had gone there. */
export function lay_out_everything(page) {
    return page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.k-part{content-visibility:visible!important}');
        document.adoptedStyleSheets = [sheet];
    });
}

/** What a closed <details> holds is looked at too. */
export function open_everything(page) {
    return page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true; }));
}
