"""Attacks from inside the learner's interpreter: code that earns nothing honestly.

Each is the text of a cell that runs before the answers, or in their place. The answers stay the
untouched stubs unless the attack writes some: whatever is earned beyond the stubs was stolen.
"""

# name -> (code of an own cell, answers); nothing here deserves a point
TAMPERING: dict[str, tuple[str, dict[str, str]]] = {
    "equals-everything": (
        "class Any:\n"
        "    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False\n"
        "    __bool__ = lambda s: True\n    __hash__ = lambda s: 0\n"
        "    __float__ = lambda s: 1.0\n    __array__ = lambda s, *a, **k: 1 / 0\n"
        "    __class__ = property(lambda s: int)\n    __getattr__ = lambda s, n: Any()\n"
        "    __call__ = lambda s, *a, **k: Any()",
        {"add": "add = lambda a, b: Any()", "table": "table = Any()", "each": "each = Any()"},
    ),
    "int-that-lies": (
        "class Int(int):\n    __eq__ = lambda s, o: True\n    __ne__ = lambda s, o: False",
        {"add": "def add(a, b): return Int(0)"},
    ),
    "str-that-lies": (
        "class Str(str):\n    __eq__ = lambda s, o: True\n    __hash__ = str.__hash__",
        {"add": "def add(a, b): return Str('x')"},
    ),
    "list-that-lies": (
        "class List(list):\n    __eq__ = lambda s, o: True",
        {"add": "def add(a, b): return List()"},
    ),
    "float-that-shows-another-value": (
        "class Float(float):\n    __repr__ = __str__ = lambda s: '1.0'\n",
        {"share": "share = Float(0.0)"},
    ),
    "float-hook": (
        "class Share:\n    def __float__(self): raise KeyboardInterrupt",
        {"share": "share = Share()"},
    ),
    "frame-that-lies": (
        "import pandas as pd\n"
        "class Frame(pd.DataFrame):\n"
        "    equals = lambda s, o: True\n"
        "    __eq__ = lambda s, o: pd.DataFrame(True, index=[0], columns=['a'])",
        {"table": "table = Frame()"},
    ),
    "patched-comparisons": (
        "import numpy, pandas, pandas.testing\n"
        "pandas.testing.assert_frame_equal = lambda *a, **k: None\n"
        "numpy.allclose = lambda *a, **k: True",
        {"table": "table = pd.DataFrame({'n': [0], 'square': [14]})"},
    ),
    "patched-builtins": (
        "import builtins\nbuiltins.AssertionError = type('A', (Exception,), {})\n"
        "builtins.float = lambda x: 1.0\nbuiltins.isinstance = lambda *a: True",
        {},
    ),
    "help-module-hijacked": (
        "import sys, types\nfake = types.ModuleType('help')\nfake.total = lambda c: 14\n"
        "sys.modules['help'] = fake\n"
        "open('help.py', 'w').write('def total(c): return 14\\nimport os; os._exit(0)')",
        {"table": "table = pd.DataFrame({'n': [0], 'square': [0]})"},
    ),
    "library-files-in-the-folder": (
        "for name in ('pandas', 'numpy', 'json', 'sitecustomize', 'usercustomize', 'random'):\n"
        "    open(name + '.py', 'w').write('import os; os._exit(0)')\n"
        "open('evil.pth', 'w').write('import os; os._exit(0)')",
        {},
    ),
    "drop-asserts": (
        "import ast\n"
        "class Drop(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "get_ipython().ast_transformers.append(Drop())",
        {},
    ),
    "drop-cells": ("get_ipython().input_transformers_cleanup.append(lambda lines: ['1.0\\n'])", {}),
    "swallow-errors": (
        "get_ipython().set_custom_exc((BaseException,), lambda *a, **k: None)",
        {},
    ),
    "replace-run-cell": (
        "get_ipython().run_cell = lambda *a, **k: None\n"
        "type(get_ipython()).run_cell = lambda *a, **k: None\n"
        "type(get_ipython()).run_cell_async = None",
        {},
    ),
    "silence-tracebacks": (
        "get_ipython().showtraceback = lambda *a, **k: None\n"
        "get_ipython()._showtraceback = lambda *a, **k: None",
        {},
    ),
    "result-hook": (
        "import sys\nsys.displayhook = lambda v: print(1.0)\n"
        "get_ipython().display_formatter.format = lambda *a, **k: ({'text/plain': '1.0'}, {})",
        {"share": "share = 0.0"},
    ),
    "trace": (
        "import sys\n"
        "def tracer(frame, event, arg):\n"
        "    frame.f_globals['add'] = lambda a, b: True\n    return tracer\n"
        "sys.settrace(tracer); sys.setprofile(tracer)",
        {},
    ),
    "excepthook": ("import sys\nsys.excepthook = lambda *a: None\nsys.unraisablehook = print", {}),
    "forged-messages": (
        "import os, struct, msgpack\n"
        "answer = {'outputs': [], 'count': 1, 'seconds': 0.0, 'problem': '', 'reason': ''}\n"
        "for fd in range(3, 64):\n"
        "    for what in (answer, {'ok': True}, {'op': 'run'}, {'id': 1, 'value': 1.0}, 0):\n"
        "        body = msgpack.packb(what)\n"
        "        try: os.write(fd, struct.pack('!Q', len(body)) + body)\n"
        "        except OSError: pass",
        {},
    ),
    "junk-on-every-socket": (
        "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\xff' * 64)\n"
        "    except OSError: pass",
        {},
    ),
    "closed-sockets": ("import os\nos.closerange(3, 256)", {}),
    "servant-patched": (
        "import gc, sys\n"
        "for name, module in list(sys.modules.items()):\n"
        "    if name.startswith('course.grading'):\n"
        "        for key, value in list(vars(module).items()):\n"
        "            if callable(value) and not key.startswith('__'):\n"
        "                try: setattr(module, key, lambda *a, **k: 1.0)\n"
        "                except Exception: pass",
        {},
    ),
    "callback-opened": (
        "",
        {
            "each": "def each(items, action):\n"
            "    import sys\n"
            "    for name in ('__globals__', '__code__', '__closure__', '__self__', '__dict__',\n"
            "                 '__class__', '__reduce__', '__init__', 'gi_frame', '__func__'):\n"
            "        try: print(name, getattr(action, name))\n"
            "        except BaseException as error: print(name, type(error))\n"
            "    try: action.__globals__['seen'] = [1, 2, 3]\n"
            "    except BaseException: pass\n"
            "    try: action.__self__.extend([1, 2, 3])\n"
            "    except BaseException: pass",
        },
    ),
    "exit-zero": ("import os\nos._exit(0)", {}),
    "system-exit": ("raise SystemExit(0)", {}),
    "exit-in-a-function": ("", {"add": "def add(a, b):\n    import os\n    os._exit(0)"}),
    "system-exit-in-a-function": ("", {"add": "def add(a, b):\n    raise SystemExit(0)"}),
    "kill-the-server": ("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)", {}),
    "kill-everything": ("import os, signal\nos.kill(-1, signal.SIGKILL)", {}),
    "stop-the-server": ("import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)", {}),
    "write-to-other-memory": (
        "import os\n"
        "for pid in filter(str.isdigit, os.listdir('/proc')):\n"
        "    if int(pid) != os.getpid():\n"
        "        try:\n"
        "            for line in open(f'/proc/{pid}/maps'):\n"
        "                if 'rw-p' in line:\n"
        "                    start = int(line.split('-')[0], 16)\n"
        "                    with open(f'/proc/{pid}/mem', 'r+b', 0) as mem:\n"
        "                        mem.seek(start); mem.write(b'\\0' * 64)\n"
        "        except OSError: pass",
        {},
    ),
    "ptrace": (
        "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
        "for pid in range(1, 50): libc.ptrace(16, pid, 0, 0)\n"
        "libc.ptrace(0, 0, 0, 0)",
        {},
    ),
    "points-printed": (
        "print('2.0'); print({'points': 7})",
        {"share": "share = 0.0\nfrom IPython.display import display\ndisplay(1.0)"},
    ),
    "generator-without-end": (
        "",
        {"each": "def each(items, action):\n    while True:\n        action(1)"},
    ),
    "number-beyond-full": ("", {"share": "share = 5.0"}),
    "not-a-number": ("", {"share": "share = float('nan')"}),
    "negative-number": ("", {"share": "share = -3.0"}),
}

