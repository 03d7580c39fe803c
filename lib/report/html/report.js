// What report.html can do more where scripts run: filter, sort and count its findings. Without it all of them stand
// there, in the order of the page. It reads the page and writes text and `hidden`; nothing is stored, loaded or sent.
(() => {
  'use strict';
  // One part for each language, line for line the same: what is chosen in one holds in the other.
  const parts = [...document.querySelectorAll('.k-found')].map(root => ({
    root,
    bar: root.querySelector('.k-filter'),
    flat: root.querySelector('.k-sorted'),
    hosts: [...root.querySelectorAll('.k-host')],
    nodes: [...root.querySelectorAll('.k-find')],
    numbers: new Intl.NumberFormat(root.closest('[lang]').lang),
  }));
  const first = parts[0];
  if (!first || !first.bar) return;

  const names = first.hosts.map(host => host.querySelector('h3 bdi').textContent);
  const lines = first.nodes.map((node, at) => ({
    at,
    host: first.hosts.indexOf(node.parentElement),
    level: +node.dataset.level,
    time: node.dataset.time ? +node.dataset.time : Infinity,
    count: +node.dataset.count,
    rule: node.dataset.rule,
    label: node.dataset.label || 'none',
    fresh: node.dataset.new === '1',
    shown: true,
  }));
  // A rule is named where it stands first.
  const ruleTitle = new Map(), ruleText = new Map();
  for (const { nodes } of parts)
    for (const node of nodes) {
      const rule = node.querySelector('.k-rule');
      if (!rule) continue;
      const number = node.dataset.rule;
      if (!ruleTitle.has(number)) ruleTitle.set(number, rule.querySelector('bdi').textContent);
      ruleText.set(number, (ruleText.get(number) || '') + ' ' + rule.textContent);
    }

  const plain = text => text.normalize('NFKC').toLowerCase();
  const textOf = line => {
    if (line.text === undefined) {
      const pieces = [names[line.host], ruleText.get(line.rule) || ''];
      for (const { nodes } of parts)
        for (const piece of nodes[line.at].querySelectorAll('.k-said,.k-seek')) pieces.push(piece.textContent);
      line.text = plain(pieces.join(' '));
    }
    return line.text;
  };
  // Texts are gathered a little at a time from the moment when somebody goes to the filter.
  let gathered = 0;
  const gather = () => {
    const end = performance.now() + 8;
    while (gathered < lines.length && performance.now() < end) textOf(lines[gathered++]);
    if (gathered < lines.length) setTimeout(gather);
  };

  const control = (part, name) => part.bar.querySelector(`[name=${name}]`);
  const levels = part => [...part.bar.querySelectorAll('[name=level]')];
  const start = () => ({ text: '', levels: [], host: '', label: '', fresh: false, sort: 'host' });
  const read = part => ({
    text: control(part, 'text').value,
    levels: levels(part).filter(one => one.checked).map(one => +one.value),
    host: control(part, 'host').value,
    label: control(part, 'label')?.value || '',
    fresh: !!control(part, 'fresh')?.checked,
    sort: control(part, 'sort').value,
  });
  const write = (part, state) => {
    control(part, 'text').value = state.text;
    for (const one of levels(part)) one.checked = state.levels.includes(+one.value);
    control(part, 'host').value = state.host;
    if (control(part, 'label')) control(part, 'label').value = state.label;
    if (control(part, 'fresh')) control(part, 'fresh').checked = state.fresh;
    control(part, 'sort').value = state.sort;
  };

  const isWanted = (line, state, words) =>
    (state.levels.length === 0 || state.levels.includes(line.level)) &&
    (state.host === '' || +state.host === line.host) &&
    (state.label === '' || state.label === line.label) &&
    (!state.fresh || line.fresh) &&
    words.every(word => textOf(line).includes(word));

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const labelText = one => one.closest('label').textContent.trim();
  const chosen = select => select.selectedOptions[0].textContent;
  // In the words of the controls themselves.
  const describe = (part, state) => {
    const words = levels(part).filter(one => one.checked).map(labelText);
    if (state.host !== '') words.push(chosen(control(part, 'host')));
    if (state.label !== '') words.push(chosen(control(part, 'label')));
    if (state.fresh) words.push(labelText(control(part, 'fresh')));
    if (state.text.trim() !== '') words.push(fill(part.bar.dataset.quoted, { text: state.text.trim() }));
    return words.join(part.bar.dataset.comma);
  };
  const tell = (part, state) => {
    const shown = lines.filter(line => line.shown);
    const findings = shown.reduce((sum, line) => sum + line.count, 0);
    const what = describe(part, state);
    part.bar.classList.toggle('k-active', what !== '');
    part.bar.querySelector('[role=status]').textContent =
      fill(what === '' ? part.bar.dataset.shown : part.bar.dataset.filtered, {
        what,
        shown: part.numbers.format(shown.length),
        all: part.numbers.format(lines.length),
        findings: part.numbers.format(findings),
      });
  };

  const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const orders = {
    time: (a, b) => a.time - b.time,
    latest: (a, b) => (b.time === Infinity ? -1 : b.time) - (a.time === Infinity ? -1 : a.time),
    level: (a, b) => b.level - a.level,
    name: (a, b) => byText(plain(names[a.host]), plain(names[b.host])),
    rule: (a, b) => byText(ruleTitle.get(a.rule) || '', ruleTitle.get(b.rule) || ''),
    count: (a, b) => b.count - a.count,
  };
  // Out of their hosts each line says where it is.
  const nameHost = (part, line) => {
    const summary = part.nodes[line.at].querySelector('.k-when');
    if (summary.querySelector('.k-at')) return;
    const name = document.createElement('bdi');
    name.className = 'k-at';
    name.textContent = names[line.host];
    summary.prepend(name);
  };
  let order = 'host';
  const sort = wanted => {
    if (wanted === order) return;
    order = wanted;
    const compare = orders[wanted];
    const sorted = compare ? [...lines].sort((a, b) => compare(a, b) || a.at - b.at) : lines;
    for (const part of parts) {
      part.root.classList.toggle('k-flat', !!compare);
      for (const line of sorted) {
        if (compare) nameHost(part, line);
        (compare ? part.flat : part.hosts[line.host]).append(part.nodes[line.at]);
      }
    }
  };

  const apply = state => {
    const words = plain(state.text).split(/\s+/).filter(Boolean);
    const used = new Set();
    for (const line of lines) {
      line.shown = isWanted(line, state, words);
      if (line.shown) used.add(line.host);
    }
    sort(state.sort);
    for (const part of parts) {
      for (const line of lines)
        if (part.nodes[line.at].hidden === line.shown) part.nodes[line.at].hidden = !line.shown;
      part.hosts.forEach((host, at) => { host.hidden = !used.has(at); });
      tell(part, state);
    }
  };

  for (const part of parts) {
    const choice = control(part, 'host');
    names.forEach((name, at) => choice.add(new Option(name, at)));
    const changed = () => {
      const state = read(part);
      for (const other of parts) if (other !== part) write(other, state);
      apply(state);
    };
    part.bar.addEventListener('input', changed);
    part.bar.addEventListener('focusin', gather, { once: true });
    part.bar.querySelector('button').addEventListener('click', () => {
      for (const one of parts) write(one, start());
      apply(start());
      control(part, 'text').focus();
    });
    // A link to the explanation of a rule opens it, also where its line is filtered out.
    part.root.addEventListener('click', event => {
      const link = event.target.closest('a[href*="-rule-"]');
      const line = link && document.getElementById(link.hash.slice(1))?.closest('.k-find');
      if (!line) return;
      line.hidden = false;
      if (line.parentElement.matches('.k-host')) line.parentElement.hidden = false;
      line.open = true;
    });
    write(part, start());
    tell(part, start());
    part.bar.hidden = false;
  }
})();
