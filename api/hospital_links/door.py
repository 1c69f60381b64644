"""Who comes by a link: the secret travels in a header of its own, which no foreign page can send unasked."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader

from api.accounts.errors import TooManyFailures
from api.accounts.guard import the_accounts
from api.accounts.roles import Account, Role
from api.hospital_links.book import HospitalLink
from api.hospital_links.errors import LinkTooOften, LinkUnknown

HEADER = "X-Vigil-Link"
_secret = APIKeyHeader(name=HEADER, auto_error=False, description="The secret of a hospital link.")


def by_link(request: Request, secret: Annotated[str | None, Security(_secret)]) -> HospitalLink:
    """The link that is presented. Raises LinkUnknown, LinkTooOften.

    Only a secret that opens nothing counts against the address it came from: others behind the same address
    who have a good one are never kept waiting by it.
    """
    accounts = the_accounts(request)
    link = accounts.links.of_secret(secret) if secret else None
    if link is None:
        if secret and (ended := accounts.links.ended_of_secret(secret)):
            accounts.pace.take(ended)
            raise LinkUnknown  # a page that was left open, and nobody who guesses
        try:
            accounts.link_throttle.begin(
                "hospital link", request.client.host if request.client else "unknown"
            )
        except TooManyFailures as shut:
            raise LinkTooOften(**shut.facts) from None
        raise LinkUnknown
    accounts.pace.take(link.id)
    return link


ByLink = Annotated[HospitalLink, Depends(by_link)]


def speaker(link: HospitalLink) -> Account:
    """In whose name an order by a link stands in the log; no user name has a colon."""
    return Account(f"link:{link.label}", Role.HOSPITAL, hospital_id=link.hospital_id)
