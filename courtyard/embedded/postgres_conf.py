"""PostgreSQL's settings, written anew at each start."""

from pathlib import Path

LOCAL_FILE = "postgresql.local.conf"

SETTINGS = """\
# Written at each start of Courtyard. Your own settings go into postgresql.local.conf beside.

# Reached over a unix socket in a closed folder, by password, and in no other way.
listen_addresses = ''
port = 5432
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 200

# What was answered "done" is on the disk.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
max_wal_senders = 0
min_wal_size = 64MB
max_wal_size = 512MB

# Small when idle: no worker processes that this load does not need.
shared_buffers = 64MB
work_mem = 4MB
maintenance_work_mem = 64MB
effective_cache_size = 512MB
huge_pages = off
io_method = sync
max_logical_replication_workers = 0
max_worker_processes = 4
max_parallel_workers_per_gather = 0
autovacuum_max_workers = 2
autovacuum_worker_slots = 4
jit = off
# Not in /dev/shm, which is tiny in containers, and which systemd clears when a user logs out.
dynamic_shared_memory_type = mmap

# A transaction holds no lock while its owner waits for something else, nor when it is gone.
idle_in_transaction_session_timeout = 5s
client_connection_check_interval = 5s

# Messages of statements quote their content, so the log has the server's own messages only
# (`log` ranks above `error`); statements' errors reach the application as they happen.
log_destination = 'stderr'
logging_collector = off
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_statement = 'none'
log_min_duration_statement = -1
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
log_line_prefix = '%m [%p] '

timezone = 'UTC'
log_timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
default_text_search_config = 'pg_catalog.simple'
"""

# The superuser has no line here: it works in single-user mode only.
ACCESS = """\
# Written at each start of Courtyard.
local  all  {user}  scram-sha-256
"""


def settings(sockets: Path, local: Path | None) -> str:
    """The text of postgresql.conf, which ends with the operator's own file if there is one."""
    folder = _quote(f'"{sockets}"')  # in double quotes, or a comma would part it
    text = f"{SETTINGS}unix_socket_directories = {folder}\n"
    return f"{text}\ninclude = {_quote(str(local))}\n" if local else text


def access(user: str) -> str:
    """The text of pg_hba.conf."""
    return ACCESS.format(user=user)


def _quote(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
