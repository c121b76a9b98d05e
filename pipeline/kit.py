"""A configuration to the tools in hand: built once a process and passed along."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.errors import ConfigError
from pipeline.estimators import read_cards

if TYPE_CHECKING:
    from pipeline.analysis.checks import Checker
    from pipeline.classification import Labeller, Passages
    from pipeline.cleaning import Cleaner, Profile
    from pipeline.facts import Describer
    from pipeline.metrics import Extractor, Ranks
    from pipeline.outline import Outliner
    from pipeline.rules import Rules
    from pipeline.segmentation import Segmenter


LIBRARIES = (
    "jieba", "rjieba", "scikit-learn", "numpy", "pyarrow", "lxml", "trafilatura", "resiliparse", "python-calamine",
    "striprtf", "pypdfium2", "pdfminer.six",
)  # fmt: skip
"""What reads, cuts, labels and writes texts besides our own code."""

MODELS = ("adverts", "metrics", "role", "topic")
"""What is trained: each lies in a folder of its name."""

TABLES = (".toml", ".tsv", ".txt")
"""What files of tables of knowledge end in."""


@dataclass(frozen=True, slots=True)
class Kit:
    """Every tool that `flow.process` uses, in the order in which a document meets them."""

    config: Config
    rules: Rules
    cleaner: Cleaner
    outliner: Outliner
    segmenter: Segmenter
    describer: Describer
    extractor: Extractor
    labeller: Labeller
    passages: Passages
    ranks: Ranks
    checker: Checker


def build_kit(config: Config, profile: Profile | None = None) -> Kit:
    """Load rules, dictionary and models, which takes half a second; `profile` is what an archive repeats."""
    from pipeline.analysis.checks import Checker
    from pipeline.classification import Labeller, Passages
    from pipeline.facts import Describer
    from pipeline.metrics import Extractor, Ranks
    from pipeline.outline import Outliner
    from pipeline.rules.schema import RankCue
    from pipeline.segmentation import Segmenter

    rules = load_rules(config)
    segmenter = Segmenter(rules.words())
    return Kit(
        config=config,
        rules=rules,
        cleaner=build_cleaner(rules, config, profile, segmenter),
        outliner=Outliner(rules),
        segmenter=segmenter,
        describer=Describer(rules),
        extractor=Extractor.load(rules, model_folder("metrics", config)),
        labeller=Labeller.load(models_folders(config), rules),
        passages=Passages(rules),
        ranks=Ranks(rules.table(RankCue)),
        checker=Checker(rules),
    )


def load_rules(config: Config) -> Rules:
    """Our tables of knowledge, and those of the user's folder over them."""
    from pipeline.rules import Rules

    return Rules(Path(config.rules.folder) if config.rules.folder else None)


def build_cleaner(
    rules: Rules, config: Config, profile: Profile | None = None, segmenter: Segmenter | None = None
) -> Cleaner:
    """The cleaner alone, where only clean text is wanted; with a segmenter that is there already it is built sooner."""
    from pipeline.cleaning import EMPTY_PROFILE, Classifier, Cleaner
    from pipeline.segmentation import Segmenter

    cut = (segmenter or Segmenter(rules.words())).cut
    classifier = Classifier.load(model_folder("adverts", config), cut)
    return Cleaner(rules, EMPTY_PROFILE if profile is None else profile, classifier)


def version() -> str:
    """The version of this distribution."""
    from importlib.metadata import version as version_of

    return version_of("report-pipeline")


def models_folder() -> Path:
    """Where the trained models lie: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent / "models"


def corpus_folder() -> Path:
    """Where that lies which the models were trained on: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "corpus"
    return installed if installed.is_dir() else package.parent / "corpus"


def model_folder(name: str, config: Config) -> Path:
    """Where a model lies: in the first of the folders that holds it."""
    folders = models_folders(config)
    return next((folder / name for folder in folders if (folder / name).is_dir()), folders[0] / name)


def models_folders(config: Config) -> list[Path]:
    """Where models are looked for, a user's own first. Raises ConfigError where theirs is named and holds none."""
    if not config.models.folder:
        return [models_folder()]
    own = Path(config.models.folder)
    if not any((own / name).is_dir() for name in MODELS):
        raise ConfigError(
            f"{own} {'holds no models' if own.is_dir() else 'is no folder'}. Name the folder that train wrote with -o, "
            f"which holds one or more of {', '.join(MODELS)} (--model-dir, or models.folder of the configuration)."
        )
    return [own, models_folder()]


def identity_of(config: Config) -> dict[str, object]:
    """All that decides the rows besides the archive: version, configuration, rules and models."""
    settings = config.as_dict()
    del (
        settings["rules"],
        settings["models"],
    )  # what a user's own say stands in the digests; where they lie does not count
    return {"version": version(), "config": settings, "knowledge": knowledge_digests(config)}


def knowledge_digests(config: Config) -> dict[str, str]:
    """SHA-256 of each trained model and of all tables of knowledge: with the configuration, what decides the rows."""
    digests = {
        f"models/{folder.name}": _digest(sorted(path for path in folder.iterdir() if path.is_file()))
        for models in reversed(models_folders(config))
        if models.is_dir()
        for folder in sorted(models.iterdir())
        if folder.is_dir()
    }
    tables = Path(__file__).parent / "rules"
    digests["rules"] = _digest(sorted(path for suffix in TABLES for path in tables.glob(f"*{suffix}")))
    if config.rules.folder:
        own = Path(config.rules.folder)
        digests["own rules"] = _digest(sorted([*own.glob("*.toml"), *own.glob("words.txt")]))
    return digests


def figures_of(config: Config) -> dict[str, dict[str, dict[str, float]]]:
    """What the card of each model says it reaches on what was left out of its training."""
    cards = read_cards(models_folders(config))
    return {
        model: {name: values for name, values in card.items() if name.endswith("_out")} for model, card in cards.items()
    }


def library_versions() -> dict[str, str]:
    """The libraries that decide about rows, as far as they are installed."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as version_of

    versions = {}
    for name in LIBRARIES:
        with suppress(PackageNotFoundError):
            versions[name] = version_of(name)
    return versions


def _digest(paths: list[Path]) -> str:
    digest = sha256()
    for path in paths:
        content = sha256(path.read_bytes()).digest()
        digest.update(path.name.encode() + b"\0" + content)
    return digest.hexdigest()
