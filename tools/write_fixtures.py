"""Write the fixtures of outlets from their tables and templates.

    python -m tools.write_fixtures            all outlets of tools/written/outlets
    python -m tools.write_fixtures NAME ...   these

What stands in fixtures/<outlet>/ of a written outlet is replaced, and what is not written removed.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.written.cases import outlet_files
from tools.written.declared import FixturesError, outlet_names, read_outlet

FIXTURES = Path(__file__).parents[1] / "fixtures"


def main(names: Sequence[str]) -> int:
    """Write the fixtures of the outlets `names`, or of all. Return the exit status."""
    try:
        for name in names or outlet_names():
            write(name)
    except FixturesError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write(name: str) -> None:
    """Write the fixtures of one outlet. Raises FixturesError."""
    files = outlet_files(read_outlet(name))
    folder = FIXTURES / name
    if folder.exists():
        shutil.rmtree(folder)
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    print(f"{name}: {len({Path(path).parent for path in files})} cases")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
