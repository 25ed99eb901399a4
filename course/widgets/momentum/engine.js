// An engine to pull, hear stutter and keep running. Python lets the weeks pass and says what the
// needle does within one; this file moves it along those figures, sixty times a second, and asks
// for the next week when one is over. Nothing of the model is computed here.

const WEEK_MS = 2800; // how long a week takes while the engine is left to run
const QUICK_MS = 500; // and when one week is asked for
const PATIENCE_MS = 10000;
const PULL_FAR = 46; // drawing units the handle must be dragged down to count as a pull

function render({ model, el }) {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const first = model.get('scene');
  const { labels } = first;
  const root = make('section', 'ltd-en');
  root.setAttribute('aria-label', labels.title);
  el.append(root);

  // What stands still is built once, so that nothing that has the focus is ever replaced.
  const task = make('p', 'ltd-en-task');
  const weekName = make('b', 'ltd-en-week');
  const head = make('div', 'ltd-en-head');
  head.append(make('div', 'ltd-en-title', labels.title), weekName, task);

  const engine = drawing(labels, first.full, first.line);
  const strength = make('fieldset', 'ltd-en-strength');
  const group = `ltd-${Math.random().toString(36).slice(2)}`;
  strength.append(make('legend', '', labels.strength));
  const radios = first.strengths.map(points => {
    const label = make('label');
    const radio = make('input');
    Object.assign(radio, { type: 'radio', name: group, value: points });
    label.append(radio, make('span', '', fill(labels.points, { points })));
    strength.append(label);
    return radio;
  });
  const pull = button(labels.pull, 'ltd-en-main', () => pullNow());
  const cord = make('div', 'ltd-en-cord');
  cord.append(strength, pull, make('p', 'ltd-en-soft', labels.pullHelp));

  const throttle = make('div', 'ltd-en-throttle');
  throttle.setAttribute('role', 'group');
  throttle.setAttribute('aria-label', labels.throttle);
  throttle.append(make('h5', '', labels.throttle));
  const levers = new Map();

  const run = button(labels.run, 'ltd-en-main', () => { running = !running; tellRun(); start(); });
  const step = button(labels.step, '', () => oneWeek());
  const again = button(labels.again, '', () => send({ do: 'replay' }));
  const stop = button(labels.stop, '', () => send({ do: 'stop' }));
  const hours = make('span', 'ltd-en-soft');
  const time = make('div', 'ltd-en-time');
  time.append(run, step, again, stop, hours);

  const liking = gauge(labels.liking, 'liking');
  const fuel = gauge(labels.fuel, 'fuel');
  const load = gauge(labels.load, 'load');
  const risk = gauge(labels.risk, 'risk');
  const gauges = make('div', 'ltd-en-gauges');
  gauges.append(liking.box, fuel.box, load.box, risk.box);

  const lamps = make('ol', 'ltd-en-lamps');
  lamps.setAttribute('aria-label', labels.steps);
  const trace = traceOf(labels, first.full, first.line, first.weeks);
  const traceName = make('h5', '', labels.trace);
  const diaryName = make('h5', '', labels.diary);
  const log = make('div', 'ltd-en-diary');
  const lines = make('ol');
  log.append(lines);
  log.tabIndex = 0;
  log.setAttribute('role', 'log');
  log.setAttribute('aria-label', labels.diary);
  const problem = make('p', 'ltd-en-problem');
  problem.setAttribute('role', 'alert');
  problem.hidden = true;
  const below = make('div', 'ltd-en-below');
  const left = make('div', 'ltd-en-left');
  left.append(engine.frame, cord, time, problem, diaryName, log);
  const right = make('div', 'ltd-en-right');
  right.append(throttle);
  const upper = make('div', 'ltd-en-upper');
  upper.append(left, right);
  const keys = make('p', 'ltd-en-soft', `${labels.keys} ${labels.assumed}`);
  root.append(head, lamps, upper, gauges, traceName, trace.picture, keys, below);

  // --- time

  let scene = first;
  let running = false; // do the weeks pass by themselves?
  let quick = false; // is one week hurried on by request?
  let share = 0; // of the week at hand
  let rpm = 0, speed = 0; // where the needle is, and how fast it moves
  let pulled = 0; // how far down the handle is
  let waiting = false, patience;
  let frame = 0, before = 0, seen = true;

  const going = () => scene.phase === 'going';
  const wanted = () => {
    if (going()) return along(scene.ahead, share);
    return scene.phase === 'over' && scene.behind.won ? scene.past[scene.past.length - 1] : 0;
  };

  function send(message) {
    waiting = true;
    model.send(message);
    clearTimeout(patience);
    patience = setTimeout(() => {
      running = quick = waiting = false;
      tellRun();
      problem.textContent = labels.waiting;
      problem.hidden = false;
    }, PATIENCE_MS);
  }

  function pullNow() {
    if (scene.phase !== 'ready') return;
    const chosen = radios.find(radio => radio.checked);
    send({ do: 'pull', strength: Number(chosen.value) });
  }

  function oneWeek() {
    if (!going()) return;
    running = false;
    tellRun();
    if (still.matches) send({ do: 'week', week: scene.week });
    else quick = true;
    start();
  }

  function tellRun() {
    run.textContent = running ? labels.pause : labels.run;
    run.setAttribute('aria-pressed', String(running));
  }

  function tellState() {
    const stalled = going() && wanted() < scene.line;
    root.classList.toggle('ltd-en-stalled', stalled);
    const name = going() ? (stalled ? labels.stalled : labels.running) : labels.cold;
    const shown = scene.phase === 'over' && scene.behind.won ? labels.running : name;
    if (engine.state.textContent === shown) return;
    engine.state.textContent = shown;
    engine.picture.setAttribute('aria-label', `${shown}. ${fill(labels.dial,
      { rpm: Math.round(wanted()), line: scene.line })}`);
  }

  function tick(now) {
    const dt = Math.min(0.05, (now - before) / 1000 || 0);
    before = now;
    if (going() && !waiting && (running || quick)) {
      share += (dt * 1000) / (quick ? QUICK_MS : WEEK_MS);
      if (share >= 1) {
        share = 1;
        quick = false;
        send({ do: 'week', week: scene.week });
      }
    }
    const target = wanted();
    if (still.matches) {
      rpm = target;
    } else { // a spring, a little under damped: a pulled engine overshoots
      speed += (70 * (target - rpm) - 10 * speed) * dt;
      rpm = Math.max(0, rpm + speed * dt);
    }
    if (!dragging) pulled *= Math.exp(-dt * 9);
    engine.turn({ rpm, dt: still.matches ? 0 : dt, pulled, fuel: scene.fuel, effort: scene.load[0],
      lively: !still.matches });
    if (going()) trace.now(scene.week + share, rpm);
    tellState();
    const rests = Math.abs(target - rpm) < 1 && Math.abs(speed) < 1 && pulled < 0.5 && !dragging;
    const idle = rests && (still.matches || target === 0) && !running && !quick;
    frame = seen && !idle ? requestAnimationFrame(tick) : 0;
  }

  function start() {
    if (!frame && seen) {
      before = performance.now();
      frame = requestAnimationFrame(tick);
    }
  }

  // --- the handle

  let dragging = false, from = 0;
  const scale = () => engine.picture.viewBox.baseVal.height / engine.picture.clientHeight;
  engine.handle.addEventListener('pointerdown', event => {
    if (scene.phase !== 'ready') return;
    dragging = true;
    from = event.clientY;
    engine.handle.setPointerCapture(event.pointerId);
    start();
  });
  engine.handle.addEventListener('pointermove', event => {
    if (dragging) pulled = Math.max(0, Math.min(110, (event.clientY - from) * scale()));
  });
  const release = () => {
    if (!dragging) return;
    dragging = false;
    if (pulled >= PULL_FAR) pullNow();
  };
  engine.handle.addEventListener('pointerup', release);
  engine.handle.addEventListener('pointercancel', () => { dragging = false; });

  // --- what a scene says

  function drawLevers() {
    scene.moves.forEach(([move, name, help, state], place) => {
      if (!levers.has(move)) {
        const lever = button('', 'ltd-en-lever', () => send({ do: 'move', week: scene.week, move }));
        const key = make('kbd', '', place + 1);
        key.setAttribute('aria-hidden', 'true');
        const words = make('span', '', name);
        words.append(make('em'), make('small', '', help));
        lever.append(key, words);
        levers.set(move, lever);
        throttle.append(lever);
      }
      const lever = levers.get(move);
      lever.dataset.state = state;
      lever.querySelector('em').textContent = state === 'force' ? labels.inForce : '';
      enable(lever, state === 'open');
    });
  }

  function drawDiary(anew) {
    if (anew) lines.replaceChildren();
    // Mostly lines are added; a move may put one before another of the same week.
    const told = [...lines.children].map(line => line.lastChild.textContent);
    const same = scene.diary.findIndex(([, , text], place) => text !== told[place]);
    const kept = same < 0 ? scene.diary.length : same;
    while (lines.children.length > kept) lines.lastChild.remove();
    for (const [week, kind, text] of scene.diary.slice(kept)) {
      const line = make('li', `ltd-en-line ltd-en-${kind}`);
      line.append(make('span', 'week', week), make('span', '', text));
      lines.append(line);
    }
    log.scrollTop = log.scrollHeight;
    diaryName.hidden = log.hidden = scene.phase === 'ready';
  }

  function drawLamps() {
    let next = going();
    lamps.replaceChildren(...scene.steps.map(([name, done]) => {
      const lamp = make('li', done ? 'done' : next ? 'next' : '');
      lamp.append(make('i'), make('span', '', name));
      lamp.append(make('span', 'ltd-en-sr', done ? labels.done : next ? labels.next : ''));
      if (!done) next = false;
      return lamp;
    }));
  }

  function drawBehind() {
    below.replaceChildren();
    if (!scene.behind) return;
    const { won, title, text, hidden, plays, others } = scene.behind;
    const name = make('h4', won ? 'won' : '', title);
    name.tabIndex = -1;
    const list = make('ul');
    list.append(...hidden.map(each => make('li', '', each)));
    const buttons = make('div', 'ltd-en-time');
    buttons.append(button(labels.replay, 'ltd-en-main', () => send({ do: 'replay' })),
      button(labels.new, '', () => send({ do: 'new' })));
    below.append(name, make('p', '', text), buttons, make('h5', '', labels.behind), list,
      make('h5', '', labels.plays), rows(labels.plays, plays),
      make('h5', '', labels.others), rows(labels.others, others));
  }

  function draw(anew) {
    clearTimeout(patience);
    waiting = false;
    problem.hidden = true;
    const focused = !anew && root.contains(document.activeElement);
    const old = scene;
    scene = model.get('scene');
    const other = anew || old.play !== scene.play;
    if (other || scene.week !== old.week) {
      if (!other) trace.turn();
      share = 0;
    }
    if (other) {
      trace.past(scene.past);
      trace.before(scene.before);
      traceName.textContent = scene.before.length ? labels.traceBefore : labels.trace;
    }
    if (other) radios.forEach(radio => { radio.checked = Number(radio.value) === scene.strength; });
    const [name, house, pitch] = scene.customer;
    task.textContent = fill(labels.task, { name, house, pitch });
    weekName.textContent = fill(labels.week, { week: scene.week, weeks: scene.weeks });
    hours.textContent = fill(labels.hours, { hours: scene.hours });
    const [effort, alone] = scene.load;
    const cold = scene.phase === 'ready' && '–';
    liking.set(scene.liking / 10, cold || fill(labels.points, { points: scene.liking.toFixed(1) }));
    fuel.set(scene.fuel, cold || `${Math.round(100 * scene.fuel)} %`);
    load.set(effort / scene.heaviest, cold || fill(labels.loadOf, { left: effort, alone }));
    risk.set(scene.risk, cold || `${Math.round(100 * scene.risk)} %`);
    trace.mark(scene.diary);
    trace.shown(going());
    trace.picture.setAttribute('aria-label',
      `${labels.trace}: ${scene.past.map(each => Math.round(each)).join(', ')}`);
    drawLamps();
    drawLevers();
    drawDiary(other);
    cord.hidden = scene.phase !== 'ready';
    time.hidden = !going();

    if (!anew && old.phase === 'ready' && going()) {
      if (!dragging && pulled < PULL_FAR && !still.matches) pulled = 90; // the cord flies back
      running = !still.matches;
      if (focused) run.focus({ preventScroll: true });
    }
    if (other || scene.pauses > old.pauses || !going()) running = quick = false;
    tellRun();
    if (old.phase !== scene.phase || anew) {
      drawBehind();
      if (focused && scene.behind) below.querySelector('h4').focus();
      if (focused && scene.phase === 'ready') pull.focus();
    }
    start();
  }

  root.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || !going()) return;
    const lever = [...levers.values()][Number(event.key) - 1];
    const act = { p: run, w: step }[event.key.toLowerCase()] ?? lever;
    if (act) {
      event.preventDefault();
      act.click();
    }
  });

  const watcher = new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting; // time stands still for an engine that nobody sees
    if (seen) start();
  });
  watcher.observe(engine.frame);
  const changed = () => draw(false);
  model.on('change:scene', changed);
  draw(true);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(patience);
    watcher.disconnect();
    model.off('change:scene', changed);
  };
}

export default { render };
