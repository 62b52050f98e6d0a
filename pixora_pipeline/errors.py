"""The one exception tree. What belongs here: every error a person may see, and how scripts tell them apart.

    PixoraError
    ├── UserError            the request or the input is wrong; change it         exit code 2
    │   ├── NotFound         the project, scene or artifact does not exist        exit code 3
    │   └── Conflict         somebody else changed or holds it; look and retry    exit code 4
    ├── TryAgain             outside cause that may pass; the same call may work  exit code 75
    └── Defect               our mistake; a report would help                     exit code 70

A message says what was wrong, with which value, and what to do next.
"""


class PixoraError(Exception):
    """Base of every error this package raises on purpose."""

    exit_code = 1
    again_by_itself = True
    """Whether what may pass is tried again before anybody is told."""


class UserError(PixoraError):
    """The request or its input is wrong: only its author can mend it."""

    exit_code = 2


class NotFound(UserError):
    """A project, scene, take or artifact that was named does not exist."""

    exit_code = 3


class Conflict(UserError):
    """The thing has changed since it was read, or another process holds it."""

    exit_code = 4


class TryAgain(PixoraError):
    """An outside cause that may pass: disk full, service busy, database away."""

    exit_code = 75


class Defect(PixoraError):
    """A promise of ours does not hold."""

    exit_code = 70