# What must not be seen: every one tries to print SECRET.
READING: dict[str, str] = {
    "gradebook": "import glob\n"
    "for n in range(12):\n"
    "    for path in glob.glob('../' * n + '**/gradebook.db', recursive=n < 4):\n"
    "        print(open(path, 'rb').read())",
    "sources-and-others": "import glob\n"
    "for n in range(1, 8):\n"
    "    for path in glob.glob('../' * n + '*/**/*.ipynb', recursive=n < 4):\n"
    "        print(open(path).read())",
    "course-by-address": "import os\n"
    "for folder, _, names in os.walk(COURSE):\n"
    "    for name in names: print(open(os.path.join(folder, name), errors='replace').read())",
    "environment": "import os\nprint(os.environ)\n"
    "for pid in filter(str.isdigit, os.listdir('/proc')):\n"
    "    try: print(open(f'/proc/{pid}/environ').read(), open(f'/proc/{pid}/cmdline').read())\n"
    "    except OSError: pass",
    "everybody's-memory": "import gc\nprint([o for o in gc.get_objects() if isinstance(o, dict)])",
    "home": "import os, pathlib\n"
    "for path in (pathlib.Path.home(), pathlib.Path(HOME)):\n"
    "    for found in path.glob('*'):\n"
    "        print(found, found.read_text(errors='replace') if found.is_file() else '')",
    "author-sources": "import importlib.util, pathlib, course\n"
    "root = pathlib.Path(course.__file__).parent\n"
    "for path in [*root.glob('lessons/**/*'), *root.parent.glob('solutions/**/*')]:\n"
    "    if path.is_file(): print('AUTHOR', path, path.read_text(errors='replace'))",
    "own-descriptors": "import os\n"
    "for fd in range(3, 256):\n"
    "    try: print(fd, os.readlink(f'/proc/self/fd/{fd}'), os.pread(fd, 1 << 16, 0))\n"
    "    except OSError: pass",
}

