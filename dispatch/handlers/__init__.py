"""One file a command: fetch, decide; `dispatch.commands` saves."""
