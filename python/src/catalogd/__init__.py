"""The client of catalogd, the daemon that owns a backup server's catalog.

    from catalogd import Client, clients, files

    with Client() as catalog:
        client = catalog.call(clients.save(name="laptop"))["client"]
        catalog.call(files.save(client["id"], {"name": "a.txt", "path": "/srv/1"}))
        for page in catalog.stream(files.list(client_id=client["id"])):
            ...

The modules `catalog`, `clients`, `files`, `metrics`, `jobs`, `health`, `admin` and `service` have
a function for each method of the contract; `errors` has what calls raise; `catalogd.aio` is the
same for asyncio, and `catalogd.compat` the drop-in for the old DatabaseManager.
"""

from . import errors as errors
from .call import Call as Call
from .client import Client as Client
from .contract import admin as admin
from .contract import catalog as catalog
from .contract import clients as clients
from .contract import files as files
from .contract import health as health
from .contract import jobs as jobs
from .contract import metrics as metrics
from .contract import service as service
from .transaction import Recorded as Recorded
from .transaction import Transaction as Transaction
