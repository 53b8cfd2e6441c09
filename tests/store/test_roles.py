"""Readers cannot write, reviewers can only judge, owners can build: each asked by a real connection of such a user."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from web_visitors import visitor

from parley.data import Reading
from parley.errors import LedgerError, UsageError
from parley.store import roles, schema
from parley.store.ledger import Ledger

pytestmark = pytest.mark.postgres
MakeReading = Callable[..., Reading]
USERS = {"reader": "ana_reads", "reviewer": "ben_judges", "owner": "cleo_owns"}


@pytest.fixture
def addresses(postgres: str, reading: MakeReading) -> Iterator[dict[str, str]]:
    """A filled ledger with a user of each role; the address by which each opens it."""
    admin = sa.make_url(postgres).set(drivername="postgresql+psycopg")
    with Ledger.open(postgres, create=True) as ledger:
        ledger.add(reading(), fingerprint="f", run="ru_1")
        with ledger._writing() as connection:
            for user in USERS.values():
                connection.exec_driver_sql(f"CREATE ROLE {user} LOGIN PASSWORD 'x'")
        roles.arrange(ledger)
        for role, user in USERS.items():
            roles.give(ledger, role, [user])  # type: ignore[arg-type]
        yield {r: admin.set(username=u, password="x").render_as_string(hide_password=False) for r, u in USERS.items()}
        with ledger._writing() as connection:
            connection.exec_driver_sql("REASSIGN OWNED BY parley_owner, cleo_owns TO CURRENT_USER")
            for user in (*USERS.values(), *roles.ROLES.values()):
                connection.exec_driver_sql(f"DROP OWNED BY {user}")
                connection.exec_driver_sql(f"DROP ROLE {user}")


def refused(ledger: Ledger, statement: str) -> bool:
    try:
        with ledger._writing() as connection:
            connection.exec_driver_sql(statement)
    except LedgerError as error:
        return "may not do that" in str(error)
    return False


def test_a_reader_reads_everything_and_writes_nothing(addresses: dict[str, str], reading: MakeReading) -> None:
    with Ledger.open(addresses["reader"]) as ledger:
        [first, *_] = ledger.statements()
        assert list(ledger.check()) == []
        assert list(ledger.search("road"))
        assert visitor(ledger).get("/statements").status_code == 200
        with pytest.raises(LedgerError, match=r"this user may not do that .*parley roles reviewer USER"):
            ledger.judge(first["id"], "reject", by="Ana")
        with pytest.raises(LedgerError, match="may not"):
            ledger.add(reading(file="b.txt"), fingerprint="f", run="ru_1")
        for table in (*schema.metadata.tables, "alembic_version"):
            assert refused(ledger, f'DELETE FROM "{table}"')
        assert refused(ledger, "CREATE TABLE mine (n int)")
        assert first["id"] in {s["id"] for s in ledger.statements()}


def test_a_reviewer_judges_and_changes_nothing_that_was_read(addresses: dict[str, str], reading: MakeReading) -> None:
    with Ledger.open(addresses["reviewer"]) as ledger:
        [first, *_] = ledger.statements()
        ledger.judge(first["id"], "correct", by="Ben", changes={"speaker": "Zyta Quell"})
        ledger.judge(first["id"], "undo", by="Ben")
        ledger.judge(first["id"], "reject", by="Ben", why="no such words")
        assert ledger.by_ids([first["id"]])[first["id"]]["status"] == "rejected"
        with pytest.raises(LedgerError, match="may not"):
            ledger.add(reading(file="b.txt"), fingerprint="f", run="ru_1")
        for table in ("article", "source", "run", "dropped", "failure", "alembic_version", "judgement"):
            assert refused(ledger, f'DELETE FROM "{table}"')
        for changed in ("UPDATE judgement SET by = 'Ana'", "UPDATE article SET text = 'other'", "DROP TABLE statement"):
            assert refused(ledger, changed)
        ledger.refresh()
        assert len(ledger.judgements()) == 3


def test_an_owner_builds_and_brings_the_schema_up_to_date(addresses: dict[str, str], reading: MakeReading) -> None:
    from alembic import command

    from parley.store.migrate import config

    with Ledger.open(addresses["owner"]) as ledger:
        ledger.add(reading(file="b.txt"), fingerprint="f", run="ru_1")
        with ledger._writing() as connection:
            command.downgrade(config(connection), "0005")
    with pytest.raises(LedgerError, match="may not do that"):
        Ledger.open(addresses["reader"])  # an older schema now, which a reader cannot change
    with Ledger.open(addresses["owner"]) as ledger:
        assert ledger.version == schema.VERSION
        assert len(ledger.articles()) == 2


def test_somebody_without_a_role_sees_nothing(addresses: dict[str, str], postgres: str) -> None:
    stranger = sa.make_url(addresses["reader"]).set(username="dora_none").render_as_string(hide_password=False)
    with Ledger.open(postgres) as ledger:
        with ledger._writing() as connection:
            connection.exec_driver_sql("CREATE ROLE dora_none LOGIN PASSWORD 'x'")
        with pytest.raises(LedgerError, match="permission denied"):
            Ledger.open(stranger)
        with ledger._writing() as connection:
            connection.exec_driver_sql("DROP ROLE dora_none")


def test_one_role_takes_the_place_of_another(addresses: dict[str, str], postgres: str) -> None:
    with Ledger.open(postgres) as ledger:
        roles.arrange(ledger)  # once more, as after an upgrade
        roles.give(ledger, "reader", [USERS["reviewer"]])
        assert roles.members(ledger)["reader"] == ["ana_reads", "ben_judges"]
        assert roles.members(ledger)["reviewer"] == []
        with pytest.raises(UsageError, match="is no user of this server"):
            roles.give(ledger, "reader", ["nobody; DROP TABLE article"])


def test_a_file_has_no_users(tmp_path: object) -> None:
    with Ledger.open(f"{tmp_path}/a.db", create=True) as ledger, pytest.raises(UsageError, match="permissions"):
        roles.arrange(ledger)
