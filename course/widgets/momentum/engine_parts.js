// What the engine's view is made of: the drawing, the trace, gauges, tables. Each shows what it is
// given. engine.js follows in the same module and joins them.

const TRACE = { W: 900, H: 168, left: 46, right: 14, top: 10, bottom: 26 };

const DRAWING = `
<svg viewBox="0 0 520 286" class="ltd-en-svg" role="img">
  <defs><clipPath id="ID-tank"><rect x="184" y="78" width="66" height="62" rx="9"/></clipPath></defs>
  <line x1="16" x2="350" y1="262" y2="262" class="ground"/>
  <g class="body">
    <g class="puffs"></g>
    <path d="M318 118 h22 v-58" class="pipe"/>
    <rect x="176" y="194" width="156" height="60" rx="8" class="iron"/>
    <rect x="262" y="84" width="62" height="114" rx="8" class="iron"/>
    <path d="M256 100 h74 M256 116 h74 M256 132 h74 M256 148 h74" class="fin"/>
    <rect x="276" y="156" width="34" height="22" rx="4" class="piston"/>
    <path d="M217 140 v30 h46" class="hose"/>
    <rect x="184" y="78" width="66" height="62" rx="9" class="tank"/>
    <rect x="184" y="140" width="66" height="62" class="level" clip-path="url(#ID-tank)"/>
    <text x="217" y="70" text-anchor="middle" class="small tankname"></text>
    <path d="M190 254 v8 M318 254 v8" class="foot"/>
    <circle cx="128" cy="186" r="70" class="rim"/>
    <g class="wheel"><circle cx="128" cy="186" r="54" class="disc"/>
      <path d="M128 134 v104 M76 186 h104 M91 149 l74 74 M165 149 l-74 74" class="spoke"/>
      <circle cx="128" cy="142" r="7" class="weight"/></g>
    <circle cx="128" cy="186" r="13" class="hub"/>
  </g>
  <path class="cord"/>
  <g class="handle"><rect x="-19" y="-8" width="38" height="16" rx="8"/></g>
  <g class="dial">
    <circle cx="432" cy="136" r="82" class="face"/>
    <path class="arc"/><path class="arc red"/><g class="ticks"></g>
    <path d="M432 142 l-4 -6 l4 -66 l4 66 z" class="needle"/>
    <circle cx="432" cy="136" r="8" class="hub"/>
    <text x="432" y="186" text-anchor="middle" class="figure">0</text>
    <text x="432" y="202" text-anchor="middle" class="small unit"></text>
    <text x="432" y="248" text-anchor="middle" class="state"></text>
  </g>
</svg>`;

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function svg(tag, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(text, name, act) {
  const element = make('button', name, text);
  element.type = 'button';
  // Greyed by aria alone: a button that were disabled would drop the focus of who just pressed it.
  element.addEventListener('click', () => {
    if (element.getAttribute('aria-disabled') !== 'true') act(element);
  });
  return element;
}

const enable = (element, yes) => element.setAttribute('aria-disabled', String(!yes));
const fill = (text, places) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
const angle = rpm => -120 + rpm * 0.08; // degrees: 3,000 rpm make 240

function along(figures, share) {
  const place = Math.min(1, Math.max(0, share)) * (figures.length - 1);
  const low = Math.floor(place);
  const high = Math.min(low + 1, figures.length - 1);
  return figures[low] + (figures[high] - figures[low]) * (place - low);
}

const onDial = (degrees, radius) => {
  const turn = ((degrees - 90) * Math.PI) / 180;
  return [432 + radius * Math.cos(turn), 136 + radius * Math.sin(turn)];
};

function arc(from, to, radius) {
  const [x1, y1] = onDial(from, radius);
  const [x2, y2] = onDial(to, radius);
  return `M${x1} ${y1} A${radius} ${radius} 0 ${to - from > 180 ? 1 : 0} 1 ${x2} ${y2}`;
}

/** The drawing: `turn` moves all of it to how the engine runs now. */
function drawing(labels, full, line) {
  const frame = make('div', 'ltd-en-drawing');
  frame.innerHTML = DRAWING.replaceAll('ID', `ltd-${Math.random().toString(36).slice(2)}`);
  const part = name => frame.querySelector(`.${name}`);
  part('arc').setAttribute('d', arc(-120, 120, 72));
  frame.querySelector('.arc.red').setAttribute('d', arc(-120, angle(line), 72));
  for (let rpm = 0; rpm <= full; rpm += 500) {
    const [x1, y1] = onDial(angle(rpm), 76);
    const [x2, y2] = onDial(angle(rpm), rpm % 1000 ? 70 : 66);
    const [x, y] = onDial(angle(rpm), 51);
    part('ticks').append(svg('line', { x1, y1, x2, y2 }));
    if (rpm % 1000 === 0) {
      part('ticks').append(svg('text', { x, y: y + 4, 'text-anchor': 'middle', class: 'small' }, rpm));
    }
  }
  part('unit').textContent = labels.rpm;
  part('tankname').textContent = labels.fuel;
  const puffs = Array.from({ length: 9 }, () => {
    const puff = svg('circle', { r: 0, cx: 340, cy: 56, class: 'puff' });
    part('puffs').append(puff);
    return { puff, age: 2 };
  });
  const parts = Object.fromEntries(['wheel', 'piston', 'needle', 'figure', 'body', 'cord', 'handle',
    'level', 'svg', 'state'].map(name => [name, name === 'svg' ? part('ltd-en-svg') : part(name)]));
  let turned = 0, due = 0, said = '';

  function turn({ rpm, dt, pulled, fuel, effort, lively }) {
    turned = (turned + rpm * 0.42 * dt) % 360; // slower than life, or it would seem to stand
    const shake = lively && rpm > 20 ? (rpm < line ? 1.1 : 0.45) : 0;
    const sway = shake * Math.sin(turned / 7);
    parts.wheel.setAttribute('transform', `rotate(${turned.toFixed(1)} 128 186)`);
    parts.piston.setAttribute('y', (150 - 26 * Math.sin((turned * Math.PI) / 90)).toFixed(1));
    parts.body.setAttribute('transform', `translate(0 ${sway.toFixed(2)})`);
    parts.needle.setAttribute('transform', `rotate(${angle(Math.max(0, rpm) + sway * 6).toFixed(2)} 432 136)`);
    parts.level.setAttribute('y', (140 - 62 * fuel).toFixed(1));
    const hand = [34, 104 + pulled];
    parts.handle.setAttribute('transform', `translate(${hand})`);
    parts.cord.setAttribute('d', `M${hand} Q ${60} ${hand[1] + 26} 80 137`);
    const figure = `${Math.round(rpm / 10) * 10}`;
    if (figure !== said) {
      parts.figure.textContent = Number(figure).toLocaleString('en');
      said = figure;
    }
    due -= dt * (rpm / 420);
    for (const each of puffs) {
      if (due <= 0 && each.age > 1 && lively && rpm > 60) {
        each.age = 0;
        due = 1;
        each.puff.classList.toggle('dark', effort > 2.5); // a heavy load smokes
      }
      each.age += dt * 0.75;
      const out = Math.min(1, each.age);
      each.puff.setAttribute('cy', (56 - 48 * out).toFixed(1));
      each.puff.setAttribute('cx', (340 + 16 * out * out).toFixed(1));
      each.puff.setAttribute('r', each.age > 1 ? 0 : (4 + 9 * out).toFixed(1));
      each.puff.style.opacity = (0.55 * (1 - out)).toFixed(2);
    }
  }
  return { frame, turn, handle: parts.handle, picture: parts.svg, state: parts.state };
}

/** The revolutions by week: `past` draws whole weeks, `now` the week that is running. */
function traceOf(labels, full, line, weeks) {
  const { W, H, left, right, top, bottom } = TRACE;
  const x = week => left + ((W - left - right) * week) / weeks;
  const y = rpm => H - bottom - ((H - top - bottom) * Math.min(rpm, full)) / full;
  const picture = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', class: 'ltd-en-trace' });
  picture.append(svg('rect', { x: left, width: W - left - right, y: y(line), height: y(0) - y(line), class: 'zone' }));
  for (const rpm of [0, 1000, 2000, 3000]) {
    picture.append(svg('line', { x1: left, x2: W - right, y1: y(rpm), y2: y(rpm), class: 'grid' }));
    picture.append(svg('text', { x: left - 6, y: y(rpm) + 4, 'text-anchor': 'end' }, rpm.toLocaleString('en')));
  }
  for (let week = 0; week <= weeks; week += 4) {
    picture.append(svg('text', { x: x(week), y: H - 8, 'text-anchor': 'middle' }, week));
  }
  picture.append(svg('text', { x: W - right - 4, y: y(line) - 5, 'text-anchor': 'end', class: 'red' }, labels.stallLine));
  const marks = svg('g', {});
  const ghost = svg('path', { class: 'ghost' });
  const whole = svg('path', { class: 'run' });
  const live = svg('path', { class: 'run' });
  const tip = svg('circle', { r: 4.5, class: 'tip' });
  picture.append(marks, ghost, whole, live, tip);
  let done = '', running = [];
  const point = ([week, rpm]) => `${x(week).toFixed(1)} ${y(rpm).toFixed(1)}`;
  return {
    picture,
    before(figures) { // the last play with this customer
      const points = figures.map((rpm, week) => point([week, rpm]));
      ghost.setAttribute('d', points.length ? `M${points.join('L')}` : '');
    },
    past(figures) { // drawn anew where this page has not seen the weeks pass
      done = figures.map((rpm, week) => `L${point([week, rpm])}`).join('');
      running = figures.slice(-1).map(rpm => [figures.length - 1, rpm]); // go on from there
      whole.setAttribute('d', done && `M${done.slice(1)}`);
      live.setAttribute('d', '');
    },
    now(week, rpm) {
      const last = running[running.length - 1];
      if (last && week < last[0]) return; // the next week has come: turn() closes this one
      if (!last || week - last[0] > 0.03 || Math.abs(rpm - last[1]) > 25) running.push([week, rpm]);
      live.setAttribute('d', `M${running.map(point).join('L')}L${point([week, rpm])}`);
      tip.setAttribute('cx', x(week));
      tip.setAttribute('cy', y(rpm));
    },
    turn() {
      done += running.map(each => `L${point(each)}`).join('');
      running = running.slice(-1);
      whole.setAttribute('d', done && `M${done.slice(1)}`);
    },
    mark(diary) {
      marks.replaceChildren(...diary.filter(([, kind]) => kind === 'you' || kind === 'step')
        .map(([week, kind]) => kind === 'you'
          ? svg('circle', { cx: x(week), cy: y(0), r: 3.5, class: 'you' })
          : svg('line', { x1: x(week), x2: x(week), y1: y(0), y2: top, class: 'step' })));
    },
    shown(yes) { tip.style.display = yes ? '' : 'none'; },
  };
}

function gauge(name, kind) {
  const box = make('div', `ltd-en-gauge ltd-en-${kind}`);
  const label = make('span', '', name);
  const figure = make('b');
  const bar = make('div', 'bar');
  const level = make('i');
  bar.setAttribute('role', 'meter');
  bar.setAttribute('aria-label', name);
  bar.setAttribute('aria-valuemin', '0');
  bar.setAttribute('aria-valuemax', '100');
  bar.append(level);
  box.append(label, figure, bar);
  return {
    box,
    set(share, text) {
      const percent = Math.round(100 * Math.min(1, share));
      level.style.width = `${percent}%`;
      figure.textContent = text;
      bar.setAttribute('aria-valuenow', percent);
      bar.setAttribute('aria-valuetext', text);
    },
  };
}

function rows(name, list) {
  const table = make('table', 'ltd-en-table');
  table.setAttribute('aria-label', name);
  for (const [first, ...rest] of list) {
    const line = table.insertRow();
    const head = make('th', '', first);
    head.scope = 'row';
    line.append(head, ...rest.map(text => make('td', '', text)));
  }
  return table;
}
