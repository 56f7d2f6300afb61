"""SCIM 2.0: the company's identity service pushes its people (RFC 7643, RFC 7644).

models: what a person is there, and what of it is a line of the roster. directory: what is asked and pushed, in rows.
service: requests and answers, and who may ask. The library is needed only where this is switched on, and takes half a
second to import: nothing here imports it before.
"""

from bot.roster.scim.service import PATH, Service

__all__ = ["PATH", "Service"]
