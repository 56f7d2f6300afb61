"""A person as identity services push them: the attributes that this directory has, and what becomes of each.

What others push besides is passed over (RFC 7644, section 3.3, lets a service do so): what nobody needs is not
kept. Some services write SCIM in ways of their own; those are taken as they are meant.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any

from scim2_models import (
    URN,
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    Context,
    ETag,
    Extension,
    Filter,
    InvalidValueException,
    Mutability,
    Patch,
    PayloadTooLargeException,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models.path import CompareOperator, Comparison, FilterNode

from bot.roster import cells
from bot.roster.headings import asked_for
from bot.roster.reading import packed
from bot.sheets.cells import Unfit, clean

LENIENT = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""How Microsoft Entra writes is taken as it is meant (its "Tutorial: Develop a SCIM endpoint")."""

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
MOST = 200
"""People on one page of a list."""

OPERATIONS, VALUES = 100, 50
"""Operations of one change, and values of one attribute that has several: each operation may look at each value."""


class Name(ComplexAttribute):
    """RFC 7643, section 4.1.1."""

    formatted: str | None = None
    family_name: str | None = None
    given_name: str | None = None


class Email(ComplexAttribute):
    """An address; as it was written: one that cannot be used is given back, and not used."""

    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class PhoneNumber(ComplexAttribute):
    """A telephone number."""

    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class User(Resource[AnyExtension]):
    """RFC 7643, section 4.1: of it what this directory has."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    name: Name | None = None
    display_name: str | None = None
    title: str | None = None
    preferred_language: str | None = None
    locale: str | None = None
    timezone: str | None = None
    active: bool | None = None
    emails: list[Email] | None = None
    phone_numbers: list[PhoneNumber] | None = None


class Manager(ComplexAttribute):
    """Who somebody reports to: the identifier that this service gave them. Entra sends no reference with it."""

    value: Annotated[str | None, CaseExact.true] = None
    display_name: Annotated[str | None, Mutability.read_only] = None


class EnterpriseUser(Extension):
    """RFC 7643, section 4.3."""

    __schema__ = URN(ENTERPRISE)

    employee_number: str | None = None
    department: str | None = None
    division: str | None = None
    organization: str | None = None
    cost_center: str | None = None
    manager: Manager | None = None


Person = User[EnterpriseUser]
"""A person with both."""

PROVIDER = ScimProvider(
    models=[User, EnterpriseUser], resource_types=[ResourceType.from_resource(Person)], policy=LENIENT
)


def capabilities() -> ServiceProviderConfig:
    """What this service can do (RFC 7643, section 5)."""
    return ServiceProviderConfig(
        patch=Patch(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=MOST),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=False),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Bearer",
                description="PARVIS_SCIM_TOKEN",
                primary=True,
            )
        ],
    )


def read(body: Any, context: Context) -> Any:
    """A person as they were pushed. Raises pydantic's ValidationError, InvalidValueException."""
    if _several(body) > 2 * VALUES:
        raise InvalidValueException
    return Person.model_validate(_meant(body), scim_ctx=context, scim_policy=LENIENT)


def _meant(body: Any) -> Any:
    """As it is meant: schemas say what the attributes say already, and managers come in several shapes."""
    if not isinstance(body, dict):
        return body
    known = {name: value for name, value in body.items() if name.casefold() not in {"schemas", "meta", "id"}}
    extension = next((name for name in known if name.casefold() == ENTERPRISE.casefold()), "")
    if isinstance(known.get(extension), dict):
        theirs = {name: _manager(name, value) for name, value in known.pop(extension).items()}
        known[ENTERPRISE] = theirs
    schemas = [str(User.__schema__), *([ENTERPRISE] if extension else [])]
    return {"schemas": schemas, **known}


def _manager(name: str, value: Any) -> Any:
    if name.casefold() != "manager":
        return value
    if isinstance(value, list):
        value = value[0] if value else None
    return {"value": value} if isinstance(value, str) and value else value or None


