"""One router a thing: translate, call, answer."""
