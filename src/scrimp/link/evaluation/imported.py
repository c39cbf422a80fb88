"""Names that come from other files: imports, packages, and modules that are imported whole."""

from __future__ import annotations

from scrimp.link.evaluation.choices import choice
from scrimp.link.evaluation.interface import Evaluation
from scrimp.link.evaluation.members import attribute_of
from scrimp.link.symbols import Module
from scrimp.link.values import ClassValue, Hole, ModuleValue, Outside, Value

MOST_STARS = 40  # modules outside that a name may come from


def imported_name(evaluation: Evaluation, module: Module, name: str, scope: str) -> Value | None:
    """What a name is that a scope of a file imports; ``None`` if it imports none of that name."""
    found = module.imports.get((scope, name))
    if found is None:
        # ``import a.b`` binds ``a``: members are looked up from there.
        if (scope, name) not in module.packages:
            return None
        package = evaluation.symbols.module_named(name, module.path)
        return Outside(name) if package is None else ModuleValue(package)
    target = evaluation.symbols.module_named(found.module, module.path, found.level)
    if target is None:
        loaded = evaluation.files.imported(
            evaluation.symbols.paths_named(found.module, module.path), found.name
        )
        if loaded is not None:
            return loaded
    if target is None and module.facts.package is not None:
        packaged = packaged_name(evaluation, module, found.module, found.name)
        if packaged is not None:
            return packaged
        below = f"{found.module}.{found.name}".strip(".")
        target = evaluation.symbols.packages.file_of(below, module.path)
        return ModuleValue(target) if target is not None else Outside(below)
    if not found.name:
        return ModuleValue(target) if target is not None else Outside(found.module)
    if target is not None and target != module.path:
        exported = evaluation.exported(target, found.name)
        if exported is not None:
            return exported
    below = f"{found.module}.{found.name}".strip(".")
    submodule = evaluation.symbols.module_named(below, module.path, found.level)
    if submodule is not None:
        return ModuleValue(submodule)
    return Outside(below) if not found.level else Hole(name, module.path)


def packaged_name(evaluation: Evaluation, module: Module, package: str | None, name: str) -> Value | None:
    """A name of a package, or of a class in one, as a file sees it that belongs to a package itself."""
    found = evaluation.symbols.packages.find(package, name, module.path)
    if found is not None:
        path, qualified = found
        declaring = evaluation.symbols.modules[path]
        if qualified in declaring.classes:
            return ClassValue(path, declaring.classes[qualified])
        return evaluation.exported(path, name) if path != module.path else None
    outer, _, last = (package or "").rpartition(".")
    holder = evaluation.symbols.packages.find(outer, last, module.path) if last else None
    if holder is None or holder[1] not in evaluation.symbols.modules[holder[0]].classes:
        return None
    return attribute_of(
        evaluation, ClassValue(holder[0], evaluation.symbols.modules[holder[0]].classes[holder[1]]), name
    )


def starred_name(evaluation: Evaluation, module: Module, name: str) -> Value:
    """A name that the tree doesn't bind: it comes from one of the modules outside that are imported whole."""
    if module.facts.package is None or not name[:1].isupper():
        return Hole(name, module.path)
    packages = evaluation.symbols.packages
    wide = [each.module for each in module.stars if packages.file_of(each.module, module.path) is None]
    if not wide:
        return Hole(name, module.path)
    return choice([Outside(f"{each}.{name}") for each in wide], most=MOST_STARS)
