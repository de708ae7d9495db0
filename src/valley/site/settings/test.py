"""Which settings do the tests run with? The live ones, with memory instead of files and a fast password hasher."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# A folder per test process, gone with it.
_home = tempfile.mkdtemp(prefix="valley-test-")
os.environ["VALLEY_HOME"] = _home
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.setdefault("VALLEY_SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("VALLEY_MASTER_KEY", "only-for-tests-" + "m" * 50)

from valley.site.settings.live import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