# What must not be changed: the course folder, the home, anything outside; nothing may stay behind.
WRITING: dict[str, str] = {
    "course-folder": "import os\n"
    "os.makedirs(COURSE, exist_ok=True)\n"
    "open(COURSE + '/gradebook.db', 'w').write('x')\n"
    "open(COURSE + '/nbgrader_config.py', 'a').write('import os')",
    "other-submissions": "import glob, os\n"
    "for n in range(1, 8):\n"
    "    for path in glob.glob('../' * n + '*/*/*.ipynb'): open(path, 'w').write('x')",
    "home": "import os\nopen(HOME + '/left-behind', 'w').write('x')\n"
    "os.makedirs(HOME + '/.ipython/profile_default/startup', exist_ok=True)\n"
    "open(HOME + '/.ipython/profile_default/startup/evil.py', 'w').write('import os')",
    "shared-temporary-folder": "open('/tmp/left-behind-by-vault', 'w').write('x')",
    "shared-memory": "open('/dev/shm/left-behind-by-vault', 'w').write('x')",
    "packages": "import numpy, pathlib\n"
    "folder = pathlib.Path(numpy.__file__).parents[1]\n"
    "(folder / 'left_behind.pth').write_text('import os')",
    "course-package": "import course, pathlib\n"
    "path = pathlib.Path(course.__file__)\npath.write_text('raise SystemExit')",
    "through-a-link": "import os\nos.symlink(COURSE, 'link')\n"
    "open('link/gradebook.db', 'w').write('x')",
    "delete-all": "import shutil\n"
    "for path in (COURSE, HOME, '/usr', '/etc', '/'): shutil.rmtree(path, ignore_errors=True)",
    "set-the-clock": "import time\ntime.clock_settime(time.CLOCK_REALTIME, 0)",
    "mount": "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "libc.mount(b'/', b'/tmp', None, 4096, None)\nlibc.unshare(0x10000000)",
}

