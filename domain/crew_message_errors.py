"""Refusals about messages to crews."""

from domain.errors import Conflict, Unknown


class UnknownMessage(Unknown):
    en = "There is no message {message_id}."
    vi = "Không có tin nhắn {message_id}."


class NobodyAboard(Conflict):
    en = "{callsign} is off duty: nobody would read it."
    vi = "{callsign} không trực: không có ai đọc tin."
