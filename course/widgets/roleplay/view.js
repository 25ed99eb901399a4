// A group chat to take part in. Python decides what happens; this file only shows the scene it is
// given, line by line, and sends back what was chosen.

const PACE = { shortest: 450, perCharacter: 9, longest: 1300 }; // milliseconds a line is "written"

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(text, name, onClick) {
  const element = make('button', name, text);
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}

function initials(name) {
  return name.slice(0, 1);
}

function lineElement([who, text, time], scene) {
  if (who === 'week') return make('h5', 'ltd-rp-week', text);
  if (who === 'day') return make('div', 'ltd-rp-day', text);
  if (who === 'note') return make('p', 'ltd-rp-note', text);
  if (who === 'action') {
    const note = make('p', 'ltd-rp-note ltd-rp-action');
    note.append(make('b', '', `${scene.labels.action}: `), text);
    return note;
  }
  const row = make('div', `ltd-rp-row ltd-rp-${who}`);
  const face = make('span', 'ltd-rp-face', initials(scene.people[who].name));
  face.setAttribute('aria-hidden', 'true');
  const said = make('div', 'ltd-rp-said');
  const head = make('div', 'ltd-rp-name', scene.people[who].name);
  head.append(make('time', '', time));
  said.append(head, make('div', 'ltd-rp-bubble', text));
  row.append(face, said);
  return row;
}

// ---------------------------------------------------------------- the reveal

