"""Does every mail become a private file, the newest first, and are only so many kept?"""

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from valley.foundation import outbox


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.VALLEY_HOME = tmp_path


def send(subject: str, to: str = "a@valley.test", body: str = "Tekst é") -> None:
    assert outbox.OutboxBackend().send_messages([EmailMessage(subject, body, "v@valley.test", [to])]) == 1


def test_mails_are_read_newest_first():
    send("one")
    send("two", to="B@valley.test")
    two, one = outbox.mails()
    assert (two.subject, two.to, two.text.strip()) == ("two", ("b@valley.test",), "Tekst é")
    assert one.sent_at is not None
    assert [mail.subject for mail in outbox.mails(to="A@valley.test")] == ["one"]
    assert len(outbox.mails(limit=1)) == 1


def test_files_are_the_owners_alone(tmp_path):
    send("one")
    (path,) = outbox.files()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_only_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr(outbox, "KEPT", 3)
    for number in range(5):
        send(str(number))
    assert [mail.subject for mail in outbox.mails()] == ["4", "3", "2"]


def test_forgetting_an_address_takes_mails_to_it_and_about_it():
    send("to", to="Sara@valley.test")
    send("about", body="ask sara@valley.test")
    send("other")
    assert outbox.forget("sara@Valley.test") == 2
    assert [mail.subject for mail in outbox.mails()] == ["other"]


def test_a_mail_in_html_is_read_by_its_plain_part():
    mail = EmailMultiAlternatives("both", "plain words", "v@valley.test", ["a@valley.test"])
    mail.attach_alternative("<p>html words</p>", "text/html")
    outbox.OutboxBackend().send_messages([mail])
    assert outbox.mails()[0].text.strip() == "plain words"
