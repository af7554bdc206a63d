"""Commands of upkeep: verify, status, ui."""

from __future__ import annotations

from pipelines.commands.app import Raw, Warehouse, Whole, app, settings_of, stdout


@app.command
def verify(*, warehouse: Warehouse = None) -> int:
    """Check that the published files are as they were written and that every rule of the tables holds.

    Exits with 1 and the list where something is wrong.
    """
    from pipelines.query.verify import problems

    folder = settings_of(warehouse=warehouse).warehouse
    found = problems(folder)
    for problem in found:
        stdout().print(problem, style="red", markup=False, soft_wrap=True)
    if not found:
        stdout().print("The published version is whole and every check holds.")
    return 1 if found else 0


@app.command
def status(*, warehouse: Warehouse = None, raw: Raw = None) -> int:
    """Show what is loaded, what is new under raw, what is quarantined and why, versions, checksums and last runs."""
    from pipelines.query import status_view
    from pipelines.query.status import read_status

    settings = settings_of(warehouse=warehouse, raw=raw)
    status_view.show(read_status(settings.warehouse, settings.raw), stdout())
    return 0


@app.command
def ui(*, host: str = "127.0.0.1", port: Whole = 3000, warehouse: Warehouse = None, raw: Raw = None) -> int:
    """Open Dagster's UI over this project, schedule and sensors on.

    Parameters
    ----------
    host
        Address to listen at. Dagster asks for no password: other than the default opens it to the network.
    port
        Port to listen at.
    """
    from pipelines.dagster_ui import serve

    console = stdout()
    serve(settings_of(warehouse=warehouse, raw=raw), host, port, lambda text: console.print(text, soft_wrap=True))
    return 0
