"""Entry point of the Dagster code location, over the settings of the environment."""

from pipelines import logs
from pipelines.defs.location import build_defs
from pipelines.settings import Settings

_settings = Settings()
logs.configure(_settings.log, _settings.log_level)
defs = build_defs(_settings)
