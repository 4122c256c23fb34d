"""Every error that a call may end in: PEP 249's classes, and below them the contract's."""

from .contract.errors import *
from .contract.errors import BY_NAME as BY_NAME
from .hierarchy import DatabaseError as DatabaseError
from .hierarchy import DataError as DataError
from .hierarchy import Error as Error
from .hierarchy import IntegrityError as IntegrityError
from .hierarchy import InterfaceError as InterfaceError
from .hierarchy import InternalError as InternalError
from .hierarchy import NotSupportedError as NotSupportedError
from .hierarchy import OperationalError as OperationalError
from .hierarchy import ProgrammingError as ProgrammingError
from .hierarchy import ProtocolError as ProtocolError
from .hierarchy import Unavailable as Unavailable
