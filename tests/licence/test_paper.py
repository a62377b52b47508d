"""Licences as text: signed, read, and refused when anything of them is not as it was signed."""

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from courtyard import RELEASED
from courtyard.core.errors import StartupError
from courtyard.core.settings import Settings
from courtyard.licence import keys, service
from courtyard.licence.paper import BadLicence, Keys, key_name, read, sign
from tests.licences import PRIVATE, PUBLIC, facts, licence
from tests.mutants import instead
from tools.licence.__main__ import app as tool

KEYS: Keys = {facts().key: base64.b64decode(PUBLIC)}


class _Believer:
    """A public key that finds every signature good."""

    @classmethod
    def from_public_bytes(cls, _: bytes) -> "_Believer":
        return cls()

    def verify(self, *_: bytes) -> None:
        """Nothing is wrong."""


MUTANTS = {
    "signatures are not looked at": (
        instead("courtyard.licence.paper", "Ed25519PublicKey", _Believer),
        ["test_k08_what_was_changed_is_refused"],
    ),
}


def test_what_was_signed_is_read() -> None:
    signed = facts(issued_to="Łódź & Søn, लिमिटेड")
    assert read(sign(signed, PRIVATE), KEYS) == signed


@pytest.mark.parametrize(
    "worn",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff\n\n  " + text + "\n\n",
        lambda text: "\n".join(f"  {line}\t" for line in text.splitlines()),
        lambda text: text.replace("\n", "\n\n").replace("\n\n", "\n", 1),
    ],
)
def test_mail_and_copying_do_it_no_harm(worn: object) -> None:
    assert callable(worn)
    assert read(worn(licence()), KEYS).issued_to == "Lantern Works"


def test_k08_what_was_changed_is_refused() -> None:
    text = licence(seats=25)
    head, told, _, signature = _parts(text)
    more = base64.b64encode(base64.b64decode(told).replace(b"25", b"99")).decode()
    for changed in (
        f"{head}\n{more}\n.\n{signature}",
        f"{head}\n{told}\n.\n{base64.b64encode(bytes(64)).decode()}",
        f"{head}\n{told}\n.\n{signature[:-8]}",
    ):
        with pytest.raises(BadLicence, match="changed after it was signed"):
            read(changed, KEYS)


def _parts(text: str) -> tuple[str, str, str, str]:
    head, _, rest = text.partition("\n")
    told, _, signature = rest.partition(".")
    return head, "".join(told.split()), ".", "".join(signature.split())


def test_k08_another_key_is_not_believed() -> None:
    other = Ed25519PrivateKey.generate()
    with pytest.raises(BadLicence, match="changed after it was signed"):
        read(sign(facts(), other), KEYS)
    stranger = facts(key=key_name(other.public_key().public_bytes_raw()))
    with pytest.raises(BadLicence, match="a key that this server does not know"):
        read(sign(stranger, other), KEYS)


@pytest.mark.parametrize(
    "text",
    ["", "x", "COURTYARD LICENCE 1", "COURTYARD LICENCE 1\n.\n", "COURTYARD LICENCE 1\n%\n.\n%",
     "COURTYARD LICENCE 1\ne30=\n.\ne30=", "COURTYARD LICENCE 2\n" + "A" * 40, "A" * 5000,
     licence().replace("LICENCE 1", "LICENCE 2"), licence()[:60], licence() + "\n.\nAAAA",
     "COURTYARD LICENCE 1\n" + base64.b64encode(b"\xff\x00[").decode() + "\n.\nAAAA"],
)  # fmt: skip
def test_k08_what_is_no_licence_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadLicence) as refusal:
        read(text, KEYS)
    assert "licence" in refusal.value.message


def test_support_is_held_against_the_day_of_the_release() -> None:
    for days, covers in ((-1, False), (0, True), (1, True)):
        covered = service.covered(facts(support_until=RELEASED + timedelta(days=days)))
        assert covered.covers_release is covers


def test_keys_that_are_none_are_refused_at_the_start() -> None:
    assert keys.trusted(Settings(licence_keys=f" {PUBLIC} ")) == KEYS
    for wrong in ("nonsense", "AAAA", PUBLIC[:-4]):
        with pytest.raises(StartupError, match="COURTYARD_LICENCE_KEYS"):
            keys.trusted(Settings(licence_keys=wrong))


def test_the_tool_makes_keys_and_signs(tmp_path: Path) -> None:
    file = tmp_path / "issuer.pem"
    public = CliRunner().invoke(tool, ["keys", str(file)]).stdout.strip()
    assert file.stat().st_mode & 0o777 == 0o600
    kept = file.read_bytes()
    assert CliRunner().invoke(tool, ["keys", str(file)]).exit_code == 1
    assert file.read_bytes() == kept
    words = ["issue", "--key", str(file), "--to", "A & B", "--seats", "40"]
    issued = CliRunner().invoke(tool, [*words, "--support-until", "2027-05-31"])
    raw = base64.b64decode(public)
    told = read(issued.stdout, {key_name(raw): raw})
    assert (told.issued_to, told.seats, str(told.support_until)) == ("A & B", 40, "2027-05-31")
