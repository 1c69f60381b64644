"""Ed25519 keys: who signed a bundle, and whether it is still what was signed (RFC 8032)."""

import base64
import hashlib
import os
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from simulations.results.bundle.manifest import BadBundle

ALGORITHM = "Ed25519"


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """public_key : as PEM; signature: base64, over the bytes of the manifest"""

    algorithm: str
    public_key: str
    signature: str


def new_key(path: Path) -> Path:
    """Write a private key, which only its owner may read, and beside it the public one, whose path is told.
    Raises FileExistsError."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    public = path.with_name(f"{path.name}.pub")
    public.write_text(_pem(key.public_key()), encoding="utf-8")
    return public


def sign(text: bytes, key_file: Path) -> Signature:
    """Raises BadBundle, OSError."""
    try:
        key = load_pem_private_key(key_file.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadBundle(f"{key_file.name} is no private Ed25519 key; `vigil bundle key` makes one.")
    return Signature(ALGORITHM, _pem(key.public_key()), base64.b64encode(key.sign(text)).decode())


def check(text: bytes, signed: Signature) -> None:
    """Raises BadBundle where the text is not what was signed."""
    if signed.algorithm != ALGORITHM:
        raise BadBundle(f"The bundle is signed by {signed.algorithm}, not by {ALGORITHM}.")
    try:
        _public(signed.public_key).verify(base64.b64decode(signed.signature, validate=True), text)
    except (InvalidSignature, ValueError):
        raise BadBundle("The signature does not fit the manifest: it was changed after signing.") from None


def fingerprint(public_pem: str) -> str:
    """Short enough to be read over the telephone. Raises BadBundle."""
    raw = _public(public_pem).public_bytes(Encoding.Raw, PublicFormat.Raw)
    told = hashlib.sha256(raw).hexdigest()[:32]
    return ":".join(told[place : place + 4] for place in range(0, 32, 4))


def _public(pem: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise BadBundle("What should be a public Ed25519 key is none.")
    return key


def _pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
