import logging

from api.accounts.quiet_log import HideTokens, hide_tokens_in_logs


def written(message: str, *args: object) -> str:
    record = logging.LogRecord("uvicorn.error", logging.INFO, "", 0, message, args, None)
    assert HideTokens().filter(record)
    return record.getMessage()


def test_a_token_in_an_address_is_blotted_out():
    line = written(
        '%s - "WebSocket %s" [accepted]', "127.0.0.1:1", "/api/v1/live?after=3&token=s3cret-x_y&z=1"
    )
    assert line == '127.0.0.1:1 - "WebSocket /api/v1/live?after=3&token=***&z=1" [accepted]'


def test_a_token_in_the_message_itself_is_blotted_out():
    assert written("GET /live?TOKEN=abc") == "GET /live?TOKEN=***"


def test_other_lines_stay_as_they_are():
    assert written("%s %d", "/api/v1/calls?after=3", 200) == "/api/v1/calls?after=3 200"


def test_the_filter_is_hung_up_once():
    hide_tokens_in_logs()
    hide_tokens_in_logs()
    filters = [known for known in logging.getLogger("uvicorn.error").filters if isinstance(known, HideTokens)]
    assert len(filters) == 1
    for name in ("uvicorn.access", "uvicorn.error"):
        logger = logging.getLogger(name)
        for known in list(logger.filters):
            logger.removeFilter(known)
