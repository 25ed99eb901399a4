"""A fork server for these tests: ``python -I forks.py DESCRIPTOR``.

For every two sockets that arrive on the given one it forks a session: of the learner's side or of
the referee, as the message says, in the folder that it names.
"""

import importlib
import os
import signal
import socket
import sys


def serve(sock: socket.socket) -> None:
    from course.grading.sessions.shell import Shell

    sessions = {
        role: importlib.import_module(f"course.grading.sessions.{role}")
        for role in ("learner", "referee")
    }
    shell = Shell()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    sock.send(b"ready")
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(sock, 4096, 2)
        if not message:
            return
        role, folder = message.decode().split(" ", 1)
        control, peer = (socket.socket(fileno=number) for number in descriptors)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                sock.close()
                os.setsid()
                os.chdir(folder)
                sessions[role].main(control, peer, shell)
                status = 0
            finally:
                os._exit(status)
        control.close()
        peer.close()
        sock.send(str(pid).encode())


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
