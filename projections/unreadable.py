"""What decoding JSON of strangers may raise, all of it.

msgspec raises errors of its own for what is no JSON or not of the shape; but letters that are no UTF-8 in a
text are a UnicodeDecodeError, and a thousand brackets in each other a RecursionError.
"""

from typing import Final

import msgspec

UNREADABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
