"""Tells somebody when a run failed: a webhook, an e-mail, or both. Off until an address is set.

NEWSLEDGER_ALERT_WEBHOOK takes a URL that is sent JSON with `text` (what Slack, Mattermost and Teams take), `job`,
`run_id` and `error`. NEWSLEDGER_ALERT_EMAIL takes an address, NEWSLEDGER_SMTP a host with port.
"""

import json
import smtplib
import urllib.request
from email.message import EmailMessage

import dagster as dg

from pipelines.settings import Settings

SECONDS = 15
_LONGEST_ERROR = 2_000


class Alerts(dg.ConfigurableResource[None]):
    """Where alerts go; both may be empty."""

    webhook: str = ""
    email: str = ""
    smtp: str = "localhost:25"
    sender: str = "newsledger@localhost"

    @classmethod
    def of(cls, settings: Settings) -> "Alerts":
        """The resource for given settings."""
        return cls(
            webhook=settings.alert_webhook or "", email=settings.alert_email or "",
            smtp=settings.smtp, sender=settings.alert_sender,
        )  # fmt: skip

    @property
    def is_on(self) -> bool:
        return bool(self.webhook or self.email)

    def send(self, job: str, run_id: str, error: str) -> list[str]:
        """Send to each address; returns what could not be sent, and why. One that fails does not keep the other."""
        text = f"newsledger: run {run_id[:8]} of {job} failed.\n{error[:_LONGEST_ERROR]}"
        failed = []
        for name, address, send in (("webhook", self.webhook, self._post), ("e-mail", self.email, self._mail)):
            if address:
                try:
                    send(text, job, run_id, error)
                except (OSError, smtplib.SMTPException, ValueError) as problem:
                    failed.append(f"The alert could not be sent by {name} to {address}: {problem}")
        return failed

    def _post(self, text: str, job: str, run_id: str, error: str) -> None:
        if not self.webhook.startswith(("http://", "https://")):
            raise ValueError("the address must begin with http:// or https://")
        body = json.dumps({"text": text, "job": job, "run_id": run_id, "error": error[:_LONGEST_ERROR]}).encode()
        request = urllib.request.Request(self.webhook, body, {"Content-Type": "application/json"})  # noqa: S310 - looked at above
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            pass

    def _mail(self, text: str, job: str, run_id: str, error: str) -> None:
        message = EmailMessage()
        message["Subject"] = f"newsledger: {job} failed"
        message["From"], message["To"] = self.sender, self.email
        message.set_content(text)
        host, _, port = self.smtp.partition(":")
        with smtplib.SMTP(host, int(port or 25), timeout=SECONDS) as server:
            server.send_message(message)


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=10,
    description="Sends an alert for each failed run, where NEWSLEDGER_ALERT_WEBHOOK or NEWSLEDGER_ALERT_EMAIL is set.",
)
def failure_alert(context: dg.RunFailureSensorContext, alerts: Alerts) -> dg.SkipReason | None:
    """One alert a failed run."""
    if not alerts.is_on:
        return dg.SkipReason("No address is set: NEWSLEDGER_ALERT_WEBHOOK, NEWSLEDGER_ALERT_EMAIL.")
    run = context.dagster_run
    for problem in alerts.send(run.job_name, run.run_id, context.failure_event.message or ""):
        context.log.error(problem)
    return None
