// The expert's desk: moves through a year that Python has worked out. Nothing is decided here; who
// is next follows from when each request was taken up, and the order from the scores.

const SHOWN = 8; // requests in sight
const DAY_MS = 520; // how long a day takes while the year plays
const ROW = 44;

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(text, act) {
  const element = make('button', 'ltd-desk-button', text);
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
}

const fill = (text, places) => text.replace(/\{(\w+)\}/g, (all, name) => places[name] ?? all);
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export default {
  render({ model, el, signal }) {
    const words = model.get('labels');
    let scene = model.get('scene');
    let day = model.get('day');
    let frame = 0, before = 0;
    const rows = new Map(); // by place in the year

    const root = make('section', 'ltd-desk');
    root.setAttribute('aria-label', `${words.desk}: ${words.expert}`);
    const clock = make('div', 'ltd-desk-clock');
    const now = make('div', 'ltd-desk-now');
    const head = make('div', 'ltd-desk-head');
    const queue = make('ol', 'ltd-desk-queue');
    const more = make('div', 'ltd-desk-more');
    const key = make('div', 'ltd-desk-key');
    const live = make('div', 'ltd-desk-sr');
    live.setAttribute('role', 'status');
    const when = make('input', 'ltd-desk-when');
    Object.assign(when, { type: 'range', min: 0, step: 0.5 });
    when.setAttribute('aria-label', words.when);
    const play = button(words.play, () => (frame ? stop() : go()));
    play.classList.add('main');
    const step = button(words.next, () => { stop(); toNext(); });
    const back = button(words.back, () => { stop(); day = 0; show(); keep(); });
    const bar = make('div', 'ltd-desk-bar');
    bar.append(play, step, back);
    root.append(clock, now, head, queue, more, key, when, bar, live);
    el.append(root);

    const last = () => scene.rounds * scene.days;
    const onDesk = () => scene.jobs.find(job => job.start <= day && job.end > day);
    const waiting = () => scene.jobs
      .map((job, place) => ({ job, place }))
      .filter(({ job }) => job.came <= day && job.start > day)
      .sort((a, b) => b.job.score - a.job.score || a.place - b.place);

    function person(who) {
      const name = make('b', who === 0 ? 'ltd-desk-name me' : 'ltd-desk-name', scene.people[who][0]);
      const project = make('span', 'ltd-desk-project', scene.people[who][1]);
      return [name, project];
    }

    const tag = job => make('span', `ltd-desk-chip ${job.chip[1]}`, job.chip[0]);

    function newRow(job) {
      const row = make('li', job.who === 0 ? 'ltd-desk-row me' : 'ltd-desk-row');
      const left = make('div', 'ltd-desk-left');
      const first = make('div', 'ltd-desk-first');
      const [name, project] = person(job.who);
      first.append(name, tag(job));
      const second = make('div', 'ltd-desk-second');
      second.append(make('span', 'ltd-desk-task', job.task), project);
      left.append(first, second);
      const right = make('div', 'ltd-desk-right');
      right.append(make('span', 'ltd-desk-days'), make('span', 'ltd-desk-rank'));
      row.append(left, right);
      if (scene.revealed) {
        const bars = make('div', 'ltd-desk-looks');
        job.looks.forEach((points, part) => {
          const piece = make('i', `p${part}`);
          piece.style.width = `${Math.min(100, points * 14)}%`;
          bars.append(piece);
        });
        bars.title = fill(words.worth, job);
        left.append(bars);
      }
      queue.append(row);
      return row;
    }

    function clear() {
      for (const row of rows.values()) row.remove();
      rows.clear();
    }

    function time() {
      const round = Math.min(scene.rounds, Math.floor(day / scene.days) + 1);
      const at = Math.floor(day - (round - 1) * scene.days) + 1;
      return fill(words.round, { round, rounds: scene.rounds, day: Math.min(at, scene.days) });
    }

    function show() {
      const line = waiting();
      const busy = onDesk();
      clock.textContent = time();
      when.max = last();
      when.value = day;
      when.setAttribute('aria-valuetext', time());
      now.className = busy?.who === 0 ? 'ltd-desk-now me' : 'ltd-desk-now';
      now.replaceChildren(make('span', 'ltd-desk-label', words.desk));
      if (busy) {
        const first = make('div', 'ltd-desk-first');
        const [name, project] = person(busy.who);
        first.append(name, tag(busy));
        const second = make('div', 'ltd-desk-second');
        second.append(make('span', 'ltd-desk-task', busy.task), project);
        now.append(first, second, make('p', 'ltd-desk-why', busy.why));
      } else now.append(make('p', 'ltd-desk-why', words.free));

      const seen = line.slice(0, SHOWN);
      const stay = new Set(seen.map(({ place }) => place));
      for (const [place, row] of rows) {
        if (stay.has(place)) continue;
        row.classList.add('gone');
        rows.delete(place);
        calm() ? row.remove() : setTimeout(() => row.remove(), 260);
      }
      const byValue = scene.revealed
        ? new Map([...line].sort((a, b) => b.job.value - a.job.value).map(({ place }, i) => [place, i + 1]))
        : null;
      seen.forEach(({ job, place }, rank) => {
        let row = rows.get(place);
        if (!row) rows.set(place, row = newRow(job));
        row.style.transform = `translateY(${rank * ROW}px)`;
        row.querySelector('.ltd-desk-days').textContent =
          fill(words.waited, { days: Math.max(0, Math.floor(day - job.came)) });
        if (byValue) row.querySelector('.ltd-desk-rank').textContent = fill(words.value, { rank: byValue.get(place) });
      });
      // What is read out goes by the document's order, not by what the eye sees.
      head.textContent = line.length ? `${words.queue} (${line.length})` : words.nobody;
      more.textContent = line.length > SHOWN ? fill(words.more, { count: line.length - SHOWN }) : '';
      key.hidden = !scene.revealed;
    }

    function say() {
      const busy = onDesk();
      live.textContent = busy
        ? fill(words.said, { time: time(), count: waiting().length, name: scene.people[busy.who][0], task: busy.task, why: busy.why })
        : fill(words.idle, { time: time() });
      seenOrder();
    }

    function seenOrder() {
      for (const { place } of waiting().slice(0, SHOWN)) queue.append(rows.get(place));
    }

    function keep() {
      say();
      model.set('day', day);
      model.save_changes();
    }

    function toNext() {
      const starts = scene.jobs.map(job => job.start).filter(start => start > day + 1e-6 && start < last());
      day = starts.length ? Math.min(...starts) : last();
      show();
      keep();
    }

    function tick(at) {
      day = Math.min(last(), day + Math.min(100, at - before) / DAY_MS);
      before = at;
      show();
      if (day >= last()) { frame = 0; stop(); } else frame = requestAnimationFrame(tick);
    }

    function go() {
      if (day >= last()) day = 0;
      if (calm()) { // no motion: a round at a time
        day = Math.min(last(), (Math.floor(day / scene.days) + 1) * scene.days);
        show();
        keep();
        return;
      }
      play.textContent = words.pause;
      before = performance.now();
      frame = requestAnimationFrame(tick);
    }

    function stop() {
      cancelAnimationFrame(frame);
      frame = 0;
      play.textContent = words.play;
      keep();
    }

    words.parts.split('|').forEach((name, part) => {
      const each = make('span', '', name);
      each.prepend(make('i', `p${part}`));
      key.append(each);
    });
    when.addEventListener('input', () => {
      cancelAnimationFrame(frame);
      frame = 0;
      play.textContent = words.play;
      day = Number(when.value);
      show();
    });
    when.addEventListener('change', keep);
    const renew = () => {
      const was = scene;
      scene = model.get('scene');
      // The same requests in another order move; others, or more of each to see, are new.
      const same = was.revealed === scene.revealed && was.jobs.length === scene.jobs.length
        && was.jobs.every((job, place) => Math.abs(job.came - scene.jobs[place].came) < 0.02);
      if (same) {
        for (const [place, row] of rows) {
          row.querySelector('.ltd-desk-chip').replaceWith(tag(scene.jobs[place]));
        }
      } else clear();
      show();
      seenOrder();
    };
    model.on('change:scene', renew);
    signal?.addEventListener('abort', () => model.off('change:scene', renew));
    show();
    seenOrder();
    return () => cancelAnimationFrame(frame);
  },
};
