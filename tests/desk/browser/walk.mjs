// The way of one matter: taken in, made a case, rescued, visited, noted, closed, counted. Each page on it is looked at.
import { by_role } from './steps.mjs';

/** What somebody may write who wants to do harm; it must stand on the page as it is. */
export const HOSTILE = `<img src=x onerror=alert(1)>"><script>alert(2)</script>`;

const shown = moment => moment.toLocaleString('sv-SE', { timeZone: 'Asia/Tokyo' }).slice(0, 16);

export async function walk(looker, page, words, hand, where) {
    const title = `${where} 不審なメール ${HOSTILE}`;
    const button = name => by_role(page, 'button', name);
    const link = name => by_role(page, 'link', name).first();
    const look = name => looker.at(page, `${where} ${name}`);
    const { press, write, tick } = hand;
    await look('today');
    await press(page, link(words.take_in));
    await intake(looker, page, words, hand, title, look);
    await press(page, button(words.take_up));
    await press(page, link(words.make_case));
    await button(words.make_case).waitFor();
    await look('make-case');
    await press(page, button(words.make_case));
    await by_role(page, 'link', words.rescue).waitFor();
    const of_case = page.url();

    await press(page, link(words.rescue));
    await button(words.propose).waitFor();
    await look('rescue');
    await press(page, button(words.propose));
    await write(page, page.getByLabel(words.began), shown(new Date(Date.now() - 2 * 3_600_000)));
    await press(page, button(words.begin));
    await press(page, link(words.visit));
    await write(page, page.getByLabel(words.planned), shown(new Date(Date.now() - 3_600_000)));
    await look('visit');
    await press(page, button(words.visit));
    await press(page, link(words.done));
    await page.getByLabel(words.began).waitFor();
    await look('visit-done');
    await press(page, button(words.done));

    await press(page, button(words.note));
    await write(page, page.getByLabel(words.body), `線の図 ${HOSTILE}\n2行目`);
    await press(page, button(words.save_note));
    await button(words.write_on).waitFor();
    await look('case');
    await reveal(looker, page, words, hand, where);

    await press(page, link(words.end_rescue));
    await write(page, page.getByLabel(words.reason), '範囲の確認が終わった');
    await press(page, button(words.end_rescue));
    await press(page, link(words.close));
    await press(page, button(words.close));
    await page.getByText(words.mend).waitFor();
    await tick(page, page.getByLabel(words.none_kept, { exact: true }));
    await write(page, page.getByLabel(words.last_note), 'メール 1通のほかに痕跡は見つからなかった。2018年以前のログは残っていない。');
    await look('close');
    await press(page, button(words.close));
    await page.getByRole('link', { name: words.close, exact: true }).waitFor({ state: 'detached' });
    await look('closed');
    looker.expect(where, (await page.locator('.head').innerText()).includes(words.closed), 'the case does not say that it is closed');
    await figures(looker, page, words, hand, where, of_case, look);
    return { of_case, title };
}

async function intake(looker, page, words, hand, title, look) {
    const { press, write, tick } = hand;
    await page.getByLabel(words.contact).waitFor();
    await press(page, by_role(page, 'button', words.check));
    await page.getByText(words.mend).waitFor();
    looker.expect(title, (await page.getByText(words.required).count()) >= 2, 'an empty contact is not told at the top and at its field');
    looker.expect(title, await page.locator('fieldset', { hasText: words.purpose }).getByLabel(words.not_asked).isChecked(),
        'a question that nobody asked is not "not asked"');
    await write(page, page.getByLabel(words.memo), `山田です。電話 03-0000-0000 にお願いします。\n${HOSTILE}`);
    await press(page, by_role(page, 'button', words.memo_phone));
    await write(page, page.getByLabel(words.summary), title);
    await write(page, page.getByLabel(words.organisation), '港湾工科大学');
    await tick(page, page.getByLabel(words.purpose, { exact: true }));
    await look('intake');
    // Nothing is lost on the way to the check and back.
    await press(page, by_role(page, 'button', words.check));
    await by_role(page, 'button', words.send).waitFor();
    await look('intake-check');
    await page.goBack();
    await page.getByLabel(words.summary).waitFor();
    looker.expect(title, (await page.getByLabel(words.summary).inputValue()) === title, 'the summary is gone after Back');
    looker.expect(title, await page.getByLabel(words.purpose, { exact: true }).isChecked(), 'the purpose is gone after Back');
    await press(page, by_role(page, 'button', words.check));
    await press(page, by_role(page, 'button', words.send));
    await by_role(page, 'button', words.take_up).waitFor();
    await look('consultation');
}

async function reveal(looker, page, words, hand, where) {
    looker.expect(where, !(await page.content()).includes('03-0000-0000'), 'a phone number stands on the page unasked');
    const row = page.locator('tr', { hasText: words.phone });
    await hand.press(page, row.getByRole('button', { name: words.show, exact: true }).last());
    await page.getByText('03-0000-0000').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    looker.expect(where, !(await page.getByText('03-0000-0000').first().isVisible()), 'a phone number is printed');
    await page.emulateMedia({ media: 'screen' });
}

/** Each number of the newest year opens as many rows as it says, and this case is among them. */
async function figures(looker, page, words, hand, where, of_case, look) {
    await hand.press(page, by_role(page, 'link', words.figures));
    const numbers = page.locator('table.figures tr.whole').last().locator('td a');
    await numbers.first().waitFor();
    await look('figures');
    looker.expect(where, (await numbers.count()) === 3, 'a number of this year is 0');
    looker.expect(where, (await page.locator('#breaches').count()) === 0, 'numbers are called doubtful');
    const count = Number(await numbers.nth(2).innerText());
    await hand.press(page, numbers.nth(2));
    await page.waitForURL(/#\/table\/event\//);
    await page.locator('table.figures').waitFor({ state: 'detached' });
    await page.locator('table tbody tr').first().waitFor();
    looker.expect(where, (await page.locator('table tbody tr').count()) === count, 'the number opens another count of rows');
    looker.expect(where, (await page.locator(`a[href="${new URL(of_case).hash}"]`).count()) === 1, 'the case is not among them');
    await look('figure-rows');
}
