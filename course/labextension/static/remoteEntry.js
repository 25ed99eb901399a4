/* Two small things that make a course usable in JupyterLab and Notebook 7.
 *
 * 1. Widgets keep their keys. Lab's shortcuts act on whatever has the focus inside a notebook:
 *    with the focus in a dropdown, `b` would insert a cell and `d d` delete one.
 * 2. Lessons run when they are opened. A reopened notebook shows dead widgets until its cells
 *    run, and nobody who came to learn selling should have to know that.
 *
 * This file is written by hand as the "container" that Lab's module federation expects: an object
 * with init(shareScope) and get(module), put under the package's name in window._JUPYTERLAB. That
 * saves an npm build for fewer lines than its configuration would take.
 */
(() => {
  'use strict';

  const NAME = 'lead-the-deal';
  const warn = (...what) => console.warn(`[${NAME}]`, ...what);

  // ---------------------------------------------------------------- widgets keep their keys

  // Lab ignores a key if the element *that has the focus* carries this attribute. An ancestor
  // that carries it does not help: some of Lab's selectors match the focused element itself.
  const SUPPRESS = 'data-lm-suppress-shortcuts';

  /** The cell in whose output an element is; undefined for all that is Lab's own. */
  function cellAround(element) {
    const output = element instanceof Element ? element.closest('.jp-OutputArea') : null;
    return output?.closest('.jp-Notebook .jp-Cell');
  }

  /** Save and the command palette stay Lab's: the browser would save the page as a file. */
  function staysWithLab(event) {
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    return command && !event.altKey && (key === 's' || (event.shiftKey && key === 'c'));
  }

  function keepKeys(event, commands) {
    const element = event.target;
    const cell = cellAround(element);
    if (!cell) {
      return;
    }
    element.toggleAttribute(SUPPRESS, !staysWithLab(event));
    if (staysWithLab(event)) {
      // Handed over here, once: text fields of ipywidgets stop keys before Lab sees them.
      event.stopPropagation();
      commands.processKeydownEvent(event);
    } else if (event.key === 'Escape') {
      leave(event, element, cell);
    }
  }

  /** Escape leaves a widget for its cell, unless the widget has a use for the key. */
  function leave(event, element, cell) {
    // Asked when the widget is through with the event; waiting for it to bubble up would be in
    // vain, because text fields of ipywidgets stop it.
    setTimeout(() => {
      if (!event.defaultPrevented && document.activeElement === element) {
        cell.focus();
      }
    });
  }

  const keys = {
    id: `${NAME}:keys`,
    description: 'Keys typed into a widget reach the widget, not the notebook around it.',
    autoStart: true,
    activate: app => {
      // On the window and on the way down: before any widget and before Lab (on the document).
      window.addEventListener('keydown', event => keepKeys(event, app.commands), true);
    }
  };

  // ---------------------------------------------------------------- lessons run when opened

  // A notebook may have several views. They share one context, which lives from the opening of
  // the document to its closing: that is what "once per opening" means.
  const seen = new WeakSet();

  async function runOnce(panel, NotebookActions) {
    const { context, content } = panel;
    if (seen.has(context)) {
      return;
    }
    seen.add(context);
    await context.ready; // the document is loaded, so its metadata can be read
    if (!context.model.getMetadata('course')?.run_on_open) {
      return;
    }
    // A kernel that already runs is joined, a missing one is started; both end up here.
    await context.sessionContext.ready;
    const kernel = context.sessionContext.session?.kernel;
    if (!kernel) {
      warn(`${context.path} has no kernel, so its cells were not run.`);
      return;
    }
    await kernel.info; // sent messages may be lost before the kernel has answered once
    if (panel.isDisposed) {
      return; // closed again while its kernel started
    }
    const wasUntouched = !context.model.dirty;
    // Not runAll: that makes the last cell the active one and scrolls down to it.
    await NotebookActions.runCells(content, [...content.widgets], context.sessionContext);
    // Nobody should be asked to save changes that running made, who has only looked.
    if (wasUntouched && !panel.isDisposed && !context.model.readOnly) {
      await context.save();
    }
  }

  // Lets the course's style sheet fold away what learners need not see. (The sheet could find our
  // notebooks by :has(), but then every change in a notebook costs a second look at all of it.)
  async function markOurs(panel) {
    await panel.context.ready;
    panel.content.node.classList.toggle('ltd-notebook', !!panel.context.model.getMetadata('course'));
  }

  // Only where the course was opened on purpose: elsewhere a notebook that somebody sent, or a
  // submission that an instructor looks at, must not run because its metadata asks for it.
  function isOurLab() {
    const page = document.getElementById('jupyter-config-data');
    try {
      return JSON.parse(page.textContent).leadTheDealRunOnOpen === 'true';
    } catch {
      return false;
    }
  }

  const runOnOpen = ({ INotebookTracker, NotebookActions }) => ({
    id: `${NAME}:run-on-open`,
    description: 'Runs notebooks whose metadata says {"course": {"run_on_open": true}}.',
    autoStart: true,
    // Optional: an application without notebooks must still start.
    optional: [INotebookTracker],
    activate: (app, tracker) => {
      if (!tracker) {
        warn('This application has no notebooks; lessons will not run by themselves.');
        return;
      }
      const ours = isOurLab();
      const run = panel => {
        markOurs(panel).catch(error => warn('A lesson was not marked.', error));
        if (ours) {
          runOnce(panel, NotebookActions).catch(error => warn('A lesson did not run.', error));
        }
      };
      tracker.widgetAdded.connect((_, panel) => void run(panel));
      tracker.forEach(panel => void run(panel)); // opened before this plugin came up
    }
  });

  // ---------------------------------------------------------------- the container

  let shared = {};

  /** A module of the running application, so that its tokens are the very objects it knows. */
  async function applicationModule(name) {
    const versions = Object.values(shared[name] ?? {});
    if (versions.length === 0) {
      throw new Error(`the application does not share ${name}`);
    }
    const factory = await (versions.find(version => version.loaded) ?? versions[0]).get();
    return factory();
  }

  async function plugins() {
    try {
      const notebook = await applicationModule('@jupyterlab/notebook');
      if (!notebook.INotebookTracker || !notebook.NotebookActions?.runCells) {
        throw new Error('@jupyterlab/notebook lacks INotebookTracker or NotebookActions.runCells');
      }
      return [keys, runOnOpen(notebook)];
    } catch (error) {
      warn('Lessons will not run by themselves: use Run > Run All Cells.', error);
      return [keys];
    }
  }

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB[NAME] = {
    init: scope => {
      shared = scope;
    },
    get: async module => {
      if (module !== './extension') {
        throw new Error(`${NAME} has no module ${module}`);
      }
      const found = await plugins();
      return () => ({ __esModule: true, default: found });
    }
  };
})();
