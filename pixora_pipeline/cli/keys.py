"""`pixora keys`: the accounts at services. A key is read from stdin or asked for, never taken from the command line."""

import re
import sys
from typing import Annotated

import typer
from pydantic import SecretStr
from rich.markup import escape
from rich.table import Table

from pixora_pipeline.cli.output import console, money, print_json
from pixora_pipeline.errors import UserError

app = typer.Typer(help="The accounts at services, and how they are used.", no_args_is_help=True)

Service = Annotated[str, typer.Argument(metavar="SERVICE", help="A service's name, such as openai.")]
Alias = Annotated[str, typer.Argument(metavar="ALIAS", help="The account's name; `pixora keys list` shows it.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one object on stdout.")]

_SERVICE = re.compile(r"[a-z][a-z0-9-]{0,31}")
_ALIAS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LONGEST_KEY = 4096


@app.command("add")
def add(
    service: Service,
    key: Annotated[str | None, typer.Argument(hidden=True)] = None,
    alias: Annotated[str, typer.Option(help="What to call the account.")] = "main",
    base_url: Annotated[str | None, typer.Option(help="Where the service is, if not at its usual address.")] = None,
    per_minute: Annotated[int | None, typer.Option(min=1, help="Requests a minute it may be asked.")] = None,
    per_day: Annotated[int | None, typer.Option(min=1, help="Requests in 24 hours it may be asked.")] = None,
    at_once: Annotated[int | None, typer.Option(min=1, help="Requests that may be under way at once.")] = None,
    option: Annotated[list[str] | None, typer.Option(help="NAME=VALUE, such as region=eu-west-1.")] = None,
    no_key: Annotated[bool, typer.Option("--no-key", help="The service asks for no key, as local ones do.")] = False,
) -> None:
    """Add an account, or give one another key. The key is asked for, or read from stdin."""
    from pixora_pipeline.assets.studio import Studio
    from pixora_pipeline.store.accounts import Limits

    if key is not None:
        raise UserError(
            "A key is never given on the command line, where others can see it. Leave it out: it is asked for, or read "
            "from stdin."
        )
    _check("SERVICE", service, _SERVICE, "small letters, digits and hyphens")
    _check("--alias", alias, _ALIAS, "letters, digits, dots, hyphens and underscores")
    if base_url is not None and not re.fullmatch(r"https?://[^\s@]+", base_url):
        raise UserError("--base-url is no address. Give one such as http://localhost:11434/v1, without a password.")
    options = dict(_pair(each) for each in option or [])
    secret = None if no_key else _read_key(service)
    limits = Limits(per_minute=per_minute, per_day=per_day, at_once=at_once)
    new = Studio().accounts.put(service, alias, secret, base_url=base_url, options=options, limits=limits)
    console.print(f"{service}/{alias} {'is added' if new else 'is changed'}.", markup=False)


@app.command("list")
def list_accounts(as_json: AsJson = False) -> None:
    """List the accounts. No key is ever shown."""
    told = _usage()
    if as_json:
        print_json([each.account.model_dump(mode="json", exclude={"options", "id"}) for each in told])
        return
    if not told:
        console.print("No accounts yet. The embedded makers need none; add one: pixora keys add openai")
        return
    table = Table("service", "account", "key", "limits", "state", box=None, padding=(0, 2))
    for each in told:
        account = each.account
        source = "environment" if account.source == "environment" else "stored"
        table.add_row(account.service, account.alias, source, _limits(account.limits), escape(_state(each)))
    console.print(table)


@app.command("remove")
def remove(service: Service, alias: Alias) -> None:
    """Forget an account and its key."""
    from pixora_pipeline.assets.studio import Studio

    Studio().accounts.remove(service, alias)
    console.print(f"{service}/{alias} is removed.", markup=False)


@app.command("wake")
def wake(service: Service, alias: Alias) -> None:
    """Have an account that was found dead or used up tried again."""
    from pixora_pipeline.assets.studio import Studio

    Studio().accounts.wake(service, alias)
    console.print(f"{service}/{alias} is tried again from now on.", markup=False)


@app.command("rotate")
def rotate() -> None:
    """Seal all stored keys with a new master key."""
    from pixora_pipeline.assets.studio import Studio

    count = Studio().accounts.rotate()
    console.print(f"{count} {'key is' if count == 1 else 'keys are'} sealed with a new master key.")


@app.command("stats")
def stats(as_json: AsJson = False) -> None:
    """Say how much each account was used, how it fared, and what that cost."""
    told = _usage()
    if as_json:
        print_json([each.model_dump(mode="json", exclude={"account": {"options", "id"}}) for each in told])
        return
    table = Table(
        "account", "today", "ever", "answered", "limited", "failed", "each takes", "cost", "state",
        box=None, padding=(0, 1),
    )  # fmt: skip
    for each in told:
        counts = (each.day.requests, each.ever.requests, each.ever.answered, each.ever.limited, each.ever.failed)
        seconds = "" if each.seconds is None else f"{each.seconds:.1f} s"
        name = f"{each.account.service}/{each.account.alias}"
        table.add_row(name, *map(str, counts), seconds, money(each.cost.total), escape(_state(each)))
    console.print(table)


def _usage():
    from pixora_pipeline.settings import settings
    from pixora_pipeline.store.database import open_database
    from pixora_pipeline.store.usage import usage

    return usage(open_database(settings().database))


def _state(each) -> str:
    account = each.account
    if account.state == "dead":
        return f"dead: {account.reason}"
    if each.rests_for:
        return f"rests {each.rests_for:.0f} s: {account.reason}"
    return f"{each.under_way} under way" if each.under_way else "ready"


def _limits(limits) -> str:
    said = (("per_minute", "a minute"), ("per_day", "a day"), ("at_once", "at once"))
    return ", ".join(f"{getattr(limits, name)} {words}" for name, words in said if getattr(limits, name)) or "none"


def _read_key(service: str) -> SecretStr:
    asked = sys.stdin.isatty()
    text = typer.prompt(f"The key of {service}", hide_input=True, err=True) if asked else sys.stdin.readline()
    key = text.strip()
    if not key:
        raise UserError("The key is empty. Type it, pipe it in, or say --no-key for a service that asks for none.")
    if len(key) > _LONGEST_KEY or not key.isascii() or not key.isprintable() or " " in key:
        raise UserError("That is no key: a key is one word of ASCII letters, digits and signs. Copy it again.")
    return SecretStr(key)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UserError("--option wants NAME=VALUE, such as region=eu-west-1.")
    return name, value


def _check(what: str, given: str, allowed: re.Pattern[str], words: str) -> None:
    if not allowed.fullmatch(given):
        raise UserError(f"{what} is not a name: give {words}.")
