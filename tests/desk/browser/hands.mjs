// Two ways of using a page: with a pointer, and with nothing but keys.
import { tab_to } from './steps.mjs';

export const pointer = {
    name: 'pointer',
    press: (page, target) => target.click(),
    tick: (page, target) => target.check(),
    write: (page, target, text) => target.fill(text),
};

async function reach(page, target) {
    await target.waitFor();
    if (!(await tab_to(page, target))) throw new Error(`not to be reached by keys: ${target}`);
    const is_seen = await target.evaluate(one => {
        const box = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        return box.bottom > 0 && box.top < innerHeight && (style.outlineStyle !== 'none' || one.matches('input, textarea, select'));
    });
    if (!is_seen) throw new Error(`the focus is not seen on ${target}`);
}

export const keys = {
    name: 'keys',
    async press(page, target) {
        await reach(page, target);
        await page.keyboard.press('Enter');
    },
    /** Radio buttons are one stop: to the group, then with the arrows. */
    async tick(page, target) {
        await target.waitFor();
        if (await target.isChecked()) return;
        const group = await target.evaluate(one => (one.type === 'radio' ? one.name : ''));
        if (group === '') {
            await reach(page, target);
            await page.keyboard.press('Space');
            return;
        }
        const checked = page.locator(`input[name="${group}"]:checked`);
        const entry = (await checked.count()) > 0 ? checked : page.locator(`input[name="${group}"]`).first();
        await reach(page, entry);
        for (let presses = 0; presses < 30 && !(await target.isChecked()); ++presses) await page.keyboard.press('ArrowDown');
        if (!(await target.isChecked())) throw new Error(`no arrow leads to ${target}`);
    },
    async write(page, target, text) {
        await reach(page, target);
        await page.keyboard.press('Control+A');
        await page.keyboard.insertText(text);
    },
};
