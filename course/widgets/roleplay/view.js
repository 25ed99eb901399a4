// A conversation to take part in. Python decides what happens; this file only shows the scene it is
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

/** The colour of a speaker: 0 for the learner, then 1, 2, 3 in their order. */
function toneOf(who, scene) {
  const { speakers } = scene.stage;
  const own = speakers.find(each => each.id === who);
  if (own?.mine) return 0;
  return own ? 1 + speakers.filter(each => !each.mine).indexOf(own) : 3;
}

function lineElement([who, text, when], scene) {
  if (who === 'part') return make('h5', 'ltd-rp-part', text);
  if (who === 'day') return make('div', 'ltd-rp-day', text);
  if (who === 'note') return make('p', 'ltd-rp-note', text);
  if (who === 'action') {
    const note = make('p', 'ltd-rp-note ltd-rp-action');
    note.append(make('b', '', `${scene.labels.action}: `), text);
    return note;
  }
  const { name, mine } = scene.stage.speakers.find(each => each.id === who);
  const row = make('div', `ltd-rp-row ltd-rp-tone${toneOf(who, scene)}${mine ? ' ltd-rp-mine' : ''}`);
  const face = make('span', 'ltd-rp-face', name.slice(0, 1));
  face.setAttribute('aria-hidden', 'true');
  const said = make('div', 'ltd-rp-said');
  const head = make('div', 'ltd-rp-name', name);
  head.append(make('time', '', when));
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

const MARKS = ['●', '●', '■', '▲'];

function markOf(tone, cx, cy) {
  const name = `tone${tone}`;
  if (tone === 2) return svg('rect', { x: cx - 4, y: cy - 4, width: 8, height: 8, class: name });
  if (tone === 3) {
    const points = `${cx},${cy - 5} ${cx - 5},${cy + 4} ${cx + 5},${cy + 4}`;
    return svg('polygon', { points, class: name });
  }
  return svg('circle', { cx, cy, r: 4, class: name });
}

/** Where names of curves can be written so that none lies on another: [height] for each. */
function apart(heights, gap) {
  const order = heights.map((_, place) => place).sort((a, b) => heights[a] - heights[b]);
  const placed = [...heights];
  for (let i = 1; i < order.length; i += 1) {
    const under = gap - (placed[order[i]] - placed[order[i - 1]]);
    if (under <= 0) continue;
    for (let j = 0; j < i; j += 1) placed[order[j]] -= under / 2;
    placed[order[i]] += under / 2;
  }
  return placed;
}

function chart({ title, series, parts, ticks, top: atLeast, unit, reference }) {
  const W = 800, H = 220, left = 46, right = 118, top = 12, bottom = 30;
  const most = Math.max(atLeast, ...series.flatMap(each => each.values));
  const turns = parts.length;
  const x = turn => left + ((W - left - right) * turn) / Math.max(1, turns);
  const y = value => H - bottom - ((H - top - bottom) * value) / most;
  const picture = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', class: 'ltd-rp-chart' });
  picture.setAttribute('aria-label', `${title}. ` + series.map(({ name, values }) =>
    `${name}: ${values.map(value => Math.round(value * 10) / 10).join(', ')}`).join('. '));
  for (const value of ticks) {
    picture.append(svg('line', { x1: left, x2: W - right, y1: y(value), y2: y(value), class: 'grid' }));
    picture.append(svg('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, `${value}${unit}`));
  }
  if (reference) {
    const height = y(reference.value);
    picture.append(svg('line', { x1: left, x2: W - right, y1: height, y2: height, class: 'reference' }));
  }
  parts.forEach((name, turn) => {
    if (turn === 0 || parts[turn - 1] !== name) {
      picture.append(svg('text', { x: x(turn + 1), y: H - 8, 'text-anchor': 'middle' }, name));
    }
  });
  const names = apart(series.map(({ values }) => y(values[values.length - 1])), 18);
  series.forEach(({ name, values, tone }, place) => {
    const points = values.map((value, turn) => [x(turn), y(value)]);
    picture.append(svg('polyline', { points: points.join(' '), class: `tone${tone}` }));
    picture.append(...points.map(([cx, cy]) => markOf(tone, cx, cy)));
    const [endX] = points[points.length - 1];
    picture.append(svg('text', { x: endX + 10, y: names[place] + 4, class: `name tone${tone}` },
      `${MARKS[tone]} ${name}`));
  });
  if (reference) {
    picture.append(svg('text', { x: left + 14, y: y(reference.value) - 7, class: 'referencename' },
      reference.name));
  }
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
  const { plays, parts, others, others_title: othersTitle } = scene.compare;
  const count = plays.length;
  const names = plays.map((_, place) => place === 0 ? scene.labels.this
    : scene.labels.earlier.replace('{number}', count - place));
  const rows = parts.map((part, turn) => [
    turn && parts[turn - 1] === part ? '' : part,
    ...plays.map(each => each.moves[turn] ?? '–'),
  ]).filter((_, turn) => plays.some(each => each.moves[turn]));
  rows.push(['→', ...plays.map(each => make('b', '', each.ending))]);
  const part = make('section', 'ltd-rp-compare');
  part.append(make('h5', '', scene.labels.compare), table(['', ...names], rows, 'ltd-rp-table'));
  const list = make('ul');
  for (const [name, ending] of others) {
    const item = make('li');
    item.append(make('b', '', `${name}: `), ending);
    list.append(item);
  }
  part.append(make('p', '', othersTitle), list);
  return part;
}

function revealed(scene, send) {
  const { labels, reveal } = scene;
  const part = make('section', `ltd-rp-reveal ltd-rp-${reveal.verdict}`);
  const head = make('h4', '', reveal.title);
  head.tabIndex = -1;
  part.append(head, make('p', 'ltd-rp-lead', reveal.text), make('h5', '', labels.reveal));
  const cards = make('div', 'ltd-rp-cards');
  for (const { who, name, about, mark, good, texts } of reveal.cards) {
    const card = make('div', `ltd-rp-person ltd-rp-tone${toneOf(who, scene)}`);
    card.append(
      make('b', '', name), make('span', 'ltd-rp-about', about),
      make('span', `ltd-rp-mark ${good ? 'yes' : 'no'}`, `${good ? '✓' : '✗'} ${mark}`),
      ...texts.map(text => make('p', '', text)));
    cards.append(card);
  }
  part.append(cards);
  for (const each of reveal.charts) part.append(make('h5', '', each.title), chart(each));
  part.append(make('h5', '', labels.turns));
  const turns = make('ol', 'ltd-rp-turns');
  for (const row of reveal.rows) {
    const item = make('li');
    item.append(make('b', '', row.head),
      make('q', '', row.chosen), make('p', '', row.why), make('p', 'ltd-rp-numbers', row.numbers));
    turns.append(item);
  }
  part.append(turns);
  if (scene.compare) part.append(comparison(scene));
  const buttons = make('div', 'ltd-rp-buttons');
  buttons.append(
    button(labels.replay, 'ltd-rp-main', () => send({ do: 'replay' })),
    button(scene.stage.new, '', () => send({ do: 'new' })));
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
    const { title, speakers, log: name, steps, now, now_name: nowName } = scene.stage;
    const people = make('div', 'ltd-rp-people');
    for (const each of speakers.filter(speaker => !speaker.mine)) {
      const person = make('span', `ltd-rp-tone${toneOf(each.id, scene)}`);
      person.append(make('b', '', each.name), ` ${each.about}`);
      people.append(person);
    }
    const dots = make('div', 'ltd-rp-steps');
    dots.setAttribute('role', 'img');
    dots.setAttribute('aria-label', `${nowName} / ${steps.length}`);
    steps.forEach((text, place) => {
      dots.append(make('i', place < now ? 'past' : place === now ? 'now' : '', text));
    });
    header.replaceChildren(make('div', 'ltd-rp-title', title), dots, people);
    log.setAttribute('aria-label', `${name}: ${title}`);
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
      const speaker = scene.stage.speakers.find(each => each.id === line[0]);
      if (!speaker || speaker.mine) {
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
