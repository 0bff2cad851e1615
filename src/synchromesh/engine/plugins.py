"""Find the plug-ins of a kind: every module of a package is one.

A kind's package states its contract in `__init__`; adding a plug-in is adding a file. Nothing is registered by hand,
so nothing can be forgotten.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def discover(package: ModuleType) -> dict[str, ModuleType]:
    """Import and return the plug-in modules of `package` by name, in the order of their names.

    A name starting with an underscore is a part shared by plug-ins, not a plug-in.
    """
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if not info.name.startswith("_"))
    return {name: importlib.import_module(f"{package.__name__}.{name}") for name in names}
