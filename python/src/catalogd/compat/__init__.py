"""The drop-in for the backup server's old `database` module:

    from catalogd.compat import DatabaseManager    # was: from .database import DatabaseManager

docs/python.md says what each method does differently.
"""

from .errors import IntegrityError as IntegrityError
from .errors import InvalidValue as InvalidValue
from .errors import OperationalError as OperationalError
from .errors import ProgrammingError as ProgrammingError
from .manager import DatabaseManager as DatabaseManager
from .manager import check_database_permissions as check_database_permissions
from .manager import get_connection_pool_status as get_connection_pool_status
from .manager import get_database_manager as get_database_manager
from .manager import init_database as init_database
from .manager import monitor_database_connections as monitor_database_connections