function svg(tag, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function chart(scene) {
  const { seen, fee, rows } = scene.reveal;
  const W = 800, H = 220, left = 40, right = 118, top = 12, bottom = 30;
  const most = Math.max(16, ...seen.flat());
  const x = turn => left + ((W - left - right) * turn) / Math.max(1, seen.length - 1);
  const y = value => H - bottom - ((H - top - bottom) * value) / most;
  const picture = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', class: 'ltd-rp-chart' });
  const people = [scene.people.customer, scene.people.vendor];
  picture.setAttribute('aria-label', `${scene.labels.chart}. ` + people.map((person, party) =>
    `${person.call}: ${seen.map(pair => Math.round(pair[party])).join(', ')}`).join('. '));
  for (const value of [0, 5, 10, 15]) {
    picture.append(svg('line', { x1: left, x2: W - right, y1: y(value), y2: y(value), class: 'grid' }));
    picture.append(svg('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, `${value} %`));
  }
  picture.append(svg('line', { x1: left, x2: W - right, y1: y(fee), y2: y(fee), class: 'fee' }));
  rows.forEach((row, turn) => {
    if (turn === 0 || rows[turn - 1].week !== row.week) {
      const name = scene.reveal.weeks[row.week - 1];
      picture.append(svg('text', { x: x(turn + 1), y: H - 8, 'text-anchor': 'middle' }, name));
    }
  });
  const ends = seen[seen.length - 1];
  const apart = Math.abs(y(ends[0]) - y(ends[1])) < 16 ? 9 : 0; // names must not lie on each other
  ['customer', 'vendor'].forEach((who, party) => {
    const points = seen.map((pair, turn) => [x(turn), y(pair[party])]);
    picture.append(svg('polyline', { points: points.join(' '), class: who }));
    for (const [cx, cy] of points) {
      picture.append(party === 0
        ? svg('circle', { cx, cy, r: 4, class: who })
        : svg('rect', { x: cx - 4, y: cy - 4, width: 8, height: 8, class: who }));
    }
    const [endX, endY] = points[points.length - 1];
    const away = apart * (ends[party] >= ends[1 - party] && !(party && ends[0] === ends[1]) ? -1 : 1);
    picture.append(svg('text', { x: endX + 10, y: endY + 4 + away, class: `name ${who}` },
      `${party === 0 ? '●' : '■'} ${people[party].call}`));
  });
  picture.append(svg('text', { x: left + 14, y: y(fee) - 7, class: 'feename' }, scene.labels.fee));
  return picture;
}

function table(head, rows, name) {
  const frame = make('div', 'ltd-rp-scroll');
  const element = make('table', name);
  const top = element.createTHead().insertRow();
  for (const text of head) {
    const cell = make('th', '', text);
    cell.scope = 'col';
    top.append(cell);
  }
  const body = element.createTBody();
  for (const cells of rows) {
    const line = body.insertRow();
    cells.forEach((content, place) => {
      const cell = make(place === 0 ? 'th' : 'td');
      if (place === 0) cell.scope = 'row';
      cell.append(...[].concat(content));
      line.append(cell);
    });
  }
  frame.append(element);
  return frame;
}

function comparison(scene) {
  const { plays, weeks, others } = scene.compare;
  const count = plays.length;
  const names = plays.map((_, place) => place === 0 ? scene.labels.this
    : scene.labels.earlier.replace('{number}', count - place));
  const rows = weeks.map((week, turn) => [
    turn && weeks[turn - 1] === week ? '' : week,
    ...plays.map(each => each.moves[turn] ?? '–'),
  ]).filter((_, turn) => plays.some(each => each.moves[turn]));
  rows.push(['→', ...plays.map(each => make('b', '', each.ending))]);
  const part = make('section', 'ltd-rp-compare');
  part.append(make('h5', '', scene.labels.compare), table(['', ...names], rows, 'ltd-rp-table'));
  const list = make('ul');
  for (const each of others) {
    const item = make('li');
    item.append(make('b', '', `${each.name}: `), each.ending);
    list.append(item);
  }
  part.append(make('p', '', scene.labels.others), list);
  return part;
}

function revealed(scene, send) {
  const { labels, reveal } = scene;
  const part = make('section', `ltd-rp-reveal ltd-rp-${reveal.outcome}`);
  const head = make('h4', '', reveal.title);
  head.tabIndex = -1;
  part.append(head, make('p', 'ltd-rp-lead', reveal.text), make('h5', '', labels.reveal));
  const cards = make('div', 'ltd-rp-cards');
  for (const person of reveal.people) {
    const card = make('div', `ltd-rp-person ltd-rp-${person.who}`);
    card.append(
      make('b', '', person.name), make('span', 'ltd-rp-about', person.about),
      make('span', `ltd-rp-mark ${person.willing ? 'yes' : 'no'}`,
        person.willing ? `✓ ${labels.yes}` : `✗ ${labels.no}`),
      make('p', '', person.want), make('p', '', person.kind));
    cards.append(card);
  }
  part.append(cards, make('h5', '', labels.chart), chart(scene), make('h5', '', labels.turns));
  const turns = make('ol', 'ltd-rp-turns');
  for (const row of reveal.rows) {
    const item = make('li');
    item.append(make('b', '', `${reveal.weeks[row.week - 1]} · ${row.manner}`),
      make('q', '', row.chosen), make('p', '', row.why), make('p', 'ltd-rp-numbers', row.numbers));
    turns.append(item);
  }
  part.append(turns);
  if (scene.compare) part.append(comparison(scene));
  const buttons = make('div', 'ltd-rp-buttons');
  buttons.append(
    button(labels.replay, 'ltd-rp-main', () => send({ do: 'replay' })),
    button(labels.new, '', () => send({ do: 'new' })));
  part.append(buttons);
  return part;
}

// ---------------------------------------------------------------- the view

function render({ model, el }) {
  const root = make('div', 'ltd-rp');
  const header = make('header', 'ltd-rp-head');
  const log = make('div', 'ltd-rp-log');
  log.setAttribute('role', 'log');
  log.setAttribute('aria-live', 'polite');
  log.tabIndex = 0;
  const below = make('div', 'ltd-rp-below');
  const problem = make('p', 'ltd-rp-problem');
  problem.setAttribute('role', 'status');
  root.append(header, log, below, problem);
  el.append(root);

  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  let shown = { play: undefined, count: 0 };
  let timer, patience;
  let hurry = () => {};

  const focusIn = () => root.contains(document.activeElement);

  function send(message) {
    // The buttons go; the focus stays inside, or Lab would take the next keys for its own.
    log.focus({ preventScroll: true });
    below.replaceChildren();
    model.send(message);
    patience = setTimeout(() => {
      const scene = model.get('scene');
      drawBelow(scene, focusIn()); // to try once more
      problem.textContent = scene.labels.waiting;
      problem.hidden = false;
    }, 10000);
  }

  function drawHead(scene) {
    const title = make('div', 'ltd-rp-title', scene.group);
    const people = make('div', 'ltd-rp-people');
    for (const who of ['customer', 'vendor']) {
      const person = make('span', `ltd-rp-${who}`);
      person.append(make('b', '', scene.people[who].name), ` ${scene.people[who].about}`);
      people.append(person);
    }
    const weeks = make('div', 'ltd-rp-weeks');
    const now = scene.week;
    weeks.setAttribute('role', 'img');
    weeks.setAttribute('aria-label', `${scene.weekName} / ${scene.weeks}`);
    for (let week = 1; week <= scene.weeks; week += 1) {
      const dot = make('i', week < now ? 'past' : week === now ? 'now' : '');
      dot.textContent = week;
      weeks.append(dot);
    }
    header.replaceChildren(title, weeks, people);
    log.setAttribute('aria-label', `${scene.labels.log}: ${scene.group}`);
  }

  const toEnd = () => { log.scrollTop = log.scrollHeight; };

  function drawBelow(scene, take) {
    hurry = () => {};
    below.replaceChildren();
    if (scene.reveal) {
      below.append(revealed(scene, send));
      if (take) below.querySelector('h4').focus();
      return;
    }
    const question = make('p', 'ltd-rp-prompt', scene.prompt);
    question.id = `ltd-rp-${Math.random().toString(36).slice(2)}`;
    const group = make('div', 'ltd-rp-choices');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-labelledby', question.id);
    scene.choices.forEach(([kind, text], number) => {
      const choice = button('', `ltd-rp-choice ltd-rp-${kind}`,
        () => send({ do: 'choose', turn: scene.turn, number }));
      const key = make('kbd', '', `${number + 1}`);
      key.setAttribute('aria-hidden', 'true');
      choice.append(key, make('span', '', text));
      group.append(choice);
    });
    below.append(question, group);
    if (take) group.querySelector('button').focus({ preventScroll: true });
  }

  function waitingLine(scene, who) {
    const row = lineElement([who, '', ''], scene);
    row.classList.add('ltd-rp-typing');
    row.setAttribute('aria-hidden', 'true');
    const dots = row.querySelector('.ltd-rp-bubble');
    dots.append(make('i'), make('i'), make('i'));
    return row;
  }

  /** Show the lines that are new, one after the other, then what can be done. */
  function tell(scene, fresh, take) {
    let typing;
    const skip = button(scene.labels.skip, 'ltd-rp-skip', () => hurry());
    const finish = () => {
      clearTimeout(timer);
      typing?.remove();
      log.append(...fresh.splice(0).map(line => lineElement(line, scene)));
      toEnd();
      drawBelow(scene, take || focusIn());
    };
    const next = () => {
      typing?.remove();
      if (fresh.length === 0) return finish();
      const line = fresh[0];
      const put = () => {
        typing?.remove();
        fresh.shift();
        log.append(lineElement(line, scene));
        toEnd();
        next();
      };
      if (!(line[0] in scene.people) || line[0] === 'broker') {
        timer = setTimeout(put, line[0] === 'note' ? 500 : 150);
        return undefined;
      }
      typing = waitingLine(scene, line[0]);
      log.append(typing);
      toEnd();
      timer = setTimeout(put,
        Math.min(PACE.longest, PACE.shortest + PACE.perCharacter * line[1].length));
      return undefined;
    };
    hurry = finish;
    if (still.matches || fresh.length === 0) return finish();
    below.replaceChildren(skip);
    if (take) skip.focus({ preventScroll: true });
    return next();
  }

  function draw(first) {
    const scene = model.get('scene');
    const take = !first && focusIn();
    clearTimeout(timer);
    clearTimeout(patience);
    problem.textContent = scene.problem;
    problem.hidden = !scene.problem;
    drawHead(scene);
    const grows = shown.play === scene.play && shown.count <= scene.lines.length;
    if (!grows) {
      log.replaceChildren();
      shown = { play: scene.play, count: 0 };
    }
    const fresh = scene.lines.slice(first ? scene.lines.length : shown.count);
    if (first) log.append(...scene.lines.map(line => lineElement(line, scene)));
    shown.count = scene.lines.length;
    toEnd();
    tell(scene, fresh, take);
  }

  // A number chooses, wherever the focus is in the view.
  root.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    const choice = below.querySelectorAll('.ltd-rp-choice')[Number(event.key) - 1];
    if (choice) {
      event.preventDefault();
      choice.click();
    }
  });

  const changed = () => draw(false);
  model.on('change:scene', changed);
  draw(true);
  requestAnimationFrame(toEnd); // before, the log has no height
  return () => {
    clearTimeout(timer);
    clearTimeout(patience);
    model.off('change:scene', changed);
  };
}

export default { render };
