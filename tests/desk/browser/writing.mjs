// What helps while somebody writes: who is calling is looked up, and what was not sent waits on the server.
import { keys, pointer } from './hands.mjs';
import { by_role, log_in, WORDS } from './steps.mjs';
import { HOSTILE } from './walk.mjs';

const words = WORDS.ja;

async function open(looker, url, officer, where, options = {}) {
    const { context, page } = await looker.open(where, { locale: 'ja-JP', ...options });
    await log_in(page, url, words, officer.login, officer.password);
    return { context, page };
}

/** A caller of an organisation that nobody knew, then the next call: found by number, taken in without a new contact. */
export async function known_caller(looker, url, officer) {
    for (const [hand, width] of [[pointer, 390], [keys, 1280]]) {
        const where = `known caller ${hand.name} ${width}`;
        const { context, page } = await open(looker, url, officer, where, { viewport: { width, height: 900 } });
        const look_up = async part => {
            await page.goto(`${url}#/intake`);
            await hand.write(page, page.getByLabel(words.who), part);
            await page.getByText(words.who_found).waitFor();
        };
        const take_in = async () => {
            await hand.press(page, by_role(page, 'button', words.check));
            await by_role(page, 'button', words.send).waitFor();
            await looker.at(page, `${where} check`);
            await hand.press(page, by_role(page, 'button', words.send));
            await by_role(page, 'button', words.take_up).waitFor();
        };
        const number = hand === keys ? '090-0000-1111' : '090-0000-2222';
        await look_up('コウワン');
        await looker.at(page, `${where} found`);
        await hand.press(page, page.getByRole('button', { name: /よみが一致/ }));
        await page.getByText(hand === pointer ? words.not_before : words.before).waitFor();
        await hand.write(page, page.getByLabel(words.contact), number);
        await hand.write(page, page.getByLabel(/^氏名/), `模擬 花子 ${HOSTILE}`);
        await take_in();
        await look_up(number.replaceAll('-', ''));
        await hand.press(page, page.getByRole('button', { name: /模擬 花子.*電話が一致/ }));
        await page.getByText(words.before).waitFor();
        await looker.at(page, `${where} before`);
        looker.expect(where, (await page.getByLabel(/^氏名/).count()) === 0, 'the name of somebody known is asked again');
        await take_in();
        looker.expect(where, !(await page.content()).includes(number), 'a number stands on the page unasked');
        await page.getByText(words.before).waitFor();
        await context.close();
    }
}

/** A note is begun in one browser and ended in another; a consultation waits while another one is taken in. */
export async function drafts_wait(looker, url, officer, of_case) {
    const first = await open(looker, url, officer, 'draft, first browser');
    await first.page.goto(of_case);
    await by_role(first.page, 'button', words.note).click();
    await first.page.getByLabel(words.body).fill(`電車の中で書き始めた ${HOSTILE}`);
    await first.page.getByText(words.kept).waitFor();
    await looker.at(first.page, 'draft kept');
    await first.context.close();

    const { context, page } = await open(looker, url, officer, 'draft, second browser');
    await page.goto(of_case);
    await page.getByText(words.offer).waitFor();
    await looker.at(page, 'draft offered');
    await keys.press(page, page.getByRole('button', { name: words.go_on }));
    await page.waitForFunction(() => [...document.querySelectorAll('textarea')].some(one => one.value.startsWith('電車の中')));
    await by_role(page, 'button', words.save_note).click();
    await page.locator('.thing', { hasText: '電車の中で書き始めた' }).waitFor();
    await page.reload();
    await page.locator('.thing', { hasText: '電車の中で書き始めた' }).waitFor();
    await page.waitForLoadState('networkidle');
    looker.expect('draft', (await page.getByText(words.offer).count()) === 0, 'a draft that was sent is offered again');

    await page.goto(`${url}#/intake`);
    await page.getByLabel(words.summary).fill('一人目の相談');
    await page.getByText(words.kept).waitFor();
    await page.reload();
    await page.getByText(words.offer).waitFor();
    await page.goto(`${url}#/today`);
    await by_role(page, 'link', words.left).click();
    await page.getByLabel(words.summary).fill('二人目の相談');
    await page.getByText(words.kept).waitFor();
    await page.reload();
    await page.getByText(words.offer).nth(1).waitFor();
    const values = [];
    for (const at of [0, 1]) {
        await page.getByRole('button', { name: words.go_on }).nth(at).click();
        await page.waitForFunction(() => document.querySelector('#f-summary').value !== '');
        values.push(await page.getByLabel(words.summary).inputValue());
        await page.reload();
        await page.getByText(words.offer).nth(1).waitFor();
    }
    looker.expect('draft', values.sort().join() === '一人目の相談,二人目の相談', `one consultation took the place of another: ${values}`);
    for (const left of [1, 0]) {
        await page.getByRole('button', { name: words.give_up }).first().click();
        await page.getByRole('button', { name: words.give_up_surely }).click();
        await page.waitForFunction(count => [...document.querySelectorAll('.note')].length === count, left);
    }
    await context.close();
}
