"""The bare slack-bolt app over HTTP, on aiohttp. Arguments: the Web API's URL, the port."""

import sys

from aiohttp import web

from bench.bare.slack_socket import app
from bench.slack_side import SIGNING_SECRET

if __name__ == "__main__":
    web.run_app(
        app(sys.argv[1], SIGNING_SECRET).web_app("/slack/acme"),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        access_log=None,
        print=None,
    )