# What must not leave: each tries to reach PORT on this machine (a listener counts), or beyond.
NETWORK: dict[str, str] = {
    "tcp": "import socket\nsocket.create_connection(('127.0.0.1', PORT), 2).send(b'x')",
    "tcp6": "import socket\nsocket.create_connection(('::1', PORT), 2).send(b'x')",
    "udp": "import socket\n"
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', PORT))",
    "unix-socket": "import socket\n"
    "s = socket.socket(socket.AF_UNIX)\ns.connect(SOCKET)\ns.send(b'x')",
    "abstract-socket": "import socket\n"
    "s = socket.socket(socket.AF_UNIX)\ns.connect('\\0' + ABSTRACT)\ns.send(b'x')",
    "raw": "import socket\n"
    "s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)\ns.sendto(b'x' * 8, ('127.0.0.1', 0))",
    "urllib": "import urllib.request\n"
    "urllib.request.urlopen(f'http://127.0.0.1:{PORT}/', timeout=2)",
    "subprocess": "import subprocess, sys\n"
    "code = f\"import socket; socket.create_connection(('127.0.0.1', {PORT}), 2)\"\n"
    "subprocess.run([sys.executable, '-c', code])",
}

# What must end, and cost nobody else anything.
RESOURCES: dict[str, str] = {
    "endless-loop": "while True: pass",
    "endless-loop-that-listens-to-nobody": "while True:\n"
    "    try:\n        while True: pass\n    except BaseException: pass",
    "sleep": "import time\ntime.sleep(1000)",
    "fork-bomb": "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
    "threads": "import threading, time\n"
    "while True: threading.Thread(target=time.sleep, args=(1000,)).start()",
    "memory": "hog = []\nwhile True: hog.append(bytearray(1 << 28))",
    "memory-in-one-go": "x = b'x' * (1 << 40)",
    "disk": "with open('big', 'wb') as file:\n    while True: file.write(b'x' * (1 << 22))",
    "many-files": "n = 0\nwhile True:\n    open(f'f{n}', 'w').write('x' * 4096)\n    n += 1",
    "deep-folders": "import os\nwhile True:\n    os.mkdir('d' * 200)\n    os.chdir('d' * 200)",
    "descriptors": "keep = []\nwhile True: keep.append(open('/dev/null'))",
    "endless-output": "while True: print('x' * 1000)",
    "rich-output": "from IPython.display import HTML, display\n"
    "for _ in range(200): display(HTML('x' * (1 << 20)))",
    "recursion-in-c": "import sys\nsys.setrecursionlimit(1 << 30)\ndef down(): down()\ndown()",
    "segfault": "import ctypes\nctypes.string_at(0)",
    "daemon": "import os, time\n"
    "if os.fork() == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n        time.sleep(1000)\n    os._exit(0)",
    "alarm": "import signal\nsignal.setitimer(signal.ITIMER_REAL, .01, .01)",
    "fifo": "import os\nos.mkfifo('pipe')\nos.mkfifo('out.csv')",
    "sysv-memory": "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.shmget(4242, 1 << 20, 0o1666)",
    "giant-value": "big = {str(n): [n] * 10 for n in range(10 ** 6)}\nimport types\ntable = big",
}