def operations(body: Any) -> Any:
    """A change as it is meant: values of `manager` in several shapes, and dotted names inside of values.

    Raises PayloadTooLargeException, InvalidValueException: applying it would keep everybody waiting.
    """
    if not isinstance(body, dict) or not isinstance(body.get("Operations"), list):
        return body
    if len(body["Operations"]) > OPERATIONS:
        raise PayloadTooLargeException
    if sum(map(_several, body["Operations"])) > 2 * VALUES:
        raise InvalidValueException
    found = []
    for each in body["Operations"]:
        if isinstance(each, dict) and str(each.get("path", "")).casefold().endswith(":manager") and "value" in each:
            value = _manager("manager", each["value"])
            found.append({**each, "value": value} if value else {"op": "remove", "path": each["path"]})
        else:
            found.append(each)
    return {**body, "Operations": found}


def _several(said: Any) -> int:
    """How many values stand in lists."""
    inside = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    return (len(said) if isinstance(said, list) else 0) + sum(map(_several, inside))


def kept(person: Any) -> str:
    """A person as they are given back, without what this service says itself. Raises InvalidValueException."""
    if any(len(several or ()) > VALUES for several in (person.emails, person.phone_numbers)):
        raise InvalidValueException
    dumped = person.model_dump(scim_ctx=Context.DEFAULT)
    return json.dumps({name: each for name, each in dumped.items() if name not in {"id", "meta"}}, ensure_ascii=False)


def restored(body: str) -> Any:
    """What `kept` wrote."""
    return Person.model_validate(json.loads(body), scim_policy=LENIENT)


# ---------------------------------------------------------------- a line of the roster


def line(person: Any, wanted: Collection[str]) -> dict[str, str]:
    """What a person says of a line of the roster, the manager apart. What cannot be used there is left out.

    wanted: see `bot.roster.headings.columns`.
    """
    more = person[EnterpriseUser]
    email = _usable(cells.email, _first(person.emails) or person.user_name)
    language = _usable(cells.language, person.preferred_language) or _usable(cells.language, person.locale)
    said = {
        "phone": _first(person.phone_numbers),
        "division": more.division if more else "",
        "organization": more.organization if more else "",
        "cost center": more.cost_center if more else "",
    }
    return {
        "key": _text(more.employee_number if more else "") or _text(person.user_name),
        "email": email,
        "name": _name(person),
        "department": _text(more.department if more else ""),
        "job": _text(person.title),
        "language": language,
        "zone": _usable(cells.zone, person.timezone),
        "more": packed(asked_for({name: text for name, each in said.items() if (text := _text(each))}, wanted)),
    }


def _name(person: Any) -> str:
    whole = person.name
    parts = (whole.given_name, whole.family_name) if whole else ()
    joined = " ".join(filter(None, map(_text, parts)))
    return _text(person.display_name) or _text(whole.formatted if whole else "") or joined


def _first(values: Any) -> str:
    """The primary one, else the one for work, else the first."""
    said = [each for each in values or () if each.value]
    ranked = sorted(said, key=lambda each: (not each.primary, (each.type or "").casefold() != "work"))
    return str(ranked[0].value) if ranked else ""


def _text(value: Any) -> str:
    return _usable(clean, value)


def _usable(read_: Callable[[str], str], value: Any) -> str:
    try:
        return read_(clean(str(value or "")))
    except Unfit:
        return ""


def found_by(expression: FilterNode) -> Mapping[str, str]:
    """The one comparison that a filter makes, where it can be looked up: attribute -> value; {} for any other."""
    if not isinstance(expression, Comparison) or expression.op != CompareOperator.eq:
        return {}
    path, value = expression.attr_path, expression.value
    return {path.attr.casefold(): value} if not path.sub_attr and isinstance(value, str) else {}
