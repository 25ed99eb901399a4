// Shows pictures made ahead, as soon as a control moves: no way to Python and back. ahead.py says
// what is in the album.
export default {
  async initialize({ model, signal }) {
    const find = async ids => {
      const found = await Promise.all(ids.map(id => model.widget_manager.get_model(id)));
      return Object.fromEntries(ids.map((id, place) => [id, found[place]]));
    };
    const watch = (one, event, act) => {
      one.on(event, act);
      signal.addEventListener("abort", () => one.off(event, act));
    };
    const traits = model.get("controls");
    const controls = await find(Object.keys(traits));
    const marks = await find(model.get("marks"));
    const stand = id => controls[id].get(traits[id]);
    let moved; // the control that was moved last

    // A picture fits only while all other controls stand where they stood when it was made.
    const show = () => {
      const { base, pictures } = model.get("album");
      const picture = pictures[moved]?.[stand(moved)];
      const fits = Object.keys(traits).every(id => id === moved || stand(id) === base[id]);
      if (!picture || !fits) return;
      for (const [id, state] of Object.entries(picture)) marks[id].set(state);
    };
    for (const [id, trait] of Object.entries(traits)) {
      watch(controls[id], `change:${trait}`, () => { moved = id; show(); });
    }
    // What Python draws the hand may have overtaken. Not at once: a model that is set while it tells
    // of a change tells nobody.
    const again = () => queueMicrotask(show);
    for (const mark of Object.values(marks)) watch(mark, "change", again);
    model.set("ready", true);
    model.save_changes();
  },
};
