"""The database of every released version becomes the present one, and the present one is what the tables say."""

from pathlib import Path

from sqlalchemy import Connection, create_engine, inspect
from sqlmodel import SQLModel

from kiosk.storage import tables
from kiosk.storage.migrations import MIGRATIONS, is_present, migrate, version_of


def columns(connection: Connection) -> dict[str, set[str]]:
    """Return the names of the columns by table."""
    looked = inspect(connection)
    return {
        table: {str(column["name"]) for column in looked.get_columns(table)}
        for table in looked.get_table_names()
    }


def keys(connection: Connection) -> dict[str, list[str]]:
    """Return the primary key's columns by table."""
    looked = inspect(connection)
    return {
        table: looked.get_pk_constraint(table)["constrained_columns"] for table in looked.get_table_names()
    }


def test_the_migrated_database_is_the_one_the_tables_describe(tmp_path: Path) -> None:
    ours = [table for table in SQLModel.metadata.sorted_tables if table.name in names_of_tables()]
    made, told = (
        create_engine(f"sqlite:///{tmp_path}/made.db"),
        create_engine(f"sqlite:///{tmp_path}/told.db"),
    )
    with made.begin() as connection:
        migrate(connection)
        migrated = columns(connection), keys(connection)
    SQLModel.metadata.create_all(told, tables=ours)
    with told.connect() as connection:
        described = columns(connection), keys(connection)
    made.dispose()
    told.dispose()

    assert migrated == described


def names_of_tables() -> set[str]:
    found = (getattr(value, "__tablename__", None) for value in vars(tables).values())
    return {str(name) for name in found if name}


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/kiosk.db")
    with engine.begin() as connection:
        migrate(connection)
        before = columns(connection)

        migrate(connection)

        assert columns(connection) == before
        assert version_of(connection) == len(MIGRATIONS)
        assert is_present(connection)
    engine.dispose()
