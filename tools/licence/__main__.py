"""`python -m tools.licence keys FILE`: makes a key pair. `python -m tools.licence issue …`: signs.

The private key is a PKCS #8 PEM file of mode 0600; keep it off every server. The public key, which
is printed, goes into courtyard/licence/keys.py of a release, or into COURTYARD_LICENCE_KEYS.
"""

import base64
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from courtyard.licence.paper import Facts, key_name, sign

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.command()
def keys(file: Annotated[Path, typer.Argument(help="Where the private key goes.")]) -> None:
    """Make a key pair; the public half is printed. A file that is there stays as it is."""
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        typer.echo(f"{file} is there already and stays as it is.", err=True)
        raise typer.Exit(1) from None
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
    typer.echo(base64.b64encode(_public(private)).decode())


@app.command()
def issue(
    key: Annotated[Path, typer.Option(help="The private key.", exists=True)],
    to: Annotated[str, typer.Option(help="Whom it is for, as it will be shown.")],
    seats: Annotated[int, typer.Option(min=1, help="How many people may have a seat.")],
    support_until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
) -> None:
    """Sign a licence and print it."""
    private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        typer.echo(f"{key} is no Ed25519 key.", err=True)
        raise typer.Exit(1)
    facts = Facts(
        id=uuid4(),
        key=key_name(_public(private)),
        issued_to=to,
        seats=seats,
        issued_on=datetime.now(UTC).date(),
        support_until=support_until.date(),
    )
    typer.echo(sign(facts, private), nl=False)


def _public(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes_raw()


if __name__ == "__main__":
    app()
