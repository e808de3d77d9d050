"""``gis-platform audit``: check the trail, and note its head where the database's keepers cannot reach."""

from typing import Annotated

import typer

from gis_platform.audit.chain import BrokenChain, Head
from gis_platform.audit.trail import trail_head, verify_trail
from gis_platform.database.connect import connect_owner
from gis_platform.errors import BadParameter
from gis_platform.progress import step
from gis_platform.settings import Settings

app = typer.Typer(name="audit", help="Check the audit trail.", no_args_is_help=True)


@app.command()
def verify(
    expect_head: Annotated[
        str | None, typer.Option(help="Hash noted earlier with `gis-platform audit head`.")
    ] = None,
    expect_seq: Annotated[
        int | None, typer.Option(min=1, help="Number of the entry that hash is of.")
    ] = None,
) -> None:
    """Check every entry of the audit trail; exit code 1 names the first broken one.

    Without a noted head this finds changed, removed and inserted entries, but neither a cut-off end nor a
    trail written anew from some entry on by someone who rules the database. With one it finds those too,
    up to the entry that was noted.
    """
    noted = _noted(expect_head, expect_seq)
    with connect_owner(Settings()) as connection:
        try:
            with step("Checking the audit trail") as shown:
                head = verify_trail(connection, noted, shown.share)
        except BrokenChain as broken:
            typer.echo(f"The audit trail is BROKEN: {broken.what}.", err=True)
            typer.echo(
                "Keep the database as it is, and compare entries from "
                f"{broken.seq} on with a backup made before it was last found whole.",
                err=True,
            )
            raise typer.Exit(1) from broken
    typer.echo(f"The audit trail is whole: {head.seq} entries, head {head.hash.hex()}")
    if noted is None:
        typer.echo("A cut-off end cannot be seen without a head noted earlier: --expect-head, --expect-seq.")
    else:
        typer.echo(f"It contains the noted entry {noted.seq}.")


@app.command()
def head() -> None:
    """Print the number and hash of the last entry, to be kept outside this machine."""
    with connect_owner(Settings()) as connection:
        last = trail_head(connection)
    typer.echo(f"--expect-seq {last.seq} --expect-head {last.hash.hex()}")


def _noted(expect_head: str | None, expect_seq: int | None) -> Head | None:
    if expect_head is None and expect_seq is None:
        return None
    if expect_head is None or expect_seq is None:
        raise BadParameter("--expect-head and --expect-seq go together: the hash, and the entry it is of.")
    try:
        digest = bytes.fromhex(expect_head)
    except ValueError:
        digest = b""
    if len(digest) != 32:
        raise BadParameter(
            "--expect-head must be the 64 hexadecimal digits printed by `gis-platform audit head`.",
            parameter="--expect-head",
        )
    return Head(expect_seq, digest)
