"""Provide two Debian packages, free ports and sizes of processes to the benchmarks."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

# Command and the Debian package that has it.
TOOLS = {"wrk": "wrk", "nginx": "nginx-light"}


def install_tools() -> None:
    """Install what is missing where that is allowed, otherwise say what to install."""
    missing = [package for command, package in TOOLS.items() if not _path(command)]
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(f"Install {' and '.join(missing)} first, on Debian as root with apt-get install.")
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
        check=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
    )


def nginx() -> str:
    return _path("nginx") or "nginx"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def resident_memory(pid: int) -> int:
    """Kilobytes of a process in memory, with its share of what it has in common with others."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise LookupError(f"no memory is told of process {pid}")


def server_of(local_port: int, pids: list[int]) -> int | None:
    """Return the given process that has the other end of a connection from a port of ours."""
    inodes = {
        fields[9]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if (fields := line.split()) and int(fields[2].rpartition(":")[2], 16) == local_port
    }
    sockets = {f"socket:[{inode}]" for inode in inodes}
    for pid in pids:
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            try:
                if str(descriptor.readlink()) in sockets:
                    return pid
            except OSError:
                continue
    return None


def say(text: str) -> None:
    """Tell whoever watches how far it is; the last line is written over."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:<78}")


def _path(command: str) -> str | None:
    return shutil.which(command, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
