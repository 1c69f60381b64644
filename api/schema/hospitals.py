"""Bodies of what hospitals say, and of what is told of them."""

from typing import Annotated

from pydantic import Field

from api.schema.orders import Moment, Order, Short


class KeptHours(Order):
    """Hours such as "07:00-17:00" of every service that is not always open."""

    hours: dict[str, Annotated[list[Short], Field(max_length=6)]] = Field(max_length=30)


class SaidService(Order):
    """Open or closed for now, until then at the latest; without `until` its hours count again."""

    service: Short
    open: bool = True
    until: Moment | None = None
    reason: Short | None = None
