"""Writing to disk so that nothing is torn and nothing is overwritten unasked."""

import os
import tempfile
from pathlib import Path

from provision_costing.errors import ProvisionCostingError


def write_file(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Write a file whole or not at all; refuse to overwrite one unless `replace` is set.

    The bytes go to a private temporary file in the same folder first, which then takes the name.
    Raises ProvisionCostingError that says what stood in the way.
    """
    if path.exists() and not replace:
        raise ProvisionCostingError(f"{path} is already there. Choose another name, or add --replace to write over it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".writing-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ProvisionCostingError(f"{path} could not be written: {error.strerror or error}.") from None


def read_file(path: Path, most_mib: int = 10) -> bytes:
    """Read a regular file of no more than so many MiB; ProvisionCostingError for anything else."""
    try:
        if path.is_symlink() or not path.is_file():
            raise ProvisionCostingError(f"{path.name} is not a file. Give the path of one map, or of a folder of maps.")
        if path.stat().st_size > most_mib * 1024 * 1024:
            raise ProvisionCostingError(
                f"{path.name} is larger than {most_mib} MiB, which no provision map needs. "
                "Remove pictures and unused sheets, and save it again."
            )
        return path.read_bytes()
    except OSError as error:
        raise ProvisionCostingError(f"{path.name} could not be opened: {error.strerror or error}.") from None
