// As much of PDF as Chromium writes: pages in their order, and whether one has anything on it.
import { inflateSync } from 'node:zlib';

/** Objects by number: their text up to a stream, and the stream's bytes. */
function objects_of(pdf) {
    const text = pdf.toString('latin1');
    const found = new Map();
    for (const match of text.matchAll(/(?:^|[\r\n])(\d+) 0 obj\b/g)) {
        const start = match.index + match[0].length;
        const end = text.indexOf('endobj', start);
        const stream = text.slice(start, end).search(/stream\r?\n/);
        if (stream < 0) { found.set(+match[1], { head: text.slice(start, end) }); continue; }
        const head = text.slice(start, start + stream);
        const from = text.indexOf('\n', start + stream) + 1;
        const length = +(head.match(/\/Length (\d+)/)?.[1] ?? 0);
        found.set(+match[1], { head, bytes: pdf.subarray(from, from + length) });
    }
    return found;
}

/** For each sheet how many pieces of text it shows. */
export function texts_on_sheets(pdf) {
    const objects = objects_of(pdf);
    const kids = [...objects.values()].flatMap(({ head }) => {
        if (!/\/Type\s*\/Pages\b/.test(head)) return [];
        return [...(head.match(/\/Kids\s*\[([^\]]*)\]/)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map(one => +one[1]);
    });
    return kids.map(kid => objects.get(kid)).filter(kid => /\/Type\s*\/Page\b/.test(kid.head)).map(({ head }) => {
        const { head: about, bytes } = objects.get(+head.match(/\/Contents (\d+) 0 R/)[1]);
        const content = (/FlateDecode/.test(about) ? inflateSync(bytes) : bytes).toString('latin1');
        return (content.match(/\bT[jJ]\b/g) ?? []).length;
    });
}
