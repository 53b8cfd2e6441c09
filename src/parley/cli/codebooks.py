"""Codebooks: schemes and word lists."""

from __future__ import annotations

from typing import Annotated

import typer

from parley.cli.common import app, data

codebooks = typer.Typer(help="See and check codebooks: schemes and word lists.", no_args_is_help=True)
app.add_typer(codebooks, name="codebook")


@codebooks.command("list")
def codebook_list() -> None:
    """Name the codebooks that are shipped."""
    from parley.codebooks import shipped

    with data() as out:
        out.write("".join(f"{name}\n" for name in shipped()).encode())


@codebooks.command("show")
def codebook_show(name: Annotated[str, typer.Argument(help="A shipped codebook, or a TOML file.")]) -> None:
    """Print a codebook."""
    from parley.show.codebooks import printed

    with data() as out:
        out.write(printed(name))


@codebooks.command("check")
def codebook_check(files: Annotated[list[str], typer.Argument(help="TOML files, or shipped codebooks.")]) -> None:
    """Check that codebooks can be used, and say what is in them."""
    from parley.show.codebooks import checked

    with data() as out:
        for file in files:
            out.write(f"{checked(file)}\n".encode())
