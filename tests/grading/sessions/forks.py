"""A small fork server for these tests: ``python -I forks.py DESCRIPTOR MODULE``.

For every two sockets that arrive on the given one it forks a child in the folder named with them,
and answers with the child's process id.
"""

import importlib
import os
import signal
import socket
import sys
from pathlib import Path


def serve(sock: socket.socket, module: str) -> None:
    sys.path.append(str(Path(__file__).parent))  # there is a module for tests as well
    session = importlib.import_module(module)
    shell = session.prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    sock.send(b"ready")
    while True:
        folder, descriptors, _flags, _address = socket.recv_fds(sock, 4096, 2)
        if not folder:
            return
        control, peer = (socket.socket(fileno=number) for number in descriptors)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                sock.close()
                os.setsid()
                os.chdir(folder)
                session.main(control, peer, shell)
                status = 0
            finally:
                os._exit(status)
        control.close()
        peer.close()
        sock.send(str(pid).encode())


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
    os._exit(0)  # nothing is worth tidying up, and that takes seconds
