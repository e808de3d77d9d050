"""Configuration of the private cluster, sized to the machine and written anew at every start."""

import os
from pathlib import Path

from gis_platform.cluster.home import Home

_MIB = 1024 * 1024

LEAST_CONNECTIONS = 200
"""Several server processes of one city and the commands of a person fit; an idle slot is cheap."""

# Whoever may enter the 0700 socket folder owns the cluster already; TCP always asks for a password.
ACCESS_RULES = """\
# Written by gis-platform. Sockets lie in a folder that only the database's own user may enter.
# TYPE  DATABASE     USER  ADDRESS        METHOD
local   all          all                  trust
local   replication  all                  trust
host    all          all   127.0.0.1/32   scram-sha-256
host    replication  all   127.0.0.1/32   scram-sha-256
"""

# site.conf is the operator's own and is read last.
INCLUDES = """
include 'gis-platform.conf'
include_if_exists 'site.conf'
"""


def settings_text(home: Home, port: int, connections: int) -> str:
    """The text of gis-platform.conf, for at least so many connections. Durability (fsync, full_page_writes)
    stays at its safe default.
    """
    memory = _memory() // _MIB
    values: dict[str, str | float] = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": _socket_list(home.sockets),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "cluster_name": process_name(home),
        "max_connections": max(connections, LEAST_CONNECTIONS),
        "shared_buffers": f"{_clamp(memory // 4, 128, 2048)}MB",
        "effective_cache_size": f"{_clamp(memory // 2, 256, 65536)}MB",
        "work_mem": f"{_clamp(memory // 256, 8, 64)}MB",
        "maintenance_work_mem": f"{_clamp(memory // 16, 64, 512)}MB",
        "max_parallel_workers": max(os.cpu_count() or 1, 2),
        "max_parallel_workers_per_gather": 2,
        "max_parallel_maintenance_workers": 2,
        "jit": "off",  # compiling costs more than it gives on short spatial queries
        "random_page_cost": 1.1,
        "effective_io_concurrency": 100,
        "wal_compression": "lz4",
        "default_toast_compression": "lz4",  # a zone of 2,000 corners is read several times as fast
        "max_wal_size": "4GB",
        "min_wal_size": "256MB",
        "checkpoint_timeout": "15min",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "logging_collector": "on",
        "log_directory": str(home.folder / "log"),
        "log_filename": "postgresql-%a.log",  # a week of logs, each day over the one before
        "log_truncate_on_rotation": "on",
        "log_rotation_size": 0,
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "log_min_duration_statement": "1s",
        "log_lock_waits": "on",
        "track_io_timing": "on",
    }
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    return "# Written by gis-platform at every start; put your own settings in site.conf.\n" + "\n".join(
        [*lines, ""]
    )


def process_name(home: Home) -> str:
    """Name that the server's processes carry in their titles."""
    return f"gis-{home.digest}"


def _quoted(value: str | float) -> str:
    return "'" + str(value).replace("\\", "\\\\").replace("'", "''") + "'"


def _socket_list(folder: Path) -> str:
    return '"' + str(folder).replace('"', '""') + '"'


def _clamp(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))


def _memory() -> int:
    """Bytes this process may use: the machine's, or a container's limit when that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text(encoding="ascii").strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdigit() else machine
