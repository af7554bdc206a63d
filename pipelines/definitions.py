"""Entry point of the Dagster code location, over the settings of the environment."""

from pipelines import logs
from pipelines.defs.location import build_defs
from pipelines.settings import read_settings

_settings = read_settings()
logs.configure(_settings.log, _settings.log_level)
defs = build_defs(_settings)
